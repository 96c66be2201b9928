import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { briefDocument } from './brief/document.ts';
import type { Answered, Section } from './brief/section.ts';
import { commandOf } from './brief/section.ts';
import { kebab } from './fields.ts';
import { questions } from './list.ts';
import {
  type AnswerColumn,
  type AnswerRow,
  type CitedSource,
  defineQuestion,
  type Note,
} from './question.ts';
import { readParams } from './read-params.ts';
import { namesOf } from './resolve.ts';

const column = (name: string, about: string, unit = ''): AnswerColumn => ({ name, unit, about });
const columns = [
  column('section', 'title of the part'),
  column('question', 'the question whose answer it is'),
  column('command', 'the command that gives the whole of it'),
  column('rows', 'how many rows that answer has'),
  column('shown', 'how many of them the document shows'),
  column('note', 'why a part is empty'),
];

const supply = [
  'mineral',
  'stage',
  'hs6',
  'year',
  'supply_usd',
  'top_country',
  'top_share',
  'second_country',
  'second_share',
  'cap',
  'over_cap',
  'note',
];
const output = ['mineral', 'stage', 'year', 'source', 'country', 'quantity_t', 'share', 'rank'];

const forMineral = (mineral: readonly string[], importer: string): Section[] => [
  {
    title: `Who supplies ${importer}`,
    question: 'board',
    typed: { for: [importer], mineral },
    columns: supply,
    bars: ['top_share', 'top_country'],
    most: 20,
  },
  {
    title: 'Who produces it',
    question: 'concentration',
    typed: { mineral, breakdown: ['true'] },
    columns: output,
    bars: ['share', 'country'],
    most: 15,
  },
  {
    title: 'What has been agreed and restricted',
    question: 'timeline',
    typed: { mineral },
    columns: ['date', 'kind', 'country', 'minerals', 'title', 'status'],
    most: 15,
  },
];

export const briefQuestion = defineQuestion({
  name: 'brief',
  asks: 'What should somebody know of this article, mineral, country or agreement, in one document?',
  about:
    'Puts the answers of other questions together as one document, Markdown or a self-contained page with charts and a table of sources: the claims of an article and the supply of the minerals it names, or the supply, producers and restrictions of a mineral, or the profile of a country, or what an agreement could change. Every figure is an answer of the question named beside it.',
  params: z.object({
    file: z
      .string()
      .optional()
      .describe('file of an article (- for standard input); over HTTP the text itself'),
    mineral: z.array(z.string()).optional().describe('mineral ids, names or symbols'),
    country: z.string().optional().describe('country: ISO3 code or name'),
    agreement: z.string().optional().describe('id of an agreement, e.g. uk-kz-2026'),
    for: z.string().default('GBR').describe('whose supply: ISO3 code, name, or a bloc such as EUU'),
  }),
  positional: ['file'],
  body: 'file',
  example: 'headwater brief --mineral magnesium --for GBR',
  async answer(params, world) {
    const given = [params.file, params.mineral, params.country, params.agreement].filter(
      (p) => p !== undefined,
    );
    if (given.length !== 1)
      throw new UsageError(
        `a brief is about one thing: give a file, --mineral, --country or --agreement, ${given.length === 0 ? 'none was given' : `not ${given.length} of them`}`,
      );
    const names = await namesOf(world);
    const parts: Answered[] = [];
    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const sources = new Map<string, CitedSource>();
    const add = async (
      section: Section,
      values: Readonly<Record<string, unknown>> = {},
    ): Promise<AnswerRow[]> => {
      const question = await questions.find((q) => q.name === section.question)!.load();
      const row = { section: section.title, question: section.question, command: commandOf(section) };
      try {
        const own = readParams(question, section.typed, (f) => `--${kebab(f.name)}`, values);
        const answer = await question.answer(own, world);
        parts.push({ section, answer });
        for (const s of answer.sources) sources.set(s.id, s);
        rows.push({
          ...row,
          rows: answer.rows.length,
          shown: Math.min(section.most, answer.rows.length),
          note: null,
        });
        return answer.rows;
      } catch (error) {
        // a part that the data in use know nothing of is left out, and said to be
        if (!(error instanceof UsageError) || section.question === 'check') throw error;
        notes.push({ code: 'no_part', text: `${section.title}: ${error.message}`, rows: [rows.length] });
        rows.push({ ...row, rows: null, shown: 0, note: error.message });
        return [];
      }
    };

    let title: string;
    if (params.file !== undefined) {
      title = 'An article checked';
      const claims = await add(
        {
          title: 'Claims',
          question: 'check',
          typed: {},
          columns: ['n', 'sentence', 'kind', 'country', 'mineral', 'verdict', 'why'],
          most: 60,
        },
        { file: params.file },
      );
      const named = [...new Set(claims.flatMap((c) => (typeof c.mineral === 'string' ? [c.mineral] : [])))];
      if (named.length > 0) for (const section of forMineral(named, params.for)) await add(section);
    } else if (params.mineral !== undefined) {
      const ids = params.mineral.map(names.mineral);
      title = `${ids.map(names.mineralName).join(', ')}: supply of ${names.party(params.for).name}`;
      for (const section of forMineral(ids, params.for)) await add(section);
      await add({
        title: 'Who else could supply',
        question: 'alternatives',
        typed: { mineral: ids, for: [params.for], top: ['5'] },
        columns: [
          'mineral',
          'stage',
          'rank',
          'country',
          'output_t',
          'output_share',
          'existing_share',
          'restricted',
          'why',
        ],
        bars: ['output_share', 'country'],
        most: 20,
      });
    } else if (params.country !== undefined) {
      const id = names.country(params.country);
      title = names.countryName(id);
      await add({
        title: 'What it mines, refines, holds and exports',
        question: 'profile',
        typed: { country: [id] },
        columns: [
          'mineral',
          'stage',
          'year',
          'source',
          'quantity_t',
          'share',
          'rank',
          'reserves_share',
          'export_share',
          'evidence',
        ],
        bars: ['share', 'stage'],
        most: 30,
      });
      await add({
        title: 'Agreements and restrictions',
        question: 'timeline',
        typed: { country: [id] },
        columns: ['date', 'kind', 'country', 'minerals', 'title', 'status'],
        most: 20,
      });
    } else {
      title = `Agreement ${params.agreement}`;
      await add({
        title: 'What it could change at most',
        question: 'agreement',
        typed: { id: [params.agreement!], for: [params.for] },
        columns: [
          'mineral',
          'stage',
          'partner',
          'partner_output_t',
          'partner_share',
          'top_country',
          'top_share',
          'top_share_at_best',
          'most_it_could_move',
          'binding',
          'evidence',
        ],
        bars: ['partner_share', 'partner'],
        most: 30,
      });
    }
    if (parts.length === 0) throw new UsageError(notes.map((n) => n.text).join('\n'));
    const cited = [...sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return { rows, columns, notes, sources: cited, document: briefDocument(title, parts, cited) };
  },
});
