import type { SupplyMix } from '../analysis/dependence/supply-mix.ts';
import type { Weight } from './network-of.ts';
import type { AnswerColumn, AnswerRow } from './question.ts';

/** What decides how a trace is shown. */
export interface Shown {
  readonly weight: Weight;
  readonly lens: 'traced' | 'controlled';
  readonly of: 'use' | 'imports';
  readonly through?: string | undefined;
}

/** One origin of one trace; amounts in the unit of the weight. */
export interface Origin {
  country: string;
  direct: number;
  directShare: number | null;
  traced: number | null;
  share: number | null;
  unrecorded: number | null;
  extra: Record<string, number | null>;
}

const unitOf = (weight: Weight) => (weight === 'value' ? 'usd' : 't');

/** Origins with something direct or traced, largest traced first. */
export function originsOf(
  mix: SupplyMix,
  weight: Weight,
  found: {
    readonly traced: ReadonlyMap<string, number>;
    readonly unrecorded: ReadonlyMap<string, number>;
    readonly shares: ReadonlyMap<string, number> | null;
  } | null,
): Origin[] {
  const direct = new Map(mix.suppliers.map((s) => [s.country, s]));
  const origins: Origin[] = [];
  for (const country of new Set([...direct.keys(), ...(found?.traced.keys() ?? [])])) {
    const supplier = direct.get(country);
    const o: Origin = {
      country,
      direct: (weight === 'value' ? supplier?.value_usd : supplier?.quantity_t) ?? 0,
      directShare: (weight === 'value' ? supplier?.value_share : supplier?.quantity_share) ?? null,
      traced: found ? (found.traced.get(country) ?? 0) : null,
      share: found?.shares ? (found.shares.get(country) ?? 0) : null,
      unrecorded: found ? (found.unrecorded.get(country) ?? 0) : null,
      extra: {},
    };
    const total = weight === 'value' ? mix.value_usd : mix.quantity_t;
    if (o.directShare === null && total > 0) o.directShare = 0;
    if (o.direct > 0 || (o.traced ?? 0) > 0) origins.push(o);
  }
  return origins.sort(
    (a, b) => (b.traced ?? 0) - (a.traced ?? 0) || b.direct - a.direct || (a.country < b.country ? -1 : 1),
  );
}

const extraColumns = {
  traced: ['low_share', 'high_share'],
  controlled: ['located_share', 'unattributed_share', 'low_share', 'high_share'],
} as const;

export function rowOf(o: Origin | null, asked: Shown, head: AnswerRow): AnswerRow {
  const u = unitOf(asked.weight);
  const row: AnswerRow = {
    ...head,
    country: o?.country ?? null,
    [`direct_${u}`]: o?.direct ?? null,
    direct_share: o?.directShare ?? null,
    [`traced_${u}`]: o?.traced ?? null,
    traced_share: o?.share ?? null,
    [`unrecorded_${u}`]: o?.unrecorded ?? null,
  };
  for (const c of extraColumns[asked.lens]) row[c] = o?.extra[c] ?? null;
  if (asked.through !== undefined) row.stopped_share = o?.extra.stopped_share ?? null;
  return row;
}

/** What every row of a trace begins with. */
export const headColumns: readonly AnswerColumn[] = [
  { name: 'for', unit: '', about: 'whose supply' },
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'year', unit: '', about: 'calendar year' },
];

export function columnsOf(asked: Shown): AnswerColumn[] {
  const u = unitOf(asked.weight);
  const unit = asked.weight === 'value' ? 'USD' : 't';
  const controlled = asked.lens === 'controlled';
  const whole = asked.of === 'imports' ? 'imports' : 'apparent consumption';
  const columns: AnswerColumn[] = [
    { name: 'country', unit: '', about: controlled ? 'home of the owner' : 'where it was born' },
    { name: `direct_${u}`, unit, about: 'imports from it' },
    { name: 'direct_share', unit: '1', about: 'of all direct imports' },
    {
      name: `traced_${u}`,
      unit,
      about: controlled
        ? `part of ${whole} held from it, unrecorded supply included`
        : `part of ${whole} born there, unrecorded supply included; at the earlier stage with --through`,
    },
    { name: 'traced_share', unit: '1', about: `of ${whole}` },
    { name: `unrecorded_${u}`, unit, about: 'the part of it that nobody reports producing' },
  ];
  if (controlled)
    columns.push(
      { name: 'located_share', unit: '1', about: 'share born in that country, whoever holds it' },
      { name: 'unattributed_share', unit: '1', about: 'part that stays with it as no owner is known' },
      { name: 'low_share', unit: '1', about: 'low end of the share held' },
      { name: 'high_share', unit: '1', about: 'high end, if all that is open were held from it' },
    );
  else
    columns.push(
      {
        name: 'low_share',
        unit: '1',
        about: 'lowest by gross or net, tonnes or value, without its own unrecorded supply',
      },
      {
        name: 'high_share',
        unit: '1',
        about: 'highest of the same, if all unrecorded supply were born there',
      },
    );
  if (asked.through !== undefined)
    columns.push({
      name: 'stopped_share',
      unit: '1',
      about: 'part of traced_share that is with it as its maker only: the chain stops there',
    });
  return [...headColumns, ...columns];
}
