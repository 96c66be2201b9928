import { defaulted, defineTable, optional, type RowOf, required } from './define.ts';

/** Curated facts: lists, rules, agreements, restrictions, owners, projects, uses. */

const cited = {
  source: optional('text', 'where the row is from'),
  url: optional('text', 'address of the source'),
  confidence: optional('text', 'high, medium, low or assumption', {
    values: ['high', 'medium', 'low', 'assumption'],
  }),
  note: optional('text', 'what to beware of, in our words'),
} as const;
const anyMineral = required('text', 'mineral', { rule: 'mineral' });

export const criticalList = defineTable({
  name: 'critical_list',
  about: 'Members of published lists of critical minerals. Only rows with status critical count as members.',
  key: ['list', 'mineral'],
  columns: {
    list: required('text', 'id of the list, e.g. uk-2024'),
    mineral: anyMineral,
    status: defaulted('text', 'critical', 'critical, watchlist, growth, assessed_not_critical, removed …'),
    jurisdiction: optional('text', 'who publishes it: ISO3, EUU or NATO'),
    list_name: optional('text', 'name of the list'),
    year: optional('integer', 'year of publication', { rule: 'year' }),
    name_as_listed: optional('text', 'the list’s own name of the member'),
    ...cited,
  },
});

export const target = defineTable({
  name: 'target',
  about: 'Published limits and goals as rows that compute.',
  key: ['target'],
  main: ['value'],
  columns: {
    target: required('text', 'id'),
    jurisdiction: required('text', 'ISO3 or bloc whose rule it is'),
    metric: required(
      'text',
      'single_country_share_max, domestic_production_share_min, recycling_share_min …',
    ),
    scope: required('text', 'each mineral, or the aggregate', { values: ['each', 'aggregate'] }),
    list: optional('text', 'critical_list id it applies to'),
    minerals: optional('text', 'mineral ids it applies to, separated by ;'),
    stage: optional('text', 'stage it names; empty = not defined'),
    comparator: required('text', '<= or >=', { values: ['<=', '>=', '<', '>', '='] }),
    value: optional('number', 'limit: a share 0…1, or tonnes, as `unit` says'),
    unit: optional('text', '1, t LCE …'),
    denominator: optional('text', 'imports, demand, consumption …'),
    third_country_only: defaulted('boolean', false, 'true where members of the bloc do not count'),
    year: optional('integer', 'year by which', { rule: 'year' }),
    legal_force: optional('text', 'statute, ambition …'),
    instrument: optional('text', 'document that sets it'),
    wording: optional('text', 'the rule as published (short quotation)'),
    ...cited,
  },
});

export const agreement = defineTable({
  name: 'agreement',
  about: 'Agreements about critical minerals, and trade agreements.',
  key: ['agreement'],
  columns: {
    agreement: required('text', 'id'),
    party: required('text', 'one side: ISO3 or bloc'),
    partner: required('text', 'the other side: ISO3 or bloc; several separated by ;'),
    date: optional('text', 'date signed, as precise as known', { rule: 'date' }),
    kind: optional('text', 'memorandum, roadmap, treaty, trade_agreement, offtake …'),
    title: optional('text', 'title'),
    minerals: optional('text', 'mineral ids named, separated by ;'),
    status: optional('text', 'in_force, signed, superseded, lapsed, unknown'),
    ends: optional('text', 'date it ends', { rule: 'date' }),
    binding: optional('boolean', 'true where legally binding'),
    ...cited,
  },
});

export const restriction = defineTable({
  name: 'restriction',
  about: 'Export restrictions with their dates; status on a day is computed from the dates.',
  key: ['restriction'],
  columns: {
    restriction: required('text', 'id'),
    country: required('text', 'who restricts: ISO3, or a bloc such as EUU', { rule: 'country_code' }),
    minerals: optional('text', 'mineral ids, separated by ;'),
    measure: optional('text', 'export_licence, export_ban, export_quota, export_tax, technology_ban …'),
    stage: optional('text', 'stages or forms covered, separated by ;'),
    target: optional('text', 'ISO3 of those it is aimed at, separated by ;; empty = all'),
    announced: optional('text', 'date', { rule: 'date' }),
    effective: optional('text', 'date from which it binds', { rule: 'date' }),
    suspended_from: optional('text', 'date of suspension', { rule: 'date' }),
    suspended_until: optional('text', 'last day of suspension', { rule: 'date' }),
    ended: optional('text', 'date on which it ended', { rule: 'date' }),
    known_until: optional('text', 'last day for which its state is known; empty = followed to the release', {
      rule: 'date',
    }),
    title: optional('text', 'what it is, in our words'),
    instrument: optional('text', 'number of the act'),
    ...cited,
  },
});

export const ownership = defineTable({
  name: 'ownership',
  about:
    'Who holds mines and plants, by the owner’s home country. Equity, operation, offtake and finance are kept apart.',
  key: ['asset', 'owner', 'mineral', 'stage', 'channel'],
  main: ['equity_share'],
  columns: {
    asset: required('text', 'mine or plant'),
    owner: required('text', 'who holds it'),
    channel: defaulted('text', 'equity', 'equity, operator, offtake or finance', {
      values: ['equity', 'operator', 'offtake', 'finance'],
    }),
    country: required('text', 'where the asset is', { rule: 'country' }),
    mineral: anyMineral,
    stage: required('text', 'stage'),
    owner_country: optional('text', 'home of the owner; null = unknown', { rule: 'country' }),
    equity_share: optional('number', 'part held', { unit: '1', rule: 'share' }),
    output_t: optional('number', 'annual output of the asset', { unit: 't', rule: 'not_negative' }),
    output_basis: optional('text', 'what a tonne is'),
    output_year: optional('integer', 'year of the output', { rule: 'year' }),
    as_of: optional('text', 'date of the fact', { rule: 'date' }),
    aggregate: defaulted(
      'boolean',
      false,
      'true where the share is of the country’s whole output, not of one asset: used instead of assets, never added',
    ),
    ...cited,
  },
});

export const project = defineTable({
  name: 'project',
  about: 'Mines and plants planned or under construction.',
  key: ['project', 'mineral', 'stage'],
  main: ['quantity_t'],
  columns: {
    project: required('text', 'id'),
    name: optional('text', 'name'),
    country: required('text', 'where', { rule: 'country' }),
    mineral: anyMineral,
    stage: required('text', 'stage of the product'),
    quantity_t: optional(
      'number',
      'capacity per year on the basis of `production` (content); null = not convertible',
      {
        unit: 't',
        rule: 'not_negative',
      },
    ),
    published_quantity_t: optional('number', 'capacity as published', { unit: 't', rule: 'not_negative' }),
    published_basis: optional('text', 'what the published tonne is: LCE, ore, concentrate, metal …'),
    start_year: optional('integer', 'planned start', { rule: 'year' }),
    status: optional('text', 'operating, construction, financed, permitted, feasibility, announced, stopped'),
    probability: optional('number', 'chance that it comes, by status; an assumption', {
      unit: '1',
      rule: 'share',
    }),
    recycled: defaulted('boolean', false, 'true where the feed is scrap or used goods'),
    owner: optional('text', 'owner'),
    owner_country: optional('text', 'ISO3 of the owners’ homes, separated by ;'),
    offtake: optional('text', 'who has contracted the output'),
    committed_to: optional('text', 'ISO3 or bloc the output is promised to, separated by ;'),
    ...cited,
  },
});

export const endUse = defineTable({
  name: 'end_use',
  about: 'Which sectors use a mineral, and what part.',
  key: ['mineral', 'scope', 'application', 'sector', 'source'],
  main: ['share'],
  columns: {
    mineral: anyMineral,
    scope: required('text', 'area the shares are of: WLD, EUU, GBR, USA …'),
    application: required('text', 'use'),
    sector: defaulted('text', '', 'UK sector it belongs to'),
    share: optional('number', 'part of use', { unit: '1', rule: 'share' }),
    year: optional('integer', 'year', { rule: 'year' }),
    nace: optional('text', 'NACE division'),
    value_added_eur: optional('number', 'value added of that division in the EU', {
      unit: 'EUR',
      rule: 'not_negative',
    }),
    source: defaulted('text', 'own', 'where the row is from'),
    url: optional('text', 'address of the source'),
    confidence: optional('text', 'high, medium, low, assumption', {
      values: ['high', 'medium', 'low', 'assumption'],
    }),
    note: optional('text', 'what to beware of'),
  },
});

export const recycling = defineTable({
  name: 'recycling',
  about: 'End-of-life recycling input rates and related indicators.',
  key: ['mineral', 'indicator', 'scope', 'source'],
  main: ['value'],
  columns: {
    mineral: anyMineral,
    indicator: required('text', 'eol_rir, eol_rr, recycled_content …'),
    scope: defaulted('text', 'WLD', 'area'),
    value: optional('number', 'share 0…1 where `unit` is 1', { unit: '1' }),
    low: optional('number', 'low end where a band is published', { unit: '1' }),
    high: optional('number', 'high end where a band is published', { unit: '1' }),
    unit: optional('text', 'unit of value'),
    year: optional('integer', 'year', { rule: 'year' }),
    source: defaulted('text', 'own', 'where the row is from'),
    url: optional('text', 'address of the source'),
    confidence: optional('text', 'high, medium, low, assumption', {
      values: ['high', 'medium', 'low', 'assumption'],
    }),
    note: optional('text', 'what to beware of'),
  },
});

export const elasticity = defineTable({
  name: 'elasticity',
  about: 'Price elasticities of supply and demand with ranges; mineral empty = the default.',
  key: ['mineral', 'side', 'horizon', 'source'],
  main: ['value'],
  columns: {
    mineral: required('text', 'mineral id, or all = default'),
    side: required('text', 'supply or demand', { values: ['supply', 'demand'] }),
    horizon: defaulted('text', 'short', 'short, long …'),
    value: optional('number', 'elasticity', { unit: '1' }),
    low: optional('number', 'low end', { unit: '1' }),
    high: optional('number', 'high end', { unit: '1' }),
    method: optional('text', 'how it was estimated'),
    source: defaulted('text', 'own', 'where the row is from'),
    url: optional('text', 'address of the source'),
    confidence: optional('text', 'high, medium, low, assumption', {
      values: ['high', 'medium', 'low', 'assumption'],
    }),
    note: optional('text', 'what to beware of'),
  },
});

/** The EU criticality study's shares with the trade parameter t. */
export const euSupplyShare = defineTable({
  name: 'eu_supply_share',
  about:
    'World supply and EU sourcing shares by material and stage with the trade parameter t, EU study 2023.',
  key: ['mineral', 'stage', 'scope', 'country'],
  main: ['share'],
  columns: {
    mineral: anyMineral,
    stage: required('text', 'mine = extraction, refine = processing'),
    scope: required('text', 'global or eu', { values: ['global', 'eu'] }),
    country: required('text', 'supplier, or OTH', { rule: 'country_or_total' }),
    share: optional('number', 'share of supply', { unit: '1', rule: 'share' }),
    t: optional('number', 'trade parameter: 0.8 partner, 1 neutral, up to 1.5 restricted', { unit: '1' }),
    limit: optional('text', 'bound only', { values: ['less_than', 'more_than'] }),
    source: defaulted('text', 'eu_crm_2023', 'source id'),
  },
});

export const euParameter = defineTable({
  name: 'eu_parameter',
  about: 'Parameters and published scores of the EU criticality studies by material, stage and year.',
  key: ['year', 'mineral', 'stage'],
  columns: {
    year: required('integer', 'study', { rule: 'year' }),
    mineral: anyMineral,
    stage: required('text', 'mine, refine, or all where published for the material'),
    material: optional('text', 'the study’s name'),
    scope: optional('text', 'GS, EU or GS+EU'),
    import_reliance: optional('number', 'import reliance', { unit: '1', rule: 'share' }),
    eol_rir: optional('number', 'end-of-life recycling input rate', { unit: '1', rule: 'share' }),
    si_sr: optional('number', 'substitution index, supply risk', { unit: '1' }),
    si_ei: optional('number', 'substitution index, economic importance', { unit: '1' }),
    bottleneck: optional('boolean', 'true for the stage the study scores'),
    hhi_wgi_global: optional('number', 'published HHI·WGI, global supply', { unit: '1' }),
    hhi_wgi_sourcing: optional('number', 'published HHI·WGI, EU sourcing', { unit: '1' }),
    sr: optional('number', 'published supply risk', { unit: '1' }),
    ei: optional('number', 'published economic importance', { unit: '1' }),
    critical: optional('boolean', 'meets both thresholds'),
    source: defaulted('text', 'eu_crm_2023', 'source id'),
  },
});

/** US salient statistics: net import reliance, sources of imports, consumption. */
export const salient = defineTable({
  name: 'salient',
  about:
    'National salient statistics by mineral and year as the publisher gives them (the United States: USGS).',
  key: ['year', 'country', 'mineral', 'statistic', 'detail', 'source'],
  main: ['value'],
  columns: {
    year: required('integer', 'year', { rule: 'year' }),
    country: required('text', 'country', { rule: 'country' }),
    mineral: anyMineral,
    statistic: required(
      'text',
      'imports, exports, consumption, net_import_reliance, import_source, stocks …',
    ),
    detail: defaulted('text', '', 'the publisher’s detail, or the partner country'),
    source: defaulted('text', 'own', 'source id'),
    value: optional('number', 'value in `unit`'),
    unit: optional('text', 'unit'),
    status: optional('text', 'how the figure is known'),
    limit: optional('text', 'bound only', { values: ['less_than', 'more_than'] }),
  },
});

/** What every answer cites. */
export const sourceTable = defineTable({
  name: 'source',
  about: 'Where each figure comes from: publisher, release, licence, citation and the hash of the file read.',
  key: ['source'],
  columns: {
    source: required('text', 'id'),
    title: required('text', 'title'),
    publisher: required('text', 'publisher'),
    release: required('text', 'edition or release'),
    licence: required('text', 'licence'),
    citation: required('text', 'attribution to repeat'),
    url: optional('text', 'address'),
    cadence: optional('text', 'how often it is published'),
    sha256: optional('text', 'hash over the files read'),
    rows_read: optional('integer', 'rows read when the snapshot was built'),
    rows_kept: optional('integer', 'rows kept'),
  },
});

export type CriticalList = RowOf<typeof criticalList>;
export type Target = RowOf<typeof target>;
export type Agreement = RowOf<typeof agreement>;
export type Restriction = RowOf<typeof restriction>;
export type Ownership = RowOf<typeof ownership>;
export type Project = RowOf<typeof project>;
export type EndUse = RowOf<typeof endUse>;
export type Recycling = RowOf<typeof recycling>;
export type Elasticity = RowOf<typeof elasticity>;
export type EuSupplyShare = RowOf<typeof euSupplyShare>;
export type EuParameter = RowOf<typeof euParameter>;
export type Salient = RowOf<typeof salient>;
export type SourceRow = RowOf<typeof sourceTable>;
