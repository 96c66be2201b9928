import { z } from 'zod';
import { supplyMix } from '../analysis/dependence/supply-mix.ts';
import { control } from '../analysis/flows/control.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { production } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { hs6Of, withCodes } from './codes-asked.ts';
import { networkOf } from './network-of.ts';
import { columnsOf, type Origin, originsOf, rowOf } from './origin-rows.ts';
import { originsView, type ShownTrace, whyEmpty } from './origins-view.ts';
import { minerals, stages, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { checkKnown, namesOf, type Party, yearsOf } from './resolve.ts';
import { type StageData, stageData } from './stage-data.ts';
import { throughStage } from './through-stage.ts';
import { traceableYears } from './traceable-years.ts';
import { controlOf, supplyOf, traceNotes } from './traced-shares.ts';

const schema = z.object({
  for: z
    .array(z.string())
    .default(['GBR'])
    .describe('whose supply: ISO3 codes, names, or a bloc such as EUU; all for every country'),
  mineral: minerals,
  stage: stages,
  hs6: z
    .array(z.string())
    .optional()
    .describe('follow these customs codes of six digits only, also ones that are in no map of minerals'),
  year: years,
  method: z
    .enum(['gross', 'net'])
    .default('gross')
    .describe('gross: re-exports mix with all supply; net: two-way trade of a pair is netted first'),
  weight: z
    .enum(['quantity', 'value'])
    .default('quantity')
    .describe('follow tonnes (contained where known) or USD'),
  through: z
    .string()
    .optional()
    .describe('earlier stage to follow the makers’ feed to, e.g. mine behind refined metal'),
  lens: z
    .enum(['traced', 'controlled'])
    .default('traced')
    .describe('traced: where it was born; controlled: the home of whoever holds the mines and plants'),
  top: z.number().int().gt(0).optional().describe('keep the N largest origins of each trace'),
});
type Params = z.infer<typeof schema>;

interface OneTrace {
  readonly origins: readonly Origin[];
  readonly notes: readonly Note[];
  readonly sources: Iterable<string>;
  /** countries whose rows a note is about, by note code */
  readonly about: ReadonlyMap<string, ReadonlySet<string>>;
}

export const originsQuestion = defineQuestion({
  name: 'origins',
  asks: 'Where was what a country uses really mined or made, once re-exports are undone?',
  about:
    'Follows a mineral back through all of world trade to where it was produced, with the part that no country reports producing kept visible; across stages with --through, to the owners with --lens controlled. Direct imports stand beside.',
  params: schema,
  positional: ['mineral'],
  example: 'headwater origins --for GBR --mineral copper --stage refine',
  async answer(params, given) {
    const hs6 = params.hs6 && hs6Of(params.hs6);
    const coded = hs6 && (await withCodes(given, hs6, { only: true }));
    const world = coded?.world ?? given;
    const asked = coded && !params.mineral ? { ...params, mineral: coded.minerals } : params;
    const names = await namesOf(world);
    const cases = await casesOf(asked, world, names);
    const several = (pick: (c: Case) => unknown) => new Set(cases.map(pick)).size > 1;
    const many =
      several((c) => c.party.id) ||
      several((c) => c.mineral) ||
      several((c) => c.stage) ||
      several((c) => c.year);

    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const traces: ShownTrace[] = [];
    const used = new Set<string>();
    const loaded = new Map<string, Promise<StageData>>();
    const dataOf = (mineral: string, stage: string, year: number) => {
      const key = `${mineral} ${stage} ${year}`;
      let data = loaded.get(key);
      if (!data) {
        data = stageData(world, { mineral, stage, year });
        loaded.set(key, data);
      }
      return data;
    };
    for (const [k, one] of cases.entries()) {
      if (cases.length > 1)
        world.progress(k / cases.length, `tracing ${one.mineral} ${one.stage} ${one.year}`);
      world.signal.throwIfAborted();
      const result = await traced(asked, world, one, dataOf);
      for (const s of result.sources) used.add(s);
      const head = { for: one.party.id, mineral: one.mineral, stage: one.stage, year: one.year };
      const kept = asked.top === undefined ? result.origins : result.origins.slice(0, asked.top);
      const from = rows.length;
      for (const o of kept) rows.push(rowOf(o, asked, head));
      if (!kept.length) rows.push(rowOf(null, asked, head));
      traces.push({
        label: `${one.party.name}, ${one.mineral.replaceAll('_', ' ')} (${one.stage}), ${one.year}`,
        rows: rows.flatMap((_, i) => (i >= from ? [i] : [])),
        consumption: result.notes.find((n) => n.code === 'consumption')?.value ?? null,
        why: kept.some((o) => o.share !== null)
          ? null
          : (result.notes.findLast((n) => whyEmpty.has(n.code))?.text ?? null),
      });
      const empty = rows.flatMap((r, i) => (i >= from && r.traced_share === null ? [i] : []));
      for (const note of result.notes) {
        const countries = result.about.get(note.code);
        const marked = countries
          ? kept.flatMap((o, i) => (countries.has(o.country) ? [from + i] : []))
          : whyEmpty.has(note.code)
            ? empty
            : many
              ? kept.map((_, i) => from + i)
              : [];
        notes.push({
          ...note,
          ...(many ? { ...head, text: `${labelOf(one)}: ${note.text}` } : {}),
          ...(marked.length ? { rows: marked } : {}),
        });
      }
      if (!many)
        notes.push({
          code: 'traced',
          value: one.year,
          text: `${labelOf(one)}, ${asked.method}, by ${asked.weight}`,
        });
    }
    return {
      rows,
      columns: columnsOf(asked),
      notes,
      sources: await cite(world, used),
      view: originsView(rows, traces, notes, asked),
    };
  },
});

const labelOf = (c: Case) => `${c.party.id} ${c.mineral} ${c.stage} ${c.year}`;

interface Case {
  readonly party: Party;
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
}

/** Every combination asked for; what is left out is everything that has data, and the newest year of it. */
async function casesOf(
  asked: Params,
  world: World,
  names: Awaited<ReturnType<typeof namesOf>>,
): Promise<Case[]> {
  const wanted = names.minerals(asked.mineral);
  const inStage = asked.stage?.filter((s) => s !== 'all');
  const yearsAsked = yearsOf(asked.year);
  const [codes, outputs] = await Promise.all([
    world.load(hs6Mineral, wanted ? { mineral: wanted } : {}),
    world.load(production, wanted ? { mineral: wanted } : {}),
  ]);
  const known = new Set([...codes, ...outputs].map((r) => r.stage));
  checkKnown('stage', inStage, known);
  if (asked.through !== undefined) checkKnown('stage', [asked.through], known);
  const pairs = [...new Set(codes.map((c) => `${c.mineral} ${c.stage}`))]
    .map((p) => p.split(' ') as [string, string])
    .filter(([, s]) => !inStage?.length || inStage.includes(s))
    .filter(([, s]) => s !== asked.through || inStage?.includes(s));
  if (!pairs.length)
    throw new UsageError(
      `no customs code holds what is asked for, so there is no trade to follow: "${[...(wanted ?? []), ...(inStage ?? [])].join(' ')}"`,
    );
  const parties = asked.for.some((f) => f.toLowerCase() === 'all')
    ? null
    : asked.for.map((f) => names.party(f));

  const traceable = await traceableYears(world, wanted);
  const found: { mineral: string; stage: string; year: number; traceable: boolean }[] = [];
  const covered = new Set<number>();
  for (const [mineral, stage] of pairs) {
    const { trade, both } = traceable.get(`${mineral} ${stage}`) ?? { trade: [], both: [] };
    const output = outputs.filter((r) => r.mineral === mineral && r.stage === stage).map((r) => r.year);
    for (const y of [...trade, ...output]) covered.add(y);
    const newest = both.at(-1) ?? trade.at(-1) ?? (output.length ? Math.max(...output) : undefined);
    for (const year of yearsAsked ?? (newest === undefined ? [] : [newest]))
      found.push({ mineral, stage, year, traceable: both.includes(year) });
  }
  // what was asked for by name is answered even if the answer is why there is none
  const named = wanted !== undefined && !!inStage?.length;
  const worth = found.filter((f) => f.traceable);
  const cases: Case[] = [];
  for (const { mineral, stage, year } of named || !worth.length ? found : worth) {
    const all = async () => {
      const data = await stageData(world, { mineral, stage, year });
      return networkOf(data, asked.weight, asked.method).network?.countries ?? [];
    };
    for (const party of parties ?? (await all()).map((c) => names.party(c)))
      cases.push({ party, mineral, stage, year });
  }
  if (yearsAsked && !yearsAsked.some((y) => covered.has(y)))
    checkKnown('year', [String(yearsAsked[0])], new Set([...covered].sort((a, b) => a - b).map(String)));
  if (!cases.length)
    throw new UsageError(`no trade to follow for: "${pairs.map((p) => p.join(' ')).join(', ')}"`);
  return cases;
}

async function traced(
  asked: Params,
  world: World,
  one: Case,
  dataOf: (mineral: string, stage: string, year: number) => Promise<StageData>,
): Promise<OneTrace> {
  const data = await dataOf(one.mineral, one.stage, one.year);
  const members = one.party.members(one.year);
  const stage = networkOf(data, asked.weight, asked.method);
  const mix = supplyMix(stage.shipments, new Set(members));
  const supply = supplyOf(stage, members);
  const about = new Map<string, Set<string>>();
  const sources = new Set<string>(data.sources);
  if (!supply) return { origins: originsOf(mix, asked.weight, null), notes: stage.notes, sources, about };
  const notes: Note[] = [...stage.notes, ...traceNotes(stage, supply, asked.weight)];
  if (supply.consumption === 0) {
    notes.push({ code: 'no_supply', text: `${one.party.name} keeps nothing: it ships on all that it has` });
    const none = { traced: new Map(), unrecorded: new Map(), shares: null };
    return { origins: originsOf(mix, asked.weight, none), notes, sources, about };
  }
  let amounts = { traced: supply.traced, unrecorded: supply.unrecorded, total: supply.consumption };
  let origin = data;
  if (asked.through !== undefined && asked.through !== one.stage) {
    const earlier = await dataOf(one.mineral, asked.through, one.year);
    const through = await throughStage(world, supply, data, earlier, asked.weight, asked.method);
    notes.push(...through.notes);
    for (const s of through.sources) sources.add(s);
    if (through.stopped.length) about.set('not_traced_beyond', new Set(through.stopped));
    amounts = through;
    origin = earlier;
  }
  const shares = new Map([...amounts.traced].map(([c, v]) => [c, v / amounts.total]));
  if (asked.lens === 'traced')
    return { origins: originsOf(mix, asked.weight, { ...amounts, shares }), notes, sources, about };

  const held = await controlOf(world, shares, origin);
  notes.push(...held.notes);
  for (const s of held.sources) sources.add(s);
  const unknown = new Map([...amounts.unrecorded].map(([c, v]) => [c, v / amounts.total]));
  const unrecorded = new Map(
    control(unknown, held.holdings, held.outputOf).owners.map((o) => [o.country, o.share * amounts.total]),
  );
  const owners = new Map(held.control.owners.map((o) => [o.country, o]));
  const byOwner = originsOf(mix, asked.weight, {
    traced: new Map([...owners].map(([c, o]) => [c, o.share * amounts.total])),
    unrecorded,
    shares: new Map([...owners].map(([c, o]) => [c, o.share])),
  });
  for (const o of byOwner) {
    const owner = owners.get(o.country);
    o.extra = {
      located_share: shares.get(o.country) ?? 0,
      unattributed_share: owner?.unattributed ?? 0,
      low_share: owner?.low ?? 0,
      high_share: owner?.high ?? 0,
    };
  }
  return { origins: byOwner, notes, sources, about };
}
