import type { Status } from '../../tables/quantities.ts';

/** What a cell of a world table says; `amount` is in the publisher’s unit. */
export interface Value {
  readonly amount: number | null;
  /** null where the cell holds a figure */
  readonly missing: Status | null;
  readonly limit: 'less_than' | 'more_than' | null;
  readonly estimated: boolean;
  readonly note: string;
}

const figure = (amount: number, extra: Partial<Value> = {}): Value => ({
  amount,
  missing: null,
  limit: null,
  estimated: false,
  note: '',
  ...extra,
});

const none = (missing: Status, note = ''): Value => ({
  amount: null,
  missing,
  limit: null,
  estimated: false,
  note,
});

const number = (text: string): number => Number(text.replaceAll(',', ''));
const digits = String.raw`\d[\d,]*(?:\.\d+)?`;

/**
 * Reads a USGS cell. A dash is zero; `W` is withheld, `NA` not available, `XX` not additive; `s` is less than half a
 * unit where the note says so and otherwise counted under another row; `>`, `<` give a bound, kept as the amount with
 * its `limit`; a range or a word (`Large`) gives no amount and stays in the note. Undefined: not a known form.
 */
export function usgsValue(cell: string, notes: string): Value | undefined {
  const text = cell.replace(/\u00a0/g, ' ').trim();
  if (text === '') return blank(notes);
  if (/^(—|–|-|--)$/.test(text)) return figure(0);
  if (text === 'W') return none('withheld');
  if (/^NA$/i.test(text)) return none('not_available');
  if (text === 'XX') return none('not_available', 'not additive: countries report different products');
  if (text === 's' || /^\(\d+\)$/.test(text)) {
    return /less than (½|1\/2|one-half|0\.5)/i.test(notes)
      ? figure(0.5, { limit: 'less_than', note: 'less than half a unit of the table' })
      : none('not_separately_reported', 'counted in the world total or under other countries');
  }
  if (/^less than (½|1\/2) unit/i.test(text)) {
    return figure(0.5, { limit: 'less_than', note: 'less than half a unit of the table' });
  }
  if (/^included (with|in) /i.test(text)) return none('not_separately_reported', 'counted in another series');
  const plain = new RegExp(`^([e<>])?\\s*(${digits})$`, 'i').exec(text);
  if (plain) {
    const [, mark, amount] = plain;
    if (mark === '<') return figure(number(amount!), { limit: 'less_than' });
    if (mark === '>') return figure(number(amount!), { limit: 'more_than' });
    return figure(number(amount!), { estimated: mark !== undefined });
  }
  const range = new RegExp(`^(${digits})\\s*[-–]\\s*(${digits})$`).exec(text);
  if (range)
    return none('not_available', `published as a range: ${range[1]} to ${range[2]} in the unit of the table`);
  if (/^(very )?(large|moderate|small)( to large)?$|^categorized as/i.test(text)) {
    return none('not_available', `described as ${text.toLowerCase().replace(/categorized as |"/g, '')}`);
  }
  return undefined;
}

/** Cells that the 2025 release leaves blank: its note sometimes says why. */
function blank(notes: string): Value {
  const why = notes.trim();
  if (/^W\b|withheld/i.test(why)) return none('withheld');
  if (/^less than (½|1\/2) unit/i.test(why)) return usgsValue(why, why)!;
  if (/included (with|in) (?!world total)/i.test(why))
    return none('not_separately_reported', 'counted in another series');
  if (/^NA\b/i.test(why)) return none('not_available');
  if (/^XX$/i.test(why)) return usgsValue('XX', '')!;
  return none('not_available', 'left blank: withheld, not available or not applicable');
}
