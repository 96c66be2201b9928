import { cellText, figures, headText, isShare, perCent, unknownMark } from '../cli/cell.ts';
import type { AnswerColumn } from '../questions/question.ts';

export { cellText, figures, headText, isShare, perCent, unknownMark };

/** Words that stand for the ids of a column's values. */
const words: Readonly<Record<string, string>> = {
  mine: 'mined',
  refine: 'refined',
  compound: 'compound',
  product: 'product',
  intermediate: 'intermediate',
  scrap: 'scrap',
  declared: 'declared origin',
  dispatch: 'dispatch',
  traced: 'traced',
  controlled: 'controlled',
  production: 'output',
  production_share: 'share of output',
  lapsed_unknown: 'ran out, sequel not known',
  off_path: 'off the path',
  on_path: 'on the path',
  not_in_data: 'not in the data',
  not_checkable: 'not checkable',
};

export const wordOf = (id: unknown): string =>
  typeof id === 'string' ? (words[id] ?? id.replaceAll('_', ' ')) : unknownMark;

/** What columns are called over a table, where the name with spaces would not be understood. */
export const heads: Readonly<Record<string, string>> = {
  quantity_t: 'quantity, t',
  hhi: 'HHI',
  hhi_normalised: 'HHI, 0 to 1',
  effective_suppliers: 'effective suppliers',
  cr1_country: 'largest producer',
  cr1: 'its share',
  cr3: 'share of three',
  shadow_price_usd_per_t: 'one tonne more, USD',
  unit_cost_usd_per_t: 'cost, USD/t',
  unit_value_usd_per_t: 'price, USD/t',
  freight_usd_per_t: 'freight, USD/t',
  risk_premium_usd_per_t: 'risk premium, USD/t',
  price_usd_per_kg: 'import price, USD/kg',
  price_usd_per_t: 'price, USD/t',
  import_risk: 'instability of imports',
  cf: 'factor, kg Cu-eq',
  export_value_usd: 'exports, USD',
  export_share: 'share of world exports',
  existing_share: 'share of imports now',
  supply_from_partner_share: 'share of supply from it',
  partner_output_t: 'its output, t',
  partner_share: 'its share of the world',
  most_it_could_move: 'most it could move',
  tonnes_to_move_t: 'to move, t',
  required_change_per_year: 'needed a year',
  change_per_year: 'on the year before',
  supply_share: 'part of its supply',
  supply_low: 'at least',
  supply_high: 'at most',
  through_country: 'made in',
  on_list: 'on the list',
};

/** Columns that name the question, not the answer: left out of a table where all rows say the same. */
export const isHead = (name: string): boolean =>
  /^(for|mineral|stage|year|method|target|lens|hs6|status|source)$/.test(name);

/** Tonnes with their unit, unknown as a dash. */
export const tonnes = (value: unknown): string =>
  typeof value === 'number' ? `${figures(value)} t` : unknownMark;

/** The figure of a rule in words: `share max <= 0.6` → `share at most 60 %`, `output min >= 50000` → `output at least 50,000 t`. */
export const ruleWords = (title: string): string =>
  title.replace(/(?: (?:min|max))? (<=|>=) ([\d.]+)/, (_, sign: string, value: string) => {
    const isTonnes = /output|quota/.test(
      title
        .split(/ [<>]=/)[0]!
        .split(': ')
        .at(-1)!,
    );
    const words = isTonnes ? tonnes(Number(value)) : `${Number((100 * Number(value)).toPrecision(6))}\u00a0%`;
    return ` ${sign === '<=' ? 'at most' : 'at least'} ${words}`;
  });

export const dollars = (value: unknown): string =>
  typeof value === 'number' ? `${figures(value)} USD` : unknownMark;

/** A level of an axis: no more figures than it needs, `10.5 m`, `0.02`. */
export const level = (value: number): string =>
  figures(value)
    .replace(/(\.\d*?)0+(?=$| )/, '$1')
    .replace(/\.(?=$| )/, '');

/** The figure and its sign are never parted by the end of a line. */
export const share = (value: unknown): string =>
  typeof value === 'number' ? perCent(value).replace(/ %$/, '\u00a0%') : unknownMark;

/** 0.311 → `31.1 points`. */
export const points = (value: number): string => `${figures(Math.abs(value) * 100)} points`;

/** True for columns set flush right. */
export const isNumber = (column: AnswerColumn): boolean =>
  column.unit !== '' || /(^|_)(year|rank|ranked|suppliers|month|lists|rows|years)$/.test(column.name);
