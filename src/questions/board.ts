import { z } from 'zod';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { criticalList, ownership, sourceTable } from '../tables/policy.ts';
import { production, seriesBreak, tradeFlow } from '../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import { boardColumns } from './board-columns.ts';
import { explainBoard } from './board-explain.ts';
import { type Traceable, tracedLenses } from './board-lenses.ts';
import {
  addLenses,
  addStageMixes,
  type Board,
  blankRow,
  declaredRow,
  lensRow,
  nearestYear,
} from './board-row.ts';
import { boardView } from './board-view.ts';
import { type CapRule, capRule } from './cap-rule.ts';
import { cite } from './cite.ts';
import { hs6Of, withCodes } from './codes-asked.ts';
import { criticalMembers } from './critical-members.ts';
import { declaredSupplies } from './declared-supply.ts';
import { percent } from './figure.ts';
import { cap, importer, lens, list, minerals, stages, weight, years } from './parameters.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { readAhead } from './read-ahead.ts';
import { checkKnown, namedYears, namesOf, yearsOf, yearsToAnswer } from './resolve.ts';
import { exemptFrom } from './rule-scope.ts';
import { traceableYears } from './traceable-years.ts';

/** rows with a whole year first, then cut series and shares by the other weight, then what is not known */
const standing = (row: AnswerRow): number =>
  row.top_share === null ? 2 : row.evidence === 'partial' ? 1 : 0;

/** small tables that every board asks for sooner or later */
const tablesAhead = [hs6Mineral, seriesBreak, ownership, sourceTable];

export const boardQuestion = defineQuestion({
  name: 'board',
  asks: 'Who supplies a country, with what share of what trade, and is that over its limit?',
  about:
    'One row per mineral, stage and customs code: the largest suppliers, their shares, the value they are shares of, and the distance to the importer’s own limit, by declared origin, country of dispatch, traced origin or control.',
  params: z.object({
    for: importer.default('GBR'),
    list,
    mineral: minerals,
    stage: stages,
    hs6: z
      .array(z.string())
      .optional()
      .describe('customs codes of six digits, also ones that are in no map of minerals'),
    year: years,
    lens: lens.default('declared'),
    weight: weight
      .optional()
      .describe('shares by value or by quantity; left out: declared by value, traced by quantity'),
    cap,
    risk: z
      .boolean()
      .default(false)
      .describe(
        'beside the shares the risk scores of each mineral and stage: GeoPolRisk, EU supply risk, N−1',
      ),
  }),
  example: 'headwater board --for GBR --list uk-2024',
  explain: explainBoard,
  async answer(params, given) {
    readAhead(given, params.list === undefined ? tablesAhead : [criticalList, ...tablesAhead]);
    const hs6 = params.hs6 && hs6Of(params.hs6);
    const world = hs6 ? (await withCodes(given, hs6)).world : given;
    const names = await namesOf(world);
    const party = names.party(params.for);
    const asked = yearsOf(params.year);
    const named = namedYears(asked);
    const wanted = names.minerals(params.mineral);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const [allCodes, members, rule] = await Promise.all([
      world.load(hs6Mineral),
      params.list === undefined ? null : criticalMembers(world, params.list),
      capRule(world, party, params.cap),
    ]);
    checkKnown('stage', inStage, new Set(allCodes.map((c) => c.stage)));
    const inScope = (mineral: string) =>
      (!members || members.has(mineral)) && (!wanted || wanted.includes(mineral));
    const codes = allCodes.filter(
      (c) =>
        inScope(c.mineral) &&
        (!inStage?.length || inStage.includes(c.stage)) &&
        (!hs6 || hs6.includes(c.hs6)),
    );
    const supplies = await declaredSupplies(world, party, codes, named);
    const about = new Map<string, Remark>();
    const board: Board = {
      lens: params.lens,
      weight: params.weight ?? 'value',
      tracedWeight: params.weight ?? 'quantity',
      rule,
      exempt: (year) => exemptFrom(party, year),
      allCodes,
      supplies,
      domestic: party.isBloc ? [] : await world.load(production, { country: [party.id] }),
      breaks: (await world.load(seriesBreak)).filter((b) => b.country === 'WLD' || b.country === party.id),
      newestOrigin: Math.max(0, ...codes.map((c) => supplies.years(c, 'origin').at(-1) ?? 0)),
      remark: (code, text, row, part = 0, whole = 0) => {
        const entry = about.get(`${code} ${text}`) ?? { code, text, rows: [], part: 0, whole: 0 };
        entry.rows.push(row);
        entry.part += part;
        entry.whole += whole;
        about.set(`${code} ${text}`, entry);
      },
      used: new Set(),
    };
    const lensesOf = (planned: readonly Traceable[]) =>
      tracedLenses(world, party, board.tracedWeight, allCodes, planned);

    const rows: AnswerRow[] = [];
    const columns = [...boardColumns];
    if (params.lens === 'traced' || params.lens === 'controlled') {
      const traceable = await traceableYears(world, [...new Set(codes.map((c) => c.mineral))]);
      const planned: (Traceable & { ofStage: readonly Hs6Mineral[] })[] = [];
      for (const [key, ofStage] of groupBy(codes, (c) => `${c.mineral} ${c.stage}`)) {
        // what is made at home is supply too: years without imports count
        const { trade, both } = traceable.get(key) ?? { trade: [], both: [] };
        const imported = Math.max(0, ...ofStage.map((c) => supplies.years(c, 'origin').at(-1) ?? 0));
        const newest = both.at(-1) ?? trade.at(-1) ?? imported;
        const { mineral, stage } = ofStage[0]!;
        for (const year of yearsToAnswer(asked, newest || null, () => (both.length ? both : trade)))
          planned.push({ mineral, stage, year, ofStage });
        if (!named && !newest) rows.push(...ofStage.map((c) => declaredRow(board, c, null)));
      }
      const lenses = lensesOf(planned);
      for (const of of planned) {
        const both = await lenses(of);
        const row = lensRow(board, of.ofStage, of.year, both[params.lens]);
        addStageMixes(board, row, of.ofStage, of.year);
        addLenses(board, row, both);
        rows.push(row);
      }
    } else {
      const basis = params.lens === 'dispatch' ? 'dispatch' : 'origin';
      const planned: (Traceable & { row: AnswerRow })[] = [];
      for (const code of codes) {
        const available = supplies.years(code, basis);
        const newest = basis === 'dispatch' ? nearestYear(available, board.newestOrigin) : available.at(-1);
        const latest = newest ?? supplies.tradedByOthers(code.hs6);
        for (const year of asked === 'all' && available.length ? available : (named ?? [latest])) {
          const row = declaredRow(board, code, year);
          const { mineral, stage } = code;
          if (year !== null && row.top_share !== null) planned.push({ mineral, stage, year, row });
          rows.push(row);
        }
      }
      const lenses = lensesOf(planned);
      for (const of of planned) addLenses(board, of.row, await lenses(of));
    }
    const codeless = [...(members ?? wanted ?? [])].filter(
      (m) => inScope(m) && !allCodes.some((c) => c.mineral === m),
    );
    for (const { mineral, stage } of await knownStages(world, codeless, inStage))
      rows.push({
        ...blankRow(board),
        mineral,
        stage,
        evidence: 'none',
        note: 'no customs code holds this mineral alone; no open trade data',
      });
    if (named && !rows.some((r) => r.top_share !== null || r.supply_usd !== null)) {
      const hs6 = [...new Set(codes.map((c) => c.hs6))];
      const byDispatch = params.lens === 'dispatch';
      const ofYears = await world.load(tradeFlow, { hs6, year: named });
      // a year in which others traded is covered: this importer's rows say that it has none
      if (!ofYears.some((f) => (f.basis === 'dispatch') === byDispatch)) {
        const any = await declaredSupplies(world, party, codes);
        const known = codes.flatMap((c) => any.years(c, byDispatch ? 'dispatch' : 'origin')).map(String);
        checkKnown('year', [String(named[0])], new Set(known));
      }
    }
    rows.sort(
      (a, b) =>
        standing(a) - standing(b) ||
        Number(b.top_share ?? -1) - Number(a.top_share ?? -1) ||
        `${a.mineral} ${a.stage} ${a.hs6} ${a.year}`.localeCompare(
          `${b.mineral} ${b.stage} ${b.hs6} ${b.year}`,
          'en',
        ),
    );
    if (params.risk) {
      // read only where asked for
      const { addRisk, boardRiskColumns } = await import('./board-risk.ts');
      for (const source of await addRisk(world, names, party.id, rows)) board.used.add(source);
      columns.push(...boardRiskColumns);
    }
    return {
      rows,
      columns,
      notes: [...remarkNotes(about, rows), ...boardNotes(rows, rule, party.name, supplies.selfFlows)],
      sources: await cite(world, board.used),
      view: boardView(rows, {
        name: party.name,
        lens: params.lens,
        cap: rule.cap,
        capYear: rule.year,
        risk: params.risk,
      }),
    };
  },
});

/** The first stage at which output of each mineral is published; null where none is. */
async function knownStages(
  world: World,
  minerals: readonly string[],
  inStage: readonly string[] | undefined,
): Promise<{ mineral: string; stage: string | null }[]> {
  if (minerals.length === 0) return [];
  const output = await world.load(production, { mineral: minerals });
  const order = ['mine', 'refine', 'compound', 'product'];
  const place = (stage: string) => (order.includes(stage) ? order.indexOf(stage) : order.length);
  return minerals.flatMap((mineral) => {
    const stages = [...new Set(output.filter((r) => r.mineral === mineral).map((r) => r.stage))]
      .filter((stage) => !inStage?.length || inStage.includes(stage))
      .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
    return [{ mineral, stage: stages[0] ?? null }];
  });
}

interface Remark {
  readonly code: string;
  readonly text: string;
  readonly rows: AnswerRow[];
  part: number;
  whole: number;
}

const remarkNotes = (about: ReadonlyMap<string, Remark>, rows: readonly AnswerRow[]): Note[] =>
  [...about.values()].map(({ code, text, rows: marked, part, whole }) => ({
    code,
    text: whole > 0 ? `${text} (${percent(part / whole)} of the value of the rows marked)` : text,
    ...(whole > 0 ? { value: part / whole } : {}),
    rows: marked.map((r) => rows.indexOf(r)).sort((a, b) => a - b),
  }));

function boardNotes(
  rows: readonly AnswerRow[],
  rule: CapRule,
  importerName: string,
  selfFlows: number,
): Note[] {
  const notes: Note[] = [];
  const empty = rows.flatMap((r, k) => (r.top_share === null ? [k] : []));
  if (empty.length) notes.push({ code: 'no_share', text: 'no share: see the row’s own note', rows: empty });
  const flips = rows.flatMap((r, k) => (r.verdict_depends ? [k] : []));
  if (flips.length)
    notes.push({
      code: 'verdict_depends',
      value: flips.length,
      text: 'over or within the limit depends on the lens',
      rows: flips,
    });
  notes.push(
    rule.cap === null
      ? {
          code: 'no_rule',
          text: `${importerName} has no published limit in the register; give one with --cap`,
        }
      : {
          code: 'cap',
          value: rule.cap,
          text: `limit ${rule.cap}${rule.year ? ` by ${rule.year}` : ''}, rule ${rule.rule}${rule.wording ? `: ${rule.wording}` : ''}`,
        },
  );
  if (selfFlows)
    notes.push({
      code: 'self_flow',
      value: selfFlows,
      text: `${selfFlows} flows from a country to itself are ignored`,
    });
  return notes;
}
