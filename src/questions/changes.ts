import { z } from 'zod';
import { lastDay } from '../analysis/policy/status-on.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { agreement, restriction } from '../tables/policy.ts';
import { production, seriesBreak } from '../tables/quantities.ts';
import { hs6Mineral, mineral as mineralTable } from '../tables/world.ts';
import { capRule } from './cap-rule.ts';
import { changesColumns } from './changes/columns.ts';
import { outputRows, twoEditions } from './changes/output-rows.ts';
import { agreementRows, restrictionRows } from './changes/register-rows.ts';
import { revisionRows } from './changes/revision-rows.ts';
import { tradeSide } from './changes/sides.ts';
import { supplyRows } from './changes/supply-rows.ts';
import { changesView } from './changes/view.ts';
import { newestYears } from './changes/years.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { declaredSupplies } from './declared-supply.ts';
import { cap, importer, list, minerals, stages } from './parameters.ts';
import { type Answer, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { checkKnown, namesOf } from './resolve.ts';
import { stageMix } from './stage-mix.ts';
import { hidesMineral } from './trade-rows.ts';

const day = z
  .string()
  .regex(/^(19|20)\d{2}(-\d{2}(-\d{2})?)?$/, 'must be a year, or a day such as 2026-11-10')
  .optional();

const params = z.object({
  for: importer.default('GBR'),
  list,
  mineral: minerals,
  stage: stages,
  from: day.describe(
    'earlier year, or day for the registers; the newest that compares in full when left out',
  ),
  to: day.describe('later year, or day; left out: the newest year, and the registers as of today'),
  before: z
    .string()
    .optional()
    .describe('folder of an earlier release, or of own tables, that the data in use are compared with'),
  points: z
    .number()
    .min(0)
    .max(100)
    .default(5)
    .describe('percentage points that a share must move by to be told'),
  lens: z
    .enum(['declared', 'dispatch'])
    .default('declared')
    .describe('shares by declared origin, or by country of dispatch'),
  cap,
});

/** Kinds in the order in which they stand where nothing is known of what they matter. */
const kinds = [
  'cap_crossed',
  'top_replaced',
  'share_moved',
  'restriction_',
  'agreement_',
  'output_top',
  'output_',
  'figure_',
];
const place = (row: AnswerRow) =>
  row.kind === 'not_comparable' ? kinds.length : kinds.findIndex((k) => String(row.kind).startsWith(k));

export const changesQuestion = defineQuestion({
  name: 'changes',
  asks: 'What moved between two years, or since the last release, and how much does it matter?',
  about:
    'A limit crossed, a largest supplier replaced, a share that moved, a restriction begun, suspended or lapsed, an agreement signed, a figure its publisher revised; what matters most to the importer first (value of the trade × share that moved). Years across a break of the series, and truncated years, are not compared: such rows say so and give no change. With --format md it is a monitoring note.',
  params,
  example: 'headwater changes --for GBR --from 2022 --to 2024',
  async answer(asked, world): Promise<Answer> {
    if (asked.before === undefined) return await answerOf(asked, world, world);
    if (!world.openFolder)
      throw new UsageError(
        `before compares folders of this machine; only the command line and the library can: "${asked.before}"`,
      );
    const earlier = await world.openFolder(asked.before);
    try {
      return await answerOf(asked, earlier, world);
    } finally {
      await earlier.close();
    }
  },
});

async function answerOf(asked: z.infer<typeof params>, earlier: World, world: World): Promise<Answer> {
  const names = await namesOf(world);
  const party = names.party(asked.for);
  const basis = asked.lens === 'dispatch' ? 'dispatch' : 'origin';
  const [from, to] = [checkedDay(asked.from), checkedDay(asked.to)];
  if (from !== undefined && to !== undefined && lastDay(from) > lastDay(to))
    throw new UsageError(`from must be before to: "${from}" and "${to}"`);
  const wanted = names.minerals(asked.mineral);
  const inStage = asked.stage?.includes('all') ? undefined : asked.stage;
  const [allCodes, allMinerals, members, rule, breaks] = await Promise.all([
    world.load(hs6Mineral),
    world.load(mineralTable),
    asked.list === undefined ? null : criticalMembers(world, asked.list),
    capRule(world, party, asked.cap),
    world.load(seriesBreak),
  ]);
  const output = await world.load(production);
  checkKnown('stage', inStage, new Set([...allCodes, ...output].map((r) => r.stage)));
  const inScope = (r: { mineral: string; stage: string }) =>
    (!members || members.has(r.mineral)) &&
    (!wanted || wanted.includes(r.mineral)) &&
    (!inStage || inStage.includes(r.stage));
  const codes = allCodes.filter((c) => inScope(c) && !hidesMineral(c, allCodes));

  const after = await tradeSide(world, party, codes, basis);
  const before = earlier === world ? after : await tradeSide(earlier, party, codes, basis);
  const yearOf = (text: string | undefined) => (text === undefined ? undefined : Number(text.slice(0, 4)));
  const years = { from: yearOf(from), to: yearOf(to) };
  if (earlier === world && years.from === undefined && years.to === undefined) {
    const newest = newestYears(codes, after);
    if (newest) Object.assign(years, newest);
  }
  const sameYear = earlier === world && years.from !== undefined && years.from === years.to;
  const points = asked.points / 100;
  const rows: AnswerRow[] = [];
  if (!sameYear)
    for (const code of codes)
      rows.push(
        ...(await supplyRows(code, {
          party,
          names,
          before,
          after,
          breaks,
          ...years,
          cap: rule.cap,
          points,
          lens: asked.lens,
        })),
      );

  const ofScope = allCodes.filter(inScope);
  const supplies = await declaredSupplies(world, party, ofScope);
  const near = years.to === undefined ? {} : { near: years.to };
  const mixes = new Map(
    [...groupBy(ofScope, (c) => `${c.mineral} ${c.stage}`)].map(([key, of]) => [
      key,
      // where only an eight-digit code tells the mineral apart, the country of dispatch is all there is
      stageMix(supplies, of, allCodes, basis, near) ?? stageMix(supplies, of, allCodes, 'dispatch', near),
    ]),
  );
  const imports = (mineral: string, stage: string) => mixes.get(`${mineral} ${stage}`)?.value_usd || null;

  if (!sameYear) {
    const key = (r: { mineral: string; stage: string }) => `${r.mineral} ${r.stage}`;
    const old = groupBy(earlier === world ? output : await earlier.load(production), key);
    for (const [of, now] of groupBy(output.filter(inScope), key))
      rows.push(
        ...outputRows(old.get(of) ?? [], now, {
          names,
          points,
          ...years,
          sameWorld: earlier === world,
          imports: imports(now[0]!.mineral, now[0]!.stage),
        }),
      );
  }

  const scope =
    members || wanted
      ? withGroups(allMinerals, (m) => (!members || members.has(m)) && (!wanted || wanted.includes(m)))
      : null;
  const register = {
    party,
    names,
    minerals: scope,
    importsFrom: (country: string, of: readonly string[], inStages: readonly string[]) => {
      const named = withGroups(allMinerals, (m) => of.includes(m));
      const found = [...mixes.values()].filter(
        (mix) =>
          mix !== null &&
          named.has(mix.mineral) &&
          (inStages.length === 0 || inStages.includes(mix.stage)) &&
          mix.value_usd > 0,
      );
      return found.length ? found.reduce((sum, mix) => sum + (mix!.value_by.get(country) ?? 0), 0) : null;
    },
  };
  const last = to === undefined ? world.now : lastDay(to);
  const first = from !== undefined || earlier === world ? lastDay(from ?? String(years.from ?? last)) : last;
  const on = { before: first, after: last };
  const used = new Set<string>();
  for (const [table, id, make] of [
    [
      'restriction',
      'export_restrictions',
      async () =>
        restrictionRows(
          { rows: await earlier.load(restriction), on: on.before },
          { rows: await world.load(restriction), on: on.after },
          register,
        ),
    ],
    [
      'agreement',
      'policy_agreements',
      async () =>
        agreementRows(
          { rows: await earlier.load(agreement), on: on.before },
          { rows: await world.load(agreement), on: on.after },
          register,
        ),
    ],
  ] as const) {
    const found = await make();
    if (found.length) used.add(registerSource(world, table, id));
    rows.push(...found);
  }
  if (earlier !== world)
    rows.push(
      ...(await revisionRows(earlier, world, {
        party,
        names,
        codes,
        minerals: wanted ?? (members ? [...members] : undefined),
        stages: inStage,
        imports,
      })),
    );

  rows.sort(
    (a, b) =>
      Number(a.kind === 'not_comparable') - Number(b.kind === 'not_comparable') ||
      Number(b.matters_usd ?? -1) - Number(a.matters_usd ?? -1) ||
      place(a) - place(b) ||
      `${a.mineral} ${a.stage} ${a.hs6} ${a.what}`.localeCompare(
        `${b.mineral} ${b.stage} ${b.hs6} ${b.what}`,
        'en',
      ),
  );
  const registered = (row: AnswerRow) => /^(restriction|agreement)_/.test(String(row.kind));
  for (const row of rows) if (!registered(row) && typeof row.source === 'string') used.add(row.source);
  const period =
    earlier === world
      ? [
          (from ?? years.from) === undefined ? null : `${from ?? years.from}`,
          `to ${to ?? years.to ?? on.after}`,
        ]
          .filter(Boolean)
          .join(' ')
      : `since the data of ${earlier.dataVersion.slice(0, 12)}`;
  return {
    rows,
    columns: changesColumns,
    notes: notesOf(rows, {
      cap: rule.cap,
      capYear: rule.year,
      name: party.name,
      on,
      sameYear,
      noYears: years.from === undefined,
      baskets: allCodes.filter((c) => inScope(c) && hidesMineral(c, allCodes)).length,
      versions: earlier === world ? null : [earlier.dataVersion, world.dataVersion],
    }),
    sources: await cite(world, used),
    view: changesView(rows, {
      name: party.name,
      countryName: names.countryName,
      imports: codes.some((c) => after.sources(c.hs6).size > 0),
      period,
      on,
      points,
    }),
  };
}

function checkedDay(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [year, month = 1, dayOfMonth = 1] = text.split('-').map(Number);
  const found = new Date(Date.UTC(year!, month - 1, dayOfMonth));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== dayOfMonth)
    throw new UsageError(`no such day: "${text}"; days are written 2026-11-10, years 2026`);
  return text;
}

/** Minerals that a test keeps, with the groups they belong to and the members of groups kept: a measure may name either. */
function withGroups(
  all: readonly { mineral: string; mineral_group: string | null }[],
  keeps: (mineral: string) => boolean,
): ReadonlySet<string> {
  const kept = new Set(all.map((m) => m.mineral).filter(keeps));
  for (const m of all) {
    if (m.mineral_group === null) continue;
    if (keeps(m.mineral)) kept.add(m.mineral_group);
    if (keeps(m.mineral_group)) kept.add(m.mineral);
  }
  return kept;
}

function notesOf(
  rows: readonly AnswerRow[],
  told: {
    readonly cap: number | null;
    readonly capYear: number | null;
    readonly name: string;
    readonly on: { readonly before: string; readonly after: string };
    readonly sameYear: boolean;
    readonly noYears: boolean;
    readonly baskets: number;
    readonly versions: readonly [string, string] | readonly string[] | null;
  },
): Note[] {
  const notes: Note[] = [];
  const silent = rows.flatMap((r, k) => (r.kind === 'not_comparable' ? [k] : []));
  if (silent.length)
    notes.push({
      code: 'not_comparable',
      value: silent.length,
      text: 'a break of the series, a truncated year or a revision stands between the figures: what is recorded is shown, no change is claimed',
      rows: silent,
    });
  const across = rows.flatMap((r, k) => (String(r.note).includes(twoEditions) ? [k] : []));
  if (across.length)
    notes.push({
      code: 'editions',
      value: across.length,
      text: 'the two years are of two editions of the publisher, and the older year was not revised with the newer: part of the move may be a revision',
      rows: across,
    });
  notes.push(
    told.cap === null
      ? { code: 'no_rule', text: `${told.name} has no published limit in the register; give one with --cap` }
      : {
          code: 'cap',
          value: told.cap,
          text: `limit ${told.cap}${told.capYear ? ` by ${told.capYear}` : ''}: a share is over it when it is greater`,
        },
    { code: 'on', text: `restrictions and agreements: status on ${told.on.before} and on ${told.on.after}` },
  );
  if (told.versions)
    notes.push({
      code: 'versions',
      text: `data version ${told.versions[0]!.slice(0, 12)} compared with ${told.versions[1]!.slice(0, 12)}`,
    });
  if (told.sameYear)
    notes.push({ code: 'one_year', text: 'both days are in one year: only the registers are compared' });
  else if (told.noYears && !told.versions)
    notes.push({
      code: 'no_years',
      text: 'fewer than two years of imports on record: only output and registers are compared',
    });
  if (told.baskets)
    notes.push({
      code: 'basket',
      value: told.baskets,
      text: `${told.baskets} codes hold several minerals together and are left out`,
    });
  if (rows.length === 0) notes.push({ code: 'nothing', text: 'nothing moved by as much as is asked about' });
  return notes;
}
