import { defaulted, defineTable, optional, type RowOf, required } from './define.ts';

/** What was traded, produced, held, paid and wanted. */

export const statuses = [
  'reported',
  'estimated',
  'withheld',
  'not_available',
  'not_separately_reported',
  'confidential',
  'imputed',
  'projection',
] as const;
export type Status = (typeof statuses)[number];

export const bases = ['origin', 'dispatch', 'reconciled'] as const;

const year = required('integer', 'calendar year', { rule: 'year' });
const source = defaulted('text', 'own', 'source id');
const anyMineral = required('text', 'mineral', { rule: 'mineral' });
const stage = required('text', 'mine, refine, compound, product …');
const status = optional('text', 'how the figure is known; empty = reported', { values: statuses });

export const tradeFlow = defineTable({
  name: 'trade_flow',
  about:
    'Annual trade by exporter, importer and six-digit code. Quantities are gross tonnes, values FOB where reconciled.',
  key: ['year', 'exporter', 'importer', 'hs6', 'basis', 'source'],
  main: ['value_usd', 'quantity_t'],
  columns: {
    year,
    exporter: required('text', 'from: country of origin, or of dispatch, as `basis` says', {
      rule: 'country',
    }),
    importer: required('text', 'to', { rule: 'country' }),
    hs6: required('text', 'six-digit HS code, text', { rule: 'hs6' }),
    basis: defaulted('text', 'reconciled', 'what `exporter` means', { values: bases }),
    source,
    value_usd: optional('number', 'value; null = not known', { unit: 'USD', rule: 'not_negative' }),
    quantity_t: optional('number', 'gross tonnes; null = not known', { unit: 't', rule: 'not_negative' }),
    period: optional('text', 'months covered where not the calendar year, e.g. 2024-07/2025-06'),
    status,
  },
});

export const seriesCoverage = defineTable({
  name: 'series_coverage',
  about:
    'How complete a source is for a code and year: an absent flow in a truncated series is below the cut, not zero.',
  key: ['source', 'hs6', 'year'],
  main: ['complete'],
  columns: {
    source: required('text', 'source id'),
    hs6: required('text', 'six-digit HS code', { rule: 'hs6' }),
    year,
    complete: optional('boolean', 'true where every flow is there'),
    value_kept_share: optional('number', 'part of world value in the rows, where known', {
      unit: '1',
      rule: 'share',
    }),
    has_quantity: optional('boolean', 'true where tonnes are given'),
    note: optional('text', 'what was left out'),
  },
});

/** Trade known only for a heading or a group of codes: never to be mixed with the six-digit codes of `trade_flow`. */
export const tradeHeading = defineTable({
  name: 'trade_heading',
  about:
    'Annual trade by four-digit heading or group of codes, where no six-digit code is told. WLD as importer or exporter is a total, beside its parts.',
  key: ['year', 'exporter', 'importer', 'heading', 'source'],
  main: ['value_usd', 'quantity_t'],
  columns: {
    year,
    exporter: required('text', 'from; WLD = the whole world', { rule: 'country_or_total' }),
    importer: required('text', 'to; WLD = the whole world', { rule: 'country_or_total' }),
    heading: required('text', 'four- or six-digit code, or codes separated by ;'),
    source,
    value_usd: optional('number', 'value; null = not known', { unit: 'USD', rule: 'not_negative' }),
    quantity_t: optional('number', 'gross tonnes; null = not known', { unit: 't', rule: 'not_negative' }),
    value_kept_share: optional('number', 'on a world total: part of its value that is in the rows', {
      unit: '1',
      rule: 'share',
    }),
    note: optional('text', 'what to beware of'),
  },
});

export const seriesBreak = defineTable({
  name: 'series_break',
  about: 'Years at which a series changes meaning; never join across one without a mark.',
  key: ['source', 'country', 'year'],
  main: ['what'],
  columns: {
    source: required('text', 'source id'),
    country: required('text', 'country concerned; WLD = all', { rule: 'country_or_total' }),
    year: required('integer', 'first year of the new meaning', { rule: 'year' }),
    what: optional('text', 'what changes'),
    reference: optional('text', 'where it is documented'),
  },
});

/** UK customs by month and eight-digit code, partner = country of dispatch. */
export const ukTradeMonth = defineTable({
  name: 'uk_trade_month',
  about: 'UK imports and exports by month, eight-digit code and partner (country of dispatch).',
  key: ['month', 'flow', 'cn8', 'partner'],
  main: ['value_usd', 'quantity_t'],
  columns: {
    month: required('text', 'YYYY-MM'),
    flow: required('text', 'import or export', { values: ['import', 'export'] }),
    cn8: required('text', 'eight-digit code, text'),
    hs6: required('text', 'its first six digits', { rule: 'hs6' }),
    partner: required('text', 'country of dispatch or destination; XXX = confidential'),
    value_usd: optional('number', 'value at the month’s exchange rate', {
      unit: 'USD',
      rule: 'not_negative',
    }),
    value_gbp: optional('number', 'value as published', { unit: 'GBP', rule: 'not_negative' }),
    quantity_t: optional('number', 'net mass', { unit: 't', rule: 'not_negative' }),
    status,
  },
});

/** Imports as members of a bloc report them, eight-digit codes. */
export const reportedImport = defineTable({
  name: 'reported_import',
  about:
    'Imports of EU members by partner and eight-digit code: origin from outside the EU, dispatch inside it.',
  key: ['year', 'reporter', 'partner', 'cn8', 'source'],
  main: ['value_eur'],
  columns: {
    year,
    reporter: required('text', 'importer', { rule: 'country' }),
    partner: required('text', 'country of origin (extra-EU) or dispatch (intra-EU)', { rule: 'country' }),
    cn8: required('text', 'eight-digit code, text'),
    source,
    value_eur: optional('number', 'value', { unit: 'EUR', rule: 'not_negative' }),
    value_usd: optional('number', 'value at the year’s mean exchange rate', {
      unit: 'USD',
      rule: 'not_negative',
    }),
  },
});

export const cn8Mineral = defineTable({
  name: 'cn8_mineral',
  about: 'Which eight-digit code is which mineral at which stage.',
  key: ['cn8', 'mineral', 'stage'],
  columns: {
    cn8: required('text', 'eight-digit code, text'),
    mineral: anyMineral,
    stage,
    form: optional('text', 'what the code holds'),
    basket: defaulted('boolean', false, 'true where the code holds several minerals'),
    caveat: optional('text', 'what to beware of'),
    source: optional('text', 'where the row is from'),
  },
});

export const production = defineTable({
  name: 'production',
  about:
    'Output by country, mineral and stage. WLD = published world total, OTH = published other countries. Every source keeps its rows.',
  key: ['year', 'country', 'mineral', 'stage', 'source'],
  main: ['quantity_t', 'share'],
  columns: {
    year,
    country: required('text', 'country, WLD or OTH', { rule: 'country_or_total' }),
    mineral: anyMineral,
    stage,
    source,
    quantity_t: optional('number', 'tonnes on the basis named; null = see status', {
      unit: 't',
      rule: 'not_negative',
    }),
    share: optional('number', 'share of the world where only a share is published', {
      unit: '1',
      rule: 'share',
    }),
    status,
    basis: optional('text', 'what a tonne is: content, gross, oxide …'),
    series: optional('text', 'the publisher’s name of the series'),
    edition: optional('text', 'edition the row is from'),
    period: optional('text', 'years averaged, where not one year'),
    limit: optional('text', 'less_than or more_than where the publisher gives only a bound', {
      values: ['less_than', 'more_than'],
    }),
    note: optional('text', 'what to beware of, in our words'),
    revised: optional(
      'boolean',
      'true where the publisher says that this edition revised the figure, or figures of its table without saying which',
    ),
  },
});

export const reserves = defineTable({
  name: 'reserves',
  about: 'Economically extractable reserves. WLD and OTH as in production.',
  key: ['year', 'country', 'mineral', 'stage', 'source'],
  main: ['quantity_t'],
  columns: {
    year,
    country: required('text', 'country, WLD or OTH', { rule: 'country_or_total' }),
    mineral: anyMineral,
    stage: defaulted('text', 'mine', 'stage; reserves are at the mine'),
    source,
    quantity_t: optional('number', 'tonnes on the basis named', { unit: 't', rule: 'not_negative' }),
    status,
    basis: optional('text', 'what a tonne is'),
    edition: optional('text', 'edition the row is from'),
    limit: optional('text', 'bound only', { values: ['less_than', 'more_than'] }),
    note: optional('text', 'what to beware of, in our words'),
  },
});

const quantityBy = (name: string, about: string, what: string) =>
  defineTable({
    name,
    about,
    key: ['year', 'country', 'mineral', 'stage', 'source'],
    main: ['quantity_t'],
    columns: {
      year,
      country: required('text', 'country; WLD = the world', { rule: 'country_or_total' }),
      mineral: anyMineral,
      stage,
      source,
      quantity_t: optional('number', what, { unit: 't', rule: 'not_negative' }),
      low_t: optional('number', 'low end of the range', { unit: 't', rule: 'not_negative' }),
      high_t: optional('number', 'high end of the range', { unit: 't', rule: 'not_negative' }),
      status,
      basis: optional('text', 'what a tonne is'),
      form: optional('text', 'product, scenario or kind'),
      reference: optional('text', 'where the figure is from'),
      url: optional('text', 'address of the source'),
      confidence: optional('text', 'high, medium, low', { values: ['high', 'medium', 'low', 'assumption'] }),
      note: optional('text', 'what to beware of'),
    },
  });

export const capacity = quantityBy(
  'capacity',
  'What a country could produce in a year.',
  'capacity per year',
);
const used = quantityBy(
  'demand',
  'What a country uses in a year, by scenario where projected.',
  'demand per year',
);
export const demand = defineTable({
  ...used,
  key: ['year', 'country', 'mineral', 'stage', 'source'],
  main: ['quantity_t', 'growth_factor'],
  columns: {
    ...used.columns,
    measure: optional('text', 'how it is measured: net imports, consumption, projection'),
    period: optional('text', 'months or years covered where not the calendar year'),
    imports_t: optional('number', 'imports of that form', { unit: 't', rule: 'not_negative' }),
    exports_t: optional('number', 'exports of that form', { unit: 't', rule: 'not_negative' }),
    production_t: optional('number', 'domestic output of that form', { unit: 't', rule: 'not_negative' }),
    growth_factor: optional('number', 'demand as a multiple of that of `growth_from_year`', {
      unit: '1',
      rule: 'not_negative',
    }),
    growth_from_year: optional('integer', 'year the multiple refers to', { rule: 'year' }),
  },
});

export const stock = defineTable({
  name: 'stock',
  about: 'Stocks held by industry or states; months of cover where only that is known.',
  key: ['year', 'country', 'mineral', 'stage', 'source'],
  main: ['quantity_t', 'months_cover'],
  columns: {
    year,
    country: required('text', 'holder; WLD = the world', { rule: 'country_or_total' }),
    mineral: anyMineral,
    stage,
    source,
    quantity_t: optional('number', 'tonnes held', { unit: 't', rule: 'not_negative' }),
    months_cover: optional('number', 'months of the holder’s use', { unit: 'months', rule: 'not_negative' }),
    kind: optional('text', 'industry, state, exchange'),
    form: optional('text', 'what is held'),
    basis: optional('text', 'what a tonne is'),
    reference: optional('text', 'where the figure is from'),
    url: optional('text', 'address of the source'),
    confidence: optional('text', 'high, medium, low, assumption', {
      values: ['high', 'medium', 'low', 'assumption'],
    }),
    note: optional('text', 'what to beware of'),
  },
});

export const price = defineTable({
  name: 'price',
  about: 'Annual mean prices; WLD = world or the market named in `market`.',
  key: ['year', 'country', 'mineral', 'stage', 'source'],
  main: ['price_usd_per_t'],
  columns: {
    year,
    country: required('text', 'country; WLD = world price', { rule: 'country_or_total' }),
    mineral: anyMineral,
    stage,
    source,
    price_usd_per_t: optional('number', 'annual mean', { unit: 'USD/t', rule: 'not_negative' }),
    status,
    market: optional('text', 'which quotation'),
    basis: optional('text', 'what a tonne is'),
  },
});

export const yieldTable = defineTable({
  name: 'yield',
  about: 'Tonnes of one stage needed per tonne of the next; country empty = everywhere.',
  key: ['mineral', 'from_stage', 'to_stage', 'country'],
  main: ['t_per_t'],
  columns: {
    mineral: anyMineral,
    from_stage: required('text', 'stage consumed'),
    to_stage: required('text', 'stage made'),
    country: optional('text', 'where; empty = everywhere', { rule: 'country' }),
    t_per_t: required('number', 'tonnes consumed per tonne made', { unit: 't/t', rule: 'not_negative' }),
    source: optional('text', 'where the row is from'),
    url: optional('text', 'address of the source'),
    confidence: optional('text', 'high, medium, low, assumption', {
      values: ['high', 'medium', 'low', 'assumption'],
    }),
    note: optional('text', 'what the tonnes are of'),
  },
});

export type TradeFlow = RowOf<typeof tradeFlow>;
export type SeriesCoverage = RowOf<typeof seriesCoverage>;
export type TradeHeading = RowOf<typeof tradeHeading>;
export type SeriesBreak = RowOf<typeof seriesBreak>;
export type UkTradeMonth = RowOf<typeof ukTradeMonth>;
export type ReportedImport = RowOf<typeof reportedImport>;
export type Cn8Mineral = RowOf<typeof cn8Mineral>;
export type Production = RowOf<typeof production>;
export type Reserves = RowOf<typeof reserves>;
export type Capacity = RowOf<typeof capacity>;
export type Demand = RowOf<typeof demand>;
export type Stock = RowOf<typeof stock>;
export type Price = RowOf<typeof price>;
export type Yield = RowOf<typeof yieldTable>;
