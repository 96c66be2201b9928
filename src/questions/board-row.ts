import { boundedShare } from '../analysis/changes/share-change.ts';
import type { Production, SeriesBreak } from '../tables/quantities.ts';
import type { Hs6Mineral } from '../tables/world.ts';
import { boardColumns } from './board-columns.ts';
import type { TracedLenses } from './board-lenses.ts';
import { whyNoShares } from './board-lenses.ts';
import type { CapRule } from './cap-rule.ts';
import type { Basis, DeclaredSupplies, DeclaredSupply, Weight } from './declared-supply.ts';
import { percent } from './figure.ts';
import type { Lens } from './parameters.ts';
import { preferredSource } from './preferred-source.ts';
import type { AnswerRow } from './question.ts';
import { type RankedShares, rankedShares } from './ranked-shares.ts';
import { amountsOf, sharesOf, stageMix } from './stage-mix.ts';
import type { LensShares } from './traced-shares.ts';
import { hidesMineral } from './trade-rows.ts';
import { named } from './wording.ts';

/** What every row of one board shares. */
export interface Board {
  readonly lens: Lens;
  /** of declared and dispatched shares */
  readonly weight: Weight;
  /** of traced and controlled shares: by value, margins added on the way would look like unrecorded supply */
  readonly tracedWeight: Weight;
  readonly rule: CapRule;
  /** countries that the limit does not count: the importer itself, a bloc's members of that year */
  readonly exempt: (year: number) => ReadonlySet<string>;
  readonly allCodes: readonly Hs6Mineral[];
  readonly supplies: DeclaredSupplies;
  readonly domestic: readonly Production[];
  readonly breaks: readonly SeriesBreak[];
  /** newest year of the origin figures, beside which dispatch is shown */
  readonly newestOrigin: number;
  /**
   * attaches a remark to a row; remarks become notes once the rows are in order. `part` of `whole` is what it is
   * about, and adds up to the value of the note
   */
  readonly remark: (code: string, text: string, row: AnswerRow, part?: number, whole?: number) => void;
  /** source ids of what the rows show */
  readonly used: Set<string>;
}

/** Dispatch is shown for the twelve months nearest the year of the origin figures, so that the two can be compared. */
export const nearestYear = (years: readonly number[], wanted: number): number | undefined =>
  years.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)[0];

export function blankRow(board: Board): AnswerRow {
  const row: AnswerRow = {};
  for (const c of boardColumns) row[c.name] = null;
  return { ...row, lens: board.lens, cap: board.rule.cap };
}

/** One code by what the customs paper names: origin, or country of dispatch. */
export function declaredRow(board: Board, code: Hs6Mineral, year: number | null): AnswerRow {
  const row: AnswerRow = {
    ...blankRow(board),
    mineral: code.mineral,
    stage: code.stage,
    hs6: code.hs6,
    year,
    domestic_t: year === null ? null : domesticOutput(board, code, year),
  };
  const basis: Basis = board.lens === 'dispatch' ? 'dispatch' : 'origin';
  const supply = year === null ? null : board.supplies.of(code, basis, year);
  if (!supply || year === null) {
    row.evidence = 'none';
    row.note = whyNoTrade(board, code, year, row);
    addDeclared(board, row, code, year);
    return row;
  }
  board.used.add(supply.source);
  if (supply.own) {
    board.used.add('own');
    board.remark('own', 'rows of your own, laid over the data, are in this figure', row);
  }
  row.period = supply.period;
  row.source = supply.source;
  const hidden = hidesMineral(code, board.allCodes) && supply.cn8 === null;
  const part = code.share_of_code ?? 1;
  const ranked = rankedShares(supply.mix, board.weight);
  row.weight = ranked.weight;
  if (hidden) {
    const top = ranked.shares[0];
    const basket = top ? ` (basket: ${top.country} ${Math.round(top.share * 100)} %)` : '';
    row.evidence = 'basket';
    row.note = `code ${code.hs6} holds several minerals together${basket}; its share of ${code.mineral} is unknown`;
  } else {
    row.supply_usd = supply.mix.value_usd === 0 ? null : supply.mix.value_usd * part;
    // no flow has tonnes: unknown, not nothing
    const weighed = supply.mix.quantity_t > 0 || supply.mix.value_share_without_quantity !== 1;
    row.supply_t = weighed ? supply.mix.quantity_t * part * (code.metal_content ?? 1) : null;
    row.evidence = supply.own ? 'own' : supply.complete === false ? 'partial' : 'complete';
    setShares(board, row, ranked);
    setBounds(board, row, supply);
    row.note = ranked.shares.length
      ? caveats(board, row, code, supply, ranked)
      : 'imports are recorded without value or tonnes';
  }
  addDeclared(board, row, code, year);
  return row;
}

/** A mineral and stage as a whole, by where it was born or who holds that. */
export function lensRow(
  board: Board,
  codes: readonly Hs6Mineral[],
  year: number,
  shares: LensShares,
): AnswerRow {
  const first = codes[0]!;
  const row: AnswerRow = {
    ...blankRow(board),
    mineral: first.mineral,
    stage: first.stage,
    hs6: (shares.hs6.length ? shares.hs6 : codes.map((c) => c.hs6)).join(';'),
    year,
    domestic_t: domesticOutput(board, first, year),
    weight: board.tracedWeight,
    source: [...shares.sources].sort().join(';') || null,
  };
  for (const id of shares.sources) board.used.add(id);
  if (!shares.shares) {
    const small = ['partial', 'no_supply'].every((code) => shares.notes.some((n) => n.code === code));
    row.evidence = codes.every((c) => hidesMineral(c, board.allCodes))
      ? 'basket'
      : small
        ? 'partial'
        : 'none';
    row.note = whyNoShares(shares);
    return row;
  }
  row[board.tracedWeight === 'value' ? 'supply_usd' : 'supply_t'] = shares.consumption;
  const positive = shares.shares.filter((s) => s.share > 0);
  setShares(board, row, { shares: positive, hhi: positive.reduce((sum, s) => sum + s.share ** 2, 0) });
  const top = positive[0];
  row.top_low = top?.low ?? null;
  row.top_high = top?.high ?? null;
  const { cap } = board.rule;
  const judged = judgedOf(board, positive, year);
  row.verdict = top ? verdictOf(cap, judged?.low ?? 0, judged?.high ?? 0) : null;
  if (cap !== null && top && top.share > cap && !((judged?.share ?? 0) > cap)) {
    row.over_cap = null;
    row.headroom = null;
  }
  const choices = judged && cap !== null ? shares.dependsOn(judged.country, cap) : [];
  row.depends_on = choices.join(';') || null;
  row.evidence = shares.notes.some((n) => n.code === 'partial') ? 'partial' : 'complete';
  if (shares.notes.some((n) => n.code === 'mixed_basis'))
    board.remark(
      'mixed_basis',
      'countries report output in different products: their tonnes are not one measure',
      row,
    );
  const isHome = cap !== null && top !== undefined && top !== judged;
  if (isHome)
    board.remark('home', 'made or held at home: the limit does not count it; the note names the next', row);
  const ownerUnknown = top ? shares.ownerUnknownOf(top.country) : 0;
  if ((shares.unrecordedShare ?? 0) > 0.5)
    board.remark(
      'mostly_unrecorded',
      'most of it is supply that nobody reports making: the country is where it appears, not where it is made',
      row,
    );
  const parts = [
    isHome
      ? `the limit does not count ${top.country}; of the others ${judged ? `${judged.country} has most, ${percent(judged.share)}` : 'none supplies'}`
      : null,
    ownerUnknown ? `${percent(ownerUnknown)} with ${top!.country} only as no owner is known` : null,
    shares.unrecordedShare ? `${percent(shares.unrecordedShare)} of it unrecorded supply` : null,
    shares.unknownOwnerShare ? `${percent(shares.unknownOwnerShare)} held by owners of unknown home` : null,
    row.verdict === 'depends'
      ? `over or within the limit depends on ${named(choices.map((c) => choiceWords[c] ?? c))}: ${percent(judged!.low)}–${percent(judged!.high)}`
      : null,
  ].filter(Boolean);
  row.note = parts.length ? parts.join('; ') : positive.length ? null : 'nothing is used';
  return row;
}

/** What the customs papers name for a whole stage, beside its traced or controlled shares. */
export function addStageMixes(
  board: Board,
  row: AnswerRow,
  codes: readonly Hs6Mineral[],
  year: number,
): void {
  const mixOf = (basis: Basis, of: number | undefined) =>
    of === undefined || Math.abs(of - year) > 1
      ? null
      : stageMix(board.supplies, codes, board.allCodes, basis, { year: of });
  const origin = mixOf('origin', year);
  const dispatchYears = codes.flatMap((c) => board.supplies.years(c, 'dispatch'));
  const dispatch = mixOf('dispatch', nearestYear(dispatchYears, year));
  const declaredTop = origin && sharesOf(amountsOf(origin, board.weight))[0];
  if (origin && declaredTop) {
    row.declared_country = declaredTop.country;
    row.declared_share = declaredTop.share;
    row.declared_year = origin.year;
    for (const id of origin.sources) board.used.add(id);
  }
  const dispatchTop = dispatch && sharesOf(amountsOf(dispatch, board.weight))[0];
  if (dispatch && dispatchTop) {
    row.dispatch_country = dispatchTop.country;
    row.dispatch_share = dispatchTop.share;
    row.dispatch_period = dispatch.period ?? String(dispatch.year);
    for (const id of dispatch.sources) board.used.add(id);
  }
}

/** The top country of the traced and controlled lenses beside the row's own. */
export function addLenses(board: Board, row: AnswerRow, lenses: TracedLenses): void {
  const traced = lenses.traced.shares?.[0];
  const controlled = lenses.controlled.shares?.[0];
  row.traced_country = traced?.country ?? null;
  row.traced_share = traced?.share ?? null;
  row.traced_low = traced?.low ?? null;
  row.traced_high = traced?.high ?? null;
  row.controlled_country = controlled?.country ?? null;
  row.controlled_share = controlled?.share ?? null;
  row.controlled_high = controlled?.high ?? null;
  row.controlled_unattributed = controlled ? lenses.controlled.ownerUnknownOf(controlled.country) : null;
  for (const id of [...lenses.traced.sources, ...lenses.controlled.sources]) board.used.add(id);
  setDependence(
    board,
    row,
    sureVerdict(board, row, lenses.traced),
    sureVerdict(board, row, lenses.controlled),
  );
}

/** The verdict of a lens on the largest supplier that the limit counts; null where its range spans the limit. */
function sureVerdict(board: Board, row: AnswerRow, { shares }: LensShares): string | null {
  if (!shares) return null;
  const judged = judgedOf(board, shares, row.year as number);
  const verdict = verdictOf(board.rule.cap, judged?.low ?? 0, judged?.high ?? 0);
  return verdict === 'depends' ? null : verdict;
}

/** The largest supplier that the limit counts; none where all is of the importer's own. */
const judgedOf = <S extends { readonly country: string }>(
  board: Board,
  ranked: readonly S[],
  year: number,
): S | undefined => ranked.find((s) => !board.exempt(year).has(s.country));

/** What a range depends on, in words. */
const choiceWords: Readonly<Record<string, string>> = {
  method: 'gross or net trade',
  weight: 'tonnes or value',
  unrecorded: 'where unrecorded supply was born',
  owners: 'owners that are not known',
};

const verdictOf = (cap: number | null, low: number | undefined, high: number | undefined): string | null =>
  cap === null || low === undefined || high === undefined
    ? null
    : low > cap
      ? 'over'
      : high > cap
        ? 'depends'
        : 'within';

function setShares(board: Board, row: AnswerRow, ranked: Pick<RankedShares, 'shares' | 'hhi'>): void {
  const [top, second, third] = ranked.shares;
  const { cap } = board.rule;
  row.suppliers = ranked.shares.length;
  row.top_country = top?.country ?? null;
  row.top_share = top?.share ?? null;
  row.second_country = second?.country ?? null;
  row.second_share = second?.share ?? null;
  row.third_country = third?.country ?? null;
  row.third_share = third?.share ?? null;
  row.hhi = ranked.hhi;
  if (!top || cap === null) return;
  row.over_cap = top.share > cap;
  row.headroom = cap - top.share;
  row.verdict = verdictOf(cap, top.share, top.share);
}

/** The least that the largest share can be, and what that leaves of the verdict, where a truncated series lacks flows. */
function setBounds({ rule }: Board, row: AnswerRow, { cutUsd, mix }: DeclaredSupply): void {
  if (!cutUsd || row.weight !== 'value' || typeof row.top_share !== 'number') return;
  const top = String(row.top_country);
  const amounts = new Map([[top, row.top_share * mix.value_usd]]);
  row.top_low = boundedShare({ by: amounts, missing: cutUsd, total: mix.value_usd }, top)!.low;
  row.top_high = row.top_share;
  if (rule.cap !== null) row.verdict = verdictOf(rule.cap, row.top_low, row.top_share);
}

function caveats(
  board: Board,
  row: AnswerRow,
  code: Hs6Mineral,
  supply: DeclaredSupply,
  ranked: RankedShares,
): string | null {
  const parts: string[] = [];
  if (code.metal_content === null)
    board.remark('gross_weight', 'tonnes are gross: the mineral content of the code is not fixed', row);
  if (supply.mix.value_share_without_quantity)
    board.remark(
      'no_quantity',
      'part of the trade has no tonnes and counts 0 t; its value is in supply_usd',
      row,
      supply.mix.value_share_without_quantity * supply.mix.value_usd,
      supply.mix.value_usd,
    );
  if (ranked.weight !== board.weight) {
    board.remark('other_weight', `no ${board.weight} in the source: shares are by ${ranked.weight}`, row);
    parts.push(`by ${ranked.weight}`);
  }
  if (supply.complete === false) {
    const kept =
      supply.valueKept === null ? '' : ` (${(supply.valueKept * 100).toFixed(1)} % of world trade kept)`;
    const from = typeof row.top_low === 'number' ? `: ${(row.top_low * 100).toFixed(1)} % at least` : '';
    const months = supply.period === null ? '' : ` (${supply.period})`;
    board.remark('partial', `partial series: ${supply.caveat ?? 'small flows are cut off'}${months}`, row);
    parts.push(`partial series${kept}${from}`);
  }
  for (const b of board.breaks)
    if (b.source === supply.source && supply.year < b.year) {
      board.remark(`break_${b.year}`, `break of the series in ${b.year}: ${b.what}`, row);
      parts.push(`before the ${b.year} break`);
    }
  if (code.confidence === 'proxy') parts.push(code.caveat ?? 'the code is a proxy');
  return parts.length ? parts.join('; ') : null;
}

const basisWords: Readonly<Record<Lens, string>> = {
  declared: 'country of origin',
  dispatch: 'country of dispatch',
  traced: 'traced origin',
  controlled: 'home of the owner',
};

function whyNoTrade(board: Board, code: Hs6Mineral, year: number | null, row: AnswerRow): string {
  if (year !== null && board.lens !== 'dispatch' && board.supplies.putAside(code, year))
    return `imports of code ${code.hs6} in ${year} are known by origin only; the mineral’s reconciled trade of that year decides, and has none`;
  const others = board.supplies.tradedByOthers(code.hs6);
  if (year !== null && others === year && board.lens !== 'dispatch' && board.supplies.isCut(code.hs6, year)) {
    row.evidence = 'partial';
    return `imports of code ${code.hs6} in ${year} are below the cut of a truncated series: small, not zero`;
  }
  if (year !== null && others === year && board.lens !== 'dispatch') {
    row.supply_usd = 0;
    return `no imports of code ${code.hs6} recorded in ${year}`;
  }
  if (year !== null && (others !== null || board.supplies.years(code, 'origin').length))
    return `no data on code ${code.hs6} for ${year} by ${basisWords[board.lens]}`;
  return code.fetch_from
    ? `no open data in the snapshot; code ${code.hs6} would tell: headwater fetch ${code.fetch_from}`
    : `no trade in code ${code.hs6}${year === null ? '' : ` in ${year}`} in the data in use`;
}

/** Declared origin and country of dispatch side by side, whichever of the two the row is of. */
function addDeclared(board: Board, row: AnswerRow, code: Hs6Mineral, year: number | null): void {
  const hides = hidesMineral(code, board.allCodes);
  const beside = year ?? board.newestOrigin;
  const own = (basis: Basis) => (year === null ? null : board.supplies.of(code, basis, year));
  const byDispatch = board.lens === 'dispatch';
  const origin = byDispatch ? besideYear(board, code, 'origin', beside) : own('origin');
  const dispatch = byDispatch ? own('dispatch') : besideYear(board, code, 'dispatch', beside);
  const originTop = origin && !hides ? rankedShares(origin.mix, board.weight).shares[0] : undefined;
  if (origin && originTop) {
    row.declared_country = originTop.country;
    row.declared_share = originTop.share;
    row.declared_year = origin.year;
    board.used.add(origin.source);
  }
  const dispatchTop =
    dispatch && (!hides || dispatch.cn8) ? rankedShares(dispatch.mix, board.weight).shares[0] : undefined;
  if (dispatch && dispatchTop) {
    row.dispatch_country = dispatchTop.country;
    row.dispatch_share = dispatchTop.share;
    row.dispatch_period = dispatch.period ?? String(dispatch.year);
    board.used.add(dispatch.source);
  }
  setDependence(board, row);
}

/**
 * By which lenses a supplier that counts is surely over the limit, and whether they disagree. Imports count whoever
 * sends them.
 */
function setDependence(
  { rule: { cap } }: Board,
  row: AnswerRow,
  traced: string | null = null,
  controlled: string | null = null,
): void {
  if (cap === null) return;
  const ofImports = (share: unknown) => (typeof share === 'number' ? verdictOf(cap, share, share) : null);
  const verdicts = {
    declared: ofImports(row.declared_share),
    dispatch: ofImports(row.dispatch_share),
    traced,
    controlled,
  };
  const known = Object.entries(verdicts).filter(([, verdict]) => verdict !== null);
  if (known.length === 0) return;
  const over = known.filter(([, verdict]) => verdict === 'over').map(([lens]) => lens);
  row.over_lenses = over.join(';') || 'none';
  row.verdict_depends = known.length < 2 ? null : over.length > 0 && over.length < known.length;
}

/** the year itself, else one next to it: further apart the two would not be comparable */
function besideYear(board: Board, code: Hs6Mineral, basis: Basis, year: number): DeclaredSupply | null {
  const near = nearestYear(board.supplies.years(code, basis), year);
  return near === undefined || Math.abs(near - year) > 1 ? null : board.supplies.of(code, basis, near);
}

function domesticOutput(board: Board, code: Hs6Mineral, year: number): number | null {
  const ofStage = board.domestic.filter(
    (r) => r.mineral === code.mineral && r.stage === code.stage && r.year === year,
  );
  const source = preferredSource(ofStage);
  const row = ofStage.find((r) => r.source === source);
  if (row && row.quantity_t !== null) board.used.add(row.source);
  return row?.quantity_t ?? null;
}
