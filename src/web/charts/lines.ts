import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { fitted } from './bars.ts';
import { el, type Picture, picture, text, title } from './svg.ts';

export interface Line {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
  readonly dashed?: boolean;
  /** stands at its end where the label has no room */
  readonly short?: string;
}

export interface Band {
  readonly colour: string;
  readonly points: readonly {
    readonly x: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

/** A point that can be chosen: a page hears a click on its `data-key`. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly key: string;
  readonly about: string;
  readonly chosen?: boolean;
}

export interface LinesOptions {
  readonly width?: number;
  readonly height?: number;
  readonly about: string;
  /** words for a value on the axis */
  readonly y: (value: number) => string;
  readonly x?: (value: number) => string;
  readonly limit?: { readonly value: number; readonly label: string } | null;
  /** x where the series begins to mean something else, said beside the upright */
  readonly breaks?: readonly { readonly x: number; readonly label: string }[];
  readonly bands?: readonly Band[];
  readonly marks?: readonly Mark[];
  /** the axis reaches at least here */
  readonly atLeast?: number;
  /** the axis begins near the lowest value instead of zero: for costs that differ little */
  readonly isCut?: boolean;
}

/** about what a bold letter takes at 11.5 pixels, in a wide face */
const letter = 7.6;

/** Lines over time, each labelled at its end; gaps stay gaps, a break in the series is a dashed upright. */
export function lines(list: readonly Line[], options: LinesOptions): Picture {
  const { width = 640, height = 260, about, limit, breaks = [], bands = [], marks = [], isCut } = options;
  const known = list.flatMap((l) => l.points.flatMap((p) => (p.y === null ? [] : [p.y])));
  const banded = bands.flatMap((b) => b.points.flatMap((p) => (p.high === null ? [] : [p.high])));
  const xs = [...list.flatMap((l) => l.points), ...bands.flatMap((b) => b.points)].map((p) => p.x);
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const high = Math.max(options.atLeast ?? 0, limit?.value ?? 0, ...known, ...banded) || 1;
  const lowest = Math.min(...known);
  const low = isCut ? Math.max(0, lowest - (high - lowest) * 0.4) : Math.min(0, lowest);
  const longest = Math.max(0, ...list.map((l) => l.label.length));
  const right = Math.min(width * 0.36, 14 + longest * letter);
  const [top, foot] = [breaks.length > 0 ? 26 : 12, height - 24];
  const y = scaleLinear([low, high], [foot, top]).nice(height < 180 ? 3 : 5);
  const levels = y.ticks(height < 180 ? 3 : 5);
  const left = 12 + Math.max(30, ...levels.map((v) => options.y(v).length * 6.3));
  const x = scaleLinear([first, last], [left, width - right]);
  const dates = x
    .ticks(Math.max(2, Math.min(8, (width - right) / 80)))
    .filter((t) => Number.isInteger(t) || last - first < 2);
  const path = line<{ x: number; y: number | null }>()
    .digits(1)
    .defined((p) => p.y !== null)
    .x((p) => x(p.x))
    .y((p) => y(p.y!));
  const strip = area<{ x: number; low: number | null; high: number | null }>()
    .digits(1)
    .defined((p) => p.low !== null && p.high !== null)
    .x((p) => x(p.x))
    .y0((p) => y(p.low!))
    .y1((p) => y(p.high!));
  const ends = spread(
    list.map((l) => {
      const end = l.points.findLast((p) => p.y !== null);
      return end ? y(end.y!) : foot;
    }),
    13,
    height - 6,
  );
  return picture(width, height, about, [
    ...levels.map((v) =>
      [
        el('line', {
          x1: left,
          x2: width - right,
          y1: y(v),
          y2: y(v),
          stroke: v === 0 ? 'var(--faint)' : 'var(--line)',
          'stroke-width': 0.75,
        }),
        text(left - 6, y(v) + 4, options.y(v), {
          'text-anchor': 'end',
          'font-size': 11,
          fill: 'var(--faint)',
        }),
      ].join(''),
    ),
    ...dates.map((v) =>
      text(x(v), height - 8, options.x?.(v) ?? String(v), {
        'text-anchor': 'middle',
        'font-size': 11,
        fill: 'var(--faint)',
      }),
    ),
    ...breaks.map((b) =>
      [
        el(
          'line',
          { x1: x(b.x), x2: x(b.x), y1: 14, y2: foot, stroke: 'var(--faint)', 'stroke-dasharray': '3 3' },
          title(b.label),
        ),
        text(x(b.x) + (x(b.x) > width / 2 ? -5 : 5), 12, b.label, {
          'text-anchor': x(b.x) > width / 2 ? 'end' : 'start',
          'font-size': 10.5,
          fill: 'var(--faint)',
        }),
      ].join(''),
    ),
    ...bands.map((b) =>
      b.points.some((p) => p.low !== null)
        ? el('path', { d: strip(b.points) ?? '', fill: b.colour, 'fill-opacity': 0.18 })
        : '',
    ),
    limit
      ? [
          el('line', {
            x1: left,
            x2: width - right,
            y1: y(limit.value),
            y2: y(limit.value),
            stroke: 'var(--ink)',
            'stroke-width': 1.25,
          }),
          text(left + 4, y(limit.value) - 4, limit.label, { 'font-size': 11 }),
        ].join('')
      : '',
    ...list.map((l) =>
      el(
        'path',
        {
          d: path(l.points) ?? '',
          fill: 'none',
          stroke: l.colour,
          'stroke-width': 2,
          'stroke-linejoin': 'round',
          'stroke-dasharray': l.dashed ? '5 4' : null,
        },
        title(l.label),
      ),
    ),
    ...list.map((l, i) => {
      const end = l.points.findLast((p) => p.y !== null);
      return end
        ? [
            el('circle', { cx: x(end.x), cy: y(end.y!), r: 3, fill: l.colour }),
            text(x(end.x) + 8, ends[i]! + 4, fitted(l.label, right, l.short), {
              fill: l.colour,
              'font-weight': 600,
              'font-size': 11.5,
            }),
          ].join('')
        : '';
    }),
    ...marks.map((m) =>
      el(
        'circle',
        {
          cx: x(m.x),
          cy: y(m.y),
          r: m.chosen ? 7 : 5,
          fill: m.chosen ? 'var(--ink)' : 'var(--ground)',
          stroke: m.chosen ? 'var(--ink)' : 'var(--accent)',
          'stroke-width': 2,
          'data-key': m.key,
        },
        title(m.about),
      ),
    ),
  ]);
}

/** Moves labels apart until none stands closer than `gap` to the next; those that would pass `foot` move up. */
export function spread(places: readonly number[], gap: number, foot = Number.POSITIVE_INFINITY): number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k++)
    if (order[k]!.y - order[k - 1]!.y < gap) order[k]!.y = order[k - 1]!.y + gap;
  let most = foot;
  for (let k = order.length - 1; k >= 0 && order[k]!.y > most; k--) {
    order[k]!.y = most;
    most -= gap;
  }
  const made = [...places];
  for (const { y, i } of order) made[i] = y;
  return made;
}
