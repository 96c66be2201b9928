import { newestRows } from './newest-rows.ts';
import { lenses } from './parameters.ts';
import type { AnswerRow, View } from './question.ts';
import { unknownByReason } from './unknown-rows.ts';
import { named } from './wording.ts';

/** What the board is of, in words. */
export interface BoardScope {
  readonly name: string;
  readonly lens: string;
  readonly cap: number | null;
  readonly capYear: number | null;
  /** whether risk scores were asked for */
  readonly risk?: boolean;
}

const lensWords: Readonly<Record<string, string>> = {
  declared: 'by declared origin',
  dispatch: 'by country of dispatch',
  traced: 'traced to where it was mined or refined',
  controlled: 'by home of the owner',
};

/** How a board is best read: over the limit first, then within it, what is unknown named in a sentence. */
export function boardView(rows: readonly AnswerRow[], scope: BoardScope): View {
  const known = rows.flatMap((r, i) => (typeof r.top_share === 'number' ? [i] : []));
  // over only where all of the range is; a range is there by traced and controlled shares
  const judged = (verdict: string) => known.filter((i) => verdictOf(rows[i]!) === verdict);
  const [over, open, within] = [judged('over'), judged('depends'), judged('within')];
  const unjudged = known.filter((i) => verdictOf(rows[i]!) === null);
  const sections = [
    { title: scope.cap === null ? '' : `Over the limit of ${perCent(scope.cap)}`, rows: over },
    { title: 'Over or within, depending on what is chosen or unknown', rows: open },
    { title: 'Within the limit', rows: within },
    { title: scope.cap === null ? '' : 'Not judged', rows: unjudged },
  ].filter((s) => s.rows.length > 0);
  const byTonnes = known.length > 0 && known.every((i) => rows[i]!.weight === 'quantity');
  return {
    headline: headline(newestRows(known.map((i) => rows[i]!)), scope),
    columns: [
      'mineral',
      'stage',
      'top_country',
      ...(byTonnes ? ['supply_t'] : ['supply_usd']),
      'year',
      ...(scope.risk ? ['geopolrisk', 'eu_sr', 'remaining_share'] : []),
      ...lenses.filter((l) => l !== scope.lens).map((l) => `${l}_country`),
      'second_country',
      ...(byTonnes ? ['supply_usd'] : ['supply_t']),
      'hs6',
      'note',
    ],
    pairs: Object.fromEntries(['top', 'second', ...lenses].map((l) => [`${l}_country`, `${l}_share`])),
    // a share stands beside what it is a share of
    instead: {
      supply_usd: { column: 'supply_t', unit: 't' },
      supply_t: { column: 'supply_usd', unit: 'USD' },
    },
    least: { mineral: 13, stage: 8 },
    heads: {
      top_country: 'from',
      second_country: '2nd',
      supply_usd: 'of USD',
      supply_t: 'of t',
      geopolrisk: 'GeoPol',
      eu_sr: 'EU SR',
      remaining_share: 'N−1',
      declared_country: 'origin',
      dispatch_country: 'sent from',
      traced_country: 'traced to',
      controlled_country: 'owned from',
    },
    bar: { share: 'top_share', second: 'second_share', limit: 'cap' },
    warn: 'over_cap',
    sections,
    after: [...dispatchLine(rows, scope.lens), ...unknownLines(rows)],
    quietNotes: ['no_share'],
  };
}

function verdictOf(row: AnswerRow): string | null {
  if (typeof row.verdict === 'string') return row.verdict;
  return typeof row.over_cap === 'boolean' ? (row.over_cap ? 'over' : 'within') : null;
}

function headline(known: readonly AnswerRow[], { name, lens, cap, capYear }: BoardScope): string[] {
  const words = lensWords[lens] ?? lens;
  if (known.length === 0) return [`${name}: no share is known ${words}.`];
  const years = [...new Set(known.map((r) => r.year))].filter((y) => y !== null).sort();
  const when = years.length > 1 ? `${years[0]}–${years.at(-1)}` : String(years[0] ?? '');
  const ownerless = lens === 'controlled' ? ownerlessLine(known) : [];
  if (cap === null)
    return [`${name}: who supplies ${known.length} mineral stages, ${words}, ${when}.`, ...ownerless];
  const by = capYear === null ? '' : ` (the rule is for ${capYear})`;
  const judged = (verdict: string) => known.filter((r) => verdictOf(r) === verdict);
  const [over, open] = [judged('over'), judged('depends')];
  const sure = open.length > 0 ? ', whatever is chosen' : '';
  const lines = [
    `${name}: ${over.length} of ${known.length} mineral stages with a known share come for more than ${perCent(cap)} from one country${sure}, ${words}, ${when}${by}.`,
  ];
  lines.push(...olderLine(over));
  if (open.length > 0)
    lines.push(`For ${open.length} more that depends on a choice or on what is unknown: ${byMineral(open)}.`);
  lines.push(...ownerless);
  const torn = known.filter((r) => r.verdict_depends === true);
  if (torn.length > 0)
    lines.push(
      `For ${torn.length} of the ${known.length} over or within depends on the lens. Over by ${overBy(torn)}.`,
    );
  return lines;
}

/** How many of the rows over a limit rest on figures from years before the newest. */
function olderLine(over: readonly AnswerRow[]): string[] {
  const years = over.flatMap((r) => (typeof r.year === 'number' ? [r.year] : []));
  const older = years.filter((y) => y < Math.max(...years) - 1).sort((a, b) => a - b);
  if (older.length === 0) return [];
  return [
    `${older.length} of the ${over.length} rest on figures of ${named([...new Set(older)].map(String))}.`,
  ];
}

/** For which of the rows control is hardly known: most of the largest share stands with its country as no owner is known. */
function ownerlessLine(rows: readonly AnswerRow[]): string[] {
  const most = rows.filter((r) => Number(r.controlled_unattributed) > Number(r.controlled_share) / 2);
  if (most.length === 0) return [];
  const which = most.length === rows.length ? 'all of them' : `${most.length} of them`;
  const names = most.length === rows.length ? '' : `: ${byMineral(most)}`;
  return [
    `For ${which} no owner is known of most of it, which stands with the country where it is made${names}.`,
  ];
}

const shortLens: Readonly<Record<string, string>> = {
  declared: 'declared origin',
  dispatch: 'dispatch',
  traced: 'traced origin',
  controlled: 'control',
};

/** Minerals whose verdict differs between lenses, by those lenses by which they are over: `dispatch only: antimony (refine); …` */
function overBy(rows: readonly AnswerRow[]): string {
  const groups = new Map<string, AnswerRow[]>();
  for (const r of rows) {
    const over = String(r.over_lenses).split(';');
    const key = `${named(over.map((l) => shortLens[l]!))}${over.length === 1 ? ' only' : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  return [...groups].map(([by, of]) => `${by}: ${byMineral(of)}`).join('; ');
}

/** Which months the shares by dispatch are of, where they are not a calendar year's. */
function dispatchLine(rows: readonly AnswerRow[], lens: string): string[] {
  const months = rows.map((r) => (lens === 'dispatch' ? r.period : r.dispatch_period));
  const periods = [...new Set(months)].filter((p) => typeof p === 'string').sort();
  if (periods.length === 0) return [];
  const when = periods.map((p) => p.replace('/', ' to ')).join(', ');
  return [
    lens === 'dispatch'
      ? `From: country of dispatch, the last it came through, in ${when}.`
      : `Dispatch (“sent from”): the last country it came through, in ${when}.`,
  ];
}

function unknownLines(rows: readonly AnswerRow[]): string[] {
  const lines = unknownByReason(rows).map((group) => `${group.reason}: ${byMineral(group.rows)}.`);
  return lines.length > 0 ? [...lines, 'headwater coverage --missing names what would fill the gaps.'] : [];
}

/** Minerals named before the rest is only counted; the longest list of critical minerals is shorter. */
const mostNamed = 64;

function byMineral(rows: readonly AnswerRow[]): string {
  const stages = new Map<string, Set<string>>();
  for (const r of rows) {
    const set = stages.get(String(r.mineral)) ?? new Set();
    if (r.stage !== null && r.stage !== undefined) set.add(String(r.stage));
    stages.set(String(r.mineral), set);
  }
  const sorted = [...stages].sort(([a], [b]) => (a < b ? -1 : 1));
  const rest = sorted.length > mostNamed ? ` and ${sorted.length - mostNamed + 1} more` : '';
  const names = sorted.slice(0, rest ? mostNamed - 1 : undefined).map(([mineral, set]) => {
    const name = mineral.replaceAll('_', ' ');
    return set.size > 0 ? `${name} (${[...set].sort().join(', ')})` : name;
  });
  return `${names.join(', ')}${rest}`;
}

const perCent = (share: number) => `${Number((share * 100).toFixed(1))}\u00a0%`;
