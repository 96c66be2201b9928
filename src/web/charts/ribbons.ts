import { scaleLinear } from 'd3-scale';
import { area, curveBumpX } from 'd3-shape';
import { perCent } from '../../cli/cell.ts';
import { fitted } from './bars.ts';
import { colourOf } from './colours.ts';
import { spread } from './lines.ts';
import { el, escaped, hatching, type Picture, picture, text, title } from './svg.ts';

export interface Stake {
  readonly country: string;
  readonly label: string;
  /** share on each side, 0…1 */
  readonly left: number;
  readonly right: number;
  /** part of the right share that nobody reports */
  readonly unrecorded?: number;
}

export interface RibbonsOptions {
  readonly width?: number;
  readonly height?: number;
  readonly about: string;
  readonly leftTitle: string;
  readonly rightTitle: string;
  readonly limit?: number | null;
}

/**
 * Two columns of one whole, the same countries joined by ribbons: how the shares move from one lens to the other.
 * Countries too small on both sides stand together as "others"; what no country covers is left open at the foot.
 */
export function ribbons(list: readonly Stake[], options: RibbonsOptions): Picture {
  const { width = 720, about, leftTitle, rightTitle } = options;
  const small = list.filter((s) => s.left < 0.015 && s.right < 0.015);
  const large = list.filter((s) => !small.includes(s));
  const all: Stake[] =
    small.length < 2
      ? [...list]
      : [
          ...large,
          {
            country: 'OTH',
            label: `${small.length} others`,
            left: sum(small.map((s) => s.left)),
            right: sum(small.map((s) => s.right)),
            unrecorded: sum(small.map((s) => s.unrecorded ?? 0)),
          },
        ];
  const height = options.height ?? Math.max(280, Math.min(520, all.length * 34 + 60));
  const side = Math.min(190, width * 0.31);
  const bar = 16;
  const gap = 5;
  const room = height - 40 - gap * Math.max(0, all.length - 1);
  const scale = scaleLinear([0, 1], [0, room]);
  const place = (which: 'left' | 'right') => {
    let y = 30;
    const order = [...all].sort((a, b) => b[which] - a[which] || (a.country < b.country ? -1 : 1));
    return new Map(
      order.map((s) => {
        const h = scale(s[which]);
        const at = [y, h] as const;
        if (s[which] > 0) y += h + gap;
        return [s.country, at];
      }),
    );
  };
  const [lefts, rights] = [place('left'), place('right')];
  // labels of thin neighbours move apart, upwards from the foot
  const labelled = (which: 'left' | 'right', at: typeof lefts) => {
    const named = all.filter((s) => s[which] >= 0.004);
    const turned = spread(
      named.map((s) => -(at.get(s.country)![0] + at.get(s.country)![1] / 2)),
      13,
    );
    return new Map(named.map((s, i) => [s.country, -turned[i]!]));
  };
  const [leftLabels, rightLabels] = [labelled('left', lefts), labelled('right', rights)];
  const x1 = side;
  const x2 = width - side;
  const ribbon = area<readonly [x: number, top: number, height: number]>()
    .digits(1)
    .curve(curveBumpX)
    .x(([x]) => x)
    .y0(([, top]) => top)
    .y1(([, top, high]) => top + high);
  const parts = all.flatMap((s) => {
    const [ly, lh] = lefts.get(s.country)!;
    const [ry, rh] = rights.get(s.country)!;
    const fill = colourOf(s.country);
    const words = `${s.label}: ${perCent(s.left)} ${leftTitle}, ${perCent(s.right)} ${rightTitle}`;
    const [a, b] = [x1 + bar, x2 - bar];
    const hidden = scale(s.unrecorded ?? 0);
    const say = (which: 'left' | 'right') => {
      const value = s[which];
      const y = (which === 'left' ? leftLabels : rightLabels).get(s.country);
      if (y === undefined) return '';
      const isOver = options.limit != null && value > options.limit;
      const x = which === 'left' ? x1 - 7 : x2 + 7;
      return el(
        'text',
        { x, y: y + 4, 'text-anchor': which === 'left' ? 'end' : 'start' },
        [
          el('tspan', {}, escaped(fitted(s.label, side - 58, s.country === 'OTH' ? 'rest' : s.country))),
          el(
            'tspan',
            { 'font-weight': 600, fill: isOver ? 'var(--over)' : 'var(--ink)' },
            ` ${perCent(value)}`,
          ),
        ].join(''),
      );
    };
    return [
      s.left > 0 && s.right > 0
        ? el(
            'path',
            {
              d:
                ribbon([
                  [a, ly, lh],
                  [b, ry, rh],
                ]) ?? '',
              'data-key': s.country,
              fill,
              'fill-opacity': 0.28,
            },
            title(words),
          )
        : '',
      s.left > 0
        ? el(
            'rect',
            { x: x1, y: ly, width: bar, height: Math.max(0.75, lh), fill, 'data-key': s.country },
            title(words),
          )
        : '',
      s.right > 0
        ? el(
            'rect',
            { x: x2 - bar, y: ry, width: bar, height: Math.max(0.75, rh), fill, 'data-key': s.country },
            title(words),
          )
        : '',
      hidden > 0.5
        ? el('rect', {
            x: x2 - bar,
            y: ry + rh - hidden,
            width: bar,
            height: hidden,
            fill: 'url(#ribbon-hidden)',
            stroke: fill,
          })
        : '',
      say('left'),
      say('right'),
    ];
  });
  return picture(width, height, about, [
    hatching('ribbon-hidden'),
    text(x1 + bar, 16, leftTitle, { 'text-anchor': 'end', fill: 'var(--faint)', 'font-weight': 600 }),
    text(x2 - bar, 16, rightTitle, { 'text-anchor': 'start', fill: 'var(--faint)', 'font-weight': 600 }),
    ...parts,
  ]);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
