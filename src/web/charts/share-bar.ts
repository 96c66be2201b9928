import { colourOf } from './colours.ts';
import { el, hatching, type Picture, picture, text } from './svg.ts';

export interface Supplier {
  readonly country: string;
  readonly share: number;
}

/** The named suppliers of a row of the board, the largest first. */
export const suppliersOf = (row: Readonly<Record<string, unknown>>): Supplier[] =>
  (['top', 'second', 'third'] as const).flatMap((place) => {
    const [country, share] = [row[`${place}_country`], row[`${place}_share`]];
    return typeof country === 'string' && typeof share === 'number' ? [{ country, share }] : [];
  });

export interface Segment {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly fill: string;
}

/** Parts of a bar `width` wide that stands for all supply: suppliers in their colours, what no name covers left open. */
export function segments(suppliers: readonly Supplier[], width: number): Segment[] {
  let x = 0;
  return suppliers.map(({ country, share }, i) => {
    const from = x;
    x = Math.min(width, x + Math.max(0, share) * width);
    return { key: String(i), x: from, width: Math.max(0, x - from), fill: colourOf(country) };
  });
}

/** One bar as a picture: three suppliers against the limit; hatched where no share is known. */
export function shareBar(row: Readonly<Record<string, unknown>>, { width = 300, height = 16 } = {}): Picture {
  const parts = segments(suppliersOf(row), width);
  const cap = typeof row.cap === 'number' ? row.cap * width : null;
  const top = typeof row.top_share === 'number' ? row.top_share * width : null;
  const isOver = row.over_cap === true;
  return picture(width, height, isOver ? 'over the limit' : 'shares of the three largest suppliers', [
    top === null ? hatching('no-share') : '',
    el('rect', { width, height, fill: top === null ? 'url(#no-share)' : 'var(--unknown)' }),
    ...parts.map((p) => el('rect', { x: p.x, width: p.width, height, fill: p.fill })),
    isOver && cap !== null && top !== null
      ? el('rect', { x: cap, y: height - 4, width: top - cap, height: 4, fill: 'var(--over)' })
      : '',
    cap === null ? '' : el('rect', { x: cap - 0.75, width: 1.5, height, fill: 'var(--ink)' }),
    top === null ? text(6, height - 4, 'not known', { 'font-size': 11, fill: 'var(--faint)' }) : '',
  ]);
}
