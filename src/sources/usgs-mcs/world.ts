import { DataError } from '../../errors.ts';
import type { Status } from '../../tables/quantities.ts';
import { tonnesPer } from '../../tables/units.ts';
import type { Corrector } from '../corrections.ts';
import { type NameOf, unknowns } from '../names.ts';
import type { Tally } from '../tally.ts';
import { usgsCountry } from './country.ts';
import type { Figure, FigureFile } from './figure.ts';
import { saysRevised } from './revised.ts';
import type { Series } from './series.ts';
import { usgsValue } from './value.ts';

/** A row of production, reserves or capacity before it is written to its table. */
export interface WorldRow {
  readonly table: 'production' | 'reserves' | 'capacity';
  readonly year: number;
  readonly country: string;
  readonly mineral: string;
  readonly stage: string;
  readonly quantity_t: number | null;
  readonly status: Status;
  readonly basis: string;
  readonly series: string;
  readonly edition: string;
  readonly limit: 'less_than' | 'more_than' | null;
  readonly note: string;
  readonly revised: boolean;
  readonly fold: Series['fold'];
}

export interface WorldTools {
  readonly seriesOf: (edition: string, label: string) => Series | undefined;
  readonly nameOf: NameOf;
  readonly corrector: (edition: string) => Corrector;
  readonly tally: Tally;
}

/**
 * The figures of all editions as rows, one per key. The newest edition that reports a year decides: an edition
 * reports the year two before it and estimates the next, so an older edition gives its reported year only and an
 * estimate is never mixed with a later revision. Reserves and capacities are kept from the newest edition.
 */
export function worldRows(files: readonly FigureFile[], tools: WorldTools): WorldRow[] {
  const newest = files
    .map((f) => f.edition)
    .sort()
    .at(-1);
  const labels = unknowns('usgs_mcs');
  const rows: WorldRow[] = [];
  const correctors = new Map<string, Corrector>();
  for (const { edition, file, figures } of files) {
    const corrector = correctors.get(edition) ?? tools.corrector(edition);
    correctors.set(edition, corrector);
    for (const printed of figures) {
      const figure = corrector.correct(file, printed);
      const row = rowOf(figure, edition, edition === newest, labels, tools);
      if (row) rows.push(row);
    }
  }
  labels.settle();
  for (const corrector of correctors.values()) tools.tally.remark(...corrector.settle());
  return folded(rows, tools.tally);
}

function rowOf(
  figure: Figure,
  edition: string,
  newest: boolean,
  labels: ReturnType<typeof unknowns>,
  { seriesOf, nameOf, tally }: WorldTools,
): WorldRow | undefined {
  const series = seriesOf(edition, figure.series);
  if (!series) {
    labels.known(`series of edition ${edition}`, figure.series, undefined);
    return undefined;
  }
  const refuse = (reason: string): undefined => {
    tally.refuse(reason, `${edition}: ${figure.series}: ${figure.country} ${figure.year}`);
    return undefined;
  };
  if (series.table === 'none') return refuse(`series not used: ${series.reason}`);
  const year = Number(figure.year);
  const reported = year <= Number(edition) - 2 || figure.table !== 'production';
  if (!newest && figure.table !== 'production') return refuse('reserves or capacity of an older edition');
  if (!newest && !reported) return refuse('estimate superseded by a later edition');
  const { country, remark } = usgsCountry(figure.country, nameOf);
  if (country === 'several') return refuse('one figure for several countries together');
  if (country === 'WLD' && series.fold === 'part') {
    return refuse('world total of a part; the total of the whole is kept');
  }
  labels.known('country', figure.country, country);
  const value = usgsValue(figure.value, figure.notes);
  if (!value) labels.known('value', figure.value, undefined);
  const factor = tonnesPer[figure.unit];
  if (factor === undefined) labels.known('unit', `${figure.unit}" of series "${figure.series}`, undefined);
  if (!country || !value || factor === undefined) return undefined;
  const estimated = figure.table === 'production' && !reported;
  const marked = value.estimated || /^estimated|also estimated/i.test(figure.notes.trim());
  tally.use();
  return {
    table: figure.table,
    year,
    country,
    mineral: series.mineral,
    stage: series.stage,
    quantity_t: value.amount === null ? null : exact(value.amount * factor),
    status: value.missing ?? (estimated ? 'estimated' : 'reported'),
    basis: series.basis.replace('{country}', country),
    series: figure.title,
    edition,
    limit: value.limit,
    note: notes([
      value.note,
      value.missing === null && marked && !estimated ? 'marked as an estimate by the publisher' : '',
      remark,
      country === 'WLD' && leavesOutUsa(figure.notes) ? 'the world total leaves out the United States' : '',
      series.note,
    ]),
    // an edition's estimate of the year after is its first word on it
    revised:
      figure.table === 'production' && reported && saysRevised(figure.chapterNotes, figure.country, year),
    fold: series.fold,
  };
}

/** 0.1 × 3 is not 0.3 in doubles: a factor below one is taken back to twelve digits. */
const exact = (value: number): number => Number(value.toPrecision(12));

const notes = (parts: readonly string[]): string =>
  [...new Set(parts.filter((part) => part !== ''))].join('; ');

const leavesOutUsa = (text: string): boolean =>
  /(exclud\w*|does not include) (production in the )?(u\.s\.|united states)( production|\.|$)/i.test(text);

/** Adds the parts of a country; any other two figures under one key stop the build. */
function folded(rows: readonly WorldRow[], tally: Tally): WorldRow[] {
  const byKey = new Map<string, WorldRow[]>();
  for (const row of rows) {
    const key = [row.table, row.year, row.country, row.mineral, row.stage].join(' ');
    const same = byKey.get(key);
    if (same) same.push(row);
    else byKey.set(key, [row]);
  }
  const problems: string[] = [];
  const out: WorldRow[] = [];
  for (const [key, parts] of byKey) {
    if (parts.length === 1) out.push(parts[0]!);
    else if (parts.every((part) => part.fold !== '')) out.push(sum(parts));
    else
      problems.push(
        `usgs_mcs: several figures for ${key}: ${parts.map((p) => `${p.edition} ${p.series}`).join(' | ')}`,
      );
  }
  if (problems.length > 0) throw new DataError(problems.sort());
  const joined = rows.length - out.length;
  if (joined > 0)
    tally.remark(`${rows.length} figures give ${out.length} rows: parts of one country are added`);
  return out;
}

function sum(parts: readonly WorldRow[]): WorldRow {
  const known = parts.filter((part) => part.quantity_t !== null);
  const first = parts[0]!;
  if (known.length === 0) return first;
  const missing = parts.filter((p) => p.quantity_t === null && p.status !== 'not_separately_reported');
  const lost = missing.map((part) => `${part.series}: ${part.status}`).join(', ');
  return {
    ...first,
    quantity_t: exact(known.reduce((total, part) => total + part.quantity_t!, 0)),
    status: known[0]!.status,
    limit: missing.length > 0 ? 'more_than' : (known.find((part) => part.limit)?.limit ?? null),
    series: parts.map((part) => part.series).join(' + '),
    revised: parts.some((part) => part.revised),
    note: notes([
      ...parts.map((part) => part.note),
      missing.length > 0 ? `without a part that is not published (${lost})` : '',
    ]),
  };
}
