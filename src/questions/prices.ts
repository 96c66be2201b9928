import { z } from 'zod';
import { groupBy } from '../tables/group-by.ts';
import { type Price, price } from '../tables/quantities.ts';
import { cite } from './cite.ts';
import { minerals, stages, years } from './parameters.ts';
import { pricesView } from './prices-view.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { namesOf, yearsToAnswer } from './resolve.ts';
import { rowsAsked } from './rows-asked.ts';

const columns: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'country', unit: '', about: 'where it is paid; WLD = the market named' },
  { name: 'year', unit: '', about: 'year of the mean' },
  {
    name: 'price_usd_per_t',
    unit: 'USD/t',
    about: 'annual mean, dollars of that year unless `market` says so',
  },
  {
    name: 'change_per_year',
    unit: '1',
    about: 'price over that of the year before, less 1; null where market or basis changed in between',
  },
  {
    name: 'market',
    unit: '',
    about: 'which quotation; an import unit value is value over tonnes at customs',
  },
  { name: 'basis', unit: '', about: 'what a tonne is' },
  { name: 'status', unit: '', about: 'reported, estimated, withheld, not_available' },
  { name: 'source', unit: '', about: 'source id' },
];

const seriesOf = (r: Price) => `${r.mineral} ${r.stage} ${r.country} ${r.source}`;

export const pricesQuestion = defineQuestion({
  name: 'prices',
  asks: 'What did a tonne cost, on which market, and how did that move?',
  about:
    'Annual mean prices in US dollars per tonne, each with its market and with what a tonne is of. Series of different markets or bases stand side by side and are never joined; import unit values are no market prices and say so. Nothing is forecast.',
  params: z.object({
    mineral: minerals,
    stage: stages,
    year: years,
    source: z.array(z.string()).optional().describe('source ids; all when left out'),
  }),
  positional: ['mineral'],
  example: 'headwater prices cobalt --year 2020-2025',
  async answer(params, world) {
    const names = await namesOf(world);
    const wanted = names.minerals(params.mineral);
    const all = await world.load(price, wanted ? { mineral: wanted } : {});
    const { rows: inScope, years: asked } = rowsAsked(all, params);

    const rows = [...groupBy(inScope, seriesOf).values()].sort(byMineralThenLength).flatMap((series) => {
      const byYear = new Map(series.map((r) => [r.year, r]));
      const priced = series.filter((r) => r.price_usd_per_t !== null);
      const every = (priced.length ? priced : series).map((r) => r.year);
      const chosen = yearsToAnswer(asked, Math.max(...every), () => every);
      return series
        .filter((r) => chosen.includes(r.year))
        .sort((a, b) => a.year - b.year)
        .map((r): AnswerRow => ({ ...r, change_per_year: changeFrom(byYear.get(r.year - 1), r) }));
    });

    const notes: Note[] = [];
    const unitValues = positionsOf(rows, (r) => /unit value/.test(String(r.market)));
    if (unitValues.length)
      notes.push({
        code: 'unit_value',
        text: 'a unit value is what customs counted, value over tonnes: it moves with the mix of grades too',
        rows: unitValues,
      });
    const estimated = positionsOf(rows, (r) => r.status === 'estimated');
    if (estimated.length) notes.push({ code: 'estimated', text: 'estimated by the source', rows: estimated });
    const silent = positionsOf(rows, (r) => r.price_usd_per_t === null);
    if (silent.length)
      notes.push({ code: 'no_price', text: 'the source gives no figure: unknown, not 0', rows: silent });
    if (!rows.length) notes.push({ code: 'nothing', text: 'no source in the data publishes a price' });
    return {
      rows,
      columns,
      notes,
      sources: await cite(
        world,
        rows.map((r) => String(r.source)),
      ),
      view: pricesView(rows, { single: wanted !== undefined }),
    };
  },
});

/** By mineral and stage; of several series of one the longest first. */
const byMineralThenLength = (a: readonly Price[], b: readonly Price[]): number => {
  const [x, y] = [`${a[0]!.mineral} ${a[0]!.stage}`, `${b[0]!.mineral} ${b[0]!.stage}`];
  return x < y ? -1 : x > y ? 1 : b.length - a.length || (a[0]!.source < b[0]!.source ? -1 : 1);
};

/** Price over that of the year before, less 1; null where either is unknown or the two are not of one thing. */
function changeFrom(before: Price | undefined, now: Price): number | null {
  const isAlike = before?.market === now.market && before?.basis === now.basis;
  return isAlike && before?.price_usd_per_t && now.price_usd_per_t !== null
    ? now.price_usd_per_t / before.price_usd_per_t - 1
    : null;
}

const positionsOf = (rows: readonly AnswerRow[], is: (r: AnswerRow) => boolean): number[] =>
  rows.flatMap((r, k) => (is(r) ? [k] : []));
