import { sankey as layout } from 'd3-sankey';
import { area, curveBumpX } from 'd3-shape';
import { perCent } from '../../cli/cell.ts';
import { fitted } from './bars.ts';
import { colourOf } from './colours.ts';
import { spread } from './lines.ts';
import { el, escaped, hatching, type Picture, picture, text, title } from './svg.ts';

/** A country at one stage: the same country may mine, refine and use, and is then several nodes. */
export interface Station {
  /** `CHN@refine` */
  readonly id: string;
  /** colours it; null = nobody knows who, hatched */
  readonly country: string | null;
  readonly label: string;
  /** 0 = leftmost */
  readonly column: number;
}

export interface Stream {
  readonly source: string;
  readonly target: string;
  /** 0…1 of what arrives at the end */
  readonly share: number;
  /** part of it that nobody reports, 0…share: hatched */
  readonly unrecorded?: number;
}

export interface SankeyOptions {
  readonly width?: number;
  readonly height?: number;
  readonly about: string;
  /** what each column is */
  readonly columns: readonly string[];
  /** `source|target` of the link that is chosen */
  readonly chosen?: string | null;
  readonly limit?: number | null;
}

const bar = 14;

/** What stands where a name has no room: the code of the country. */
const shortOf = (s: Station): string => (s.country === null ? '?' : s.country === 'OTH' ? 'rest' : s.country);

/** Shares that flow from column to column; widths are shares, hatched is not known or not recorded. */
export function sankey(
  stations: readonly Station[],
  streams: readonly Stream[],
  { width = 860, about, columns, chosen = null, limit = null, ...options }: SankeyOptions,
): Picture {
  const used = stations.filter((s) => streams.some((f) => f.source === s.id || f.target === s.id));
  const most = Math.max(1, ...columns.map((_, i) => used.filter((s) => s.column === i).length));
  const height = options.height ?? Math.max(220, Math.min(560, most * 34 + 60));
  const side = Math.min(180, width * 0.3);
  const lastColumn = columns.length - 1;
  // where there is little room the last column is named by its code alone
  const right = width < 480 ? 44 : side;
  const graph = layout<Station, Omit<Stream, 'share'> & { value: number }>()
    .nodeId((n) => n.id)
    .nodeAlign((n) => n.column)
    .nodeSort((a, b) => Number(a.country === null) - Number(b.country === null) || b.value - a.value)
    .nodeWidth(bar)
    .nodePadding(8)
    .extent([
      [columns.length > 1 ? side : 0, 28],
      [width - right, height - 8],
    ])({
    nodes: used.map((s) => ({ ...s })),
    links: streams.map(({ share, ...f }) => ({ ...f, value: share })),
  });
  const strip = area<readonly [x: number, middle: number, wide: number]>()
    .digits(1)
    .curve(curveBumpX)
    .x(([x]) => x)
    .y0(([, y, wide]) => y - wide / 2)
    .y1(([, y, wide]) => y + wide / 2);
  const band = (l: (typeof graph.links)[number], wide: number, shift: number) =>
    strip([
      [l.source.x1, l.y0 + shift, wide],
      [l.target.x0, l.y1 + shift, wide],
    ]) ?? '';
  const streamsDrawn = graph.links.map((l) => {
    const key = `${l.source.id}|${l.target.id}`;
    const wide = Math.max(0.75, l.width);
    const hidden = l.value > 0 ? (wide * Math.min(l.unrecorded ?? 0, l.value)) / l.value : 0;
    const words = `${l.source.label} → ${l.target.label}: ${perCent(l.value)}${(l.unrecorded ?? 0) > 0 ? `, of which ${perCent(l.unrecorded!)} unrecorded` : ''}`;
    const isUnknown = l.source.country === null;
    return [
      el(
        'path',
        {
          d: band(l, wide, 0),
          fill: isUnknown ? 'url(#stream-hidden)' : colourOf(l.source.country),
          'fill-opacity': isUnknown ? 0.7 : chosen === key ? 0.75 : 0.32,
          stroke: chosen === key ? 'var(--ink)' : null,
          'data-key': key,
        },
        title(words),
      ),
      hidden > 0.5 && !isUnknown
        ? el(
            'path',
            {
              d: band(l, hidden, (wide - hidden) / 2),
              fill: 'url(#stream-hidden)',
              'fill-opacity': 0.8,
              'data-key': key,
            },
            title(words),
          )
        : '',
    ].join('');
  });
  const labels = columns.flatMap((_, column) => {
    const here = graph.nodes.filter((n) => n.column === column);
    const places = spread(
      here.map((n) => (n.y0 + n.y1) / 2),
      13,
      height - 6,
    );
    return here.map((n, i) => {
      const isLeft = column === 0 && lastColumn > 0;
      const isOver = limit !== null && column < lastColumn && n.country !== null && n.value > limit;
      return el(
        'text',
        { x: isLeft ? n.x0 - 6 : n.x1 + 6, y: places[i]! + 4, 'text-anchor': isLeft ? 'end' : 'start' },
        [
          el(
            'tspan',
            {},
            escaped(fitted(n.label, column === lastColumn ? right - 8 : side - 66, shortOf(n))),
          ),
          column === lastColumn
            ? ''
            : el(
                'tspan',
                { 'font-weight': 600, fill: isOver ? 'var(--over)' : 'var(--ink)' },
                ` ${perCent(n.value)}`,
              ),
        ].join(''),
      );
    });
  });
  return picture(width, height, about, [
    hatching('stream-hidden'),
    ...columns.map((words, column) => {
      const any = graph.nodes.find((n) => n.column === column);
      const isLeft = column === 0 && lastColumn > 0;
      return any
        ? text(isLeft ? any.x1 : any.x0, 16, words, {
            'text-anchor': isLeft ? 'end' : 'start',
            fill: 'var(--faint)',
            'font-weight': 600,
          })
        : '';
    }),
    ...streamsDrawn,
    ...graph.nodes.map((n) =>
      el(
        'rect',
        {
          x: n.x0,
          y: n.y0,
          width: bar,
          height: Math.max(0.75, n.y1 - n.y0),
          fill:
            n.country === null
              ? 'url(#stream-hidden)'
              : n.column === lastColumn
                ? 'var(--accent)'
                : colourOf(n.country),
        },
        title(`${n.label}: ${perCent(n.value)}`),
      ),
    ),
    ...labels,
  ]);
}
