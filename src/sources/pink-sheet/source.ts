import * as quantities from '../../tables/quantities.ts';
import { usdPerTonne } from '../../tables/units.ts';
import { numberIn, readCsv } from '../csv.ts';
import { annualMeans, type Quotation } from '../monthly-prices.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';

const file = 'worldbank-pink-sheet/metals_minerals_coal_monthly_1960-2026.csv';

const tonne = 'dollars per metric ton';
const ounce = 'dollars per troy ounce';

interface Column extends Quotation {
  readonly unit: string;
}

const of = (mineral: string, stage: string, basis: string, market: string, unit = tonne): Column => ({
  mineral,
  stage,
  basis,
  market,
  unit,
});

/**
 * Columns and what they quote. Iron ore is headed `$/dmtu` but its figures (about 110 in 2024) are dollars per dry
 * tonne of 62 % fines: the header is left over from the time of unit prices.
 */
const columns: Readonly<Record<string, Column>> = {
  'Coal, Australian ($/mt)': of('coal', 'mine', 'thermal coal, gross', 'f.o.b. Newcastle'),
  'Phosphate rock ($/mt)': of('phosphate', 'mine', 'rock, gross', 'f.o.b. North Africa'),
  'Potassium chloride ** ($/mt)': of('potash', 'mine', 'potassium chloride, gross', 'f.o.b. spot'),
  'Aluminum ($/mt)': of('aluminium', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Iron ore, cfr spot ($/dmtu)': of('iron_ore', 'mine', 'fines, dry gross', 'c.f.r. China'),
  'Copper ($/mt)': of('copper', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Lead ($/mt)': of('lead', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Tin ($/mt)': of('tin', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Nickel ($/mt)': of('nickel', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Zinc ($/mt)': of('zinc', 'refine', 'metal', 'London Metal Exchange, cash'),
  'Gold ($/troy oz)': of('gold', 'refine', 'metal', 'London', ounce),
  'Platinum ($/troy oz)': of('platinum', 'refine', 'metal', 'London', ounce),
  'Silver ($/troy oz)': of('silver', 'refine', 'metal', 'London', ounce),
};

const secondCoal = 'Coal, South African ** ($/mt)';

export const pinkSheet: Source = {
  id: 'pink_sheet',
  title: 'Commodity Price Data (The Pink Sheet)',
  publisher: 'World Bank, Prospects Group',
  release: '2 June 2026',
  licence: 'CC BY 4.0',
  citation: 'World Bank, Commodity Price Data (The Pink Sheet), 2 June 2026, licence CC BY 4.0',
  url: 'https://www.worldbank.org/en/research/commodity-markets',
  cadence: 'every month',
  folder: 'worldbank-pink-sheet',
  harvest: (raw) => {
    const count = tally();
    const names = Object.keys(columns);
    const read = readCsv(raw.read(file), file, ['month', secondCoal, ...names]);
    count.read(read.length * (names.length + 1));
    count.refuse('second quotation of coal; the Australian one is kept', undefined, read.length);
    const months = read.flatMap(({ line, cells }) =>
      names.map((name) => {
        const usd = numberIn(cells[name]!, file, line, ['…', '...', '..']);
        const quotation = columns[name]!;
        return {
          quotation,
          year: Number(cells.month!.slice(0, 4)),
          usd_per_t: usd === null ? null : usd * usdPerTonne[quotation.unit]!,
        };
      }),
    );
    return count.harvest([harvested(quantities.price, annualMeans(months, 'pink_sheet', count))]);
  },
};
