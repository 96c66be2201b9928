import { type Factor, factorNames } from '../../analysis/shocks/draws.ts';
import type { AnswerRow, Note } from '../question.ts';
import { count, mineralStage, named, shareOf, tonnes } from '../wording.ts';
import { caseOf, type Loss, shareMissing } from './losses.ts';
import { priceWords } from './price-words.ts';
import { nameIn, type ShockScope } from './view-scope.ts';

/** Losses told one by one. */
const mostTold = 3;
/** Assumptions named as those that matter most. */
const mostAssumptions = 2;

/** True where the price is no more than a direction: the headline says so, figures month by month stay in csv and json. */
export const scarce = (notes: readonly Note[]) => notes.some((n) => n.code === 'price_out_of_range');

/** Who lacks how much from when, what is struck, the price, what is uncertain, and what a stock would do: in words. */
export function headline(
  rows: readonly AnswerRow[],
  notes: readonly Note[],
  real: readonly Loss[],
  losses: readonly Loss[],
  scope: ShockScope,
): string[] {
  if (rows.length === 0) {
    const stopped = struckLine(notes);
    const known = stopped.length ? 'no tonnes of output and no trade are' : 'nothing is';
    return [
      `If ${scope.what}: ${known} known${stopped.length ? '' : ' of output or trade'} at any stage asked about.`,
      ...stopped,
    ];
  }
  const consumers = real.filter((l) => l.first.country !== 'WLD');
  return [
    ...(consumers.length
      ? [scope.parties ? losersLine(rows, consumers, scope) : worldLine(consumers, scope)]
      : untouchedLine(losses, scope)),
    ...unknownLines(notes, losses, scope),
    ...struckLine(notes),
    ...priceLine(rows),
    ...drawnLine(notes),
    ...bridgeLine(notes, scope),
    ...assumptionLine(notes),
  ];
}

const spanOf = (l: Loss, scope: ShockScope) =>
  scope.model === 'months' ? ` over ${count(l.rows.length, 'month')}` : ' a year';

function losersLine(rows: readonly AnswerRow[], consumers: readonly Loss[], scope: ShockScope): string {
  const told = consumers.slice(0, mostTold).map((l) => {
    const month = rows[l.worst]!.month;
    const when =
      scope.model === 'months' && l.rows.length > 1
        ? `: short from month ${l.from}, at worst ${shareOf(rows[l.worst]!.shortfall_share as number)} in month ${month}`
        : '';
    return `${nameIn(scope, l.first.country)} lacks ${tonnes(l.shortfall)} of ${mineralStage(l.first)}${spanOf(l, scope)}, ${shareOf(shareMissing(l))} of what it would use${when} (trade and output of ${l.first.year})`;
  });
  const more = consumers.length - told.length;
  return `If ${scope.what}, ${told.join('; ')}${more > 0 ? `; ${more} more ${more === 1 ? 'lacks' : 'lack'} something` : ''}.`;
}

/** Nobody asked about lacks anything, as far as that is known. */
function untouchedLine(losses: readonly Loss[], scope: ShockScope): string[] {
  const seen = losses.filter((l) => l.known && l.first.country !== 'WLD');
  const users = seen.filter((l) => l.baseline > 0);
  if (!users.length && seen.length && scope.parties) {
    const who = named([...new Set(seen.map((l) => nameIn(scope, l.first.country)))]);
    const what = named([...new Set(seen.map((l) => caseOf(l.first)))], 4);
    return [
      `${who} is not known to use any ${what}: it ships at least what it is known to make and receive. Whether it would lack any is not known.`,
    ];
  }
  if (!seen.length) return [];
  const drawn = seen.filter((l) => l.stock > 0).sort((a, b) => b.stock - a.stock);
  const made = drawn.map(
    (l) => `${tonnes(l.stock)} of ${mineralStage(l.first)} in ${nameIn(scope, l.first.country)}`,
  );
  const why = drawn.length ? `: stocks make up for ${named(made, mostTold)}` : '';
  const of = named([...new Set(users.map((l) => caseOf(l.first)))], 4);
  return [
    `If ${scope.what}, nobody asked about lacks anything, as far as recorded trade and output tell (${of})${why}.`,
  ];
}

/** What nobody knows: where the shock meets nothing that is recorded, and of whose use nothing is. Neither is no loss. */
function unknownLines(notes: readonly Note[], losses: readonly Loss[], scope: ShockScope): string[] {
  const of = (these: readonly Loss[]) => named([...new Set(these.map((l) => caseOf(l.first)))], 4);
  const unfollowed = losses.filter((l) => !l.known && l.used);
  const untraded = new Set(notes.flatMap((n) => (n.code === 'users_unknown' ? (n.rows ?? []) : [])));
  const loose = losses.filter((l) => untraded.has(l.rows[0]!));
  const unseen = losses.filter((l) => !l.used && !loose.includes(l));
  const who = named([...new Set(unseen.map((l) => nameIn(scope, l.first.country)))]);
  return [
    ...(notes.some((n) => n.code === 'lower_bound')
      ? [
          'That is the least: a part of the shock cannot be followed, as the data hold nothing that it strikes.',
        ]
      : []),
    ...(unfollowed.length
      ? [
          `If ${scope.what}: what that does to ${of(unfollowed)} is not known. It cannot be followed, as the data hold no output and no trade that it strikes.`,
        ]
      : []),
    ...(loose.length
      ? [
          `If ${scope.what}, ${scope.parties ? `how much ${named([...new Set(loose.map((l) => nameIn(scope, l.first.country)))])} would lack of ${of(loose)}` : `who would lack ${of(loose)}`} is not known: no trade in it is in the data.`,
        ]
      : []),
    ...(unseen.length
      ? [`How much ${who} would lack of ${of(unseen)} is not known: no open data on its trade or output.`]
      : []),
  ];
}

/** All countries together, and who beside those struck loses most, by tonnes. */
function worldLine(consumers: readonly Loss[], scope: ShockScope): string {
  const cases = new Map<string, Loss[]>();
  for (const l of consumers) cases.set(caseOf(l.first), [...(cases.get(caseOf(l.first)) ?? []), l]);
  const lines = [...cases.values()].slice(0, mostTold).map((of) => {
    const first = of[0]!.first;
    const missing = of.reduce((s, l) => s + l.shortfall, 0);
    const beside = of
      .filter((l) => !scope.struck.includes(String(l.first.country)))
      .sort((a, b) => b.shortfall - a.shortfall)
      .slice(0, mostTold)
      .map(
        (l) =>
          `${nameIn(scope, l.first.country)} (${tonnes(l.shortfall)}, ${shareOf(shareMissing(l))} of its use)`,
      );
    const itself = scope.struck.length ? `beside ${named(scope.struck.map(scope.nameOf))} itself ` : '';
    const most = beside.length ? `; ${itself}most by ${named(beside)}` : '';
    return `${tonnes(missing)} of ${mineralStage(first)} are missing in ${count(of.length, 'country', 'countries')}${spanOf(of[0]!, scope)} (trade and output of ${first.year})${most}`;
  });
  const more = cases.size - lines.length;
  return `If ${scope.what}, ${lines.join('. ')}${more > 0 ? `. ${more} more ${more === 1 ? 'mineral or stage is' : 'minerals and stages are'} short` : ''}.`;
}

/** How much of the world's output stops, mineral by mineral. */
const struckLine = (notes: readonly Note[]): string[] =>
  notes
    .filter((n) => n.code === 'struck_share')
    .slice(0, mostTold)
    .map(
      (n) =>
        `What stops is ${shareOf(n.value!)} of the world’s ${n.measured} of ${mineralStage(n as unknown as AnswerRow)}${n.whole ? '' : ` that ${n.measured === 'output' ? 'is' : 'are'} known by country`}.`,
    );

function priceLine(rows: readonly AnswerRow[]): string[] {
  const priced = rows.filter((r) => Number(r.price_ratio ?? 0) > 1);
  const dearest = priced.reduce<AnswerRow | null>(
    (a, r) => (a === null || Number(r.price_ratio) > Number(a.price_ratio) ? r : a),
    null,
  );
  if (!dearest) return [];
  const what = new Set(priced.map((r) => caseOf(r))).size > 1 ? ` of ${mineralStage(dearest)}` : '';
  return [priceWords(Number(dearest.price_ratio), `The world price${what}`)];
}

/** What the draws leave open, where one country was asked about. */
function drawnLine(notes: readonly Note[]): string[] {
  const drawn = notes.filter((n) => n.code === 'drawn_total');
  const draws = notes.find((n) => n.code === 'draws')?.value;
  if (drawn.length !== 1 || typeof draws !== 'number') return [];
  const { p05, p95, cvar95 } = drawn[0] as unknown as Record<string, number>;
  return [
    `In nine of ten of ${draws.toLocaleString('en')} draws it lacks ${tonnes(p05!)} to ${tonnes(p95!)}, in the worst twentieth ${tonnes(cvar95!)} on average.`,
  ];
}

/** What a stock would bridge, where one country and mineral can be told of. */
function bridgeLine(notes: readonly Note[], scope: ShockScope): string[] {
  const need = notes.filter((n) => n.code === 'stockpile');
  const held = notes.find((n) => n.code === 'months_bought');
  const first = need[0];
  if (need.length !== 1 || typeof first?.value !== 'number' || !(first.value > 0)) return [];
  const lasts = (n: Note) => (n.all ? 'the whole run' : count(n.value as number, 'month'));
  const has = !held
    ? ''
    : held.given
      ? ` ${tonnes(held.stock_t as number)} would bridge ${lasts(held)}.`
      : ` The ${tonnes(held.stock_t as number)} it draws from the stock it is taken to hold bridge ${lasts(held)}.`;
  return [
    `To miss none for ${count(Number(first.months), 'month')} ${nameIn(scope, first.country)} would need a stock of ${tonnes(first.value)} of ${mineralStage(first as unknown as AnswerRow)}.${has}`,
  ];
}

/** Which assumptions move the shortfall most, one at a time, where one country and mineral was asked about. */
function assumptionLine(notes: readonly Note[]): string[] {
  const all = notes.filter((n) => n.code === 'tornado');
  const factors = new Set(all.map((n) => n.factor));
  const largest = Math.max(0, ...all.map((n) => Number(n.value)));
  if (factors.size !== all.length || !(largest > 0)) return [];
  const told = all
    .filter((n) => Number(n.value) >= 0.01 * largest)
    .slice(0, mostAssumptions)
    .map(
      (n) =>
        `${factorNames[n.factor as Factor]} (${tonnes(Number(n.low_t))} to ${tonnes(Number(n.high_t))} missing)`,
    );
  return [`What matters most among the assumptions: ${told.join(', then ')}.`];
}
