import { z } from 'zod';
import { companionLosses } from '../analysis/shocks/companions.ts';
import { cellsPerCountry, type DrawJob, factorNames, rangesAround } from '../analysis/shocks/draws.ts';
import { models } from '../analysis/shocks/models.ts';
import { spreadOf } from '../analysis/shocks/quantiles.ts';
import { sectorLosses } from '../analysis/shocks/sectors.ts';
import type { Shock, ShockNetwork, ShockRow } from '../analysis/shocks/shock.ts';
import { monthsBought, stockToBridge } from '../analysis/shocks/stockpile.ts';
import { tornado } from '../analysis/shocks/tornado.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { endUse } from '../tables/policy.ts';
import { mineral as mineralTable } from '../tables/world.ts';
import { drawInThreads } from '../workers/pool.ts';
import { cite } from './cite.ts';
import { minerals, stages, years } from './parameters.ts';
import {
  type AnswerColumn,
  type AnswerRow,
  type CitedSource,
  defineQuestion,
  type Note,
} from './question.ts';
import { type Names, namesOf, type Party, yearsOf } from './resolve.ts';
import { type Scenario, scenario, scenarios } from './scenario.ts';
import { type ShockCase, shockCases } from './shock-cases.ts';
import { type ShockInputs, shockInputs } from './shock-inputs.ts';
import { shockView } from './shock-view.ts';

const params = z.object({
  stop: z
    .array(z.string())
    .optional()
    .describe('countries whose output stops, COUNTRY or COUNTRY:SEVERITY with severity 0 to 1'),
  scenario: scenario.optional(),
  mineral: minerals.describe('mineral ids, names or symbols; those of the scenario when left out'),
  stage: stages,
  year: years,
  model: z
    .enum(['cascade', 'market', 'months'])
    .default('months')
    .describe('cascade: through trade at once; market: through the price; months: month by month'),
  for: z.array(z.string()).optional().describe('whose loss: ISO3 codes, names or blocs; all when left out'),
  months: z.number().int().min(1).max(120).default(12).describe('months simulated'),
  stockpile: z
    .number()
    .min(0)
    .optional()
    .describe('tonnes that --for would hold: how many months do they buy?'),
  bridge: z
    .number()
    .int()
    .min(1)
    .max(120)
    .optional()
    .describe('months to bridge: how large a stockpile? All when left out'),
  draws: z.number().int().min(1).max(1_000_000).optional().describe('draws over what is uncertain'),
  seed: z.number().int().default(1).describe('same seed, same draws'),
  threads: z.number().int().min(0).max(64).optional().describe('worker threads; never changes the result'),
  stockUse: z.number().min(0).max(1).default(1).describe('part of the stocks that may be drawn'),
  consumptionBuffer: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('cascade: part of a shortage that users swallow before trade passes it on'),
  supplyElasticity: z.number().min(0).optional().describe('price elasticity of supply; sourced, else 0.3'),
  demandElasticity: z.number().max(0).optional().describe('price elasticity of demand; sourced, else -0.2'),
});
type Params = z.infer<typeof params>;

const t = 't';
const common: AnswerColumn[] = [
  { name: 'country', unit: '', about: 'who uses the mineral; WLD = the world' },
  { name: 'month', unit: '', about: 'month of the run, 1 = the first; empty in models without time' },
  {
    name: 'baseline_t',
    unit: t,
    about: 'apparent consumption before the shock, per month in `months`, else per year',
  },
  { name: 'supply_t', unit: t, about: 'what it gets after the shock' },
  { name: 'stock_used_t', unit: t, about: 'drawn from its stocks' },
  { name: 'shortfall_t', unit: t, about: 'baseline − supply − stock used' },
  { name: 'shortfall_share', unit: '1', about: 'shortfall over baseline; empty where nothing is used' },
  { name: 'price_ratio', unit: '1', about: 'world price over the price before' },
];
const change = (name: string, what: string) => ({
  name,
  unit: t,
  about: `change of ${what}; losses are negative`,
});
const ofModel: Record<Params['model'], AnswerColumn[]> = {
  months: [],
  cascade: [
    change('stock_change_t', 'stocks'),
    change('consumption_change_t', 'use'),
    change('import_change_t', 'imports'),
    change('export_change_t', 'exports'),
  ],
  market: [
    { name: 'output_baseline_t', unit: t, about: 'output before the shock' },
    { name: 'output_t', unit: t, about: 'output at the new price' },
    {
      name: 'consumer_loss_usd',
      unit: 'USD',
      about: 'what users lose in all: P0·∫₁^r D(p) dp; empty without a price',
    },
  ],
};
const drawn: AnswerColumn[] = [
  ...(['p05', 'p50', 'p95'] as const).map((name) => ({
    name,
    unit: t,
    about: `shortfall that ${Number(name.slice(1))} % of the draws stay below`,
  })),
  { name: 'cvar95', unit: t, about: 'mean shortfall of the worst 5 % of the draws' },
];
const dimensions: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'year', unit: '', about: 'year of the trade and output' },
];

/** Price ratios above this say only that no price settles the gap (docs/methods/shocks.md, tried on what happened). */
const believable = 3;

/** Cells that draws may fill in memory: 160 MB. */
const mostCells = 20_000_000;

export const shockQuestion = defineQuestion({
  name: 'shock',
  asks: 'What breaks when a supplier stops: who lacks how much, for how long, at what price?',
  about:
    'Stops a supplier, or lays a scenario (bans, quotas, licences, closed corridors, tariffs) on the trade network, and follows the loss by one of three models. With --draws the uncertain assumptions are drawn and the spread is given.',
  params,
  body: 'scenario',
  named: (name) => scenarios[name],
  example: 'headwater shock --stop CHN --mineral magnesium --stage refine --for GBR --months 24',
  async answer(asked, world) {
    const names = await namesOf(world);
    const shocks = [...stopsOf(asked.stop ?? [], names), ...shocksOf(asked.scenario, names)];
    if (!asked.stop?.length && !asked.scenario)
      throw new UsageError('say what happens: --stop COUNTRY[:SEVERITY] or --scenario FILE');
    const struck = [...new Set(shocks.flatMap((s) => s.mineral ?? []))];
    const wanted =
      names.minerals(asked.mineral) ?? (asked.mineral ? undefined : struck.length ? struck : null);
    if (wanted === null) throw new UsageError('--mineral is required: the mineral that stops');
    const cases = await shockCases(world, wanted, asked.stage, yearsOf(asked.year));
    const parties = asked.for?.includes('all') ? undefined : asked.for?.map(names.party);

    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    let sources: CitedSource[] = [];
    for (const [k, one] of cases.entries()) {
      const label = `${one.mineral} ${one.stage} ${one.year}`;
      const inputs = await shockInputs(world, one, { ...asked, coverCounts: asked.model === 'months' });
      if (!inputs.network) {
        notes.push(...inputs.notes.map((n) => ({ ...n, text: `${label}: ${n.text}` })));
        continue;
      }
      const laid = await laidOn(world, one, shocks);
      checkStopped(inputs.network, laid, asked, one);
      for (const s of inputs.sources) used.add(s);
      // all reading comes before the draws: an interrupt in them still leaves an answer to print
      const uses = parties ? await usesOf(world, one.mineral) : null;
      sources = await cite(world, used);
      const from = rows.length;
      const head = { mineral: one.mineral, stage: one.stage, year: one.year };
      const made = await run(inputs, laid, asked, world, parties, one, uses, (part, what) =>
        world.progress((k + part) / cases.length, `${label}: ${what}`),
      );
      for (const row of made.rows) rows.push({ ...head, ...row });
      for (const note of [...inputs.notes, ...made.notes]) {
        const marked = note.rows?.map((i) => from + i);
        notes.push({ ...note, text: `${label}: ${note.text}`, ...(marked && { rows: marked }) });
      }
      if (world.signal.aborted) break;
    }
    if (!rows.length)
      notes.push({ code: 'no_network', text: 'nothing is known of output at any stage asked about' });
    if (asked.scenario)
      for (const s of asked.scenario.sources ?? [])
        notes.push({ code: 'scenario', text: [s.title, s.date, s.url].filter(Boolean).join(', ') });
    return {
      rows,
      columns: [...common, ...ofModel[asked.model], ...(asked.draws ? drawn : []), ...dimensions],
      notes,
      sources,
      view: shockView(rows, notes, {
        what: whatHappens(asked, shocks, names),
        model: asked.model,
        parties: parties?.map((p) => p.id) ?? null,
        struck: [...new Set(shocks.flatMap((s) => (s.kind === 'production_loss' ? [s.country] : [])))],
        nameOf: names.countryName,
      }),
    };
  },
});

/** What is laid on the network, as a clause after "if": the stops, and a scenario by its title. */
function whatHappens(asked: Params, shocks: readonly Shock[], names: Names): string {
  const stops = shocks.slice(0, asked.stop?.length ?? 0).flatMap((s) => {
    if (s.kind !== 'production_loss') return [];
    const who = names.countryName(s.country);
    return s.severity === 1
      ? [`output of ${who} stops`]
      : [`output of ${who} falls by ${Number((100 * s.severity).toPrecision(4))} %`];
  });
  const given =
    asked.scenario && `“${asked.scenario.title ?? asked.scenario.name ?? 'the scenario'}” happens`;
  return [...stops, ...(given ? [given] : [])].join(' and ');
}

/** `CHN` or `CHN:0.5`. */
export function stopsOf(texts: readonly string[], names: Names): Shock[] {
  return texts.map((text) => {
    const [code, part, ...more] = text.split(':');
    const severity = part === undefined ? 1 : Number(part);
    if (more.length || part === '' || !(severity >= 0 && severity <= 1))
      throw new UsageError(`--stop takes COUNTRY or COUNTRY:SEVERITY with a severity from 0 to 1: "${text}"`);
    // a severity of 0 changes nothing, also in a country that the data do not know
    const country = severity === 0 && /^[A-Z]{3}$/.test(code!) ? code! : names.country(code!);
    return { kind: 'production_loss', country, severity };
  });
}

/** The shocks of a scenario with ids for names. */
export function shocksOf(
  given: Scenario | undefined,
  names: Names,
): (Shock & { stage?: string | undefined })[] {
  return (given?.shocks ?? []).map((s) => {
    const mineral = s.mineral === undefined ? undefined : names.mineral(s.mineral);
    const all = (list: readonly string[] | undefined) => list?.map(names.country);
    switch (s.kind) {
      case 'corridor_closed':
        return {
          ...s,
          mineral,
          pairs: s.pairs.map(([a, b]) => [names.country(a), names.country(b)] as const),
        };
      case 'tariff':
        return { ...s, mineral, country: names.country(s.country), by: all(s.by) };
      case 'export_ban':
      case 'licence_delay':
        return { ...s, mineral, country: names.country(s.country), to: all(s.to) };
      default:
        return { ...s, mineral, country: names.country(s.country) };
    }
  });
}

/** The shocks that strike this mineral and stage, and what stops of its hosts do to a by-product. */
export async function laidOn(
  world: World,
  one: ShockCase,
  shocks: readonly (Shock & { stage?: string | undefined })[],
): Promise<Shock[]> {
  const atStage = shocks.filter((s) => s.stage === undefined || s.stage === one.stage);
  const direct = atStage.filter((s) => s.mineral === undefined || s.mineral === one.mineral);
  const hosts =
    (await world.load(mineralTable, { mineral: [one.mineral] }))[0]?.byproduct_of?.split(';') ?? [];
  return [...direct, ...companionLosses({ mineral: one.mineral, hosts, companionality: 1 }, atStage)];
}

function checkStopped(network: ShockNetwork, laid: readonly Shock[], asked: Params, one: ShockCase): void {
  for (const s of laid) {
    if (asked.model !== 'months' && s.kind !== 'production_loss')
      throw new UsageError(
        `--model ${asked.model} takes losses of output only; use --model months: "${s.kind}"`,
      );
    if (s.kind === 'production_loss' && s.severity > 0 && !network.countries.includes(s.country))
      throw new UsageError(
        `not in the data on ${one.mineral} ${one.stage} ${one.year}, so it cannot be stopped: "${s.country}"`,
      );
  }
}

/** One case: the model's rows for those asked about, the spread of draws, and remarks. */
async function run(
  inputs: ShockInputs,
  laid: readonly Shock[],
  asked: Params,
  world: World,
  parties: readonly Party[] | undefined,
  one: ShockCase,
  uses: Uses,
  progress: (part: number, what: string) => void,
): Promise<{ rows: AnswerRow[]; notes: Note[] }> {
  const { network, assumptions } = inputs;
  const result = models[asked.model](network, laid, assumptions);
  const at = new Map(network.countries.map((c, j) => [c, j]));
  const groups = parties
    ? parties.map((p) => ({ id: p.id, members: p.members(one.year).filter((c) => at.has(c)) }))
    : network.countries.map((c) => ({ id: c, members: [c] }));
  const byCountry = groupBy(result.rows, (r) => r.country);
  const rows: AnswerRow[] = [];
  const rowsOf = new Map<string, number[]>();
  const notes: Note[] = result.notes.map((n) => ({ ...n }));
  for (const { id, members } of groups) {
    const parts = members.map((c) => byCountry.get(c)!);
    if (!parts.length) {
      notes.push({ code: 'not_in_data', text: `${id} is in neither the trade nor the output that is known` });
      continue;
    }
    rowsOf.set(
      id,
      parts[0]!.map((_, i) => rows.length + i),
    );
    for (let i = 0; i < parts[0]!.length; i++)
      rows.push(
        added(
          id,
          parts.map((p) => p[i]!),
        ),
      );
  }
  if (asked.model === 'market') rows.push({ ...byCountry.get('WLD')![0]! });

  const harmless = (s: Shock) => s.kind === 'production_loss' && s.severity === 0;
  if (!laid.every(harmless) && rows.every((r) => r.shortfall_t === 0 && r.stock_used_t === 0))
    notes.push({
      code: 'untouched',
      text: 'nobody asked about lacks anything: what is struck reaches none of them, or stocks and others make up for it',
    });
  const dearest = Math.max(0, ...rows.map((r) => (r.price_ratio as number | null) ?? 0));
  if (dearest > believable)
    notes.push({
      code: 'price_out_of_range',
      value: dearest,
      text: `a price ratio above ${believable} lies far outside the changes elasticities are estimated on: read it as "scarce", not as a price`,
    });
  const ranges = rangesAround(assumptions, inputs.ranges);
  const perRun = asked.model === 'months' ? assumptions.months + 1 : 1;
  if (asked.draws) {
    const cells = asked.draws * perRun;
    const affected = groups.filter((g) =>
      rowsOf.get(g.id)?.some((i) => (rows[i]!.shortfall_t as number) > 0),
    );
    const kept = (parties ? groups.filter((g) => rowsOf.has(g.id)) : affected).slice(
      0,
      Math.max(1, Math.floor(mostCells / cells)),
    );
    const positions = [...new Set(kept.flatMap((g) => g.members.map((c) => at.get(c)!)))];
    const job: DrawJob = {
      model: asked.model,
      network,
      shocks: laid,
      assumptions,
      ranges,
      kept: positions,
      seed: asked.seed,
    };
    const { cells: all, done } = await drawInThreads(job, asked.draws, {
      signal: world.signal,
      ...(asked.threads !== undefined && { threads: asked.threads }),
      progress: (part) => progress(part, `${Math.round(part * asked.draws!)} of ${asked.draws} draws`),
    });
    const width = positions.length * cellsPerCountry(job);
    const sample = new Float64Array(done);
    for (const g of kept) {
      const columns = g.members.map((c) => positions.indexOf(at.get(c)!) * perRun);
      rowsOf.get(g.id)!.forEach((r, month) => {
        for (let d = 0; d < done; d++)
          sample[d] = columns.reduce((sum, c) => sum + all[d * width + c + month]!, 0);
        Object.assign(rows[r]!, spreadOf(sample));
      });
      if (perRun > 1 && done > 0) {
        for (let d = 0; d < done; d++)
          sample[d] = columns.reduce((sum, c) => sum + all[d * width + c + perRun - 1]!, 0);
        const { p05, p50, p95, cvar95 } = spreadOf(sample);
        notes.push({
          code: 'drawn_total',
          value: p50,
          country: g.id,
          p05,
          p50,
          p95,
          cvar95,
          text: `${g.id} lacks ${tonnes(p05!)} to ${tonnes(p95!)} over ${assumptions.months} months in 90 % of the draws, ${tonnes(cvar95!)} in the worst 5 %`,
        });
      }
    }
    notes.push({ code: 'draws', value: done, text: `${done} draws, seed ${asked.seed}` });
    if (done < asked.draws)
      notes.push({ code: 'interrupted', value: done, text: `stopped after ${done} of ${asked.draws} draws` });
    const first = parties?.length === 1 ? kept[0] : undefined;
    if (first?.members.length === 1)
      for (const bar of tornado({ ...job, kept: [at.get(first.members[0]!)!] }))
        notes.push({
          code: 'tornado',
          value: bar.swing_t,
          factor: bar.factor,
          low: bar.low,
          high: bar.high,
          low_t: bar.shortfallAtLow_t,
          high_t: bar.shortfallAtHigh_t,
          text: `${factorNames[bar.factor]} from ${short(bar.low)} to ${short(bar.high)} moves the shortfall of ${first.id} from ${tonnes(bar.shortfallAtLow_t)} to ${tonnes(bar.shortfallAtHigh_t)}`,
        });
  }
  if (parties) {
    for (const { id } of groups) {
      const own = (rowsOf.get(id) ?? []).map((i) => rows[i]!);
      if (own.length) notes.push(...remedies(id, own, uses, asked));
    }
  }
  return { rows, notes };
}

/** The row of a party: sums over its members; ratios from the sums. */
function added(id: string, parts: readonly ShockRow[]): AnswerRow {
  const first = parts[0]!;
  if (parts.length === 1) return { ...first, country: id };
  const row: AnswerRow = { ...first, country: id };
  for (const [name, value] of Object.entries(first))
    if (name.endsWith('_t') && typeof value === 'number')
      row[name] = parts.reduce((sum, p) => sum + ((p as unknown as Record<string, number>)[name] ?? 0), 0);
  const baseline = row.baseline_t as number;
  row.shortfall_share = baseline > 0 ? (row.shortfall_t as number) / baseline : null;
  return row;
}

const short = (x: number) => String(Number(x.toPrecision(3)));
const tonnes = (x: number) => `${x >= 100 ? Math.round(x) : short(x)} t`;

type Uses = Awaited<ReturnType<typeof usesOf>>;

/** Shares of use by application: the UK's where known, else the world's; the source with most of the use. */
async function usesOf(world: World, mineral: string) {
  const rows = (await world.load(endUse, { mineral: [mineral] })).filter((r) => r.share !== null);
  for (const scope of ['GBR', 'WLD', 'EUU', 'USA']) {
    const inScope = rows.filter((r) => r.scope === scope);
    const source = [...new Set(inScope.map((r) => r.source))].sort(
      (a, b) => total(inScope, b) - total(inScope, a),
    )[0];
    if (source === undefined) continue;
    const bySector = new Map<string, number>();
    for (const r of inScope.filter((x) => x.source === source)) {
      const sector = r.sector || r.application;
      bySector.set(sector, (bySector.get(sector) ?? 0) + r.share!);
    }
    return { scope, source, uses: [...bySector].map(([sector, share]) => ({ sector, share })) };
  }
  return null;
}
const total = (rows: readonly { source: string; share: number | null }[], source: string) =>
  rows.reduce((sum, r) => sum + (r.source === source ? r.share! : 0), 0);

/** Who in the country goes without, what a stockpile would have to be, and how long a given one lasts. */
function remedies(id: string, own: readonly AnswerRow[], uses: Uses, asked: Params): Note[] {
  const sum = (name: string) => own.reduce((s, r) => s + (r[name] as number), 0);
  const notes: Note[] = [];
  if (uses && sum('shortfall_t') > 0)
    for (const loss of sectorLosses(uses.uses, sum('baseline_t'), sum('shortfall_t')))
      notes.push({
        code: 'sector',
        value: loss.shortfall_t,
        sector: loss.sector,
        share: loss.share,
        text: `${id}, ${loss.sector} (${Math.round(loss.share * 100)} % of use in ${uses.scope}, ${uses.source}): ${tonnes(loss.shortfall_t)} missing if all uses are cut alike`,
      });
  if (asked.model !== 'months') return notes;
  const gap = own.map((r) => (r.baseline_t as number) - (r.supply_t as number));
  const bridge = Math.min(asked.bridge ?? gap.length, gap.length);
  const need = stockToBridge(gap, bridge)!;
  notes.push({
    code: 'stockpile',
    value: need,
    months: bridge,
    text: `${id} would have to hold ${tonnes(need)} to bridge ${bridge} months`,
  });
  const held = asked.stockpile ?? sum('stock_used_t');
  if (held > 0) {
    const bought = monthsBought(gap, held);
    notes.push({
      code: 'months_bought',
      value: bought,
      stock_t: held,
      text: `${tonnes(held)} bridge ${bought === gap.length ? `all ${bought}` : `${bought} of ${gap.length}`} months for ${id}`,
    });
  }
  return notes;
}
