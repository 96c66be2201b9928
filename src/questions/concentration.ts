import { z } from 'zod';
import { concentration } from '../analysis/concentration/concentration.ts';
import { groupBy } from '../tables/group-by.ts';
import { type Production, production } from '../tables/quantities.ts';
import { cite } from './cite.ts';
import { explainConcentration } from './concentration-explain.ts';
import { concentrationView } from './concentration-view.ts';
import { minerals, stages, years } from './parameters.ts';
import {
  bySourcePrecedence,
  newestReportedYear,
  preferredSource,
  yearsWithOutput,
} from './preferred-source.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { namesOf, yearsToAnswer } from './resolve.ts';
import { rowsAsked } from './rows-asked.ts';
import { mixedBases } from './stage-data.ts';

const shared: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'year', unit: '', about: 'year of the output (last year of an averaged period)' },
  { name: 'source', unit: '', about: 'source id' },
];
const summary: AnswerColumn[] = [
  ...shared,
  { name: 'countries', unit: '', about: 'named countries with output above 0' },
  {
    name: 'total_t',
    unit: 't',
    about: 'denominator: the larger of the published world total and the sum of the rows',
  },
  { name: 'hhi', unit: '1', about: 'Herfindahl–Hirschman index over named countries, 0…1' },
  { name: 'hhi_normalised', unit: '1', about: '(HHI − 1/n)/(1 − 1/n)' },
  { name: 'effective_suppliers', unit: '', about: '1/HHI' },
  { name: 'cr1_country', unit: '', about: 'largest named country' },
  { name: 'cr1', unit: '1', about: 'its share' },
  { name: 'cr3', unit: '1', about: 'share of the three largest' },
  { name: 'entropy', unit: '1', about: 'Shannon entropy of the named shares, nats' },
  { name: 'coverage', unit: '1', about: 'part of the denominator that named countries account for' },
  { name: 'period', unit: '', about: 'years averaged, where not one year' },
  { name: 'basis', unit: '', about: 'what a tonne is' },
  { name: 'published_t', unit: 't', about: 'world total as published, rounded' },
  { name: 'cr1_of_published', unit: '1', about: 'largest country over the world total as published' },
  { name: 'preferred', unit: '', about: 'true for the source that decides for this mineral, stage and year' },
];
const breakdown: AnswerColumn[] = [
  ...shared,
  { name: 'country', unit: '', about: 'named country' },
  { name: 'quantity_t', unit: 't', about: 'output' },
  { name: 'share', unit: '1', about: 'output over the denominator total_t' },
  { name: 'rank', unit: '', about: 'among named countries with output; ties share the better rank' },
  { name: 'status', unit: '', about: 'how the figure is known' },
  { name: 'total_t', unit: 't', about: 'denominator of the share' },
  { name: 'share_of_published', unit: '1', about: 'output over the world total as published (rounded)' },
];

/** A share of the rounded total that the publisher prints; publishers quote these, ours are of the larger denominator. */
export const ofPublished = (quantity: number | null, published: number | null): number | null =>
  quantity === null || !published ? null : quantity / published;

export const concentrationQuestion = defineQuestion({
  name: 'concentration',
  asks: 'How concentrated is the world’s output of a mineral, and in whose hands?',
  about:
    'Herfindahl–Hirschman index, its normalised form, effective suppliers, largest shares and entropy of mined and refined output, for every source that has the year; --breakdown lists the countries.',
  params: z.object({
    mineral: minerals,
    stage: stages,
    year: years,
    source: z.array(z.string()).optional().describe('source ids; all when left out'),
    breakdown: z.boolean().default(false).describe('list the countries with quantity, share and rank'),
  }),
  positional: ['mineral'],
  example: 'headwater concentration --mineral cobalt --stage mine --year 2024',
  explain: explainConcentration,
  async answer(params, world) {
    const names = await namesOf(world);
    const wanted = names.minerals(params.mineral);
    const rows = await world.load(production, wanted ? { mineral: wanted } : {});
    const { rows: inScope, years: asked } = rowsAsked(rows, params);

    const answers: AnswerRow[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    const nullRows: number[] = [];
    for (const ofSource of groupBy(inScope, (r) => `${r.mineral} ${r.stage}`).values()) {
      const newest = newestReportedYear(ofSource);
      for (const year of yearsToAnswer(asked, newest, () => yearsWithOutput(ofSource))) {
        const ofYear = ofSource.filter((r) => r.year === year);
        const best = preferredSource(ofYear);
        const bySource = [...groupBy(ofYear, (r) => r.source)].sort(([a], [b]) => bySourcePrecedence(a, b));
        for (const [source, ofOne] of bySource.sort(([a], [b]) => Number(b === best) - Number(a === best))) {
          used.add(source);
          addAnswer(ofOne, source, source === best);
        }
      }
    }
    if (nullRows.length)
      notes.push({
        code: 'no_output',
        text: params.breakdown
          ? 'the source names the country but gives no figure: unknown, not 0'
          : 'no named country has a figure: the index is unknown, not 0',
        rows: nullRows,
      });
    if (world.data !== 'own' && !asked)
      notes.push({
        code: 'newest_reported',
        text: 'the newest reported year of each mineral and stage; estimates by --year',
      });
    return {
      rows: answers,
      columns: params.breakdown ? breakdown : summary,
      notes,
      sources: await cite(world, used),
      view: concentrationView(answers, {
        breakdown: params.breakdown,
        single: wanted !== undefined,
        nameOf: names.countryName,
      }),
    };

    function addAnswer(ofOne: Production[], source: string, preferred: boolean): void {
      const first = ofOne[0]!;
      const result = concentration(ofOne);
      const head = { mineral: first.mineral, stage: first.stage, year: first.year, source };
      if (params.breakdown) {
        for (const place of result.breakdown) {
          if (place.share === null) nullRows.push(answers.length);
          answers.push({
            ...head,
            ...place,
            status: place.status ?? (place.share === null ? null : 'reported'),
            total_t: result.total_t,
            share_of_published: ofPublished(place.quantity_t, result.published_t),
          });
        }
        return;
      }
      if (result.hhi === null) nullRows.push(answers.length);
      const { breakdown: _breakdown, missing, ...figures } = result;
      const bases = mixedBases(ofOne);
      if (bases.length)
        notes.push({
          code: 'mixed_basis',
          text: `${first.mineral} ${first.stage} ${first.year}, ${source}: countries report different products (${bases.join(', ')}); shares and total are of tonnes that are not one measure`,
          rows: [answers.length],
        });
      if (missing.length)
        notes.push({
          code: 'withheld',
          text: `${first.mineral} ${first.stage} ${first.year}, ${source}: no figure for ${missing
            .map((m) => `${m.country} (${m.status ?? 'unknown'})`)
            .join(', ')}; shares are of what is published`,
          rows: [answers.length],
        });
      answers.push({
        ...head,
        ...figures,
        period: first.period,
        basis: bases.length ? bases.join(', ') : first.basis,
        preferred,
        cr1_of_published: ofPublished(result.breakdown[0]?.quantity_t ?? null, result.published_t),
      });
    }
  },
});
