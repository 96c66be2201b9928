import { scaleLinear } from 'd3-scale';
import { perCent } from '../../cli/cell.ts';
import { fitted } from './bars.ts';
import { colourOf } from './colours.ts';
import { spread } from './lines.ts';
import { el, hatching, type Picture, picture, text, title } from './svg.ts';

export interface Stack {
  readonly x: number;
  readonly parts: readonly { readonly country: string; readonly label: string; readonly share: number }[];
  /** part that cannot be met, hatched */
  readonly short?: number;
}

/** Shares of one whole by year, stacked, the largest at the foot; named beside the last bar; the limit is a line. */
export function stacks(
  list: readonly Stack[],
  {
    width = 620,
    height = 280,
    about,
    limit = null,
  }: {
    readonly width?: number;
    readonly height?: number;
    readonly about: string;
    readonly limit?: number | null;
  },
): Picture {
  const right = Math.min(170, width * 0.34);
  const left = 46;
  const y = scaleLinear([0, 1], [height - 24, 10]);
  const step = (width - left - right) / Math.max(1, list.length);
  const last = list.at(-1);
  const place = (stack: Stack) => {
    let at = 0;
    return stack.parts.map((p) => {
      const from = at;
      at += p.share;
      return { ...p, from, to: at };
    });
  };
  const named = last ? place(last).filter((p) => p.share > 0.02) : [];
  const labels = spread(
    named.map((p) => -y((p.from + p.to) / 2)),
    13,
  );
  return picture(width, height, about, [
    hatching('stack-short'),
    ...[0, 0.5, 1].map((v) =>
      text(left - 6, y(v) + 4, perCent(v).replace('.0', ''), {
        'text-anchor': 'end',
        'font-size': 11,
        fill: 'var(--faint)',
      }),
    ),
    ...list.flatMap((stack, i) => {
      const x = left + i * step;
      const met = stack.parts.reduce((sum, p) => sum + p.share, 0);
      return [
        ...place(stack).map((p) =>
          el(
            'rect',
            {
              x,
              y: y(p.to),
              width: Math.max(1, step - 3),
              height: Math.max(0, y(p.from) - y(p.to)),
              fill: colourOf(p.country),
              stroke: 'var(--ground)',
              'stroke-width': 0.5,
            },
            title(`${stack.x}, ${p.label}: ${perCent(p.share)}`),
          ),
        ),
        (stack.short ?? 0) > 0
          ? el('rect', {
              x,
              y: y(Math.min(1, met + stack.short!)),
              width: Math.max(1, step - 3),
              height: y(met) - y(Math.min(1, met + stack.short!)),
              fill: 'url(#stack-short)',
            })
          : '',
        list.length <= 6 || i % 2 === 0
          ? text(x + step / 2 - 1.5, height - 8, String(stack.x), {
              'text-anchor': 'middle',
              'font-size': 11,
              fill: 'var(--faint)',
            })
          : '',
      ];
    }),
    ...named.map((p, i) =>
      text(width - right + 6, -labels[i]! + 4, `${fitted(p.label, right - 62)} ${perCent(p.share)}`, {
        fill: colourOf(p.country),
        'font-weight': 600,
        'font-size': 11.5,
      }),
    ),
    limit === null
      ? ''
      : el('line', {
          x1: left,
          x2: width - right,
          y1: y(limit),
          y2: y(limit),
          stroke: 'var(--ink)',
          'stroke-width': 1.5,
        }),
  ]);
}
