import { defaulted, defineTable, optional, type RowOf, required } from './define.ts';

/** Who and what there is: countries, minerals, codes, distances, economies. */

export const country = defineTable({
  name: 'country',
  about:
    'Countries and areas by ISO 3166-1 alpha-3; TWN and HKG are members. XAA–XZZ are areas without a country.',
  key: ['country'],
  columns: {
    country: required('text', 'ISO 3166-1 alpha-3 code', { rule: 'country_code' }),
    name: required('text', 'everyday English name'),
    iso2: optional('text', 'ISO 3166-1 alpha-2 code (Namibia is the text NA)'),
    region: optional('text', 'UN region'),
    subregion: optional('text', 'UN sub-region'),
    source: optional('text', 'where the row is from'),
  },
});

export const bloc = defineTable({
  name: 'bloc',
  about: 'Groups of countries that act as one importer or set one rule, with dates of membership.',
  key: ['bloc', 'country'],
  columns: {
    bloc: required('text', 'id of the bloc, e.g. EUU'),
    country: required('text', 'member', { rule: 'country' }),
    name: optional('text', 'name of the bloc'),
    from_year: optional('integer', 'first full year of membership', { rule: 'year' }),
    to_year: optional('integer', 'last full year of membership', { rule: 'year' }),
    source: optional('text', 'where the row is from'),
  },
});

export const mineral = defineTable({
  name: 'mineral',
  about: 'Minerals by id (lower snake case). Groups such as rare_earths are minerals too.',
  key: ['mineral'],
  columns: {
    mineral: required('text', 'id'),
    name: required('text', 'English name'),
    symbol: optional('text', 'chemical symbol'),
    mineral_group: optional('text', 'id of the group it belongs to, e.g. rare_earths, pgm'),
    byproduct_of: optional('text', 'ids of host minerals, separated by ;'),
    source: optional('text', 'where the row is from'),
  },
});

export const hs6Mineral = defineTable({
  name: 'hs6_mineral',
  about: 'Which customs code is which mineral at which stage, and how much of the mineral is in it.',
  key: ['hs6', 'mineral', 'stage'],
  columns: {
    hs6: required('text', 'six-digit HS code, text', { rule: 'hs6' }),
    mineral: required('text', 'mineral', { rule: 'mineral' }),
    stage: required('text', 'mine, refine, compound, product …'),
    metal_content: optional('number', 'tonnes contained per tonne gross; null = unknown', {
      unit: 't/t',
      rule: 'share',
    }),
    share_of_code: optional(
      'number',
      'part of the code that is this mineral; 1 unless a basket, null = unknown',
      {
        unit: '1',
        rule: 'share',
      },
    ),
    form: optional('text', 'what the code holds, in a few words'),
    basket: defaulted(
      'boolean',
      false,
      'true where the code holds several minerals that cannot be told apart',
    ),
    confidence: optional('text', 'exact, dominant, proxy'),
    caveat: optional('text', 'what the code includes or leaves out'),
    /** which connector would tell, where the snapshot has no trade for the code */
    fetch_from: optional(
      'text',
      'source id whose fetch brings trade in this code, where the snapshot has none',
    ),
    source: optional('text', 'where the row is from'),
  },
});

export const distance = defineTable({
  name: 'distance',
  about: 'Great-circle distance between the main cities of two countries; not a sea route.',
  key: ['country', 'other_country'],
  main: ['distance_km'],
  columns: {
    country: required('text', 'one end', { rule: 'country' }),
    other_country: required('text', 'other end', { rule: 'country' }),
    distance_km: optional('number', 'distance', { unit: 'km', rule: 'not_negative' }),
    source: optional('text', 'where the row is from'),
  },
});

export const economy = defineTable({
  name: 'economy',
  about: 'Gross domestic product, product per head and logistics performance, by country and year.',
  key: ['year', 'country'],
  columns: {
    year: required('integer', 'year', { rule: 'year' }),
    country: required('text', 'country', { rule: 'country' }),
    gdp_usd: optional('number', 'gross domestic product, current USD', { unit: 'USD' }),
    gdp_per_head_usd: optional('number', 'the same per head', { unit: 'USD' }),
    logistics_index: optional('number', 'Logistics Performance Index, 1 (low) to 5', { unit: '1' }),
    source: optional('text', 'where the row is from'),
  },
});

export const governance = defineTable({
  name: 'governance',
  about: 'Worldwide Governance Indicators by dimension, −2.5 (weak) to 2.5 (strong), with standard error.',
  key: ['year', 'country', 'dimension', 'source'],
  main: ['estimate'],
  columns: {
    year: required('integer', 'year', { rule: 'year' }),
    country: required('text', 'country', { rule: 'country' }),
    dimension: required(
      'text',
      'va voice, pv stability, ge effectiveness, rq regulation, rl law, cc corruption',
      {
        values: ['va', 'pv', 'ge', 'rq', 'rl', 'cc'],
      },
    ),
    estimate: optional('number', 'estimate; null = none that year', { unit: '1', rule: 'governance' }),
    standard_error: optional('number', 'standard error of the estimate', { unit: '1', rule: 'not_negative' }),
    source: defaulted('text', 'own', 'source id'),
  },
});

export type Country = RowOf<typeof country>;
export type Bloc = RowOf<typeof bloc>;
export type Mineral = RowOf<typeof mineral>;
export type Hs6Mineral = RowOf<typeof hs6Mineral>;
export type Distance = RowOf<typeof distance>;
export type Economy = RowOf<typeof economy>;
export type Governance = RowOf<typeof governance>;
