import { bars } from './bars.ts';
import { events } from './events.ts';
import { heat } from './heat.ts';
import { lines } from './lines.ts';
import { matrix } from './matrix.ts';
import { panels } from './panels.ts';
import { ribbons } from './ribbons.ts';
import { sankey } from './sankey.ts';
import { shareBar } from './share-bar.ts';
import { spark } from './spark.ts';
import { stacks } from './stacks.ts';
import type { Picture } from './svg.ts';
import { shapesOf, worldMap } from './world-map.ts';

const square = (x: number, y: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x, y + 12],
      [x + 16, y + 12],
      [x + 16, y],
      [x, y],
    ],
  ],
});

/** Examples of every chart on invented figures: drawn on the page of the gallery and held to reviewed pictures by tests. */
export const gallery: Record<string, Record<string, () => Picture>> = {
  'share-bar': {
    over: () =>
      shareBar({
        top_country: 'CHN',
        top_share: 0.75,
        second_country: 'AUS',
        second_share: 0.15,
        third_country: 'XAA',
        third_share: 0.05,
        cap: 0.6,
        over_cap: true,
      }),
    unknown: () => shareBar({ top_share: null, cap: 0.6 }),
  },
  spark: {
    gap: () =>
      spark(
        [
          { year: 2019, value: 0.4 },
          { year: 2020, value: null },
          { year: 2021, value: 0.5 },
          { year: 2022, value: 0.7 },
        ],
        0.6,
      ),
  },
  bars: {
    single: () =>
      bars(
        [
          { label: 'China', country: 'CHN', share: 0.7, detail: '70 t' },
          { label: 'United Kingdom', share: 0.2, accent: true, detail: '20 t' },
          { label: 'Withheld <b>', country: 'XAA', share: null },
        ],
        { about: 'shares', limit: 0.6 },
      ),
    pair: () =>
      bars([{ label: 'Boron, mined', country: 'TUR', share: 0.9, other: 0.5 }], {
        about: 'now and then',
        first: 'now',
        second: 'then',
        limit: 0.6,
      }),
    unrecorded: () =>
      bars([{ label: 'Guyana', country: 'GUY', share: 0.5, unrecorded: 0.2 }], { about: 'hatched part' }),
  },
  lines: {
    band: () =>
      lines(
        [
          {
            label: 'all stopped',
            colour: 'var(--accent)',
            points: [
              { x: 1, y: 0 },
              { x: 2, y: 40 },
              { x: 3, y: 30 },
            ],
          },
          {
            label: 'half stopped',
            colour: 'var(--faint)',
            dashed: true,
            points: [
              { x: 1, y: 0 },
              { x: 2, y: null },
              { x: 3, y: 15 },
            ],
          },
        ],
        {
          about: 'shortfall',
          y: (v) => `${v} t`,
          limit: { value: 35, label: 'limit' },
          breaks: [{ x: 2, label: 'a new source' }],
          marks: [
            { x: 2, y: 40, key: 'worst', about: 'the worst month', chosen: true },
            { x: 3, y: 30, key: 'last', about: 'the last month' },
          ],
          bands: [
            {
              colour: 'var(--accent)',
              points: [
                { x: 1, low: 0, high: 0 },
                { x: 2, low: 30, high: 50 },
                { x: 3, low: 20, high: 40 },
              ],
            },
          ],
        },
      ),
  },
  ribbons: {
    lenses: () =>
      ribbons(
        [
          { country: 'NLD', label: 'Netherlands', left: 0.6, right: 0 },
          { country: 'COD', label: 'DR Congo', left: 0, right: 0.7, unrecorded: 0.2 },
          { country: 'CHN', label: 'China', left: 0.39, right: 0.295 },
          { country: 'XAA', label: 'Small', left: 0.01, right: 0.005 },
        ],
        { about: 'declared and traced', leftTitle: 'declared', rightTitle: 'traced', limit: 0.6 },
      ),
  },
  'world-map': {
    shaded: () =>
      worldMap(
        shapesOf([
          { id: '156', properties: { name: 'China' }, geometry: square(100, 30) },
          { id: '826', properties: { name: 'United Kingdom' }, geometry: square(-5, 50) },
          { id: '398', properties: { name: 'Kazakhstan' }, geometry: square(60, 45) },
          { properties: { name: 'Nowhere' }, geometry: square(0, 0) },
          { id: '010', properties: { name: 'Antarctica' }, geometry: square(0, -80) },
        ]),
        {
          CHN: { strength: 1, about: 'China: 3', label: 'China 3', fill: 'var(--over)' },
          KAZ: { strength: null, about: 'Kazakhstan: not known' },
        },
        {
          width: 480,
          about: 'map',
          centre: 'GBR',
          flows: [{ from: 'CHN', to: 'GBR', share: 0.8 }],
          key: [
            { strength: 0.2, label: 'under 20 %' },
            { strength: 1, label: 'more' },
          ],
          unknown: 'not known',
        },
      ),
  },
  events: {
    kinds: () =>
      events(
        [
          { date: '2023-08-01', lane: 'China', kind: 'effective', about: 'licence' },
          { date: '2023-07-03', lane: 'China', kind: 'announced', about: 'licence' },
          { date: '2025-11-10', lane: 'China', kind: 'suspended', about: 'suspended' },
          { date: '2026-02', lane: 'Kazakhstan', kind: 'signed', about: 'agreement' },
          { date: '2035', lane: 'United Kingdom', kind: 'due', about: 'limit' },
        ],
        { about: 'register', today: '2026-03-01' },
      ),
  },
  matrix: {
    coverage: () =>
      matrix(
        [
          { label: 'Gallium', cells: ['2018–2024', '', null] },
          { label: 'Tin', cells: ['', '2020–2024', '2024–2024'] },
        ],
        ['trade', 'output', 'price'],
        { about: 'coverage', width: 400 },
      ),
  },
  heat: {
    places: () =>
      heat(
        [
          {
            key: 'a',
            label: 'Magnesium, refined',
            cells: [
              { strength: 1, words: '1', about: '0.434, place 1 of 3' },
              { strength: 0.5, words: '2', about: '1.2, place 2 of 3' },
            ],
          },
          {
            key: 'b',
            label: 'Tin, mined',
            cells: [{ strength: 0, words: '3', about: '0.1, place 3 of 3' }, null],
          },
        ],
        ['GeoPolRisk', 'EU supply risk'],
        { about: 'places', width: 420, chosen: 'a' },
      ),
    narrow: () =>
      heat(
        [
          {
            key: 'a',
            label: 'Magnesium, refined',
            cells: [null, { strength: 1, words: '1', about: 'place 1' }],
          },
        ],
        ['economic importance', 'supply risk'],
        { about: 'places', width: 240 },
      ),
  },
  stacks: {
    mix: () =>
      stacks(
        [
          {
            x: 2030,
            parts: [
              { country: 'CHN', label: 'China', share: 0.6 },
              { country: 'AUS', label: 'Australia', share: 0.4 },
            ],
          },
          { x: 2031, parts: [{ country: 'CHN', label: 'China', share: 0.6 }], short: 0.25 },
        ],
        { about: 'mix', limit: 0.6 },
      ),
  },
  sankey: {
    stages: () =>
      sankey(
        [
          { id: 'GIN@mine', country: 'GIN', label: 'Guinea', column: 0 },
          { id: 'AUS@mine', country: 'AUS', label: 'Australia', column: 0 },
          { id: '?@mine', country: null, label: 'not known', column: 0 },
          { id: 'CHN@refine', country: 'CHN', label: 'China', column: 1 },
          { id: 'NOR@refine', country: 'NOR', label: 'Norway', column: 1 },
          { id: 'GBR@use', country: 'GBR', label: 'United Kingdom', column: 2 },
        ],
        [
          { source: 'GIN@mine', target: 'CHN@refine', share: 0.45, unrecorded: 0.1 },
          { source: 'AUS@mine', target: 'CHN@refine', share: 0.2 },
          { source: '?@mine', target: 'NOR@refine', share: 0.35 },
          { source: 'CHN@refine', target: 'GBR@use', share: 0.65 },
          { source: 'NOR@refine', target: 'GBR@use', share: 0.35 },
        ],
        {
          about: 'from mine to use',
          columns: ['mined', 'refined', 'used'],
          chosen: 'GIN@mine|CHN@refine',
          limit: 0.6,
        },
      ),
  },
  panels: {
    paths: () =>
      panels(
        ['Gallium, refined', 'Boron, mined', 'Nickel, refined'].map((label, i) => ({
          label,
          detail: `China & others ${i}`,
          series: {
            'as now': [
              { x: 2024, y: 0.9 - 0.3 * i },
              { x: 2035, y: 0.9 - 0.3 * i },
            ],
            path: [
              { x: 2024, y: 0.9 - 0.3 * i },
              { x: 2035, y: 0.6 },
            ],
          },
          limit: 0.6,
        })),
        {
          about: 'share and path',
          width: 620,
          strokes: { 'as now': { colour: 'var(--ink)' }, path: { colour: 'var(--faint)', dashed: true } },
        },
      ),
  },
};
