import { breakBetween } from '../../analysis/changes/break-between.ts';
import { boundedShare, type SupplySide, supplyChanges } from '../../analysis/changes/share-change.ts';
import type { SeriesBreak } from '../../tables/quantities.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import type { AnswerRow } from '../question.ts';
import type { Names, Party } from '../resolve.ts';
import { changeRow } from './columns.ts';
import type { CodeYear, TradeSide } from './sides.ts';
import { pairOf } from './years.ts';

export interface SupplyRequest {
  readonly party: Party;
  readonly names: Names;
  readonly before: TradeSide;
  readonly after: TradeSide;
  readonly breaks: readonly SeriesBreak[];
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly cap: number | null;
  readonly points: number;
  readonly lens: 'declared' | 'dispatch';
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What moved in an importer’s supply under one code; where it cannot be compared, one row that says why. */
export async function supplyRows(code: Hs6Mineral, request: SupplyRequest): Promise<AnswerRow[]> {
  const { party, names, before, after, from, to, cap, points } = request;
  const head = { mineral: code.mineral, stage: code.stage, hs6: code.hs6 };
  const pair = pairOf(code, before, after, { from, to });
  if (!pair) {
    const note = whyNoPair(code, request);
    return note === null
      ? []
      : [
          changeRow({
            ...head,
            kind: 'not_comparable',
            what: `imports under ${code.hs6}`,
            year_before: from ?? null,
            year_after: to ?? null,
            note,
          }),
        ];
  }
  const [was, is] = [
    await before.of(code, pair.source, pair.before),
    await after.of(code, pair.source, pair.after),
  ];
  if (!was || !is) return [];
  const years = { year_before: pair.before, year_after: pair.after, source: pair.source };
  const byValue = was.value_usd > 0 && is.value_usd > 0;
  const measure = byValue ? 'value' : 'quantity';
  if (!byValue && !(was.quantity_t > 0 && is.quantity_t > 0))
    return [notComparable(code, was, is, 'one year has values only, the other tonnes only')];
  const sides = { was: was[measure], is: is[measure] };
  if (pair.before === pair.after && isSame(sides.was, sides.is)) return [];
  const [earlier, later] = [party.members(pair.before), party.members(pair.after)];
  const joinedOrLeft = [
    ...earlier.filter((m) => !later.includes(m)),
    ...later.filter((m) => !earlier.includes(m)),
  ];
  if (joinedOrLeft.length)
    return [notComparable(code, was, is, `other members in one of the years: ${joinedOrLeft.join(', ')}`)];
  const broken = breakBetween(request.breaks, {
    source: pair.source,
    countries: [party.id, ...earlier],
    hs6: code.hs6,
    measure,
    from: pair.before,
    to: pair.after,
  });
  if (broken)
    return [
      notComparable(code, was, is, `break in the series in ${broken.year}: ${broken.what ?? 'not said'}`),
    ];
  const cut = [was, is].filter((s) => s.complete === false);
  if (cut.some((s) => !s.bounded || measure === 'quantity'))
    return [
      notComparable(
        code,
        was,
        is,
        `truncated in ${yearsOf(cut)}: small flows are cut off, nobody says how much`,
      ),
    ];
  const supply = byValue ? is.value_usd : null;
  const goods = `of imports (${code.stage}, ${code.hs6}${request.lens === 'dispatch' ? ', by dispatch' : ''})`;
  const changes = supplyChanges(sides.was, sides.is, { cap, points });
  const top = changes.find((c) => c.kind === 'top_replaced');
  return changes.map((c) => {
    const move = `${percent(c.before)} → ${percent(c.after)} ${goods}`;
    const name = names.countryName(c.country);
    const instead = top?.country === c.country ? ` in place of ${names.countryName(top.replaced!)}` : '';
    const words = {
      share_moved: `${name} ${move}`,
      cap_crossed: `${c.after > c.before ? 'over' : 'back within'} the limit: ${name} ${move}${instead && `, now the largest${instead}`}`,
      top_replaced: `${name}${instead}: ${move}`,
    };
    const replaced = c.kind === 'top_replaced';
    const notes = [
      cut.length ? `truncated in ${yearsOf(cut)}; holds whatever was cut off` : null,
      byValue ? null : 'by tonnes: no values',
      pair.before === pair.after ? 'the same year in both: its figures were revised' : null,
      (code.confidence ?? 'exact') === 'proxy' ? 'the code stands for the mineral only roughly' : null,
    ].filter(Boolean);
    return changeRow({
      ...head,
      ...years,
      kind: c.kind,
      what: words[c.kind],
      before: replaced ? c.replaced : c.before,
      after: replaced ? c.country : c.after,
      change: c.after - c.before,
      matters_usd: supply === null ? null : supply * Math.abs(c.after - c.before),
      note: notes.length ? notes.join('; ') : null,
      unit: replaced ? 'country' : '1',
      country: c.country,
      supply_usd: supply,
      cap: c.kind === 'cap_crossed' ? cap : null,
    });
  });
}

const yearsOf = (sides: readonly CodeYear[]) => [...new Set(sides.map((s) => s.year))].join(' and ');

const isSame = (a: SupplySide, b: SupplySide) =>
  a.by.size === b.by.size && [...a.by].every(([country, amount]) => b.by.get(country) === amount);

/** The largest share of the later year beside what it was, and why nothing is said of the difference. */
function notComparable(code: Hs6Mineral, was: CodeYear, is: CodeYear, note: string): AnswerRow {
  const measure = is.value_usd > 0 ? 'value' : 'quantity';
  const top = [...is[measure].by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
  const share = (side: CodeYear) => (top === null ? null : (boundedShare(side[measure], top)?.share ?? null));
  return changeRow({
    kind: 'not_comparable',
    mineral: code.mineral,
    stage: code.stage,
    hs6: code.hs6,
    what: `imports under ${code.hs6}: as recorded, not to be compared`,
    before: share(was),
    after: share(is),
    year_before: was.year,
    year_after: is.year,
    source: is.source,
    note,
    unit: '1',
    country: top,
    supply_usd: is.value_usd || null,
  });
}

/** Null where the importer has nothing in either year: then there is nothing to compare and nothing to say. */
function whyNoPair(code: Hs6Mineral, { before, after, from, to }: SupplyRequest): string | null {
  const has = (side: TradeSide, year: number | undefined) =>
    [...side.sources(code.hs6)].flatMap(([source, years]) =>
      year === undefined || years.includes(year) ? [source] : [],
    );
  const [old, now] = [has(before, from), has(after, to)];
  if (old.length === 0 && now.length === 0) return null;
  if (old.length === 0) return `no imports on record in ${from ?? 'the earlier data'}`;
  if (now.length === 0) return `no imports on record in ${to ?? 'the later data'}`;
  return `no source has both years (${old.join(', ')}; ${now.join(', ')})`;
}
