import { cutOffAtMost } from '../analysis/changes/cut-off.ts';
import { type SupplyMix, supplyMix } from '../analysis/dependence/supply-mix.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import {
  type Cn8Mineral,
  cn8Mineral,
  seriesCoverage,
  type TradeFlow,
  tradeFlow,
  type UkTradeMonth,
  ukTradeMonth,
} from '../tables/quantities.ts';
import { rowKey } from '../tables/row-key.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import type { Party } from './resolve.ts';
import { dispatchSources } from './traceable-years.ts';
import { chooseFlows, tellsOfImporter } from './trade-rows.ts';

export type Weight = 'value' | 'quantity';
export type Basis = 'origin' | 'dispatch';

/** What an importer bought under one code in one year, by the country that the customs paper names. */
export interface DeclaredSupply {
  readonly year: number;
  /** months covered where not the calendar year */
  readonly period: string | null;
  readonly source: string;
  /** the eight-digit code behind it, where only that tells the mineral apart */
  readonly cn8: string | null;
  /** quantities are gross tonnes */
  readonly mix: SupplyMix;
  /** true: every flow is there; false: small flows are cut off; null: nobody says */
  readonly complete: boolean | null;
  /** part of the world’s trade in the code that a truncated series holds */
  readonly valueKept: number | null;
  /** USD that a truncated series may lack at most of these imports: 0 where it lacks nothing, null where nobody says */
  readonly cutUsd: number | null;
  /** what the source says of what is not there */
  readonly caveat: string | null;
  /** rows laid over the snapshot by the person asking */
  readonly own: boolean;
}

export interface DeclaredSupplies {
  /** the years with imports under a code, ascending */
  readonly years: (code: Hs6Mineral, basis: Basis) => readonly number[];
  /** null where nothing is known for that code, basis and year */
  readonly of: (code: Hs6Mineral, basis: Basis, year: number) => DeclaredSupply | null;
  /** the newest year in which anyone traded the code, where this importer did not; null = no data at all */
  readonly tradedByOthers: (hs6: string) => number | null;
  /** only a truncated series has the code and year: imports that are not in it are below its cut, not zero */
  readonly isCut: (hs6: string, year: number) => boolean;
  /** there are imports by origin that do not count, since the mineral's trade of that year is reconciled */
  readonly putAside: (code: Hs6Mineral, year: number) => boolean;
  /** flows from a country to itself that were ignored */
  readonly selfFlows: number;
}

/** All that an importer declared under some codes, read at once and answered code by code. */
export async function declaredSupplies(
  world: World,
  party: Party,
  codes: readonly Hs6Mineral[],
  asked?: readonly number[],
): Promise<DeclaredSupplies> {
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  const everyYear = Array.from({ length: 201 }, (_, i) => 1900 + i);
  const importers = party.isBloc ? [...new Set((asked ?? everyYear).flatMap(party.members))] : [party.id];
  const inYears = asked ? { year: asked } : {};
  // which basis decides is a matter of the mineral as a whole, also where only one of its codes is asked about
  const minerals = new Set(codes.map((c) => c.mineral));
  const siblings = [
    ...codes,
    ...(await world.load(hs6Mineral)).filter((c) => minerals.has(c.mineral) && !codes.includes(c)),
  ];
  const ofMinerals = [...new Set(siblings.map((c) => c.hs6))];
  const [traded, coverage, cn8, months] = await Promise.all([
    world.load(tradeFlow, { importer: importers, hs6: ofMinerals, ...inYears }),
    world.load(seriesCoverage, { hs6, ...inYears }),
    party.id === 'GBR' ? world.load(cn8Mineral) : ([] as Cn8Mineral[]),
    party.id === 'GBR' ? world.load(ukTradeMonth, { hs6, flow: ['import'] }) : ([] as UkTradeMonth[]),
  ]);
  const imports = traded.filter(tellsOfImporter);
  const isOwn = (row: TradeFlow) => world.own.size > 0 && world.own.has(rowKey(tradeFlow, row));
  const keyOf = (of: Pick<TradeFlow, 'source' | 'hs6' | 'year'>) => `${of.source} ${of.hs6} ${of.year}`;
  const coverageOf = new Map(coverage.map((c) => [keyOf(c), c] as const));
  const codesOf = groupBy(siblings, (c) => c.mineral);
  const reconciled = await reconciledAnywhere(world, imports, siblings);
  const byCode = groupBy(imports, (f) => f.hs6);
  const byCodeYear = groupBy(imports, (f) => `${f.hs6} ${f.year}`);
  const silent = hs6.filter((code) => !byCode.has(code));
  const others = silent.length ? await world.load(tradeFlow, { hs6: silent, ...inYears }) : [];
  const othersYear = new Map<string, number>();
  // what others sent to or from their own land says nothing of this importer
  for (const f of others.filter((o) => o.basis !== 'dispatch'))
    othersYear.set(f.hs6, Math.max(othersYear.get(f.hs6) ?? 0, f.year));

  /** reconciled or origin is decided for the mineral and year as a whole, then the code's rows are taken */
  const chosen = (code: Hs6Mineral, basis: Basis, year: number): TradeFlow[] => {
    const sameMineral = new Set((codesOf.get(code.mineral) ?? []).map((c) => c.hs6));
    const rows = [...sameMineral].flatMap((other) => byCodeYear.get(`${other} ${year}`) ?? []);
    const decides =
      basis === 'origin' && reconciled.has(`${code.mineral} ${year}`)
        ? rows.filter((f) => f.basis !== 'origin')
        : rows;
    return chooseFlows(decides, basis, isOwn).flows.filter((f) => f.hs6 === code.hs6);
  };

  /** Eight-digit customs rows, for a basket whose eight-digit code is the mineral alone. */
  const detailed = (
    code: Hs6Mineral,
    period: string | null,
  ): { cn8: string; rows: UkTradeMonth[] } | null => {
    if (code.share_of_code !== null || period === null) return null;
    const match = cn8.find(
      (c) => !c.basket && c.mineral === code.mineral && c.stage === code.stage && c.cn8.startsWith(code.hs6),
    );
    const [from, to] = period.split('/');
    const rows = match
      ? months.filter(
          (m) => m.cn8 === match.cn8 && m.month >= from! && m.month <= to! && m.status !== 'confidential',
        )
      : [];
    return match && rows.length ? { cn8: match.cn8, rows } : null;
  };

  /** years whose rows decide: origin rows beside reconciled ones of the same mineral and year do not */
  const yearsOf = (code: Hs6Mineral, basis: Basis): readonly number[] => {
    const rows = (byCode.get(code.hs6) ?? []).filter(
      (f) => (f.basis === 'dispatch') === (basis === 'dispatch'),
    );
    const years = [...new Set(rows.map((f) => f.year))].sort((a, b) => a - b);
    return years.filter((year) => chosen(code, basis, year).length > 0);
  };
  const knownYears = new Map<string, readonly number[]>();

  // what a truncated series may lack is told by what it holds of the world's trade
  const truncated = coverage.filter(
    (c) =>
      c.complete === false &&
      c.value_kept_share !== null &&
      codes.some((code) => code.hs6 === c.hs6 && chosen(code, 'origin', c.year)[0]?.source === c.source),
  );
  const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
  const held = new Map<string, number>();
  if (truncated.length > 0)
    for (const f of await world.load(tradeFlow, {
      hs6: distinct(truncated.map((c) => c.hs6)),
      source: distinct(truncated.map((c) => c.source)),
      year: distinct(truncated.map((c) => c.year)),
    }))
      held.set(keyOf(f), (held.get(keyOf(f)) ?? 0) + (f.value_usd ?? 0));

  return {
    years: (code, basis) => {
      const key = `${code.mineral} ${code.hs6} ${basis}`;
      const years = knownYears.get(key) ?? yearsOf(code, basis);
      knownYears.set(key, years);
      return years;
    },
    of: (code, basis, year) => {
      const flows = chosen(code, basis, year);
      // own rows laid over a table are judged by that table
      const first = flows.find((f) => !isOwn(f)) ?? flows[0];
      if (!first) return null;
      const detail = basis === 'dispatch' ? detailed(code, first.period) : null;
      const shipments = detail
        ? detail.rows.map((m) => ({
            exporter: m.partner,
            importer: party.id,
            value_usd: m.value_usd,
            quantity_t: m.quantity_t,
          }))
        : flows;
      const known = coverageOf.get(keyOf(first));
      return {
        year,
        period: first.period,
        source: first.source,
        cn8: detail?.cn8 ?? null,
        mix: supplyMix(shipments, new Set(party.members(year))),
        complete: known?.complete ?? null,
        valueKept: known?.value_kept_share ?? null,
        cutUsd: cutOffAtMost(
          known?.complete ?? null,
          held.get(keyOf(first)) ?? 0,
          known?.value_kept_share ?? null,
        ),
        caveat: known?.complete === false ? known.note : null,
        own: flows.some(isOwn),
      };
    },
    putAside: (code, year) => {
      const rows = byCodeYear.get(`${code.hs6} ${year}`) ?? [];
      return rows.some((f) => f.basis === 'origin') && chosen(code, 'origin', year).length === 0;
    },
    tradedByOthers: (code) => othersYear.get(code) ?? null,
    isCut: (code, year) => {
      const told = coverage.filter(
        (c) => c.hs6 === code && c.year === year && !dispatchSources.has(c.source),
      );
      return told.length > 0 && told.every((c) => c.complete === false);
    },
    selfFlows: hs6.flatMap((code) => byCode.get(code) ?? []).filter((f) => f.exporter === f.importer).length,
  };
}

/**
 * Minerals and years, as `mineral year`, in which somebody's trade is reconciled although this importer has rows by
 * origin only: its flows are then taken from the same table as everybody's, and there are none.
 */
async function reconciledAnywhere(
  world: World,
  imports: readonly TradeFlow[],
  codes: readonly Hs6Mineral[],
): Promise<ReadonlySet<string>> {
  const byOrigin = imports.filter((f) => f.basis === 'origin');
  if (byOrigin.length === 0) return new Set();
  const traded = new Set(byOrigin.map((f) => f.hs6));
  const minerals = new Set(codes.filter((c) => traded.has(c.hs6)).map((c) => c.mineral));
  const mineralsOf = groupBy(
    codes.filter((c) => minerals.has(c.mineral)),
    (c) => c.hs6,
  );
  const flows = await world.load(tradeFlow, {
    hs6: [...mineralsOf.keys()],
    basis: ['reconciled'],
    year: [...new Set(byOrigin.map((f) => f.year))],
  });
  return new Set(flows.flatMap((f) => mineralsOf.get(f.hs6)!.map((c) => `${c.mineral} ${f.year}`)));
}
