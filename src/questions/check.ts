import { z } from 'zod';
import type { Claimed } from '../reading/claim.ts';
import { buildGazetteer } from '../reading/gazetteer.ts';
import { readText } from '../reading/input.ts';
import { readClaims } from '../reading/read-claims.ts';
import { country as countryTable, mineral as mineralTable } from '../tables/world.ts';
import { gatherEvidence } from './check/evidence.ts';
import { markUp } from './check/mark-up.ts';
import { checkView } from './check-view.ts';
import { cite } from './cite.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';

const column = (name: string, about: string, unit = ''): AnswerColumn => ({ name, unit, about });

const columns: AnswerColumn[] = [
  column('n', 'number of the claim, from 1'),
  column('start', 'where its sentence begins in the plain text, in UTF-16 units'),
  column('end', 'where it ends'),
  column('sentence', 'the sentence, text.slice(start, end)'),
  column(
    'kind',
    'share, rank, quantity, trade_share, reserves, dependence, count, target, agreement, restriction, ownership or other',
  ),
  column(
    'country',
    'who produces, holds, exports or supplies; who restricts; the partner of an agreement; whose rule or list',
  ),
  column('mineral', 'mineral id; empty for whole lists and targets'),
  column('stage', 'stage named, or else the one judged on'),
  column('claimed', 'the figure claimed, as `unit` says: share 0…1, t, rank, count'),
  column('found', 'the figure in the data, or the date in the register'),
  column('found_year', 'its year; for outdated the year in which the claim was true'),
  column(
    'verdict',
    'supported, outdated, overstated, understated, contradicted, not_in_data or not_checkable',
  ),
  column('why', 'what the verdict rests on'),
  column('sources', 'source ids, separated by ;'),
  column('claimed_to', 'upper end of a range claimed'),
  column('comparator', '>=, <=, ~ (roughly) or ='),
  column('unit', 'share, t, rank or count'),
  column('measure', 'production, reserves, exports or imports'),
  column('other', 'the importer, the other party, whom a restriction is aimed at, or the owners’ home'),
  column('claimed_year', 'year that the text names'),
  column('negated', 'true where the sentence denies it'),
  column('attribution', 'quoted or reported; empty where the text itself says so'),
];

export const checkQuestion = defineQuestion({
  name: 'check',
  asks: 'Which claims of a text can be checked, and what do the data say of each?',
  about:
    'Reads text, HTML or Markdown in English, finds every claim about shares, ranks, reserves, trade, lists, targets, agreements, restrictions and ownership of minerals, and judges each on the data: the figure found, its year and source, and the verdict. Opinions, forecasts and what has no open data say so. --markup gives the text back with the claims marked.',
  params: z.object({
    file: z
      .string()
      .describe('file of text, HTML or Markdown (- for standard input); over HTTP the text itself'),
    markup: z.boolean().default(false).describe('the text with its claims marked, as a document'),
  }),
  positional: ['file'],
  body: 'file',
  documentBy: 'markup',
  example: 'headwater check example/article.txt',
  async answer(params, world) {
    const { text, notes: remarks } = readText(params.file, 'the text');
    const [countries, minerals] = await Promise.all([world.load(countryTable), world.load(mineralTable)]);
    const gazetteer = buildGazetteer(
      countries.map((c) => ({ id: c.country, name: c.name })),
      minerals.map((m) => ({ id: m.mineral, name: m.name })),
      world.data === 'own',
    );
    const claims = readClaims(gazetteer, text, world.now);
    const { judgeClaim, used } = await gatherEvidence(world, claims, gazetteer);
    const rows: AnswerRow[] = [];
    for (const claim of claims) {
      const judged = await judgeClaim(claim);
      const c = judged.claim;
      rows.push({
        n: rows.length + 1,
        start: c.start,
        end: c.end,
        sentence: c.text,
        kind: c.kind,
        country: c.country ?? (c.kind === 'dependence' ? c.other : null),
        mineral: c.mineral,
        stage: judged.stage ?? c.stage,
        claimed: claimedFigure(c.claimed) ?? c.date,
        found: judged.found,
        found_year: judged.found_year,
        verdict: judged.verdict,
        why: judged.why,
        sources: judged.sources.join('; ') || null,
        claimed_to:
          c.claimed && c.claimed.comparator !== '<=' && c.claimed.high !== c.claimed.low
            ? c.claimed.high
            : null,
        comparator: c.claimed?.comparator ?? null,
        unit: c.claimed?.unit ?? null,
        measure: c.measure,
        other: c.other,
        claimed_year: c.years.at(-1) ?? null,
        negated: c.negated,
        attribution: c.attribution,
      });
    }
    const notes: Note[] = [...remarks];
    const missing = rows.flatMap((r, k) => (r.found === null ? [k] : []));
    if (missing.length > 0)
      notes.push({
        code: 'not_judged',
        text: 'no figure was found for these claims; `why` says the reason',
        rows: missing,
      });
    if (rows.length === 0)
      notes.push({ code: 'no_claims', text: 'no checkable claim about minerals was found in this text' });
    const sources = await cite(world, used);
    return {
      rows,
      columns,
      notes,
      sources,
      view: checkView(rows),
      ...(params.markup ? { document: markUp(text, rows, sources) } : {}),
    };
  },
});

/** A range by its lower end, `top ten` and `at most` by the limit. */
const claimedFigure = (claimed: Claimed | null): number | null =>
  claimed === null ? null : claimed.comparator === '<=' ? claimed.high : claimed.low;
