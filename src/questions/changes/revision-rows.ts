import { revisions } from '../../analysis/changes/revisions.ts';
import { concentration } from '../../analysis/concentration/concentration.ts';
import type { World } from '../../store/world.ts';
import type { RowOf, Table } from '../../tables/define.ts';
import { groupBy } from '../../tables/group-by.ts';
import { capacity, price, production, reserves, stock, tradeFlow } from '../../tables/quantities.ts';
import { rowKey } from '../../tables/row-key.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import { figure } from '../figure.ts';
import type { AnswerRow } from '../question.ts';
import type { Names, Party } from '../resolve.ts';
import { changeRow } from './columns.ts';

export interface RevisionRequest {
  readonly party: Party;
  readonly names: Names;
  readonly codes: readonly Hs6Mineral[];
  readonly minerals: readonly string[] | undefined;
  readonly stages: readonly string[] | undefined;
  /** the importer's purchases of a mineral and stage, USD a year; null = not known */
  readonly imports: (mineral: string, stage: string) => number | null;
}

/** Tables by mineral and stage whose figures publishers revise, the figure, its unit and what it is called. */
const byMineral = [
  { table: production, column: 'quantity_t', unit: 't', called: 'output' },
  { table: reserves, column: 'quantity_t', unit: 't', called: 'reserves' },
  { table: capacity, column: 'quantity_t', unit: 't', called: 'capacity' },
  { table: stock, column: 'quantity_t', unit: 't', called: 'stocks' },
  { table: price, column: 'price_usd_per_t', unit: 'USD/t', called: 'price' },
] as const;

/** Figures that stand under the same key in both folders with another value: their publisher revised them. */
export async function revisionRows(
  before: World,
  after: World,
  request: RevisionRequest,
): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  for (const kind of byMineral) rows.push(...(await revisedOf(before, after, kind, request)));
  rows.push(...(await revisedFlows(before, after, request)));
  return rows;
}

async function revisedOf(
  before: World,
  after: World,
  { table, column, unit, called }: (typeof byMineral)[number],
  { names, minerals, stages, imports }: RevisionRequest,
): Promise<AnswerRow[]> {
  const where = {
    ...(minerals && { mineral: minerals }),
    ...(stages && { stage: stages }),
  };
  type Row = RowOf<typeof production> & Partial<RowOf<typeof price>>;
  const load = async (world: World) => (await world.load(table as Table, where)) as unknown as Row[];
  const [old, now] = await Promise.all([load(before), load(after)]);
  const key = (r: Row) => rowKey(table, r);
  const figureOf = (r: Row) => (r[column as keyof Row] as number | null) ?? null;
  const shares = called === 'output' ? [sharesOf(old), sharesOf(now)] : null;
  return revisions(old, now, key, figureOf).map(({ after: r, was, is }) => {
    const moved = shares && r.country !== 'WLD' ? shares.map((s) => s.get(key(r)) ?? null) : null;
    const bought = imports(r.mineral, r.stage);
    const worth =
      moved && moved[0] != null && moved[1] != null && bought !== null
        ? bought * Math.abs(moved[1] - moved[0])
        : null;
    return changeRow({
      kind: 'figure_revised',
      mineral: r.mineral,
      stage: r.stage,
      what: `${names.countryName(r.country)}, ${called} ${r.year}: ${figure(was)} → ${figure(is)} ${unit}`,
      before: was,
      after: is,
      change: is - was,
      year_before: r.year,
      year_after: r.year,
      matters_usd: worth,
      source: r.source,
      note: r.status === 'estimated' ? 'an estimate' : null,
      unit,
      country: r.country,
      supply_usd: bought,
    });
  });
}

/** Shares of output by key of the row. */
function sharesOf(rows: readonly RowOf<typeof production>[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const of of groupBy(rows, (r) => `${r.year} ${r.mineral} ${r.stage} ${r.source}`).values()) {
    const places = new Map(concentration(of).breakdown.map((p) => [p.country, p.share]));
    for (const r of of) {
      const share = places.get(r.country);
      if (share != null) shares.set(rowKey(production, r), share);
    }
  }
  return shares;
}

/** The importer's own purchases: value where there is one, else tonnes. */
async function revisedFlows(
  before: World,
  after: World,
  { party, names, codes }: RevisionRequest,
): Promise<AnswerRow[]> {
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  const everyYear = Array.from({ length: 201 }, (_, i) => 1900 + i);
  const importer = party.isBloc ? [...new Set(everyYear.flatMap(party.members))] : [party.id];
  const load = (world: World) => world.load(tradeFlow, { importer, hs6 });
  const [old, now] = await Promise.all([load(before), load(after)]);
  const key = (r: RowOf<typeof tradeFlow>) => rowKey(tradeFlow, r);
  const byValue = revisions(old, now, key, (r) => r.value_usd);
  const told = new Set(byValue.map((r) => key(r.after)));
  const byTonnes = revisions(old, now, key, (r) => r.quantity_t).filter((r) => !told.has(key(r.after)));
  const of = [...byValue.map((r) => ({ ...r, unit: 'USD' })), ...byTonnes.map((r) => ({ ...r, unit: 't' }))];
  return of.map(({ after: r, was, is, unit }) => {
    const named = codes.filter((c) => c.hs6 === r.hs6);
    const into = party.isBloc ? ` into ${names.countryName(r.importer)}` : '';
    return changeRow({
      kind: 'figure_revised',
      mineral: [...new Set(named.map((c) => c.mineral))].join(';'),
      stage: [...new Set(named.map((c) => c.stage))].join(';'),
      what: `imports from ${names.countryName(r.exporter)}${into} under ${r.hs6} in ${r.year}: ${figure(was)} → ${figure(is)} ${unit}`,
      before: was,
      after: is,
      change: is - was,
      year_before: r.year,
      year_after: r.year,
      matters_usd: unit === 'USD' ? Math.abs(is - was) : null,
      source: r.source,
      unit,
      country: r.exporter,
      hs6: r.hs6,
    });
  });
}
