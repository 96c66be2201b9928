import { fitted } from './bars.ts';
import { el, hatching, type Picture, picture, text, title } from './svg.ts';

export interface HeatCell {
  /** 0…1, how strongly the cell is coloured */
  readonly strength: number;
  /** written in the cell */
  readonly words: string;
  readonly about: string;
}

export interface HeatRow {
  readonly key: string;
  readonly label: string;
  /** by column; null = not known, hatched */
  readonly cells: readonly (HeatCell | null)[];
}

export interface HeatOptions {
  readonly width?: number;
  readonly about: string;
  /** key of the row that is told of elsewhere on the page */
  readonly chosen?: string | null;
}

const step = 19;
/** about what a letter takes at 11 pixels, in a wide face; in a name that may be bold */
const [letter, boldLetter] = [6.3, 7.9];

/** One row a mineral, one column a method, each cell coloured and written by its place: a page hears a click on `data-key`. */
export function heat(
  rows: readonly HeatRow[],
  columns: readonly string[],
  { width = 760, about, chosen = null }: HeatOptions,
): Picture {
  const left = Math.min(Math.max(0, ...rows.map((r) => r.label.length)) * boldLetter + 10, width * 0.36);
  const cell = Math.min(112, (width - left) / Math.max(1, columns.length));
  // heads stand upright over narrow columns
  const isNarrow = columns.some((c) => c.length * letter > cell - 6);
  const head = isNarrow ? Math.min(150, Math.max(...columns.map((c) => c.length)) * letter + 12) : 24;
  const height = head + rows.length * step + 4;
  return picture(width, height, about, [
    hatching('heat-unknown'),
    ...columns.map((c, i) => {
      const middle = left + (i + 0.5) * cell;
      return isNarrow
        ? text(0, 0, fitted(c, head - 8), {
            'font-size': 11,
            fill: 'var(--faint)',
            transform: `translate(${(middle + 4).toFixed(1)},${head - 6}) rotate(-90)`,
          })
        : text(middle, head - 8, c, { 'font-size': 11, fill: 'var(--faint)', 'text-anchor': 'middle' });
    }),
    ...rows.map((row, r) => {
      const y = head + r * step;
      const isChosen = row.key === chosen;
      return el('g', { 'data-key': row.key }, [
        text(left - 8, y + 13, fitted(row.label, (left - 10) * (isChosen ? 0.9 : 1)), {
          'text-anchor': 'end',
          'font-size': 11,
          'font-weight': isChosen ? 700 : null,
        }),
        ...row.cells.map((c, i) => {
          const x = left + i * cell;
          const box = { x: x + 1, y: y + 1, width: cell - 2, height: step - 2 };
          const what = `${row.label}, ${columns[i]}: ${c?.about ?? 'not known'}`;
          if (c === null) return el('rect', { ...box, fill: 'url(#heat-unknown)' }, title(what));
          return [
            el(
              'rect',
              { ...box, fill: 'var(--c-zaf)', 'fill-opacity': 0.06 + 0.5 * c.strength },
              title(what),
            ),
            text(x + cell / 2, y + 13, c.words, {
              'text-anchor': 'middle',
              'font-size': 11,
              'pointer-events': 'none',
            }),
          ].join('');
        }),
        isChosen
          ? el('rect', {
              x: left,
              y,
              width: cell * columns.length,
              height: step,
              fill: 'none',
              stroke: 'var(--ink)',
              'stroke-width': 1.5,
            })
          : '',
      ]);
    }),
  ]);
}
