import type { AnswerRow, Note, View } from './question.ts';
import { byMineral, count, mineralStage, named, positions, shareOf, yearsOfRows } from './wording.ts';

/** The index asked for, and what ids of countries are called. */
export interface RiskScope {
  readonly method: string;
  readonly nameOf: (country: string) => string;
}

/** How one index is read: its main column, whether much is bad, and what is said of the worst. */
interface Reading {
  readonly main: string;
  /** true where the riskiest have the smallest value */
  readonly lowIsRisky?: boolean;
  readonly columns: readonly string[];
  readonly heads: Readonly<Record<string, string>>;
  readonly bar?: string;
  readonly headline: (known: readonly AnswerRow[], scope: RiskScope) => string[];
  readonly legend?: string;
  /** what a value of 0 means where it is the lack of others in the source, not a finding */
  readonly empty?: string;
  /** what is said where the main column is empty, if the notes do not */
  readonly unknown?: string;
}

const two = (value: unknown): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(3))) : '–';
const worst = (rows: readonly AnswerRow[], main: string, show: (value: number) => string, most = 3): string =>
  named(rows.slice(0, most).map((r) => `${mineralStage(r)} ${show(r[main] as number)}`));
const asNumber = (value: number) => two(value);
const asShare = (value: number) => shareOf(value);

const readings: Readonly<Record<string, Reading>> = {
  geopolrisk: {
    main: 'score',
    columns: [
      'mineral',
      'stage',
      'country',
      'score',
      'hhi',
      'import_risk',
      'year',
      'suppliers',
      'price_usd_per_kg',
      'cf',
      'imports_t',
      'domestic_t',
      'governance_year',
    ],
    heads: {
      country: 'for',
      hhi: 'HHI',
      import_risk: 'imports',
      price_usd_per_kg: 'USD/kg',
      imports_t: 'imports t',
    },
    headline: (known, { nameOf }) => {
      const who = [...new Set(known.map((r) => nameOf(String(r.country))))];
      if (known.length === 1)
        return [
          `GeoPolRisk of ${who[0]} for ${mineralStage(known[0]!)} in ${known[0]!.year}: ${two(known[0]!.score)}, the concentration of world output (HHI ${two(known[0]!.hhi)}) times the instability of its imports (${two(known[0]!.import_risk)}).`,
        ];
      return [
        `GeoPolRisk of ${named(who, 4)}, ${yearsOfRows(known)}: ${count(known.length, 'score')}, the highest for ${named(
          known
            .slice(0, 3)
            .map(
              (r) =>
                `${mineralStage(r)} ${two(r.score)}${who.length > 1 ? ` (${nameOf(String(r.country))})` : ''}`,
            ),
        )}.`,
      ];
    },
    legend:
      'Score: HHI of world output times the instability of imports weighted by supplier; comparable within a method, not across methods.',
  },
  eu_sr: {
    main: 'sr',
    columns: [
      'mineral',
      'stage',
      'sr',
      'sr_published',
      'bottleneck',
      'import_reliance',
      'global_top',
      'sourcing_top',
      'eol_rir',
      'si_sr',
      'hhi_wgi_global',
      'hhi_wgi_sourcing',
      'scope',
    ],
    heads: {
      sr: 'SR',
      sr_published: 'published',
      import_reliance: 'IR',
      global_top: 'world',
      sourcing_top: 'EU from',
      eol_rir: 'recycled',
      si_sr: 'subst.',
    },
    headline: (known) => {
      const over = known.filter((r) => (r.sr as number) >= 1);
      return [
        `EU supply risk (study of ${yearsOfRows(known)}): ${over.length} of ${count(known.length, 'mineral stage')} reach the threshold of 1, the highest are ${worst(known, 'sr', asNumber)}.`,
      ];
    },
    legend:
      'SR: supply risk of that stage, unrounded; published: the study’s value of the material, one decimal; 1 is the threshold.',
  },
  eu_ei: {
    main: 'ei',
    columns: ['mineral', 'ei', 'ei_published', 'uses', 'use_share', 'si_ei', 'weighted_value_added_eur'],
    heads: {
      ei: 'EI',
      ei_published: 'published',
      use_share: 'of use',
      si_ei: 'subst.',
      weighted_value_added_eur: 'value added EUR',
    },
    headline: (known) => {
      const over = known.filter((r) => (r.ei as number) >= 2.8);
      return [
        `EU economic importance (study of ${yearsOfRows(known)}): ${over.length} of ${count(known.length, 'material')} reach the threshold of 2.8, the highest are ${worst(known, 'ei', asNumber)}.`,
      ];
    },
  },
  usgs_2020: {
    main: 'te',
    columns: ['mineral', 'stage', 'country', 'te', 'limit', 'year', 'series', 'te_source'],
    heads: { country: 'for', te: 'TE', dp: 'DP', series: 'of', te_source: 'from' },
    unknown: 'no figure of net import reliance is published',
    headline: (known, { nameOf }) => {
      const all = known.filter((r) => r.te === 1);
      const who = named([...new Set(known.map((r) => nameOf(String(r.country))))], 4);
      const what = known.every((r) => r.te_source !== 'trade') ? ' (published net import reliance)' : '';
      return [
        `Trade exposure of ${who}${what}, ${yearsOfRows(known)}: 1 for ${all.length} of ${count(known.length, 'series', 'series')}${all.length ? `, among them ${named([...new Set(all.map((r) => mineralStage({ mineral: r.mineral ?? null })))], 6)}` : ''}.`,
        'Disruption potential and economic vulnerability need indices and accounts that are not openly licensed, so the score itself is not formed.',
      ];
    },
  },
  n_minus_1: {
    main: 'remaining_share',
    lowIsRisky: true,
    columns: [
      'mineral',
      'stage',
      'largest',
      'remaining_share',
      'remaining_t',
      'year',
      'cover',
      'supply_t',
      'demand_outside_t',
      'source',
    ],
    heads: {
      largest: 'without',
      remaining_share: 'left',
      remaining_t: 'left t',
      supply_t: 'of t',
      demand_outside_t: 'demand t',
    },
    bar: 'remaining_share',
    empty: 'as the source names no second producer',
    headline: (known, { nameOf }) => {
      const half = known.filter((r) => (r.remaining_share as number) < 0.5);
      return [
        `Without its largest supplier less than half of world output is left for ${half.length} of ${count(known.length, 'mineral stage')} (${yearsOfRows(known)}); least for ${named(
          known
            .slice(0, 3)
            .map(
              (r) =>
                `${mineralStage(r)}, ${shareOf(r.remaining_share as number)} without ${nameOf(String(r.largest))}`,
            ),
        )}.`,
      ];
    },
  },
  trade: {
    main: 'net_import_reliance',
    columns: [
      'mineral',
      'stage',
      'country',
      'net_import_reliance',
      'top_supplier',
      'leverage',
      'import_hhi',
      'year',
      'dominant_country',
      'dominant_import_share',
      'origin_gap',
      'apparent_consumption_t',
    ],
    heads: {
      country: 'for',
      net_import_reliance: 'NIR',
      top_supplier: 'top',
      import_hhi: 'HHI',
      dominant_country: 'largest producer',
      dominant_import_share: 'its part of imports',
    },
    headline: (known, { nameOf }) => {
      const who = [...new Set(known.map((r) => nameOf(String(r.country))))];
      return [
        `Net import reliance of ${named(who, 4)}, ${yearsOfRows(known)}: ${count(known.filter((r) => (r.net_import_reliance as number) >= 0.9995).length, 'mineral stage')} of ${known.length} fully imported, the highest ${worst(known, 'net_import_reliance', asShare)}.`,
      ];
    },
  },
  compare: {
    main: 'eu_sr',
    columns: [
      'mineral',
      'stage',
      'country',
      'geopolrisk',
      'eu_sr',
      'eu_ei',
      'usgs_te',
      'remaining_share',
      'geopolrisk_rank',
      'eu_sr_rank',
      'rank_gap',
      'why',
    ],
    heads: {
      country: 'for',
      geopolrisk: 'GeoPolRisk',
      eu_sr: 'EU SR',
      eu_ei: 'EU EI',
      usgs_te: 'US TE',
      remaining_share: 'N−1 left',
      geopolrisk_rank: '#GPR',
      eu_sr_rank: '#SR',
      rank_gap: 'gap',
    },
    headline: () => [],
  },
};

/** How an index is best read: the riskiest in words, then ranked; what could not be scored in a sentence. */
export function riskView(
  rows: readonly AnswerRow[],
  notes: readonly Note[],
  scope: RiskScope,
): View | undefined {
  const reading = readings[scope.method];
  if (!reading) return undefined;
  const isCompare = scope.method === 'compare';
  const main = (r: AnswerRow) => r[reading.main];
  const at = positions(rows, (r) =>
    isCompare
      ? ['geopolrisk', 'eu_sr', 'eu_ei', 'usgs_te', 'remaining_share'].filter((c) => typeof r[c] === 'number')
          .length > 1
      : typeof main(r) === 'number' && !(reading.empty !== undefined && main(r) === 0),
  );
  const order = reading.lowIsRisky ? 1 : -1;
  const value = (k: number) => (typeof main(rows[k]!) === 'number' ? (main(rows[k]!) as number) : null);
  const ranked = at.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
    return order * (x - y) || a - b;
  });
  const known = ranked.map((k) => rows[k]!);
  const one = new Set(known.map((r) => r.country)).size <= 1;
  return {
    headline: isCompare
      ? compared(rows, known)
      : known.length
        ? [...reading.headline(known, scope), ...warnings(notes)]
        : [`Nothing could be scored by ${scope.method}.`],
    columns: reading.columns.filter((c) => c !== 'country' || !one),
    heads: reading.heads,
    least: { mineral: 11, stage: 6 },
    ...(reading.bar ? { bar: { share: reading.bar } } : {}),
    sections: isCompare ? comparedSections(rows, ranked) : ranked.length ? [{ title: '', rows: ranked }] : [],
    after: [
      ...(isCompare ? [ofWhat(known, scope), ...disagreements(rows), ...correlationLine(notes)] : []),
      ...(reading.legend && known.length ? [reading.legend] : []),
      ...silentLines(rows, notes, new Set(ranked), reading),
    ],
    inSections: true,
    quietNotes: isCompare ? ['rank_correlation'] : ['no_stability'],
  };
}

/** What the scores as a whole rest on, where that is a stand-in. */
const warnings = (notes: readonly Note[]): string[] =>
  notes
    .filter((n) => n.code === 'no_stability')
    .map(({ text }) => `${text[0]!.toUpperCase()}${text.slice(1)}.`);

const inBoth = (r: AnswerRow): boolean => typeof r.geopolrisk === 'number' && typeof r.eu_sr === 'number';

/** Rows in both indices, the widest disagreements first; empty where there are too few to disagree. */
function torn(rows: readonly AnswerRow[]): AnswerRow[] {
  const gap = (r: AnswerRow) => Math.abs(r.rank_gap as number);
  const placed = rows.filter((r) => inBoth(r) && typeof r.rank_gap === 'number');
  return placed.length > 1 ? placed.toSorted((a, b) => gap(b) - gap(a)) : [];
}

const comparedSections = (rows: readonly AnswerRow[], ranked: readonly number[]) =>
  [
    { title: 'Scored by both GeoPolRisk and EU supply risk', rows: ranked.filter((k) => inBoth(rows[k]!)) },
    { title: 'Scored by others', rows: ranked.filter((k) => !inBoth(rows[k]!)) },
  ].filter((s) => s.rows.length);

/** Side by side: how many are in both, and where the indices disagree most. */
function compared(rows: readonly AnswerRow[], known: readonly AnswerRow[]): string[] {
  const single = known.length === 1 ? known[0]! : null;
  const apart = torn(rows).slice(0, 3);
  return [
    single
      ? `${mineralStage(single)}: GeoPolRisk ${two(single.geopolrisk)}, EU supply risk ${two(single.eu_sr)}, EU economic importance ${two(single.eu_ei)}, US trade exposure ${two(single.usgs_te)}; – is not known.`
      : `${count(known.length, 'mineral stage')} are scored by more than one index, ${rows.filter(inBoth).length} by both GeoPolRisk and EU supply risk.`,
    ...(apart.length
      ? [
          `They disagree most on ${named(apart.map((r) => `${mineralStage(r)} (place ${r.geopolrisk_rank} and ${r.eu_sr_rank})`))}.`,
        ]
      : []),
  ];
}

/** Whose scores stand side by side, and of which years. */
function ofWhat(known: readonly AnswerRow[], { nameOf }: RiskScope): string {
  const of = (value: string, year: string, who: string) => {
    const scored = known.filter((r) => typeof r[value] === 'number');
    return scored.length ? [`${readings.compare!.heads[value]} of ${who}, ${yearsOfRows(scored, year)}`] : [];
  };
  const scored = [
    ...of('geopolrisk', 'geopolrisk_year', nameOf(String(known[0]?.country))),
    ...(known.some((r) => typeof r.eu_sr === 'number' || typeof r.eu_ei === 'number')
      ? ['EU SR and EU EI of the European Union, study of 2023']
      : []),
    ...of('usgs_te', 'usgs_te_year', 'the United States'),
    ...of('remaining_share', 'remaining_share_year', 'world output'),
  ];
  return `${scored.join('; ')} (the more is left, the less is at risk).`;
}

/** Of the rows that the two indices place farthest apart, the terms that pull them there. */
const disagreements = (rows: readonly AnswerRow[]): string[] =>
  torn(rows)
    .slice(0, 5)
    .filter((r) => r.rank_gap !== 0)
    .map((r) => `Why ${mineralStage(r)}: ${r.why}.`);

/** What each pair of indices has in common, in one sentence. */
function correlationLine(notes: readonly Note[]): string[] {
  const heads: Readonly<Record<string, string>> = { ...readings.compare!.heads, remaining_share: 'N−1 left' };
  const pairs = notes.flatMap((n) =>
    n.code === 'rank_correlation' && typeof n.value === 'number'
      ? `${(n.of as string[]).map((name) => heads[name] ?? name).join(' and ')} ${n.value.toFixed(2).replace('-', '−')} (${n.n} rows)`
      : [],
  );
  return pairs.length ? [`Rank correlation (Spearman) over the rows that have both: ${named(pairs)}.`] : [];
}

/** What could not be scored, by the reason that the note or the row gives; what could, but says nothing. */
function silentLines(
  rows: readonly AnswerRow[],
  notes: readonly Note[],
  shown: ReadonlySet<number>,
  reading: Reading,
): string[] {
  const texts = new Map(notes.map((n) => [n.code, n.text]));
  const groups = new Map<string, AnswerRow[]>();
  rows.forEach((r, k) => {
    if (shown.has(k)) return;
    const code = String(r.note ?? 'inputs are missing').split(/[:;]/)[0]!;
    const why =
      typeof r[reading.main] === 'number' ? reading.empty : (reading.unknown ?? texts.get(code) ?? code);
    groups.set(why ?? code, [...(groups.get(why ?? code) ?? []), r]);
  });
  return [...groups].map(([why, of]) => `Not ranked, ${why}: ${byMineral(of)}.`);
}
