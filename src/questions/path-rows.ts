import type { Path } from '../analysis/flows/stages.ts';
import type { Weight } from './network-of.ts';
import type { AnswerColumn, AnswerRow } from './question.ts';

/** Largest first; the tonnes of several paths add up to what the consumption takes at the earlier stage. */
export const largestPaths = (paths: readonly Path[]): Path[] =>
  paths
    .filter((p) => p.traced > 0)
    .sort((a, b) => b.traced - a.traced || (`${a.maker} ${a.origin}` < `${b.maker} ${b.origin}` ? -1 : 1));

export function pathRow(path: Path | null, total: number, weight: Weight, head: AnswerRow): AnswerRow {
  const u = weight === 'value' ? 'usd' : 't';
  return {
    ...head,
    country: path?.origin ?? null,
    through_country: path?.maker ?? null,
    [`traced_${u}`]: path?.traced ?? null,
    traced_share: path ? path.traced / total : null,
    [`unrecorded_${u}`]: path?.unrecorded ?? null,
    followed: path?.followed ?? null,
  };
}

/** Columns of a path, after those that say whose it is. */
export function pathColumns(weight: Weight): AnswerColumn[] {
  const [u, unit] = weight === 'value' ? ['usd', 'USD'] : ['t', 't'];
  return [
    { name: 'country', unit: '', about: 'where it was born; the maker itself where followed is false' },
    { name: 'through_country', unit: '', about: 'who made it into the later stage' },
    {
      name: `traced_${u}`,
      unit,
      about: 'part of apparent consumption that took this path, at the earlier stage',
    },
    { name: 'traced_share', unit: '1', about: 'of all paths of the consumer' },
    { name: `unrecorded_${u}`, unit, about: 'the part of it that nobody reports producing' },
    { name: 'followed', unit: '', about: 'false where the chain stops at the maker' },
  ];
}
