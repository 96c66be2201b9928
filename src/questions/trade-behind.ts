import type { World } from '../store/world.ts';
import { seriesCoverage, tradeFlow, ukTradeMonth } from '../tables/quantities.ts';
import { rowKey } from '../tables/row-key.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import { type Basis, type DeclaredSupply, declaredSupplies, type Weight } from './declared-supply.ts';
import type { AnswerRow, Explanation } from './question.ts';
import type { Party } from './resolve.ts';
import { chooseFlows, hidesMineral, tellsOfImporter } from './trade-rows.ts';

/** The rows of the tables behind what a country declared that it bought, and what they add up to. */
export interface TradeBehind {
  readonly inputs: Explanation['inputs'];
  readonly sources: readonly string[];
  readonly year: number;
  /** months covered where not the calendar year */
  readonly period: string | null;
  /** the eight-digit code, where only that tells the mineral apart */
  readonly cn8: string | null;
  /** USD that a truncated series may lack at most, of all codes; null where nobody says of one */
  readonly cutUsd: number | null;
  /** by country, in USD or t: each row by the part of its code that is the mineral, tonnes by its content */
  readonly of: (weight: Weight) => { readonly by: ReadonlyMap<string, number>; readonly total: number };
}

/**
 * Looks up the rows that answer for an importer, codes of one mineral, a basis and a year, by the rules of `chooseFlows`.
 * Null where there are none. Codes that hide the mineral are left out where there are several, as in a stage as a whole.
 */
export async function tradeBehind(
  world: World,
  party: Party,
  codes: readonly Hs6Mineral[],
  basis: Basis,
  year: number,
): Promise<TradeBehind | null> {
  const allCodes = await world.load(hs6Mineral);
  const supplies = await declaredSupplies(world, party, codes, [year]);
  const members = new Set(party.members(year));
  const siblings = allCodes.filter((c) => codes.some((of) => of.mineral === c.mineral));
  const traded = await world.load(tradeFlow, {
    hs6: [...new Set(siblings.map((c) => c.hs6))],
    importer: [...members],
    year: [year],
  });
  const isOwn = (row: (typeof traded)[number]) => world.own.has(rowKey(tradeFlow, row));
  const decide = chooseFlows(traded.filter(tellsOfImporter), basis, isOwn).flows;

  const found: { code: Hs6Mineral; supply: DeclaredSupply }[] = codes.flatMap((code) => {
    const supply = supplies.of(code, basis, year);
    const hidden = codes.length > 1 && hidesMineral(code, allCodes) && supply?.cn8 === null;
    return supply && !hidden ? [{ code, supply }] : [];
  });
  const first = found[0]?.supply;
  if (!first) return null;
  const flows = decide.filter(
    (f) => !members.has(f.exporter) && found.some((s) => s.code.hs6 === f.hs6 && !s.supply.cn8),
  );
  const detailed = found.filter((s) => s.supply.cn8);
  const months = detailed.length
    ? (await world.load(ukTradeMonth, { hs6: detailed.map((s) => s.code.hs6), flow: ['import'] })).filter(
        (m) =>
          m.status !== 'confidential' &&
          detailed.some((s) => s.supply.cn8 === m.cn8 && inPeriod(m.month, s.supply.period)),
      )
    : [];
  const codeOf = (hs6: string) => found.find((s) => s.code.hs6 === hs6)!.code;
  const rows = [
    ...flows.map((f) => ({ ...f, country: f.exporter, part: codeOf(f.hs6).share_of_code ?? 1 })),
    ...months.map((m) => ({ ...m, country: m.partner, part: 1 })),
  ];
  const size = (row: (typeof rows)[number], weight: Weight) =>
    weight === 'value'
      ? (row.value_usd ?? 0) * row.part
      : (row.quantity_t ?? 0) * row.part * (codeOf(row.hs6).metal_content ?? 1);
  const largest = <T extends { readonly value_usd: number | null; readonly quantity_t: number | null }>(
    of: readonly T[],
  ) =>
    of.toSorted(
      (a, b) => (b.value_usd ?? 0) - (a.value_usd ?? 0) || (b.quantity_t ?? 0) - (a.quantity_t ?? 0),
    ) as unknown as AnswerRow[];
  const coverage = (
    await world.load(seriesCoverage, { hs6: found.map((s) => s.code.hs6), year: [year] })
  ).filter(
    (c) => c.complete === false && found.some((s) => s.code.hs6 === c.hs6 && s.supply.source === c.source),
  );
  const inputs = [
    { table: tradeFlow.name, rows: largest(flows) },
    { table: ukTradeMonth.name, rows: largest(months) },
    { table: hs6Mineral.name, rows: found.map((s) => s.code) as unknown as AnswerRow[] },
    { table: seriesCoverage.name, rows: coverage as unknown as AnswerRow[] },
  ];
  return {
    inputs: inputs.filter((i) => i.rows.length > 0),
    sources: [...new Set([...flows.map((f) => f.source), ...detailed.map((s) => s.supply.source)])],
    year,
    period: first.period,
    cn8: first.cn8,
    cutUsd: found.reduce<number | null>(
      (sum, { supply }) => (sum === null || supply.cutUsd === null ? null : sum + supply.cutUsd),
      0,
    ),
    of: (weight) => {
      const by = new Map<string, number>();
      let total = 0;
      for (const row of rows) {
        by.set(row.country, (by.get(row.country) ?? 0) + size(row, weight));
        total += size(row, weight);
      }
      return { by, total };
    },
  };
}

function inPeriod(month: string, period: string | null): boolean {
  const [from, to] = (period ?? '').split('/');
  return from !== undefined && to !== undefined && month >= from && month <= to;
}
