import { scaleLinear } from 'd3-scale';
import { fitted } from './bars.ts';
import { inLines, linesOf } from './key.ts';
import { el, type Picture, picture, text, title } from './svg.ts';

export interface Happening {
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  readonly date: string;
  readonly lane: string;
  /** stands for the lane where that has no room */
  readonly short?: string;
  readonly kind: string;
  readonly about: string;
}

/** 2025-07-01 → 2025.5; a year alone stands in its middle. */
export function yearOf(date: string): number | null {
  const [, y, m, d] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(date) ?? [];
  if (y === undefined) return null;
  if (m === undefined) return Number(y) + 0.5;
  return Number(y) + (Number(m) - 1 + (d === undefined ? 0.5 : (Number(d) - 1) / 31)) / 12;
}

/** Events on a time line, one lane for each of who acts; shapes tell kinds apart without colour. */
export function events(
  list: readonly Happening[],
  { width = 900, about, today }: { readonly width?: number; readonly about: string; readonly today?: string },
): Picture {
  const placed = list.flatMap((e) => {
    const at = yearOf(e.date);
    return at === null ? [] : [{ ...e, at }];
  });
  const lanes = [...new Set(placed.map((e) => e.lane))];
  const left = Math.min(170, width * 0.32);
  const step = 24;
  const spots = inLines(
    kinds.map(([, words]) => 26 + words.length * 6.4),
    width,
  );
  const head = 8 + 18 * linesOf(spots);
  const height = lanes.length * step + head + 26;
  const from = Math.floor(Math.min(...placed.map((e) => e.at)));
  const to = Math.ceil(Math.max(...placed.map((e) => e.at)));
  const x = scaleLinear([from, to], [left, width - 12]);
  const y = (lane: string) => head + 4 + lanes.indexOf(lane) * step + step / 2;
  const now = today === undefined ? null : yearOf(today);
  return picture(width, height, about, [
    ...x
      .ticks(Math.max(3, width / 90))
      .filter(Number.isInteger)
      .map((t) =>
        [
          el('line', { x1: x(t), x2: x(t), y1: head, y2: height - 22, stroke: 'var(--line)' }),
          text(x(t), height - 6, String(t), {
            'text-anchor': 'middle',
            'font-size': 11,
            fill: 'var(--faint)',
          }),
        ].join(''),
      ),
    ...lanes.map((lane) =>
      [
        text(left - 10, y(lane) + 4, fitted(lane, left - 12, placed.find((e) => e.lane === lane)?.short), {
          'text-anchor': 'end',
        }),
        el('line', {
          x1: left,
          x2: width - 12,
          y1: y(lane),
          y2: y(lane),
          stroke: 'var(--line)',
          'stroke-width': 0.6,
        }),
      ].join(''),
    ),
    now === null
      ? ''
      : el('line', {
          x1: x(now),
          x2: x(now),
          y1: head - 6,
          y2: height - 22,
          stroke: 'var(--ink)',
          'stroke-dasharray': '2 2',
        }),
    ...placed.map((e) => el('g', {}, [title(`${e.date}: ${e.about}`), mark(e.kind, x(e.at), y(e.lane))])),
    ...kinds.map(([kind, words], i) => {
      const { x: from, line } = spots[i]!;
      return [
        mark(kind, from + 10, 9 + line * 18),
        text(from + 20, 13 + line * 18, words, { 'font-size': 11, fill: 'var(--faint)' }),
      ].join('');
    }),
  ]);
}

const kinds: readonly (readonly [string, string])[] = [
  ['effective', 'in force from'],
  ['announced', 'announced'],
  ['suspended', 'suspended, ended'],
  ['signed', 'agreement'],
  ['due', 'target due'],
];

function mark(kind: string, x: number, y: number): string {
  switch (kind) {
    case 'effective':
      return el('rect', { x: x - 4.5, y: y - 4.5, width: 9, height: 9, fill: 'var(--ink)' });
    case 'announced':
      return el('circle', {
        cx: x,
        cy: y,
        r: 4,
        fill: 'var(--ground)',
        stroke: 'var(--ink)',
        'stroke-width': 1.5,
      });
    case 'signed':
      return el('circle', { cx: x, cy: y, r: 4.5, fill: 'var(--accent)' });
    case 'due':
      return el('path', {
        d: `M${(x - 5).toFixed(1)},${(y + 4).toFixed(1)}h10l-5,-9z`,
        fill: 'var(--faint)',
      });
    default:
      return el('path', {
        d: `M${(x - 4).toFixed(1)},${(y - 4).toFixed(1)}l8,8m0,-8l-8,8`,
        stroke: 'var(--ink)',
        'stroke-width': 1.75,
      });
  }
}
