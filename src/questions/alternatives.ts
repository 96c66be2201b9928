import { z } from 'zod';
import { concentration } from '../analysis/concentration/concentration.ts';
import {
  alternativeScore,
  defaultWeights,
  type Merit,
  type Merits,
} from '../analysis/dependence/alternative-score.ts';
import { supplyMix } from '../analysis/dependence/supply-mix.ts';
import { hostControl } from '../analysis/flows/control.ts';
import { holdingsInUse } from '../analysis/policy/holdings.ts';
import { isUnilateral, limitsExports, tariffKinds } from '../analysis/policy/register-kinds.ts';
import { agreementOn, restrictionOn } from '../analysis/policy/status-on.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { didYouMean } from '../tables/nearest.ts';
import { agreement, ownership, restriction } from '../tables/policy.ts';
import { capacity, type Production, production, reserves } from '../tables/quantities.ts';
import { bloc, distance, governance } from '../tables/world.ts';
import { alternativesView } from './alternatives-view.ts';
import { cite } from './cite.ts';
import { percent } from './figure.ts';
import { networkOf } from './network-of.ts';
import { importer, stages } from './parameters.ts';
import { newestReportedYear, preferredSource } from './preferred-source.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { checkKnown, namesOf, type Party } from './resolve.ts';
import { stageData } from './stage-data.ts';
import { traceableYears } from './traceable-years.ts';
import { mineralStage, shareOf } from './wording.ts';

const columns: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'rank', unit: '', about: 'by score, within the mineral and stage' },
  { name: 'country', unit: '', about: 'who else could supply' },
  { name: 'score', unit: '1', about: 'weighted mean of the merits that are known, 0…1' },
  { name: 'known_share', unit: '1', about: 'part of the weights whose merit is known' },
  { name: 'year', unit: '', about: 'year of the output' },
  { name: 'output_t', unit: 't', about: 'output; null where only a share is published' },
  { name: 'output_share', unit: '1', about: 'of the world' },
  { name: 'spare_t', unit: 't', about: 'capacity less output; null where no capacity is known' },
  { name: 'reserves_t', unit: 't', about: 'reserves' },
  {
    name: 'governance_risk',
    unit: '1',
    about: '(2.5 − mean of the governance estimates) / 5, 0 strong … 1 weak',
  },
  {
    name: 'control_share_of_top',
    unit: '1',
    about: 'part of its output held from the present top supplier; null where no owner is known',
  },
  { name: 'distance_km', unit: 'km', about: 'great circle between main cities' },
  { name: 'existing_share', unit: '1', about: 'share of direct imports today' },
  {
    name: 'restricted',
    unit: '',
    about: 'true where it, or a bloc it is in, restricts exports of the mineral today',
  },
  {
    name: 'agreement',
    unit: '',
    about: 'agreements with it that stand, by id; preferences granted alone are none',
  },
  { name: 'why', unit: '', about: 'what counts for and against it' },
];

const merits = Object.keys(defaultWeights) as Merit[];

/** What is missing where a merit is not known, in words. */
const unknownOf: Partial<Record<Merit, string>> = {
  spare: 'spare capacity',
  independence: 'owners',
  nearness: 'distance',
  trade: 'imports today',
};

/** `governance=0.4,nearness=0`: the merits named get these weights, the rest keep theirs. */
function weightsFrom(texts: readonly string[] | undefined): Record<Merit, number> {
  const weights = { ...defaultWeights };
  for (const text of texts ?? []) {
    const [name = '', value = '', ...more] = text.split('=').map((t) => t.trim());
    const weight =
      more.length || !/^[-+.\d]/.test(value) || /x|o|b/i.test(value) ? Number.NaN : Number(value);
    if (!merits.includes(name as Merit))
      throw new UsageError(
        `unknown merit in --weights: "${text}"${didYouMean(name, merits) || `; there is ${merits.join(', ')}`}`,
      );
    if (value === '' || !(weight >= 0) || !Number.isFinite(weight))
      throw new UsageError(`a weight must be a number of at least 0, such as ${name}=0.2: "${text}"`);
    weights[name as Merit] = weight;
  }
  if (!merits.some((m) => weights[m] > 0))
    throw new UsageError(`all weights are 0: "${(texts ?? []).join(',')}"`);
  return weights;
}

export const alternativesQuestion = defineQuestion({
  name: 'alternatives',
  asks: 'Who else could supply a mineral, and what counts for and against each?',
  about:
    'Every other country with output, ranked by output, spare capacity, reserves, governance, independence from the present top supplier, distance, existing trade, restrictions and agreements. The weights are shown and can be changed.',
  params: z.object({
    mineral: z.array(z.string()).min(1).describe('mineral ids, names or symbols'),
    stage: stages,
    for: importer.default('GBR'),
    weights: z
      .array(z.string())
      .optional()
      .describe(`weights such as governance=0.4,nearness=0; merits: ${merits.join(', ')}`),
    top: z.number().int().gt(0).optional().describe('keep the N best of each mineral and stage'),
  }),
  positional: ['mineral'],
  example: 'headwater alternatives --mineral titanium --stage refine --for GBR',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const weights = weightsFrom(params.weights);
    const wanted = names.minerals(params.mineral);
    const outputs = await world.load(production, wanted ? { mineral: wanted } : {});
    const inStage = params.stage?.filter((s) => s !== 'all');
    checkKnown('stage', inStage, new Set(outputs.map((r) => r.stage)));
    const facts = await factsFor(world, party, wanted);
    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    const counts = new Map<string, number>();
    for (const group of groupBy(outputs, (r) => `${r.mineral} ${r.stage}`).values()) {
      if (inStage?.length && !inStage.includes(group[0]!.stage)) continue;
      const found = await candidates(world, party, group, facts, weights, names.countryName);
      for (const id of found.sources) used.add(id);
      if (found.rows[0]) counts.set(mineralStage(found.rows[0]), found.rows.length);
      const from = rows.length;
      rows.push(...(params.top === undefined ? found.rows : found.rows.slice(0, params.top)));
      const marked = rows.map((_, k) => k).slice(from);
      notes.push(
        ...found.notes.map((n) => (marked.length && n.code !== 'bound_only' ? { ...n, rows: marked } : n)),
      );
    }
    if (!outputs.length)
      notes.push({ code: 'no_output', text: `no source gives output of ${params.mineral.join(', ')}` });
    notes.push({
      code: 'weights',
      text: `${merits.map((m) => `${m} ${weights[m]}`).join(', ')}: a choice, not a finding; change it with --weights`,
    });
    notes.push({
      code: 'on',
      text: `restrictions and agreements as the register has them on ${world.now}`,
    });
    const view = alternativesView(rows, notes, {
      name: party.name,
      nameOf: names.countryName,
      found: counts,
    });
    return { rows, columns, notes, sources: await cite(world, used), view };
  },
});

type Facts = Awaited<ReturnType<typeof factsFor>>;

/** What is the same for all stages, read once. */
async function factsFor(world: World, party: Party, minerals: readonly string[] | undefined) {
  const ofMineral = minerals ? { mineral: minerals } : {};
  const [stocks, capacities, holdings, limits, agreements, blocs, wgi, distances, traceable] =
    await Promise.all([
      world.load(reserves, ofMineral),
      world.load(capacity, ofMineral),
      world.load(ownership, ofMineral),
      world.load(restriction),
      world.load(agreement),
      world.load(bloc),
      world.load(governance),
      party.isBloc ? [] : world.load(distance, { country: [party.id] }),
      traceableYears(world, minerals),
    ]);
  const back = party.isBloc ? [] : await world.load(distance, { other_country: [party.id] });
  const km = new Map<string, number>();
  for (const d of back) if (d.distance_km !== null) km.set(d.country, d.distance_km);
  for (const d of distances) if (d.distance_km !== null) km.set(d.other_country, d.distance_km);

  const risk = new Map<string, { year: number; risk: number }>();
  for (const ofCountry of groupBy(
    wgi.filter((g) => g.estimate !== null),
    (g) => `${g.country} ${g.year}`,
  ).values()) {
    const { country, year } = ofCountry[0]!;
    const mean = ofCountry.reduce((s, g) => s + g.estimate!, 0) / ofCountry.length;
    const before = risk.get(country);
    if (!before || year > before.year)
      risk.set(country, { year, risk: Math.min(1, Math.max(0, (2.5 - mean) / 5)) });
  }
  const day = Number(world.now.slice(0, 4));
  const blocsOf = (country: string) =>
    blocs.flatMap((b) =>
      b.country === country && (b.from_year ?? -Infinity) <= day && day <= (b.to_year ?? Infinity)
        ? [b.bloc]
        : [],
    );
  return { stocks, capacities, holdings, limits, agreements, blocsOf, risk, km, traceable };
}

const listed = (text: string | null) => (text ? text.split(';').map((t) => t.trim()) : []);
const governanceSource = 'wgi';

async function candidates(
  world: World,
  party: Party,
  outputs: readonly Production[],
  facts: Facts,
  weights: Readonly<Record<Merit, number>>,
  nameOf: (id: string) => string,
): Promise<{ rows: AnswerRow[]; notes: Note[]; sources: Set<string> }> {
  const { mineral, stage } = outputs[0]!;
  const sources = new Set<string>();
  const year = newestReportedYear(outputs);
  const ofYear = outputs.filter((r) => r.year === year);
  const source = preferredSource(ofYear);
  if (year === null || source === null) return { rows: [], notes: [], sources };
  sources.add(source);
  const { breakdown } = concentration(ofYear.filter((r) => r.source === source));
  const members = new Set(party.members(year));

  // imports of years ago do not say who supplies today
  const newestTrade = facts.traceable.get(`${mineral} ${stage}`)?.trade.at(-1);
  const traded = newestTrade !== undefined && newestTrade >= year - 1 ? newestTrade : undefined;
  const data = traded === undefined ? null : await stageData(world, { mineral, stage, year: traded });
  const mix = data && supplyMix(networkOf(data, 'value', 'gross').shipments, new Set(party.members(traded!)));
  for (const f of data?.flows ?? []) sources.add(f.source);
  const imports = new Map(mix?.suppliers.map((s) => [s.country, s.value_share ?? s.quantity_share]));
  const top = mix?.suppliers[0]?.country ?? breakdown[0]?.country ?? null;

  const heldRows = facts.stocks.filter((r) => r.mineral === mineral && r.quantity_t !== null);
  const heldYear = Math.max(...heldRows.map((r) => r.year));
  const held = new Map(heldRows.filter((r) => r.year === heldYear).map((r) => [r.country, r]));
  const capacities = facts.capacities.filter((r) => r.mineral === mineral && r.stage === stage);
  const limits = facts.limits.filter(
    (r) =>
      listed(r.minerals).includes(mineral) &&
      (!r.stage || listed(r.stage).includes(stage)) &&
      limitsExports(r.measure) &&
      (!r.target || listed(r.target).some((t) => t === party.id || facts.blocsOf(party.id).includes(t))),
  );
  const ours = new Set([party.id, ...facts.blocsOf(party.id)]);
  const outputOf = new Map(breakdown.map((p) => [p.country, p.quantity_t]));
  const inUse = holdingsInUse(
    facts.holdings.filter((h) => h.mineral === mineral && h.stage === stage),
    (country) => outputOf.get(country) ?? null,
  );

  // "less than 0.1 %" names a country as a maker of next to nothing, and is no output to rank
  const crumbs = new Set(
    ofYear.filter((r) => r.source === source && r.limit === 'less_than').map((r) => r.country),
  );
  const all = breakdown
    .filter(
      (p) => (p.share ?? 0) > 0 && !members.has(p.country) && p.country !== top && !crumbs.has(p.country),
    )
    .map((p) => {
      const cap = capacities.filter((r) => r.country === p.country && r.quantity_t !== null);
      const newest = cap.find((r) => r.year === Math.max(...cap.map((c) => c.year)));
      const spare_t = newest && p.quantity_t !== null ? Math.max(0, newest.quantity_t! - p.quantity_t) : null;
      if (spare_t !== null) sources.add(newest!.source);
      const known = inUse.filter((h) => h.country === p.country && h.channel === 'equity');
      const host = known.length && p.quantity_t !== null ? hostControl(known, p.quantity_t) : null;
      // owners of assets whose output is not known say nothing of the country's output
      const controlled = host && top !== null && host.unattributed < 1 ? (host.by.get(top) ?? 0) : null;
      if (known.length) sources.add(world.data === 'own' ? 'ownership' : 'ownership_register');
      const theirs = new Set([p.country, ...facts.blocsOf(p.country)]);
      // what a bloc restricts its members restrict, though not towards each other
      const status = limits
        .filter((r) => theirs.has(r.country) && (r.country === p.country || !ours.has(r.country)))
        .map((r) => restrictionOn(r, world.now));
      const standing = facts.agreements.filter(
        (a) =>
          ((ours.has(a.party) && theirs.has(a.partner)) || (ours.has(a.partner) && theirs.has(a.party))) &&
          (!a.minerals || listed(a.minerals).includes(mineral)) &&
          !isUnilateral(a.kind) &&
          ['in_force', 'signed'].includes(agreementOn(a, world.now)),
      );
      if (held.has(p.country)) sources.add(held.get(p.country)!.source);
      return {
        country: p.country,
        output_t: p.quantity_t,
        output_share: p.share!,
        spare_t,
        reserves_t: held.get(p.country)?.quantity_t ?? null,
        governance_risk: facts.risk.get(p.country)?.risk ?? null,
        control_share_of_top: controlled,
        distance_km: facts.km.get(p.country) ?? null,
        existing_share: mix ? (imports.get(p.country) ?? 0) : null,
        restricted: status.includes('in_force'),
        paused: status.some((s) => ['suspended', 'lapsed_unknown', 'announced', 'unknown'].includes(s)),
        agreement: standing.map((a) => a.agreement).join(';') || null,
        onTariffs: standing.every((a) => tariffKinds.has(a.kind)),
      };
    });
  if (all.some((c) => c.governance_risk !== null) && world.data !== 'own') sources.add(governanceSource);
  const largest = (of: (c: (typeof all)[number]) => number | null) =>
    Math.max(0, ...all.map((c) => of(c) ?? 0));
  const over = (value: number | null, most: number) => (value === null || most <= 0 ? null : value / most);
  const mostOutput = largest((c) => c.output_share);
  const mostSpare = largest((c) => c.spare_t);
  const mostReserves = largest((c) => c.reserves_t);
  const scored = all.map((c) => {
    const of: Merits = {
      output: over(c.output_share, mostOutput),
      spare: over(c.spare_t, mostSpare),
      reserves: over(c.reserves_t, mostReserves),
      governance: c.governance_risk === null ? null : 1 - c.governance_risk,
      independence: c.control_share_of_top === null ? null : 1 - c.control_share_of_top,
      nearness: c.distance_km === null ? null : Math.max(0, 1 - c.distance_km / 20_000),
      trade: c.existing_share === null ? null : Math.min(1, c.existing_share / 0.1),
      openness: c.restricted ? 0 : 1,
      agreement: c.agreement === null ? 0 : c.onTariffs ? 0.5 : 1,
    };
    return { ...c, ...alternativeScore(of, weights), of };
  });
  scored.sort(
    (a, b) =>
      (b.score ?? -1) - (a.score ?? -1) ||
      b.output_share - a.output_share ||
      (a.country < b.country ? -1 : 1),
  );
  const rows = scored.map((c, k): AnswerRow => {
    const why = [`${shareOf(c.output_share)} of world output`];
    if (c.existing_share) why.push(`${shareOf(c.existing_share)} of imports already`);
    if (c.governance_risk !== null && c.governance_risk > 0.6) why.push('weak governance');
    if (c.governance_risk !== null && c.governance_risk < 0.3) why.push('strong governance');
    if (c.control_share_of_top) why.push(`${shareOf(c.control_share_of_top)} held from ${nameOf(top!)}`);
    if (c.restricted) why.push('restricts exports today');
    else if (c.paused) why.push('a restriction is announced, suspended or of unknown state');
    if (c.agreement) why.push(c.onTariffs ? 'a trade agreement stands' : 'an agreement stands');
    const unknown = merits.filter((m) => c.of[m] === null && weights[m] > 0).map((m) => unknownOf[m] ?? m);
    if (unknown.length) why.push(`not known and not counted: ${unknown.join(', ')}`);
    return {
      mineral,
      stage,
      rank: k + 1,
      country: c.country,
      score: c.score,
      known_share: c.known,
      year,
      output_t: c.output_t,
      output_share: c.output_share,
      spare_t: c.spare_t,
      reserves_t: c.reserves_t,
      governance_risk: c.governance_risk,
      control_share_of_top: c.control_share_of_top,
      distance_km: c.distance_km,
      existing_share: c.existing_share,
      restricted: c.restricted,
      agreement: c.agreement,
      why: why.join('; '),
    };
  });
  const notes: Note[] = [];
  const period = ofYear.find((r) => r.source === source)?.period;
  if (period) notes.push({ code: 'period', text: `${mineral} ${stage}: output is the mean of ${period}` });
  if (crumbs.size)
    notes.push({
      code: 'bound_only',
      value: crumbs.size,
      text: `${mineral} ${stage}: left out, as the source only says that they make less than some bound: ${[...crumbs].sort().join(', ')}`,
    });
  if (top !== null)
    notes.push({
      code: 'instead_of',
      text: `${mineral} ${stage}: alternatives to ${nameOf(top)} (${top}), ${
        mix?.suppliers.length
          ? `${percent(mix.suppliers[0]!.value_share ?? mix.suppliers[0]!.quantity_share ?? 0)} of direct imports in ${traded}`
          : 'the largest producer, as no imports are known'
      }`,
    });
  return { rows, notes, sources };
}
