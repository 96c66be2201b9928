import { scaleLinear } from 'd3-scale';
import { perCent } from '../../cli/cell.ts';
import { colourOf } from './colours.ts';
import { el, escaped, hatching, type Picture, picture, text, title } from './svg.ts';

export interface Bar {
  readonly label: string;
  /** colours the bar; a country code */
  readonly country?: string;
  /** 0…1; null = not known, hatched */
  readonly share: number | null;
  /** a second share drawn under the first, in outline */
  readonly other?: number | null;
  /** part of the share that nobody reports, hatched */
  readonly unrecorded?: number;
  /** written after the share, e.g. its tonnes */
  readonly detail?: string;
  readonly accent?: boolean;
}

export interface BarsOptions {
  readonly width?: number;
  readonly about: string;
  readonly limit?: number | null;
  /** what the first and the second share are, for the direct labels over the first bar */
  readonly first?: string;
  readonly second?: string;
  /** the scale reaches at least here, so that two charts beside each other can be compared */
  readonly atLeast?: number;
}

const rowHeight = 24;
/** about what a letter takes at 12 pixels, in a wide face */
const letter = 7.1;

/** Shares as labelled bars, in the order given: the value stands at the end of its bar, the limit is a line. */
export function bars(
  list: readonly Bar[],
  { width = 520, about, limit = null, first, second, atLeast = 0.05 }: BarsOptions,
): Picture {
  const isPair = second !== undefined;
  const step = isPair ? rowHeight + 12 : rowHeight;
  const left = Math.min(
    width * (width < 420 ? 0.42 : 0.36),
    14 + Math.max(30, ...list.map((b) => b.label.length * letter)),
  );
  const head = isPair || limit !== null ? 18 : 4;
  const most = Math.max(atLeast, limit ?? 0, ...list.map((b) => Math.max(b.share ?? 0, b.other ?? 0)));
  const isWide = width >= 420;
  const longest = Math.max(0, ...list.map((b) => b.detail?.length ?? 0));
  const x = scaleLinear([0, most], [left, width - (isWide ? 62 + longest * 5.8 : 58)]);
  const height = head + list.length * step + 6;
  const id = 'bars-unknown';
  const parts = list.flatMap((bar, i) => {
    const y = head + i * step;
    const h = isPair ? 13 : 16;
    const fill = bar.accent ? 'var(--accent)' : bar.country ? colourOf(bar.country) : 'var(--c-0)';
    const isOver = limit !== null && bar.share !== null && bar.share > limit;
    const value = bar.share === null ? 'not known' : perCent(bar.share);
    const end = x(bar.share ?? 0);
    const recorded = Math.max(0, (bar.share ?? 0) - (bar.unrecorded ?? 0));
    const wordsAt = bar.share === null ? x(most) : end;
    return [
      text(left - 8, y + 14, fitted(bar.label, left - 10), { 'text-anchor': 'end' }),
      bar.share === null
        ? el('rect', { x: left, y: y + 2, width: x(most) - left, height: h, fill: `url(#${id})` })
        : el('g', {}, [
            title(`${bar.label}: ${value}${bar.detail ? `, ${bar.detail}` : ''}`),
            el('rect', { x: left, y: y + 2, width: Math.max(0.5, x(recorded) - left), height: h, fill }),
            (bar.unrecorded ?? 0) > 0
              ? el('rect', {
                  x: x(recorded),
                  y: y + 2,
                  width: Math.max(0, end - x(recorded)),
                  height: h,
                  fill: `url(#${id})`,
                  stroke: fill,
                  'stroke-width': 1,
                })
              : '',
          ]),
      el(
        'text',
        { x: wordsAt + 6, y: y + 14, 'font-weight': 600, fill: isOver ? 'var(--over)' : 'var(--ink)' },
        [
          el('tspan', {}, value),
          bar.detail && isWide
            ? el(
                'tspan',
                { dx: 6, 'font-size': 11, 'font-weight': 400, fill: 'var(--faint)' },
                escaped(bar.detail),
              )
            : '',
        ].join(''),
      ),
      isPair && bar.other !== null && bar.other !== undefined
        ? el('rect', {
            x: left,
            y: y + 17,
            width: Math.max(0.5, x(bar.other) - left),
            height: 8,
            fill: 'var(--ground)',
            stroke: fill,
            'stroke-width': 1.25,
          })
        : '',
      isPair
        ? text(x(bar.other ?? 0) + 6, y + 25, bar.other == null ? 'not known' : perCent(bar.other), {
            'font-size': 10.5,
            fill: 'var(--faint)',
          })
        : '',
    ];
  });
  return picture(width, height, about, [
    hatching(id),
    isPair
      ? text(
          width < 420 ? 0 : left,
          11,
          fitted(`filled: ${first}; outline: ${second}`, width, 'filled: now; outline: at the least'),
          { 'font-size': 11, fill: 'var(--faint)' },
        )
      : '',
    // under the words, over the bars: a label may cross it
    ...parts.filter((p) => !p.startsWith('<text')),
    limit === null
      ? ''
      : [
          el('line', {
            x1: x(limit),
            x2: x(limit),
            y1: head,
            y2: height - 6,
            stroke: 'var(--ink)',
            'stroke-width': 1.25,
          }),
          isPair
            ? ''
            : text(x(limit), 11, `limit ${perCent(limit).replace('.0', '')}`, {
                'text-anchor': 'middle',
                'font-size': 11,
                fill: 'var(--faint)',
              }),
        ].join(''),
    ...parts.filter((p) => p.startsWith('<text')),
  ]);
}

/** Cut to about what fits, in a wide face. */
export const fitted = (label: string, width: number, short = label): string =>
  label.length * letter <= width
    ? label
    : short.length * letter <= width
      ? short
      : `${label.slice(0, Math.max(1, Math.floor(width / letter) - 1))}…`;
