import { fitted } from './bars.ts';
import { el, hatching, type Picture, picture, text, title } from './svg.ts';

export interface MatrixRow {
  readonly label: string;
  /** by column: words on what is known, '' = missing (hatched), null = does not apply */
  readonly cells: readonly (string | null)[];
}

/** What is known of what: filled = known, hatched = missing, empty = does not apply. */
export function matrix(
  rows: readonly MatrixRow[],
  columns: readonly string[],
  { width = 760, about }: { readonly width?: number; readonly about: string },
): Picture {
  const left = Math.min(170, width * 0.34);
  const head = 74;
  const step = 15;
  const cell = Math.min(56, (width - left - 50) / columns.length);
  const height = head + rows.length * step + 8;
  return picture(width, height, about, [
    hatching('matrix-missing'),
    ...columns.map((c, i) =>
      text(0, 0, c, {
        'font-size': 11,
        fill: 'var(--faint)',
        transform: `translate(${(left + i * cell + cell / 2 - 2).toFixed(1)},${head - 8}) rotate(-38)`,
      }),
    ),
    ...rows.map((row, r) => {
      const y = head + r * step;
      return [
        text(left - 8, y + 11, fitted(row.label, left - 10), { 'text-anchor': 'end', 'font-size': 11 }),
        ...row.cells.map((words, i) =>
          words === null
            ? ''
            : el(
                'rect',
                {
                  x: left + i * cell,
                  y: y + 1,
                  width: cell - 2,
                  height: step - 2,
                  fill: words === '' ? 'url(#matrix-missing)' : 'var(--accent)',
                  'fill-opacity': words === '' ? null : 0.75,
                },
                title(`${row.label}, ${columns[i]}: ${words || 'missing'}`),
              ),
        ),
      ].join('');
    }),
  ]);
}
