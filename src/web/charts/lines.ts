import { el, linear, type Picture, picture, text, ticks, title } from './svg.ts';

export interface Line {
  readonly label: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number | null }[];
  readonly dashed?: boolean;
}

export interface Band {
  readonly colour: string;
  readonly points: readonly {
    readonly x: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
}

export interface LinesOptions {
  readonly width?: number;
  readonly height?: number;
  readonly about: string;
  /** words for a value on the axis */
  readonly y: (value: number) => string;
  readonly x?: (value: number) => string;
  readonly limit?: { readonly value: number; readonly label: string } | null;
  /** x where the series begins to mean something else */
  readonly breaks?: readonly { readonly x: number; readonly label: string }[];
  readonly bands?: readonly Band[];
  /** the axis reaches at least here */
  readonly atLeast?: number;
}

/** Lines over time, each labelled at its end; gaps stay gaps, a break in the series is a dashed upright. */
export function lines(list: readonly Line[], options: LinesOptions): Picture {
  const { width = 640, height = 260, about, limit, breaks = [], bands = [] } = options;
  const known = list.flatMap((l) => l.points.flatMap((p) => (p.y === null ? [] : [p.y])));
  const banded = bands.flatMap((b) => b.points.flatMap((p) => (p.high === null ? [] : [p.high])));
  const xs = [...list.flatMap((l) => l.points), ...bands.flatMap((b) => b.points)].map((p) => p.x);
  const high = Math.max(options.atLeast ?? 0, limit?.value ?? 0, ...known, ...banded) || 1;
  const low = Math.min(0, ...known);
  const right = Math.min(150, width * 0.3);
  const marks = ticks(low, high, height < 180 ? 3 : 5);
  const top = Math.max(high, marks.at(-1) ?? high);
  const x = linear([Math.min(...xs), Math.max(...xs)], [52, width - right]);
  const y = linear([low, top], [height - 24, 12]);
  const span = Math.max(...xs) - Math.min(...xs);
  const xMarks = ticks(Math.min(...xs), Math.max(...xs), Math.max(2, Math.min(8, width / 90))).filter(
    (t) => Number.isInteger(t) || span < 2,
  );
  const ends = spread(
    list.map((l) => {
      const end = l.points.findLast((p) => p.y !== null);
      return end ? y(end.y!) : y(low);
    }),
    13,
  );
  return picture(width, height, about, [
    ...marks.map((v) =>
      [
        el('line', {
          x1: 52,
          x2: width - right,
          y1: y(v),
          y2: y(v),
          stroke: 'var(--line)',
          'stroke-width': 0.75,
        }),
        text(46, y(v) + 4, options.y(v), { 'text-anchor': 'end', 'font-size': 11, fill: 'var(--faint)' }),
      ].join(''),
    ),
    ...xMarks.map((v) =>
      text(x(v), height - 8, options.x?.(v) ?? String(v), {
        'text-anchor': 'middle',
        'font-size': 11,
        fill: 'var(--faint)',
      }),
    ),
    ...breaks.map((b) =>
      el(
        'line',
        {
          x1: x(b.x),
          x2: x(b.x),
          y1: 12,
          y2: height - 24,
          stroke: 'var(--faint)',
          'stroke-dasharray': '3 3',
        },
        title(b.label),
      ),
    ),
    ...bands.map((b) => {
      const full = b.points.filter((p) => p.low !== null && p.high !== null);
      const up = full.map((p) => `${x(p.x).toFixed(1)},${y(p.high!).toFixed(1)}`);
      const down = full.map((p) => `${x(p.x).toFixed(1)},${y(p.low!).toFixed(1)}`).reverse();
      return full.length > 1
        ? el('polygon', { points: [...up, ...down].join(' '), fill: b.colour, 'fill-opacity': 0.18 })
        : '';
    }),
    limit
      ? [
          el('line', {
            x1: 52,
            x2: width - right,
            y1: y(limit.value),
            y2: y(limit.value),
            stroke: 'var(--ink)',
            'stroke-width': 1.25,
          }),
          text(56, y(limit.value) - 4, limit.label, { 'font-size': 11 }),
        ].join('')
      : '',
    ...list.map((l) =>
      el(
        'path',
        {
          d: pathOf(l.points.map((p) => (p.y === null ? null : [x(p.x), y(p.y)]))),
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
            text(x(end.x) + 8, ends[i]! + 4, l.label, {
              fill: l.colour,
              'font-weight': 600,
              'font-size': 11.5,
            }),
          ].join('')
        : '';
    }),
  ]);
}

function pathOf(points: readonly (readonly [number, number] | null)[]): string {
  let pen = 'M';
  return points
    .map((p) => {
      if (p === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${p[0].toFixed(1)},${p[1].toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
}

/** Moves labels apart until none stands closer than `gap` to the next. */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  for (let k = 1; k < order.length; k++)
    if (order[k]!.y - order[k - 1]!.y < gap) order[k]!.y = order[k - 1]!.y + gap;
  const made = [...places];
  for (const { y, i } of order) made[i] = y;
  return made;
}
