import { cutOffAtMost } from '../../analysis/changes/cut-off.ts';
import type { SupplySide } from '../../analysis/changes/share-change.ts';
import { supplyMix } from '../../analysis/dependence/supply-mix.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { seriesCoverage, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { rowKey } from '../../tables/row-key.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import type { Basis } from '../declared-supply.ts';
import type { Party } from '../resolve.ts';
import { chooseFlows, tradeSources } from '../trade-rows.ts';

/** What an importer bought under one code in one year, from one source. */
export interface CodeYear {
  readonly source: string;
  readonly year: number;
  readonly value: SupplySide;
  readonly quantity: SupplySide;
  readonly value_usd: number;
  readonly quantity_t: number;
  /** false = truncated and nobody says how much is cut off */
  readonly bounded: boolean;
  readonly complete: boolean | null;
}

export interface TradeSide {
  /** sources with imports under a code, the one that decides first, with their years in ascending order */
  readonly sources: (hs6: string) => ReadonlyMap<string, readonly number[]>;
  readonly isComplete: (source: string, hs6: string, year: number) => boolean;
  readonly of: (code: Hs6Mineral, source: string, year: number) => Promise<CodeYear | null>;
}

const rank = (source: string) => tradeSources.indexOf(source as never);

/** The trade of one importer in one world, source by source, so that like is compared with like. */
export async function tradeSide(
  world: World,
  party: Party,
  codes: readonly Hs6Mineral[],
  basis: Basis,
): Promise<TradeSide> {
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  const everyYear = Array.from({ length: 201 }, (_, i) => 1900 + i);
  const importers = party.isBloc ? [...new Set(everyYear.flatMap(party.members))] : [party.id];
  const [imports, coverage] = await Promise.all([
    world.load(tradeFlow, { importer: importers, hs6 }),
    world.load(seriesCoverage, { hs6 }),
  ]);
  const ofBasis = imports.filter((f) => (f.basis === 'dispatch') === (basis === 'dispatch'));
  const isOwn = (row: TradeFlow) => world.own.size > 0 && world.own.has(rowKey(tradeFlow, row));
  const coverageOf = new Map(coverage.map((c) => [`${c.source} ${c.hs6} ${c.year}`, c] as const));
  const byCode = groupBy(ofBasis, (f) => f.hs6);
  // rows laid over the snapshot correct whatever source is compared; they are no source of their own
  const sourcesOf = (rows: readonly TradeFlow[]): Map<string, number[]> => {
    const plain = rows.filter((f) => !isOwn(f));
    const years = groupBy(plain.length ? plain : rows, (f) => f.source);
    return new Map(
      [...years]
        .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
        .map(([source, of]) => [source, [...new Set(of.map((f) => f.year))].sort((a, b) => a - b)]),
    );
  };
  const kept = async (code: string, source: string, year: number) =>
    (await world.load(tradeFlow, { hs6: [code], source: [source], year: [year] })).reduce(
      (sums, f) => ({
        value: sums.value + (f.value_usd ?? 0),
        quantity: sums.quantity + (f.quantity_t ?? 0),
      }),
      { value: 0, quantity: 0 },
    );

  return {
    sources: (code) => sourcesOf(byCode.get(code) ?? []),
    isComplete: (source, code, year) => coverageOf.get(`${source} ${code} ${year}`)?.complete !== false,
    of: async (code, source, year) => {
      const rows = (byCode.get(code.hs6) ?? []).filter(
        (f) => f.year === year && (f.source === source || isOwn(f)),
      );
      const { flows } = chooseFlows(rows, basis, isOwn);
      const mix = supplyMix(flows, new Set(party.members(year)));
      if (mix.suppliers.length === 0) return null;
      const known = coverageOf.get(`${source} ${code.hs6} ${year}`);
      const complete = known?.complete ?? null;
      const world_ = complete === false ? await kept(code.hs6, source, year) : { value: 0, quantity: 0 };
      const share = known?.value_kept_share ?? null;
      const missing = {
        value: cutOffAtMost(complete, world_.value, share),
        // the part kept is known by value only
        quantity: complete === false ? null : 0,
      };
      const part = code.share_of_code ?? 1;
      const sideOf = (of: (s: (typeof mix.suppliers)[number]) => number, cut: number | null): SupplySide => ({
        by: new Map(mix.suppliers.flatMap((s) => (of(s) > 0 ? [[s.country, of(s) * part] as const] : []))),
        missing: (cut ?? 0) * part,
      });
      return {
        source,
        year,
        value: sideOf((s) => s.value_usd, missing.value),
        quantity: sideOf((s) => s.quantity_t, missing.quantity),
        value_usd: mix.value_usd * part,
        quantity_t: mix.quantity_t * part,
        bounded: missing.value !== null,
        complete,
      };
    },
  };
}
