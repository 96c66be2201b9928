import { hhi } from '../../analysis/concentration/hhi.ts';
import { apparentConsumption } from '../../analysis/dependence/apparent-consumption.ts';
import { netImportReliance } from '../../analysis/dependence/net-import-reliance.ts';
import { leverage, originGap } from '../../analysis/indices/leverage.ts';
import { groupBy } from '../../tables/group-by.ts';
import { recycling } from '../../tables/policy.ts';
import { production, seriesCoverage, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { rowKey } from '../../tables/row-key.ts';
import { type Hs6Mineral, hs6Mineral } from '../../tables/world.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, type Party, yearsToAnswer } from '../resolve.ts';
import { chooseFlows, hidesMineral } from '../trade-rows.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';
import { outputs } from './output.ts';

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'imports_t', unit: 't', about: 'imports, contained where the content is known' },
  { name: 'exports_t', unit: 't', about: 'exports on the same basis' },
  { name: 'domestic_t', unit: 't', about: 'domestic output of the stage' },
  { name: 'apparent_consumption_t', unit: 't', about: 'output + imports − exports; stocks are not known' },
  { name: 'net_import_reliance', unit: '1', about: '(imports − exports) / apparent consumption' },
  {
    name: 'import_hhi',
    unit: '1',
    about: 'concentration of direct imports, by value where there are values',
  },
  { name: 'top_supplier', unit: '', about: 'largest direct supplier' },
  { name: 'top_share', unit: '1', about: 'its share of imports' },
  { name: 'dominant_country', unit: '', about: 'largest producer of the stage in the world' },
  { name: 'dominant_output_share', unit: '1', about: 'its share of world output' },
  { name: 'dominant_import_share', unit: '1', about: 'its share of imports' },
  { name: 'leverage', unit: '1', about: 'dominant_import_share × √import_hhi' },
  { name: 'top_exporter', unit: '', about: 'largest exporter to anyone' },
  { name: 'top_exporter_share', unit: '1', about: 'its share of world trade' },
  { name: 'top_exporter_mine_share', unit: '1', about: 'its share of world mine output' },
  { name: 'origin_gap', unit: '1', about: 'top_exporter_share − top_exporter_mine_share' },
  { name: 'companionality', unit: '1', about: 'part of world output that comes as a by-product' },
  { name: 'trade_source', unit: '', about: 'source of the flows' },
  { name: 'production_source', unit: '', about: 'source of domestic_t and dominant_output_share' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** Shares of a sum by country, largest first. */
function sharesBy(flows: Iterable<readonly [country: string, amount: number]>): [string, number][] {
  const by = new Map<string, number>();
  for (const [country, amount] of flows) by.set(country, (by.get(country) ?? 0) + amount);
  const total = [...by.values()].reduce((a, b) => a + b, 0);
  if (total <= 0) return [];
  return [...by]
    .map(([country, amount]): [string, number] => [country, amount / total])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/**
 * Net import reliance, leverage, origin gap and companionality with all that goes into them, by mineral, stage,
 * importer and year. Tonnes are netted within one stage only; shares are by value, by tonnes where there is no value.
 */
export async function tradeRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world, names } = request;
  const parties = (request.importers.length ? request.importers : ['GBR']).map((i) => names.party(i));
  const allCodes = await world.load(hs6Mineral);
  const codes = allCodes.filter(
    (c) =>
      (!request.minerals || request.minerals.includes(c.mineral)) &&
      (!request.stages || request.stages.includes(c.stage)),
  );
  const everMembers = [
    ...new Set(
      parties.flatMap((p) =>
        p.isBloc ? Array.from({ length: 201 }, (_, i) => p.members(1900 + i)).flat() : [p.id],
      ),
    ),
  ];
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  const minerals = [...new Set(codes.map((c) => c.mineral))];
  const named = namedYears(request.years);
  const inYears = named ? { year: named } : {};
  const [coverage, output, companions] = await Promise.all([
    world.load(seriesCoverage, { hs6, ...inYears }),
    world.load(production, { mineral: minerals, ...inYears }),
    world.load(recycling, { mineral: minerals, indicator: ['companionality'] }),
  ]);
  // without a year: for each code the newest year in which the importers bought tonnes, else in which they bought
  const bought = named ? [] : await world.load(tradeFlow, { hs6, importer: everMembers });
  const wanted =
    named ?? (request.years === 'all' ? [...new Set(bought.map((f) => f.year))] : newestYears(bought));
  const flows = (await world.load(tradeFlow, { hs6, year: wanted })).filter((f) => f.basis !== 'dispatch');
  const traded = new Set(flows.map((f) => f.year));
  if (named && !named.some((y) => traded.has(y)))
    checkKnown('year', [String(named[0])], [...traded].map(String));
  const truncated = new Set(
    coverage.filter((c) => c.complete === false).map((c) => `${c.source} ${c.hs6} ${c.year}`),
  );
  const outputOf = outputs(output);
  const isOwn = (row: TradeFlow) => world.own.size > 0 && world.own.has(rowKey(tradeFlow, row));
  const flowsOf = groupBy(flows, (f) => `${f.hs6} ${f.year}`);
  const companionOf = new Map(companions.map((c) => [c.mineral, c]));

  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  for (const stageCodes of groupBy(codes, (c) => `${c.mineral} ${c.stage}`).values()) {
    const own = [...traded].filter((y) => stageCodes.some((c) => flowsOf.has(`${c.hs6} ${y}`)));
    const inTonnes = own.filter((y) =>
      stageCodes.some((c) => flowsOf.get(`${c.hs6} ${y}`)?.some((f) => f.quantity_t !== null)),
    );
    const newest = Math.max(...(inTonnes.length ? inTonnes : own));
    for (const year of yearsToAnswer(request.years, own.length ? newest : null, () => own))
      for (const party of parties) addRow(stageCodes, year, party);
  }
  return { rows, columns, notes: remarks.notes(), sources };

  function addRow(stageCodes: readonly Hs6Mineral[], year: number, party: Party): void {
    const { mineral, stage } = stageCodes[0]!;
    const at = rows.length;
    const members = new Set(party.members(year));
    const readable = new Map(
      stageCodes.filter((c) => !hidesMineral(c, allCodes)).map((c) => [c.hs6, c] as const),
    );
    const all = chooseFlows(
      [...readable.keys()].flatMap((h) => flowsOf.get(`${h} ${year}`) ?? []),
      'origin',
      isOwn,
    ).flows;
    const bought = all.filter((f) => members.has(f.importer) && !members.has(f.exporter));
    const sold = all.filter((f) => members.has(f.exporter) && !members.has(f.importer));
    const tonnes = (of: readonly TradeFlow[]): number =>
      of.reduce((sum, f) => {
        const code = readable.get(f.hs6)!;
        return sum + (f.quantity_t ?? 0) * (code.metal_content ?? 1) * (code.share_of_code ?? 1);
      }, 0);
    const known = all.some((f) => f.quantity_t !== null);
    const byValue = all.some((f) => f.value_usd !== null);
    const amount = (f: TradeFlow): number =>
      byValue ? (f.value_usd ?? 0) * (readable.get(f.hs6)!.share_of_code ?? 1) : tonnes([f]);
    const cut = all.some((f) => truncated.has(`${f.source} ${f.hs6} ${year}`));
    const world_ = outputOf(mineral, stage, year);
    const mine = outputOf(mineral, 'mine', year).concentration.breakdown;

    const imports = known ? tonnes(bought) : null;
    const exports = known && !cut ? tonnes(sold) : null;
    // below a publisher's cut there is no row: in the snapshot that is no output only where nobody knows of any
    const naming = world.data === 'own' ? 'named' : world_.naming(members);
    const domestic = world_.source === null || naming === 'elsewhere' ? null : world_.of(members);
    const of = { production: domestic, imports, exports };
    const consumption = apparentConsumption(of);
    const reliance = netImportReliance(of);
    const mix = sharesBy(bought.map((f) => [f.exporter, amount(f)]));
    const importHhi = hhi(mix.map(([, share]) => share));
    const dominant = world_.concentration.breakdown.find((p) => p.rank === 1);
    const fromDominant =
      dominant && mix.length ? (mix.find(([c]) => c === dominant.country)?.[1] ?? 0) : null;
    const seller = sharesBy(all.map((f) => [f.exporter, amount(f)]))[0];
    const sellerMine = seller ? (mine.find((p) => p.country === seller[0])?.share ?? null) : null;
    const companion = companionOf.get(mineral);

    const why: string[] = [];
    const say = (code: string, text: string) => {
      remarks.add(code, text, at);
      why.push(text);
    };
    if (readable.size === 0) say('basket', 'the code holds several minerals together');
    else if (!bought.length) say('no_imports', 'no imports in the data');
    if (world_.source === null) say('no_production', 'no output of the stage that year');
    else if (naming === 'elsewhere')
      say('output_not_named', 'the source does not name domestic output, though another source or year does');
    else if (domestic === null) say('withheld', 'domestic output is named without tonnes');
    else if (naming === 'nowhere')
      remarks.add('no_output_named', 'no source names domestic output: counted as none', at);
    if (!known && all.length) say('no_quantity', 'the flows have no tonnes');
    if (cut && known) say('truncated', 'small flows are cut off: exports are not known');
    if (consumption !== null && consumption <= 0)
      say('no_consumption', 'apparent consumption is not above 0');
    if (seller && sellerMine === null) say('no_mine_output', 'mine output of the top exporter is not known');
    for (const f of all) sources.add(f.source);
    if (world_.source) sources.add(world_.source);
    if (companion) sources.add(companion.source);
    rows.push({
      method: 'trade',
      mineral,
      stage,
      country: party.id,
      year,
      imports_t: imports,
      exports_t: exports,
      domestic_t: domestic,
      apparent_consumption_t: consumption,
      net_import_reliance: reliance,
      import_hhi: importHhi,
      top_supplier: mix[0]?.[0] ?? null,
      top_share: mix[0]?.[1] ?? null,
      dominant_country: dominant?.country ?? null,
      dominant_output_share: dominant?.share ?? null,
      dominant_import_share: fromDominant,
      leverage: leverage(fromDominant, importHhi),
      top_exporter: seller?.[0] ?? null,
      top_exporter_share: seller?.[1] ?? null,
      top_exporter_mine_share: sellerMine,
      origin_gap: originGap(seller?.[1] ?? null, sellerMine),
      companionality: companion?.value ?? null,
      trade_source: all[0]?.source ?? null,
      production_source: world_.source,
      note: why.length ? why.join('; ') : null,
    });
  }
}

/** For each code the newest year with tonnes, and the newest at all. */
function newestYears(flows: readonly TradeFlow[]): number[] {
  const newest = new Map<string, number>();
  for (const f of flows) {
    if (f.basis === 'dispatch') continue;
    for (const key of f.quantity_t === null ? [f.hs6] : [f.hs6, `${f.hs6} t`])
      newest.set(key, Math.max(newest.get(key) ?? 0, f.year));
  }
  return [...new Set(newest.values())].sort((a, b) => a - b);
}
