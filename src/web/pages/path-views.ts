import type { AnswerRow } from '../../questions/question.ts';
import type { Station, Stream } from '../charts/sankey.ts';

const number = (value: unknown) => (typeof value === 'number' ? value : 0);

/** Makers and origins below this part of the whole stand together. */
const least = 0.015;

export interface Chain {
  readonly stations: readonly Station[];
  readonly streams: readonly Stream[];
}

/** What the stations of a path are called in the address: origin (? where nobody knows) and maker. */
export const keyOfPath = (row: AnswerRow): string =>
  `${row.followed === false ? '?' : row.country}@mine|${row.through_country}@make`;

/**
 * The paths of an answer (`origins --through … --paths`) as stations and streams: where it was mined, who made it,
 * who uses it. What cannot be followed to a mine comes from a station that nobody knows.
 */
export function chainOf(rows: readonly AnswerRow[], nameOf: (code: unknown) => string): Chain {
  const known = rows.filter((r) => typeof r.traced_share === 'number' && r.traced_share > 0);
  const total = (of: (r: AnswerRow) => string) => {
    const by = new Map<string, number>();
    for (const r of known) by.set(of(r), (by.get(of(r)) ?? 0) + number(r.traced_share));
    return by;
  };
  const bornIn = (r: AnswerRow) => (r.followed === false ? '?' : String(r.country));
  const [births, makers] = [total(bornIn), total((r) => String(r.through_country))];
  const shown = (of: ReadonlyMap<string, number>, code: string) =>
    number(of.get(code)) < least ? 'OTH' : code;
  const label = (code: string) => (code === '?' ? 'not known' : code === 'OTH' ? 'others' : nameOf(code));
  const stations = new Map<string, Station>();
  const streams = new Map<string, { source: string; target: string; share: number; unrecorded: number }>();
  const station = (code: string, at: string, column: number) => {
    const id = `${code}@${at}`;
    stations.set(id, { id, country: code === '?' ? null : code, label: label(code), column });
    return id;
  };
  const stream = (source: string, target: string, share: number, unrecorded: number) => {
    const key = `${source}|${target}`;
    const had = streams.get(key) ?? { source, target, share: 0, unrecorded: 0 };
    streams.set(key, { ...had, share: had.share + share, unrecorded: had.unrecorded + unrecorded });
  };
  for (const r of known) {
    const birth = bornIn(r);
    const from = station(birth === '?' ? birth : shown(births, birth), 'mine', 0);
    const by = station(shown(makers, String(r.through_country)), 'make', 1);
    const to = station(String(r.for), 'use', 2);
    const whole = number(r.traced_t ?? r.traced_usd);
    const hidden =
      whole > 0 ? (number(r.traced_share) * number(r.unrecorded_t ?? r.unrecorded_usd)) / whole : 0;
    stream(from, by, number(r.traced_share), hidden);
    stream(by, to, number(r.traced_share), 0);
  }
  return { stations: [...stations.values()], streams: [...streams.values()] };
}

/** Part of the whole that could be followed to where it was mined, 0…1. */
export const followedShare = (rows: readonly AnswerRow[]): number =>
  rows.filter((r) => r.followed === true).reduce((sum, r) => sum + number(r.traced_share), 0);
