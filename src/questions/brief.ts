import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { briefDocument } from './brief/document.ts';
import { type Line, nextQuestions } from './brief/next.ts';
import {
  agreementPart,
  alternativesPart,
  claimsPart,
  eventsPart,
  exposurePart,
  producersPart,
  profilePart,
} from './brief/parts.ts';
import type { Answered, Section } from './brief/section.ts';
import { commandOf, worthShowing } from './brief/section.ts';
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

/** Verdicts of claims that an adviser must know of before the claim is repeated. */
const doubtful = ['outdated', 'overstated', 'understated', 'contradicted'];

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
          shown: Math.min(section.most, worthShowing({ section, answer }).length),
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

    const importer = names.party(params.for);
    const whose = importer.name;
    let title: string;
    if (params.file !== undefined) {
      title = 'An article checked';
      const claims = await add(claimsPart(), { file: params.file });
      const named = [...new Set(claims.flatMap((c) => (typeof c.mineral === 'string' ? [c.mineral] : [])))];
      const partner = claims.find(
        (c) => c.kind === 'agreement' && c.country !== params.for && c.verdict !== 'not_checkable',
      )?.country;
      const about = partner ?? mostNamed(claims, importer.id);
      if (typeof about === 'string') await add(profilePart(about, names.countryName(about)));
      if (named.length > 0) {
        await add(exposurePart(named, importer.id, whose));
        await add(producersPart(named));
      }
      if (typeof partner === 'string') await add(agreementPart({ partner: [partner], for: [importer.id] }));
      if (named.length > 0) await add(eventsPart({ mineral: named }));
    } else if (params.mineral !== undefined) {
      const ids = params.mineral.map(names.mineral);
      title = `${ids.map(names.mineralName).join(', ')}: supply of ${whose}`;
      await add(exposurePart(ids, importer.id, whose));
      await add(producersPart(ids));
      await add(eventsPart({ mineral: ids }));
      await add(alternativesPart(ids, importer.id));
    } else if (params.country !== undefined) {
      const id = names.country(params.country);
      title = names.countryName(id);
      const made = await add(profilePart(id, title));
      const minerals = [
        ...new Set(
          made.filter((r) => typeof r.share === 'number' && r.share >= 0.02).map((r) => String(r.mineral)),
        ),
      ];
      if (minerals.length > 0 && id !== importer.id)
        await add({
          ...exposurePart(minerals, importer.id, whose),
          title: `What ${whose} buys of what ${title} makes, by lens`,
        });
      await add(eventsPart({ country: [id] }));
    } else {
      title = `Agreement ${params.agreement}`;
      const moved = await add(agreementPart({ id: [params.agreement!], for: [importer.id] }));
      const partner = moved.find((r) => typeof r.partner === 'string')?.partner;
      const able = [
        ...new Set(moved.filter((r) => typeof r.partner_share === 'number').map((r) => String(r.mineral))),
      ];
      if (typeof partner === 'string' && !partner.includes(';')) {
        title = `Agreement ${params.agreement}: ${whose} and ${names.countryName(partner)}`;
        await add(profilePart(partner, names.countryName(partner)));
      }
      if (able.length > 0) await add(exposurePart(able, importer.id, whose));
      if (typeof partner === 'string' && !partner.includes(';'))
        await add(eventsPart({ country: [partner] }));
    }
    if (parts.length === 0) throw new UsageError(notes.map((n) => n.text).join('\n'));
    const cited = [...sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const words = { country: names.countryName, mineral: names.mineralName };
    const document = briefDocument({
      title,
      short: inShort(parts),
      sections: parts,
      next: nextQuestions(parts, importer.id, words),
      sources: cited,
      names: words,
    });
    return { rows, columns, notes, sources: cited, document };
  },
});

/** The country that most claims are about, whose supply it is left out. */
function mostNamed(claims: readonly AnswerRow[], without: string): string | undefined {
  const times = new Map<string, number>();
  for (const c of claims)
    if (typeof c.country === 'string' && c.country !== without && typeof c.mineral === 'string')
      times.set(c.country, (times.get(c.country) ?? 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** The first sentences of each part, and each claim that does not hold as it stands. */
function inShort(parts: readonly Answered[]): Line[] {
  return parts.flatMap(({ section, answer }) => {
    const command = commandOf(section);
    const told = (answer.view?.headline ?? []).slice(0, section.question === 'agreement' ? 4 : 1);
    const lines = told.map((text) => ({ text, command }));
    if (section.question !== 'check') return lines;
    const wrong = answer.rows.filter((r) => doubtful.includes(String(r.verdict)));
    return [
      ...lines,
      ...wrong.map((r) => ({ text: `Claim ${r.n} is ${String(r.verdict)}: ${r.why}.`, command })),
    ];
  });
}
