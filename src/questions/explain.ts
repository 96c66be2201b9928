import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../tables/nearest.ts';
import { kebab } from './fields.ts';
import { questions } from './list.ts';
import {
  type AnswerColumn,
  type AnswerRow,
  defineQuestion,
  type Explanation,
  type Value,
} from './question.ts';
import { readParams } from './read-params.ts';

const column = (name: string, about: string): AnswerColumn => ({ name, unit: '', about });
const columns = [
  column(
    'part',
    'value, formula, behind (what it rests on, where no formula says), input (a row that went in), given (the row’s other cells), note or source',
  ),
  column('name', 'column, table, note code or source id'),
  column('value', 'the figure at full precision, or the text'),
  column('unit', 'unit of the figure'),
  column('text', 'what it means'),
];

const line = (part: string, name: string, value: Value, unit: string, text: string): AnswerRow => ({
  part,
  name,
  value,
  unit,
  text,
});

/** Texts as they would be typed, so that explain reads another question's parameters exactly as that question does. */
const typed = (params: Readonly<Record<string, unknown>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, [value].flat().map((v) => String(v))]),
  );

export const explainQuestion = defineQuestion({
  name: 'explain',
  asks: 'Where does this number come from?',
  about:
    'Asks another question again and takes one cell of its answer apart: what the column means, the formula with its numbers, the rows of the tables that went in, the notes on the row, and the sources with release, licence and citation.',
  params: z.object({
    question: z.string().describe('the question whose answer holds the cell, e.g. board'),
    row: z.number().int().min(0).default(0).describe('position of the row in its JSON, from 0'),
    column: z.string().optional().describe('the column; the first with a figure when left out'),
    params: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('that question’s own parameters as JSON; on a command line they may be given as its options'),
  }),
  positional: ['question'],
  example: 'headwater explain board --for GBR --mineral niobium --column top_share',
  async answer(params, world) {
    const names = questions.map((q) => q.name).filter((n) => n !== 'explain');
    const listed = questions.find((q) => q.name === params.question && q.name !== 'explain');
    if (!listed)
      throw new UsageError(
        `unknown question: "${params.question}"${didYouMean(params.question, names) || `; one of ${names.join(', ')}`}`,
      );
    const question = await listed.load();
    const own = readParams(question, typed(params.params), (f) => `--${kebab(f.name)}`);
    const answer = await question.answer(own, world);
    const row = answer.rows[params.row];
    if (!row)
      throw new UsageError(
        `${question.name} has ${answer.rows.length} row${answer.rows.length === 1 ? '' : 's'}, counted from 0; there is no row "${params.row}"`,
      );
    const name = params.column ?? answer.columns.find((c) => typeof row[c.name] === 'number' && c.unit)?.name;
    const asked = answer.columns.find((c) => c.name === (name ?? answer.columns[0]!.name));
    if (!asked)
      throw new UsageError(
        `unknown column of ${question.name}: "${name}"${
          didYouMean(
            name ?? '',
            answer.columns.map((c) => c.name),
          ) || `; one of ${answer.columns.map((c) => c.name).join(', ')}`
        }`,
      );
    const cell = { row: params.row, column: asked.name };
    const explained = (await question.explain?.(cell, answer, own, world)) ?? unexplained(question.name);

    const value = row[asked.name] ?? null;
    const rows: AnswerRow[] = [line('value', asked.name, value, asked.unit, asked.about)];
    if (explained.formula !== null) rows.push(line('formula', asked.name, null, '', explained.formula));
    if (explained.behind) rows.push(line('behind', asked.name, null, '', explained.behind));
    for (const { table, rows: inputs } of explained.inputs)
      for (const input of inputs) rows.push(line('input', table, null, '', inOneLine(input)));
    for (const c of answer.columns)
      if (c.name !== asked.name && (row[c.name] ?? null) !== null)
        rows.push(line('given', c.name, row[c.name]!, c.unit, c.about));
    for (const note of answer.notes)
      if (!note.rows || note.rows.includes(params.row))
        rows.push(line('note', note.code, note.value ?? null, '', note.text));
    const named = explained.sources ?? String(row.source ?? '').split(';');
    const cited = answer.sources.filter((s) => named.includes(s.id));
    for (const s of cited.length ? cited : answer.sources)
      rows.push(line('source', s.id, s.release, '', `${s.title}. ${s.licence}. ${s.citation}`));
    return {
      rows,
      columns,
      notes: [],
      sources: answer.sources,
      view: {
        headline: [
          `${asked.name} of row ${params.row} of ${question.name}: ${value ?? 'not known'}`,
          ...(explained.formula === null ? [] : [explained.formula]),
          ...(explained.behind ? [explained.behind] : []),
        ],
        sections: [],
        inSections: true,
        lists: [
          {
            title: 'What it is',
            entries: [asked.unit && asked.unit !== '1' ? `${asked.about} (${asked.unit})` : asked.about],
          },
          ...explained.inputs.filter((i) => i.rows.length).map(inputList),
          { title: 'The rest of its row', entries: rows.filter((r) => r.part === 'given').map(asGiven) },
          { title: 'Notes', entries: rows.filter((r) => r.part === 'note').map((r) => String(r.text)) },
        ].filter((list) => list.entries.length),
      },
    };
  },
});

/** What is said of a cell of a question that does not take its cells apart. */
const unexplained = (question: string): Explanation => ({
  formula: null,
  behind: `Only the description of the column can be given: ${question} does not take its cells apart. headwater ${showsRows[question]} shows the rows that it rests on.`,
  inputs: [],
});

/** For questions that do not take their cells apart: the command with the rows that their figures rest on. */
export const showsRows: Readonly<Record<string, string>> = {
  alternatives: 'concentration --breakdown',
  shock: 'origins',
  chokepoints: 'origins',
  plan: 'origins --of imports',
  check: 'check --format json',
  brief: 'board',
  outlook: 'targets',
  timeline: 'export restriction',
  exposure: 'board',
  changes: 'board --year all',
  prices: 'export price',
  lists: 'export critical_list',
  coverage: 'export series_coverage',
  sources: 'export source',
};

const asGiven = (r: AnswerRow): string =>
  `${r.name} ${valueText(String(r.name), r.value!)}${typeof r.value === 'number' && r.unit && r.unit !== '1' ? ` ${r.unit}` : ''}: ${r.text}`;

/** Eight digits, so that the formula can be worked again by hand; a year is a name, not an amount. */
const valueText = (name: string, value: Value): string =>
  typeof value !== 'number' || /(^|_)year$/.test(name)
    ? String(value)
    : Math.abs(value) < 1e-6
      ? String(Number(value.toPrecision(8)))
      : Number(value.toPrecision(8)).toLocaleString('en', { maximumFractionDigits: 14 });

/** Rows of a table shown to a person; the formula counts all, and every other form has all. */
const mostShown = 20;

/** The rows of one table that went in: what is the same in all of them is said once, in the title. */
function inputList({ table, rows }: { readonly table: string; readonly rows: readonly AnswerRow[] }) {
  const names = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  const known = (r: AnswerRow, name: string) => r[name] !== null && r[name] !== undefined;
  const shared =
    rows.length > 1 ? names.filter((n) => rows.every((r) => known(r, n) && r[n] === rows[0]![n])) : [];
  const cells = (row: AnswerRow, of: readonly string[]) =>
    of
      .filter((n) => known(row, n))
      .map((n) => `${n} ${valueText(n, row[n]!)}`)
      .join(', ');
  const all = shared.length ? `, all of ${cells(rows[0]!, shared)}` : '';
  return {
    title: `${rows.length === 1 ? 'Row' : `${rows.length} rows`} of ${table}${all}`,
    entries: [
      ...rows.slice(0, mostShown).map((r) =>
        cells(
          r,
          names.filter((n) => !shared.includes(n)),
        ),
      ),
      ...(rows.length > mostShown ? [`and ${rows.length - mostShown} more, whole with --format json`] : []),
    ],
  };
}

const inOneLine = (row: AnswerRow): string =>
  Object.entries(row)
    .filter(([, v]) => v !== null)
    .map(([k, v]) => `${k} ${v}`)
    .join(', ');
