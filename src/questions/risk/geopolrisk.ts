import {
  geoPolRisk,
  publishedHhi,
  type RiskFlow,
  supplierInstability,
} from '../../analysis/indices/geopolrisk.ts';
import { groupBy } from '../../tables/group-by.ts';
import { production, seriesCoverage, tradeFlow } from '../../tables/quantities.ts';
import { governance, type Hs6Mineral, hs6Mineral } from '../../tables/world.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, type Party, yearsToAnswer } from '../resolve.ts';
import { dispatchSources } from '../traceable-years.ts';
import { breakdownColumns, Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';
import { outputs } from './output.ts';
import { type Supply, supplies } from './supply.ts';

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'hhi', unit: '1', about: 'concentration of world output at the stage, 0…1' },
  {
    name: 'import_risk',
    unit: '1',
    about: 'Σ g·f / (domestic + Σ f): tonnes weighted by suppliers’ instability, 0…1',
  },
  { name: 'score', unit: '1', about: 'hhi × import_risk' },
  { name: 'price_usd_per_kg', unit: 'USD/kg', about: 'import value over imported tonnes' },
  { name: 'cf', unit: 'kg Cu-eq/kg', about: 'score × price / 0.409412948' },
  { name: 'midpoint_usd_per_kg', unit: 'USD/kg', about: 'score × price' },
  { name: 'weighted_t', unit: 't', about: 'Σ g·f' },
  { name: 'imports_t', unit: 't', about: 'Σ f, contained where the content is known' },
  { name: 'domestic_t', unit: 't', about: 'domestic output of the stage' },
  { name: 'imports_usd', unit: 'USD', about: 'value of all imports, also of those without tonnes' },
  { name: 'suppliers', unit: '', about: 'countries imported from' },
  { name: 'world_output_t', unit: 't', about: 'denominator of hhi' },
  { name: 'governance_year', unit: '', about: 'year of the suppliers’ stability' },
  { name: 'production_source', unit: '', about: 'source of hhi and domestic_t' },
  { name: 'trade_source', unit: '', about: 'source of the imports' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** GeoPolRisk by mineral, stage, importer and year; see analysis/indices/geopolrisk.ts for the formula. */
export async function geoPolRiskRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world, names } = request;
  const allCodes = await world.load(hs6Mineral);
  const codes = allCodes.filter(
    (c) =>
      (!request.minerals || request.minerals.includes(c.mineral)) &&
      (!request.stages || request.stages.includes(c.stage)),
  );
  const parties = request.importers.map((i) => names.party(i));
  const everMembers = parties.flatMap((p) =>
    p.isBloc ? Array.from({ length: 201 }, (_, i) => p.members(1900 + i)).flat() : [p.id],
  );
  const named = namedYears(request.years);
  const inYears = named ? { year: named } : {};
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  // in people's own tables, and by the published rules, what is not there is none
  const absentIsNone = world.data === 'own' || request.compat;
  const [flows, stability, output, coverage] = await Promise.all([
    world.load(tradeFlow, {
      importer: [...new Set(everMembers)],
      hs6,
      ...inYears,
    }),
    world.load(governance, { dimension: ['pv'] }),
    world.load(production, { mineral: [...new Set(codes.map((c) => c.mineral))], ...inYears }),
    absentIsNone ? [] : world.load(seriesCoverage, { hs6, ...inYears }),
  ]);
  const governed = new Set(stability.map((g) => g.year));
  const traded = [...new Set(flows.filter((f) => f.basis !== 'dispatch').map((f) => f.year))].sort(
    (a, b) => a - b,
  );
  if (named)
    checkKnown('year', named.some((y) => traded.includes(y)) ? [] : [String(named[0])], traded.map(String));
  const pv = new Map(stability.map((g) => [`${g.country} ${g.year}`, g.estimate] as const));
  const flowsOf = groupBy(flows, (f) => `${f.hs6} ${f.year}`);
  const outputOf = outputs(output);
  const supplyOf = supplies(world, flows, codes, allCodes, request.compat);

  const whole = new Set(
    coverage.filter((c) => c.complete && !dispatchSources.has(c.source)).map((c) => `${c.hs6} ${c.year}`),
  );
  /** whether the data can tell how many tonnes came: flows in tonnes, or a table that has all flows and none of these */
  const isKnown = (supply: Supply, stageCodes: readonly Hs6Mineral[], year: number): boolean =>
    absentIsNone ||
    supply.inTonnes ||
    (supply.suppliers.length === 0 && stageCodes.some((c) => whole.has(`${c.hs6} ${year}`)));

  /** the newest year with tonnes and governance; the snapshot has tonnes a year later than governance, and says so */
  const newestOf = (inTonnes: readonly number[], own: readonly number[]): number | null => {
    const best = [
      inTonnes.filter((y) => governed.has(y) || world.data !== 'own'),
      own.filter((y) => governed.has(y)),
      own,
    ];
    const years = best.find((list) => list.length) ?? [];
    return years.length ? Math.max(...years) : null;
  };
  /** the year asked for; in the snapshot, where that year has none yet and nothing was asked, the last before it */
  const stabilityYear = (year: number): number => {
    if (request.governanceYear !== undefined) return request.governanceYear;
    if (governed.has(year) || request.years || world.data === 'own') return year;
    return Math.max(...[...governed].filter((y) => y < year), -1);
  };

  const noStabilityOf = (year: number): string => {
    const last = Math.max(...[...governed].filter((y) => y < year));
    const wayOut = last > 0 ? `; --governance-year ${last} takes the last there is` : '';
    return `no estimates of stability for ${year} are in the data: every supplier counts 0.5${wayOut}`;
  };

  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  for (const stageCodes of groupBy(codes, (c) => `${c.mineral} ${c.stage}`).values()) {
    const ofStage = [...new Set(stageCodes.map((c) => c.hs6))];
    const inTonnes = (y: number) =>
      ofStage.some((h) =>
        flowsOf.get(`${h} ${y}`)?.some((f) => f.quantity_t !== null && f.basis !== 'dispatch'),
      );
    const own = traded.filter((y) => ofStage.some((h) => flowsOf.has(`${h} ${y}`)));
    const years = yearsToAnswer(request.years, newestOf(own.filter(inTonnes), own), () => own);
    for (const year of years) for (const party of parties) addRow(stageCodes, year, party);
  }
  return {
    rows,
    columns: request.breakdown ? breakdownColumns : columns,
    notes: remarks.notes(),
    sources,
  };

  function addRow(stageCodes: readonly Hs6Mineral[], year: number, party: Party): void {
    const { mineral, stage } = stageCodes[0]!;
    const at = rows.length;
    const supply = supplyOf(stageCodes, year, party);
    const output = outputOf(mineral, stage, year);
    const governed_ = stabilityYear(year);
    const flows = supply.suppliers.map(
      (s): RiskFlow => ({ ...s, pv: pv.get(`${s.country} ${governed_}`) ?? null }),
    );
    const domestic = output.of(new Set(party.members(year)));
    const isImportKnown = isKnown(supply, stageCodes, year);
    const result = geoPolRisk(
      request.compat
        ? publishedHhi(
            output.named.map((r) => r.quantity_t ?? r.share ?? 0),
            mineral,
          )
        : output.concentration.hhi,
      request.compat ? (domestic ?? 0) : supply.hidden || !isImportKnown ? null : domestic,
      flows,
      { compat: request.compat },
    );
    const key = { method: 'geopolrisk', mineral, stage, country: party.id, year };
    if (request.breakdown) {
      const supplied = result.import_risk === null ? null : result.imports_t + (result.domestic_t ?? 0);
      const none = { quantity_t: null, value_usd: null, governance: null, t: null, note: null };
      for (const f of [...flows].sort((a, b) => b.quantity_t - a.quantity_t)) {
        const governance = supplierInstability(f);
        const share = supplied ? f.quantity_t / supplied : null;
        rows.push({
          ...key,
          ...none,
          side: 'imports',
          supplier: f.country,
          quantity_t: f.quantity_t,
          value_usd: f.value_usd,
          share,
          governance,
          term: share === null ? null : governance * share,
          note:
            f.pv === null && !f.inside
              ? 'no estimate of stability: 0.5'
              : share === null
                ? 'no_supply'
                : null,
        });
      }
      for (const p of output.concentration.breakdown)
        rows.push({
          ...key,
          ...none,
          side: 'output',
          supplier: p.country,
          quantity_t: p.quantity_t,
          share: p.share,
          term: p.share === null ? null : p.share ** 2,
          note: p.share === null ? (p.status ?? 'not known') : null,
        });
      for (const source of supply.sources) sources.add(source);
      if (output.source) sources.add(output.source);
      if (flows.length) sources.add('wgi');
      return;
    }
    const unknownTrade = !isImportKnown && !supply.hidden;
    const unknownHome = domestic === null && !supply.hidden;
    const noSupply = result.import_risk === null && !unknownHome && !unknownTrade && !supply.hidden;
    const why: string[] = [];
    const say = (code: string, text: string, short: string) => {
      remarks.add(code, text, at);
      why.push(short);
    };
    if (supply.hidden)
      say('basket', 'the code holds several minerals together', 'basket: the code hides the mineral');
    if (result.hhi === null)
      say('no_production', 'no country has output of the stage that year', 'no_production');
    if (unknownHome)
      say('withheld', 'domestic output is named without tonnes', 'domestic output without tonnes');
    if (unknownTrade)
      say(
        'no_tonnes',
        'no trade in tonnes is in the data that year: unknown, not none',
        'imports in tonnes unknown',
      );
    if (noSupply) say('no_supply', 'neither imports in tonnes nor domestic output', 'no_supply');
    if (result.price_usd_per_kg === null) why.push('no price: tonnes or values of the imports are missing');
    if (result.governance_missing.length)
      remarks.add(
        'governance_missing',
        'no estimate of stability that year, counted 0.5 (another year: --governance-year)',
        at,
        result.governance_missing,
      );
    if (flows.length > 0 && !governed.has(governed_))
      remarks.add('no_stability', noStabilityOf(governed_), at);
    if (governed_ !== year)
      remarks.add('governance_year', `stability of ${governed_} stands in for ${year}`, at);
    if (supply.withoutTonnes)
      remarks.add('no_quantity', 'flows without tonnes count 0 t; their value stays in the price', at);
    if (supply.gross) remarks.add('gross_weight', 'content of the code unknown: gross tonnes', at);
    if (supply.selfFlows) remarks.add('self_flow', 'flows of a country to itself are ignored', at);
    for (const source of supply.sources) sources.add(source);
    if (output.source) sources.add(output.source);
    if (flows.length) sources.add('wgi');
    rows.push({
      ...key,
      hhi: result.hhi,
      import_risk: result.import_risk,
      score: result.score,
      price_usd_per_kg: result.price_usd_per_kg,
      cf: result.cf,
      midpoint_usd_per_kg: result.midpoint_usd_per_kg,
      weighted_t: unknownTrade ? null : result.weighted_t,
      imports_t: unknownTrade ? null : result.imports_t,
      domestic_t: request.compat ? result.domestic_t : domestic,
      imports_usd: result.imports_usd,
      suppliers: flows.length,
      world_output_t: output.concentration.total_t,
      governance_year: governed_,
      production_source: output.source,
      trade_source: supply.source,
      note: why.length ? why.join('; ') : null,
    });
  }
}
