import { editionsBetween, movedWithout } from '../../analysis/changes/editions-between.ts';
import { type SupplyChange, supplyChanges } from '../../analysis/changes/share-change.ts';
import { type Concentration, concentration } from '../../analysis/concentration/concentration.ts';
import type { Production } from '../../tables/quantities.ts';
import { bySourcePrecedence } from '../preferred-source.ts';
import type { AnswerRow } from '../question.ts';
import type { Names } from '../resolve.ts';
import { changeRow } from './columns.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export interface OutputRequest {
  readonly names: Names;
  readonly points: number;
  /** the years to compare; the newest that both sides have where left out */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly sameWorld: boolean;
  /** what the importer buys of that mineral and stage a year, USD; null = not known */
  readonly imports: number | null;
}

/** What moved in the world’s output of one mineral and stage, from one source on one basis. */
export function outputRows(
  before: readonly Production[],
  after: readonly Production[],
  request: OutputRequest,
): AnswerRow[] {
  const first = after[0];
  if (!first) return [];
  const years = pairOf(before, after, request);
  if (!years) return [];
  const { source, from, to } = years;
  const was = before.filter((r) => r.source === source && r.year === from);
  const is = after.filter((r) => r.source === source && r.year === to);
  const [old, now] = [concentration(was), concentration(is)];
  const head = {
    mineral: first.mineral,
    stage: first.stage,
    year_before: from,
    year_after: to,
    source,
  };
  const why = whyNot(was, is, old, now);
  if (why !== null)
    return [
      changeRow({
        ...head,
        kind: 'not_comparable',
        what: `world ${first.stage} output: as recorded, not to be compared`,
        before: old.cr1,
        after: now.cr1,
        unit: '1',
        country: now.cr1_country,
        note: why,
      }),
    ];
  const side = (of: Concentration) => ({
    by: new Map(of.breakdown.flatMap((p) => (p.share ? [[p.country, p.share] as const] : []))),
    missing: 0,
    total: 1,
  });
  const unknown = new Set([...old.missing, ...now.missing].map((p) => p.country));
  const editions = from === to ? null : editionsBetween(was, is);
  const [shares, sharesNow] = [side(old), side(now)];
  const held = (c: SupplyChange): string | null => {
    if (!editions) return null;
    const { before: earlier, after: later, apart } = editions;
    const of = [c.country, ...(c.replaced === null ? [] : [c.replaced])].filter((x) => apart.has(x));
    const named = of.map((x) => `${request.names.countryName(x)} ${apart.get(x)}`).join(', ');
    if (named !== '') return `${otherEdition}: ${named} (${earlier}, ${later})`;
    const stands =
      c.kind === 'top_replaced' || movedWithout(c.country, apart, shares.by, sharesNow.by, request.points);
    return stands
      ? null
      : `${otherEdition}: moves only by what others’ figures gained or lost (${earlier}, ${later})`;
  };
  const silent = new Set<string>();
  return supplyChanges(shares, sharesNow, { cap: null, points: request.points }).flatMap((c) => {
    if (unknown.has(c.country)) return [];
    const replaced = c.kind === 'top_replaced';
    const move = `${percent(c.before)} → ${percent(c.after)} of world output (${first.stage})`;
    const name = request.names.countryName(c.country);
    const why = held(c);
    if (why !== null) {
      if (silent.has(c.country)) return [];
      silent.add(c.country);
      return [
        changeRow({
          ...head,
          kind: 'not_comparable',
          what: `${name} ${move}: as recorded, not to be compared`,
          before: c.before,
          after: c.after,
          unit: '1',
          country: c.country,
          note: why,
          supply_usd: request.imports,
        }),
      ];
    }
    return [
      changeRow({
        ...head,
        kind: replaced ? 'output_top_replaced' : 'output_moved',
        what: replaced
          ? `${name} in place of ${request.names.countryName(c.replaced ?? '')}: ${move}`
          : `${name} ${move}`,
        before: replaced ? c.replaced : c.before,
        after: replaced ? c.country : c.after,
        change: c.after - c.before,
        matters_usd: request.imports === null ? null : request.imports * Math.abs(c.after - c.before),
        note: noteOf(is, from === to, editions),
        unit: replaced ? 'country' : '1',
        country: c.country,
        supply_usd: request.imports,
      }),
    ];
  });
}

const isFigure = (r: Production) =>
  r.status !== 'projection' && (r.quantity_t ?? r.share) !== null && r.country !== 'WLD';

/** The first source that has both years; the newest years that both sides report where none are asked for. */
function pairOf(
  before: readonly Production[],
  after: readonly Production[],
  { from, to, sameWorld }: OutputRequest,
): { source: string; from: number; to: number } | null {
  const ids = [...new Set(after.filter(isFigure).map((r) => r.source))].sort(bySourcePrecedence);
  for (const source of ids) {
    const yearsOf = (rows: readonly Production[]) =>
      [...new Set(rows.filter((r) => r.source === source && isFigure(r)).map((r) => r.year))].sort(
        (a, b) => b - a,
      );
    const [old, now] = [yearsOf(before), yearsOf(after)];
    const last = to ?? now[0];
    const start = from ?? old.find((y) => !sameWorld || y < (last ?? 0));
    if (last === undefined || start === undefined) continue;
    if (now.includes(last) && old.includes(start)) return { source, from: start, to: last };
  }
  return null;
}

/** Why shares of two years are of different things, or null. */
function whyNot(
  was: readonly Production[],
  is: readonly Production[],
  old: Concentration,
  now: Concentration,
): string | null {
  const bases = (rows: readonly Production[]) =>
    [...new Set(rows.filter(isFigure).map((r) => r.basis ?? ''))].sort().join(' / ');
  if (bases(was) !== bases(is))
    return `another basis: ${bases(was) || 'not said'}; ${bases(is) || 'not said'}`;
  const inTonnes = (of: Concentration) => of.total_t !== null;
  if (inTonnes(old) !== inTonnes(now)) return 'tonnes in one year, shares alone in the other';
  if (old.published_t !== null && now.published_t !== null) return null;
  // without a published total, a figure withheld in one year alone raises everybody else’s share
  const withheld = (a: Concentration, b: Concentration) =>
    a.missing.filter((m) => b.breakdown.some((p) => p.country === m.country && (p.share ?? 0) > 0));
  const hidden = [...withheld(old, now), ...withheld(now, old)].map(
    (m) => `${m.country} (${m.status ?? 'unknown'})`,
  );
  return hidden.length ? `known in one of the years only: ${hidden.join(', ')}` : null;
}

/** Why a share is withheld that the publisher's own revision may have moved. */
export const otherEdition = 'figures of another edition';

/** What a move is marked with that two editions give. */
export const twoEditions = 'of two editions';

const noteOf = (
  is: readonly Production[],
  sameYear: boolean,
  editions: { readonly before: string; readonly after: string } | null,
): string | null => {
  const notes = [
    editions
      ? `${twoEditions}, ${editions.before} and ${editions.after}: part of the move may be a revision`
      : null,
    is.some((r) => r.status === 'estimated') ? 'the later year is an estimate' : null,
    sameYear ? 'the same year in both: its figures were revised' : null,
  ].filter(Boolean);
  return notes.length ? notes.join('; ') : null;
};
