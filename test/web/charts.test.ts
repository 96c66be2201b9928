import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bars } from '../../src/web/charts/bars.ts';
import { colourOf, countryColours, inks, standalone } from '../../src/web/charts/colours.ts';
import { events, yearOf } from '../../src/web/charts/events.ts';
import { lines, spread } from '../../src/web/charts/lines.ts';
import { matrix } from '../../src/web/charts/matrix.ts';
import { ribbons } from '../../src/web/charts/ribbons.ts';
import { segments, shareBar } from '../../src/web/charts/share-bar.ts';
import { spark } from '../../src/web/charts/spark.ts';
import { stacks } from '../../src/web/charts/stacks.ts';
import { el, type Picture, text, ticks } from '../../src/web/charts/svg.ts';
import { shapesOf, worldMap } from '../../src/web/charts/world-map.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'test/golden/charts');

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

/** One example of every chart, on invented figures. Files of this name in the golden folder are the gallery. */
const gallery: Record<string, Record<string, () => Picture>> = {
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
        { width: 480, about: 'map', centre: 'GBR', flows: [{ from: 'CHN', to: 'GBR', share: 0.8 }] },
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
};

const drawn = Object.entries(gallery).flatMap(([chart, examples]) =>
  Object.entries(examples).map(([name, draw]) => [`${chart}-${name}`, draw] as const),
);

describe('charts', () => {
  it('has an example of every chart', () => {
    const parts = ['svg.ts', 'colours.ts', 'iso-numeric.ts'];
    const files = readdirSync(join(root, 'src/web/charts')).filter(
      (f) => f.endsWith('.ts') && !parts.includes(f),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(Object.keys(gallery).sort()).toEqual(files.map((f) => f.replace('.ts', '')).sort());
  });

  it.each(drawn)('%s is drawn as reviewed', (name, draw) => {
    const svg = `${standalone(draw().svg, 'light')}\n`;
    const file = join(folder, `${name}.svg`);
    if (process.env.REGEN) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, svg);
    }
    expect(existsSync(file), `no golden ${name}.svg; REGEN=1 writes it`).toBe(true);
    expect(svg).toBe(readFileSync(file, 'utf8'));
  });

  it.each(drawn)('%s names no colour that only one theme has, and no figure that is none', (_, draw) => {
    const { svg } = draw();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.match(/(?:fill|stroke)="#/g)).toBeNull();
    for (const [, name] of svg.matchAll(/var\(--([\w-]+)\)/g)) expect(Object.keys(inks)).toContain(name);
    expect(standalone(svg, 'dark')).not.toContain('var(');
    expect(svg).not.toMatch(/style=|<style|<script/);
  });

  it('writes names of people’s own countries as text, never as markup', () => {
    const hostile = '<script>alert(1)</script>"\'&';
    for (const svg of [
      bars([{ label: hostile, share: 0.5 }], { about: hostile, width: 2000 }).svg,
      ribbons([{ country: 'XAA', label: hostile, left: 1, right: 1 }], {
        about: hostile,
        leftTitle: hostile,
        rightTitle: hostile,
        width: 4000,
      }).svg,
      matrix([{ label: hostile, cells: [hostile] }], [hostile], { about: hostile, width: 3000 }).svg,
      events([{ date: '2025', lane: hostile, kind: 'due', about: hostile }], { about: hostile, width: 3000 })
        .svg,
      stacks([{ x: 1, parts: [{ country: hostile, label: hostile, share: 1 }] }], { about: hostile }).svg,
    ]) {
      expect(svg).not.toContain('<script');
      expect(svg).toContain('&lt;script&gt;');
    }
    expect(text(0, 0, hostile)).toContain('&quot;&#39;&amp;');
    expect(el('a', { b: hostile })).not.toContain('<script');
  });
});

describe('colours', () => {
  it('are those that the style sheet declares, in both themes', () => {
    const css = readFileSync(join(root, 'src/web/style.css'), 'utf8');
    const [light = '', dark = ''] =
      css.split("[data-theme='dark']").length > 1
        ? css.split("[data-theme='dark']")
        : css.split('[data-theme="dark"]');
    expect(dark).not.toBe('');
    for (const [name, [l, d]] of Object.entries(inks)) {
      expect(light).toContain(`--${name}: ${l};`);
      expect(dark).toContain(`--${name}: ${d};`);
    }
  });

  it('give a country the same colour always, its own where it is a main producer', () => {
    expect(colourOf('CHN')).toBe('var(--c-chn)');
    expect(new Set(Object.values(countryColours).map(([l]) => l)).size).toBe(
      Object.keys(countryColours).length,
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{3}$/), (code) => {
        expect(colourOf(code)).toBe(colourOf(code));
        expect(Object.keys(inks)).toContain(colourOf(code).slice(6, -1));
      }),
    );
  });

  it('stand out from the ground by 3 : 1 at least (WCAG 2.2, 1.4.11)', () => {
    const channel = (hex: string) => {
      const c = Number.parseInt(hex, 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    const light = (hex: string) =>
      0.2126 * channel(hex.slice(1, 3)) +
      0.7152 * channel(hex.slice(3, 5)) +
      0.0722 * channel(hex.slice(5, 7));
    const contrast = (a: string, b: string) => {
      const [x, y] = [light(a), light(b)].sort((p, q) => q - p) as [number, number];
      return (x + 0.05) / (y + 0.05);
    };
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
    for (const [code, [l, d]] of Object.entries(countryColours)) {
      expect(contrast(l, inks.ground![0]), code).toBeGreaterThan(3);
      expect(contrast(d, inks.ground![1]), code).toBeGreaterThan(3);
    }
    for (const at of [0, 1] as const)
      for (const name of ['ink', 'faint', 'accent', 'over'])
        expect(contrast(inks[name]![at], inks.ground![at]), name).toBeGreaterThan(4.5);
  });
});

describe('scales', () => {
  it('segments of a bar stand beside each other and never reach beyond it', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }), (shares) => {
        const made = segments(
          shares.map((share) => ({ country: 'CHN', share })),
          300,
        );
        made.forEach((s, i) => {
          expect(s.x).toBeCloseTo(i === 0 ? 0 : made[i - 1]!.x + made[i - 1]!.width, 9);
          expect(s.x + s.width).toBeLessThanOrEqual(300 + 1e-9);
        });
      }),
    ));

  it('ticks are round, in order and inside', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(0, 838, 4)).toEqual([0, 250, 500, 750]);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (high) => {
        const made = ticks(0, high);
        expect(made.length).toBeGreaterThan(2);
        expect(made.length).toBeLessThan(9);
        expect(made.at(-1)).toBeLessThanOrEqual(high * (1 + 1e-9));
      }),
    );
  });

  it('labels keep their distance and their order', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 }), (places) => {
        const made = spread(places, 13);
        const sorted = [...made].sort((a, b) => a - b);
        for (let i = 1; i < sorted.length; i++)
          expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(13);
        expect(made.every((y, i) => y >= places[i]!)).toBe(true);
      }),
    ));

  it('dates stand where they belong in their year', () => {
    expect(yearOf('2025')).toBe(2025.5);
    expect(yearOf('2025-01-01')).toBe(2025);
    expect(yearOf('2025-07-01')).toBe(2025.5);
    expect(yearOf('soon')).toBeNull();
  });
});
