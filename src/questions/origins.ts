import { z } from 'zod';
import { supplyMix } from '../analysis/dependence/supply-mix.ts';
import { control } from '../analysis/flows/control.ts';
import { interval } from '../analysis/flows/interval.ts';
import type { Path } from '../analysis/flows/stages.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { chainData, type Link, stagesThrough } from './chain-data.ts';
import { cite } from './cite.ts';
import { hs6Of, withCodes } from './codes-asked.ts';
import { controlOf } from './controlled-shares.ts';
import { figure, percent } from './figure.ts';
import { type Case, casesOf } from './origin-cases.ts';
import { otherReckonings, rangeNotes, reckoning, type Tracing, tracedBy } from './origin-range.ts';
import { columnsOf, headColumns, type Origin, originsOf, rowOf } from './origin-rows.ts';
import { explainOrigins } from './origins-explain.ts';
import { originsView, type ShownTrace, whyEmpty } from './origins-view.ts';
import { minerals, stages, years } from './parameters.ts';
import { largestPaths, pathColumns, pathRow } from './path-rows.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { namesOf } from './resolve.ts';
import type { StageData } from './stage-data.ts';
import { type ReadStage, stagesRead } from './stages-read.ts';
import { type TraceableYears, traceableYears } from './traceable-years.ts';
import { isPartial, traceNotes } from './traced-shares.ts';

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
  of: z
    .enum(['use', 'imports'])
    .default('use')
    .describe('use: what stays in the country; imports: what it buys, also what it ships on'),
  through: z
    .string()
    .optional()
    .describe(
      'earlier stage to follow the makers’ feed to, by the stages declared between (table yield), e.g. mine; or the whole way back, e.g. refine,mine',
    ),
  yearsApart: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      'with --through: where an earlier stage has no data of the year, the nearest year at most so many years away stands for it, marked',
    ),
  feed: z
    .enum(['seen', 'whole'])
    .optional()
    .describe(
      'with --through: follow only the part of a maker’s feed that is seen, or take the whole to have its mix; seen on the snapshot, whole on your own tables',
    ),
  lens: z
    .enum(['traced', 'controlled'])
    .default('traced')
    .describe('traced: where it was born; controlled: the home of whoever holds the mines and plants'),
  paths: z
    .boolean()
    .default(false)
    .describe(
      'with --through: one row for each pair of where it was born and who made it, e.g. mine and refiner',
    ),
  top: z.number().int().gt(0).optional().describe('keep the N largest origins, or paths, of each trace'),
});
type Params = z.infer<typeof schema>;

interface OneTrace {
  readonly origins: readonly Origin[];
  readonly notes: readonly Note[];
  readonly sources: Iterable<string>;
  /** by origin and maker together, with their sum; none where nothing is traced to an earlier stage */
  readonly paths: { readonly all: readonly Path[]; readonly total: number };
}

export const originsQuestion = defineQuestion({
  name: 'origins',
  asks: 'Where was what a country uses really mined or made, once re-exports are undone?',
  about:
    'Follows a mineral back through all of world trade to where it was produced, with the part that no country reports producing kept visible; across stages with --through, to the owners with --lens controlled. Direct imports stand beside.',
  params: schema,
  positional: ['mineral'],
  example: 'headwater origins --for GBR --mineral copper --stage refine',
  explain: explainOrigins,
  async answer(params, given) {
    if (params.paths) checkPaths(params);
    const hs6 = params.hs6 && hs6Of(params.hs6);
    const coded = hs6 && (await withCodes(given, hs6, { only: true }));
    const world = coded?.world ?? given;
    const asked = coded && !params.mineral ? { ...params, mineral: coded.minerals } : params;
    const names = await namesOf(world);
    const dataOf = stagesRead(world, names.minerals(asked.mineral));
    const traceable = await traceableYears(world, names.minerals(asked.mineral));
    const cases = await casesOf(asked, world, names, dataOf, traceable);
    const several = (pick: (c: Case) => unknown) => new Set(cases.map(pick)).size > 1;
    const manyParties = several((c) => c.party.id);
    const many =
      manyParties || several((c) => c.mineral) || several((c) => c.stage) || several((c) => c.year);

    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const traces: ShownTrace[] = [];
    const used = new Set<string>();
    for (const [k, one] of cases.entries()) {
      if (cases.length > 1)
        world.progress(k / cases.length, `tracing ${one.mineral} ${one.stage} ${one.year}`);
      world.signal.throwIfAborted();
      const result = await traced(asked, world, one, dataOf, traceable, manyParties);
      for (const s of result.sources) used.add(s);
      const head = { for: one.party.id, mineral: one.mineral, stage: one.stage, year: one.year };
      const from = rows.length;
      const kept = rowsOf(result, asked, head);
      const own = kept.length ? kept : [emptyRow(asked, head)];
      for (const row of own) rows.push(row);
      traces.push({
        label: `${one.party.name}, ${one.mineral.replaceAll('_', ' ')} (${one.stage}), ${one.year}`,
        rows: own.map((_, i) => from + i),
        consumption: result.notes.find((n) => n.code === amountCode[asked.of])?.value ?? null,
        why: kept.some((r) => r.traced_share !== null)
          ? null
          : (result.notes.findLast((n) => whyEmpty.has(n.code))?.text ?? null),
      });
      const empty = own.flatMap((r, i) => (r.traced_share === null ? [from + i] : []));
      const stopsBy = (note: Note) => (r: AnswerRow) =>
        r.followed !== false && asked.paths ? false : (note.makers as string[]).includes(String(r.country));
      for (const note of result.notes) {
        const marked =
          note.code === 'not_traced_beyond'
            ? kept.flatMap((r, i) => (stopsBy(note)(r) ? [from + i] : []))
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
      columns: asked.paths ? [...headColumns, ...pathColumns(asked.weight)] : columnsOf(asked),
      notes,
      sources: await cite(world, used),
      view: originsView(rows, traces, notes, asked),
    };
  },
});

/** Rows of one trace, as asked: by origin, or by path. */
function rowsOf(trace: OneTrace, asked: Params, head: AnswerRow): AnswerRow[] {
  const { all, total } = trace.paths;
  const rows = asked.paths
    ? largestPaths(all).map((p) => pathRow(p, total, asked.weight, head))
    : trace.origins.map((o) => rowOf(o, asked, head));
  return asked.top === undefined ? rows : rows.slice(0, asked.top);
}

const emptyRow = (asked: Params, head: AnswerRow): AnswerRow =>
  asked.paths ? pathRow(null, 0, asked.weight, head) : rowOf(null, asked, head);

/** The note that holds what the shares are of. */
const amountCode = { use: 'consumption', imports: 'imports' } as const;

function checkPaths({ through, lens, stage }: Params): void {
  if (through === undefined)
    throw new UsageError('paths lead to an earlier stage, such as --through mine: "--paths"');
  if (lens === 'controlled')
    throw new UsageError(
      'paths are of where it was born and made, not of who holds that: "--paths --lens controlled"',
    );
  if (stage?.some((s) => stagesThrough(through).includes(s)))
    throw new UsageError(`no path leads from a stage to itself: "--stage ${through} --through ${through}"`);
}

const labelOf = (c: Case) => `${c.party.id} ${c.mineral} ${c.stage} ${c.year}`;

async function traced(
  asked: Params,
  world: World,
  one: Case,
  dataOf: ReadStage,
  traceable: ReadonlyMap<string, TraceableYears>,
  many: boolean,
): Promise<OneTrace> {
  const data = await dataOf(one.mineral, one.stage, one.year);
  const members = one.party.members(one.year);
  const chain = await chainData(world, dataOf, one, asked, traceable);
  const by: Tracing = {
    weight: asked.weight,
    method: asked.method,
    of: asked.of,
    feed: asked.feed ?? (world.data === 'own' ? 'whole' : 'seen'),
    many,
  };
  const { stage, supply, through } = tracedBy(data, chain.links, members, by);
  const mix = supplyMix(stage.shipments, new Set(members));
  const none = { paths: { all: [], total: 0 } };
  const sources = new Set<string>(data.sources);
  if (!supply) return { ...none, origins: originsOf(mix, asked.weight, null), notes: stage.notes, sources };
  const notes: Note[] = [...stage.notes, ...traceNotes(stage, supply, asked.weight, asked.of)];
  if (supply.consumption === 0) {
    notes.push(...nothingKept(data, chain, members, by, one.party.name));
    const kept = { traced: new Map(), unrecorded: new Map(), shares: null };
    return { ...none, origins: originsOf(mix, asked.weight, kept), notes, sources };
  }
  notes.push(...chain.notes);
  if (through) {
    notes.push(...through.notes);
    for (const s of through.sources) sources.add(s);
  }
  const stopped = through?.stopped ?? new Map<string, number>();
  const paths = through ? { all: through.paths, total: through.total } : none.paths;
  const amounts = through ?? { ...supply, total: supply.consumption };
  const chosen = reckoning('method', asked.method, amounts);
  const { shares } = chosen;
  if (asked.lens === 'traced') {
    const others = otherReckonings(data, chain.links, members, by);
    notes.push(...rangeNotes(chosen, others, world.data !== 'own'));
    const origins = originsOf(mix, asked.weight, { ...amounts, shares });
    for (const o of origins) {
      const { low, high } = interval(chosen, others, o.country);
      o.extra = {
        low_share: low,
        high_share: high,
        stopped_share: (stopped.get(o.country) ?? 0) / amounts.total,
      };
    }
    return { origins, notes, sources, paths };
  }

  const held = await controlOf(world, shares, chain.links.at(-1)?.data ?? data);
  notes.push(...held.notes);
  for (const s of held.sources) sources.add(s);
  // what stops on the way is open, not unrecorded
  const unrecordedShares = new Map([...amounts.unrecorded].map(([c, t]) => [c, t / amounts.total]));
  const unrecorded = new Map(
    control(unrecordedShares, held.holdings, held.outputOf).owners.map((o) => [
      o.country,
      o.share * amounts.total,
    ]),
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
      high_share: owner?.high ?? held.control.open,
      stopped_share: (stopped.get(o.country) ?? 0) / amounts.total,
    };
  }
  return { origins: byOwner, notes, sources, paths };
}

/** That a party keeps nothing, and where what it buys was made, as far as that can be followed. */
function nothingKept(
  data: StageData,
  { links, notes }: { readonly links: readonly Link[]; readonly notes: readonly Note[] },
  members: readonly string[],
  by: Tracing,
  name: string,
): Note[] {
  if (by.of === 'imports') return [{ code: 'no_supply', text: `${name} buys nothing` }];
  const { supply, through } = tracedBy(data, links, members, { ...by, of: 'imports' });
  const ships = data.flows.some((f) => members.includes(f.exporter));
  const none: Note = {
    code: 'no_supply',
    text:
      supply?.consumption || ships
        ? `${name} keeps nothing: it ships on all that it has`
        : `${name} neither makes nor buys any${isPartial(data) ? ' above the cut of a truncated series: small, not zero' : ' in these data'}`,
  };
  if (!supply?.consumption) return [none];
  const { traced, total } = through ?? { traced: supply.traced, total: supply.consumption };
  const largest = [...traced].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return [
    none,
    {
      code: 'imports_traced',
      value: supply.consumption,
      text: `what it buys, ${figure(supply.consumption)} ${by.weight === 'value' ? 'USD' : 't'}, goes back to ${largest.map(([c, t]) => `${c} ${percent(t / total)}`).join(', ')}: --of imports shows it`,
    },
    ...(through ? [...notes, ...through.notes.filter((n) => n.code === 'not_traced_beyond')] : []),
  ];
}
