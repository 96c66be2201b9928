import { concentration } from '../../analysis/concentration/concentration.ts';
import { copperMidpoint, geoPolRisk, type RiskFlow } from '../../analysis/indices/geopolrisk.ts';
import { groupBy } from '../../tables/group-by.ts';
import { production, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { governance, type Hs6Mineral, hs6Mineral } from '../../tables/world.ts';
import { preferredSource } from '../preferred-source.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown } from '../resolve.ts';
import { chooseFlows, hidesMineral } from '../trade-rows.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';

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
  const inYears = request.years ? { year: request.years } : {};
  const [flows, stability, output] = await Promise.all([
    world.load(tradeFlow, {
      importer: [...new Set(everMembers)],
      hs6: [...new Set(codes.map((c) => c.hs6))],
      ...inYears,
    }),
    world.load(governance, { dimension: ['pv'] }),
    world.load(production, { mineral: [...new Set(codes.map((c) => c.mineral))], ...inYears }),
  ]);
  const governed = new Set(stability.map((g) => g.year));
  const traded = [...new Set(flows.filter((f) => f.basis !== 'dispatch').map((f) => f.year))].sort(
    (a, b) => a - b,
  );
  if (request.years)
    checkKnown(
      'year',
      request.years.some((y) => traded.includes(y)) ? [] : [String(request.years[0])],
      traded.map(String),
    );
  const pv = new Map(stability.map((g) => [`${g.country} ${g.year}`, g.estimate] as const));
  const flowsOf = groupBy(flows, (f) => `${f.hs6} ${f.year}`);
  const outputOf = groupBy(output, (p) => `${p.mineral} ${p.stage} ${p.year}`);

  /** the newest year with tonnes and governance; the snapshot has tonnes a year later than governance, and says so */
  const newestOf = (inTonnes: readonly number[], own: readonly number[]): number[] => {
    const best = [
      inTonnes.filter((y) => governed.has(y) || world.data !== 'own'),
      own.filter((y) => governed.has(y)),
      own,
    ];
    const years = best.find((list) => list.length) ?? [];
    return years.length ? [Math.max(...years)] : [];
  };
  /** the year asked for; in the snapshot, where that year has none yet and nothing was asked, the last before it */
  const stabilityYear = (year: number): number => {
    if (request.governanceYear !== undefined) return request.governanceYear;
    if (governed.has(year) || request.years || world.data === 'own') return year;
    return Math.max(...[...governed].filter((y) => y < year), -1);
  };

  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  for (const stageCodes of groupBy(codes, (c) => `${c.mineral} ${c.stage}`).values()) {
    const hs6 = new Set(stageCodes.map((c) => c.hs6));
    const inTonnes = (y: number) =>
      [...hs6].some((h) =>
        flowsOf.get(`${h} ${y}`)?.some((f) => f.quantity_t !== null && f.basis !== 'dispatch'),
      );
    const own = [...new Set([...hs6].flatMap((h) => traded.filter((y) => flowsOf.has(`${h} ${y}`))))];
    const years = request.years ?? newestOf(own.filter(inTonnes), own);
    for (const year of years) for (const party of parties) addRow(stageCodes, year, party);
  }
  return { rows, columns, notes: remarks.notes(), sources };

  function addRow(stageCodes: readonly Hs6Mineral[], year: number, party: (typeof parties)[number]): void {
    const { mineral, stage } = stageCodes[0]!;
    const at = rows.length;
    const members = new Set(party.members(year));
    const readable = stageCodes.filter((c) => !hidesMineral(c, allCodes));
    const raw = readable
      .flatMap((c) => flowsOf.get(`${c.hs6} ${year}`) ?? [])
      .filter((f) => members.has(f.importer) && !members.has(f.exporter));
    const chosen = chooseFlows(raw, 'origin').flows;
    const supplied = suppliersOf(chosen, readable, year);
    const ofStage = outputOf.get(`${mineral} ${stage} ${year}`) ?? [];
    const source = preferredSource(ofStage);
    const ofSource = ofStage.filter((r) => r.source === source);
    const world_ = concentration(ofSource);
    const named = ofSource.filter((r) => r.country !== 'WLD' && r.country !== 'OTH');
    const home = named.filter((r) => members.has(r.country));
    const withheld = home.filter((r) => r.quantity_t === null && (r.share ?? 1) > 0);
    const domestic = home.reduce((sum, r) => sum + (r.quantity_t ?? 0), 0);
    const result = geoPolRisk(
      named.map((r) => r.quantity_t ?? r.share ?? 0),
      domestic,
      supplied,
      { compat: request.compat },
    );
    // a published world total and "other countries" widen the denominator; the paper’s rule knows named rows only
    const hhi = request.compat ? result.hhi : world_.hhi;
    const unknownHome = withheld.length > 0 && !request.compat;
    const hidden = readable.length === 0;
    const importRisk = unknownHome || hidden ? null : result.import_risk;
    const score = hhi === null || importRisk === null ? null : hhi * importRisk;
    const price = result.price_usd_per_kg;
    const cf = score === null || price === null ? null : (score * price) / copperMidpoint;
    const why = [
      hidden ? 'basket: the code hides the mineral' : null,
      hhi === null ? 'no_production' : null,
      unknownHome ? 'domestic output withheld' : null,
      importRisk === null && !unknownHome && !hidden ? 'no_supply' : null,
      price === null ? 'no price: tonnes or values of the imports are missing' : null,
    ].filter(Boolean);
    if (hhi === null) remarks.add('no_production', 'no country has output of the stage that year', at);
    if (importRisk === null && !unknownHome && !hidden)
      remarks.add('no_supply', 'neither imports in tonnes nor domestic output', at);
    if (unknownHome) remarks.add('withheld', 'domestic output is named without a figure', at);
    if (hidden) remarks.add('basket', 'the code holds several minerals together', at);
    if (result.governance_missing.length)
      remarks.add(
        'governance_missing',
        'no estimate of stability that year, counted 0.5',
        at,
        result.governance_missing,
      );
    if (stabilityYear(year) !== year)
      remarks.add(
        'governance_year',
        `stability of ${stabilityYear(year)}, the newest there is, stands in for ${year}`,
        at,
      );
    if (chosen.some((f) => f.quantity_t === null))
      remarks.add('no_quantity', 'flows without tonnes count 0 t; their value stays in the price', at);
    if (readable.some((c) => c.metal_content === null))
      remarks.add('gross_weight', 'content of the code unknown: gross tonnes', at);
    for (const f of chosen) sources.add(f.source);
    if (source) sources.add(source);
    if (supplied.length) sources.add('wgi');
    rows.push({
      method: 'geopolrisk',
      mineral,
      stage,
      country: party.id,
      year,
      hhi,
      import_risk: importRisk,
      score,
      price_usd_per_kg: price,
      cf,
      weighted_t: result.weighted_t,
      imports_t: result.imports_t,
      domestic_t: unknownHome ? null : domestic,
      imports_usd: result.imports_usd,
      suppliers: supplied.length,
      world_output_t: world_.total_t,
      production_source: source,
      trade_source: chosen[0]?.source ?? null,
      governance_year: stabilityYear(year),
      note: why.length ? why.join('; ') : null,
    });
  }

  function suppliersOf(
    chosen: readonly TradeFlow[],
    readable: readonly Hs6Mineral[],
    year: number,
  ): RiskFlow[] {
    const by = new Map<
      string,
      { country: string; quantity_t: number; value_usd: number | null; pv: number | null }
    >();
    const codeOf = new Map(readable.map((c) => [c.hs6, c]));
    for (const f of chosen) {
      const code = codeOf.get(f.hs6)!;
      const part = code.share_of_code ?? 1;
      const entry = by.get(f.exporter) ?? {
        country: f.exporter,
        quantity_t: 0,
        value_usd: null,
        pv: pv.get(`${f.exporter} ${stabilityYear(year)}`) ?? null,
      };
      entry.quantity_t += (f.quantity_t ?? 0) * (code.metal_content ?? 1) * part;
      if (f.value_usd !== null) entry.value_usd = (entry.value_usd ?? 0) + f.value_usd * part;
      by.set(f.exporter, entry);
    }
    return [...by.values()];
  }
}
