import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { perCent } from '../../cli/cell.ts';
import { fitted } from './bars.ts';
import { inLines, linesOf } from './key.ts';
import { el, escaped, type Picture, picture, text, title } from './svg.ts';

export interface Panel {
  readonly label: string;
  /** beside the label, e.g. the country whose share it is */
  readonly detail: string;
  /** the series by name; each name has one stroke in all panels */
  readonly series: Readonly<Record<string, readonly { readonly x: number; readonly y: number | null }[]>>;
  readonly limit: number | null;
}

export interface Stroke {
  readonly colour: string;
  readonly dashed?: boolean;
}

export interface PanelsOptions {
  readonly width?: number;
  readonly about: string;
  /** how each series is drawn; the order is that of the key over the panels */
  readonly strokes: Readonly<Record<string, Stroke>>;
}

const [high, head, foot, gap] = [74, 34, 20, 26];

/** Small multiples of shares (0…1) on one scale, each with its own limit; the figure of the first year stands out. */
export function panels(list: readonly Panel[], { width = 1000, about, strokes }: PanelsOptions): Picture {
  const across = Math.max(1, Math.floor((width + gap) / 230));
  const wide = (width - gap * (across - 1)) / across;
  const [keyed, keyLines] = keyOf(strokes, width);
  const key = 8 + 18 * keyLines;
  const step = head + high + foot + 10;
  const xs = list.flatMap((p) => Object.values(p.series).flatMap((s) => s.map((q) => q.x)));
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const height = key + Math.ceil(list.length / across) * step;
  return picture(width, height, about, [
    ...keyed,
    ...list.map((p, i) => {
      const left = (i % across) * (wide + gap);
      const top = key + Math.floor(i / across) * step + head;
      const x = scaleLinear([first, last], [left + 2, left + wide - 6]);
      const y = scaleLinear([0, 1], [top + high, top]);
      const path = line<{ x: number; y: number | null }>()
        .digits(1)
        .defined((q) => q.y !== null)
        .x((q) => x(q.x))
        .y((q) => y(q.y!));
      const now = Object.values(p.series)[0]?.find((q) => q.y !== null)?.y ?? null;
      const isOver = p.limit !== null && now !== null && now > p.limit;
      return [
        text(left, top - 20, fitted(p.label, wide), { 'font-weight': 600 }),
        el(
          'text',
          { x: left, y: top - 6, 'font-size': 11 },
          [
            el(
              'tspan',
              { fill: isOver ? 'var(--over)' : 'var(--ink)', 'font-weight': 600 },
              now === null ? 'not known' : perCent(now),
            ),
            el('tspan', { fill: 'var(--faint)' }, ` ${escaped(fitted(p.detail, wide - 50))}`),
          ].join(''),
        ),
        ...[0, 1].map((v) =>
          el('line', {
            x1: left,
            x2: left + wide - 4,
            y1: y(v),
            y2: y(v),
            stroke: 'var(--line)',
            'stroke-width': 0.75,
          }),
        ),
        p.limit === null
          ? ''
          : [
              el('line', {
                x1: left,
                x2: left + wide - 4,
                y1: y(p.limit),
                y2: y(p.limit),
                stroke: 'var(--ink)',
              }),
              // on the side of the line where the path does not run
              text(left + wide - 4, y(p.limit) + (isOver ? 10 : -3), perCent(p.limit).replace('.0', ''), {
                'text-anchor': 'end',
                'font-size': 10,
                fill: 'var(--faint)',
              }),
            ].join(''),
        ...Object.entries(p.series).map(([name, points]) =>
          el(
            'path',
            {
              d: path(points) ?? '',
              fill: 'none',
              stroke: strokes[name]?.colour ?? 'var(--ink)',
              'stroke-width': 2,
              'stroke-dasharray': strokes[name]?.dashed ? '4 3' : null,
            },
            title(`${p.label}, ${name}`),
          ),
        ),
        ...[first, last].map((v, k) =>
          text(k === 0 ? left : left + wide - 4, top + high + 13, String(v), {
            'text-anchor': k === 0 ? 'start' : 'end',
            'font-size': 10,
            fill: 'var(--faint)',
          }),
        ),
      ].join('');
    }),
  ]);
}

function keyOf(strokes: Readonly<Record<string, Stroke>>, width: number): [parts: string[], lines: number] {
  const entries = Object.entries(strokes);
  const spots = inLines(
    entries.map(([name]) => 40 + name.length * 6.6),
    width,
  );
  const parts = entries.map(([name, s], i) => {
    const { x: from, line } = spots[i]!;
    const y = 8 + line * 18;
    return [
      el('line', {
        x1: from,
        x2: from + 20,
        y1: y,
        y2: y,
        stroke: s.colour,
        'stroke-width': 2,
        'stroke-dasharray': s.dashed ? '4 3' : null,
      }),
      text(from + 25, y + 4, name, { 'font-size': 11, fill: 'var(--faint)' }),
    ].join('');
  });
  return [parts, linesOf(spots)];
}
