import type { TradeFlow } from '../tables/quantities.ts';
import type { Hs6Mineral } from '../tables/world.ts';

/**
 * Releases in the order in which they decide where several give the same code and year: a complete matrix before an
 * extract, an extract before a truncated series. A source that is not listed is somebody's own and comes first.
 */
export const tradeSources = ['baci', 'baci_cobalt_chain', 'baci_series', 'baci_ree_2023'] as const;

const rank = (source: string) => tradeSources.indexOf(source as never);

export interface ChosenFlows {
  readonly flows: TradeFlow[];
  /** rows left out because exporter and importer are the same */
  readonly selfFlows: number;
}

/**
 * The rows that answer for one mineral and year: reconciled where there are any, else origin (or dispatch where
 * asked), and of several releases the one that decides, code by code. Rows laid over the snapshot win flow by flow.
 *
 * @param rows flows of the codes of one mineral, of one year
 * @param isOwn whether a row was laid over the snapshot by the person asking
 */
export function chooseFlows(
  rows: readonly TradeFlow[],
  basis: 'origin' | 'dispatch',
  isOwn: (row: TradeFlow) => boolean = () => false,
): ChosenFlows {
  const wanted =
    basis === 'dispatch' ? 'dispatch' : rows.some((r) => r.basis === 'reconciled') ? 'reconciled' : 'origin';
  const candidates = rows.filter((r) => r.basis === wanted && r.exporter !== r.importer);
  const best = new Map<string, number>();
  for (const row of candidates) {
    if (isOwn(row)) continue;
    const r = rank(row.source);
    const before = best.get(row.hs6);
    if (before === undefined || r < before) best.set(row.hs6, r);
  }
  const byFlow = new Map<string, TradeFlow>();
  for (const row of candidates) {
    const own = isOwn(row);
    if (!own && rank(row.source) !== best.get(row.hs6)) continue;
    const key = `${row.exporter}>${row.importer}:${row.hs6}`;
    const before = byFlow.get(key);
    if (before === undefined || (own && !isOwn(before))) byFlow.set(key, row);
  }
  return {
    flows: [...byFlow.values()],
    selfFlows: rows.filter((r) => r.basis === wanted && r.exporter === r.importer).length,
  };
}

/**
 * True where nothing can be said of one mineral from a code: it holds several minerals and no published figure says
 * how much of each. A basket that is mapped to a single mineral still tells where that basket came from.
 */
export const hidesMineral = (code: Hs6Mineral, all: readonly Hs6Mineral[]): boolean =>
  code.share_of_code === null &&
  all.some((other) => other.hs6 === code.hs6 && other.mineral !== code.mineral);
