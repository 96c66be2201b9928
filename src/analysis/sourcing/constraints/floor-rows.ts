import { type LimitRow, lpName, needName, type SourcingModel } from '../model.ts';
import type { Kind } from '../problem.ts';

/** One row for each need: what comes from a kind of supply is at least a share of demand. */
export const floorRows = (
  { problem, cellsOf }: SourcingModel,
  least: number | null,
  kind: Kind,
  label: string,
): LimitRow[] =>
  least === null
    ? []
    : problem.needs.map((need, k) => ({
        name: lpName(label, needName(need)),
        label,
        need: k,
        lower: least * need.quantity_t,
        upper: Infinity,
        terms: cellsOf[k]!.filter((c) => c.offer.kind === kind).map((c) => [c.column, 1] as const),
      }));
