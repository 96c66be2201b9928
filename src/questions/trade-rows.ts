import type { TradeFlow } from '../tables/quantities.ts';
import type { Hs6Mineral } from '../tables/world.ts';

/**
 * Releases in the order in which they decide where several give the same code and year: a complete matrix before an
 * extract, an extract before a truncated series. A source that is not listed is somebody's own and comes first.
 */
export const tradeSources = [
  'baci',
  'baci_cobalt_chain',
  'baci_series',
  'baci_headings',
  'baci_ree_2023',
] as const;

/** Statistics that one country keeps of its own trade: what others bought from it is in them, from others is not. */
const keptBy: Readonly<Record<string, string>> = { hmrc_ots: 'GBR' };

/**
 * True where a flow can count towards what its importer buys in all: a statistic kept by another country holds only
 * what that one sent, and would make it the sole supplier.
 */
export const tellsOfImporter = (flow: Pick<TradeFlow, 'source' | 'importer'>): boolean =>
  keptBy[flow.source] === undefined || keptBy[flow.source] === flow.importer;

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
  const candidates: TradeFlow[] = [];
  let selfFlows = 0;
  const best = new Map<string, string>();
  // two sources of one rank (somebody's own) or rows laid over the snapshot may give one flow twice
  let mayRepeat = false;
  for (const row of rows) {
    if (row.basis !== wanted) continue;
    if (row.exporter === row.importer) {
      selfFlows++;
      continue;
    }
    candidates.push(row);
    if (isOwn(row)) {
      mayRepeat = true;
      continue;
    }
    const before = best.get(row.hs6);
    if (before === row.source) continue;
    if (before === undefined || rank(row.source) < rank(before)) best.set(row.hs6, row.source);
    else if (rank(row.source) === rank(before)) mayRepeat = true;
  }
  const decides = (row: TradeFlow) => {
    const source = best.get(row.hs6);
    return source === row.source || (source !== undefined && rank(source) === rank(row.source));
  };
  if (!mayRepeat) return { flows: candidates.filter((row) => best.get(row.hs6) === row.source), selfFlows };

  const byFlow = new Map<string, TradeFlow>();
  for (const row of candidates) {
    const own = isOwn(row);
    if (!own && !decides(row)) continue;
    const key = `${row.exporter}>${row.importer}:${row.hs6}`;
    const before = byFlow.get(key);
    if (before === undefined || (own && !isOwn(before))) byFlow.set(key, row);
  }
  return { flows: [...byFlow.values()], selfFlows };
}

/**
 * True where nothing can be said of one mineral from a code: it holds several minerals and no published figure says
 * how much of each. A basket that is mapped to a single mineral still tells where that basket came from.
 */
export const hidesMineral = (code: Hs6Mineral, all: readonly Hs6Mineral[]): boolean =>
  code.share_of_code === null &&
  all.some((other) => other.hs6 === code.hs6 && other.mineral !== code.mineral);
