import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { didYouMean } from '../tables/nearest.ts';
import { bloc as blocTable, country as countryTable, mineral as mineralTable } from '../tables/world.ts';

/** A country, or a bloc whose members act as one importer. */
export interface Party {
  readonly id: string;
  readonly name: string;
  /** the country itself, or the bloc's members in a year */
  readonly members: (year: number) => readonly string[];
  readonly isBloc: boolean;
}

/** Turns what people type into ids of the data in use; unknown names are UsageErrors with the nearest names. */
export interface Names {
  readonly mineral: (text: string) => string;
  readonly minerals: (texts: readonly string[] | undefined) => readonly string[] | undefined;
  readonly mineralName: (id: string) => string;
  readonly country: (text: string) => string;
  readonly countries: (texts: readonly string[] | undefined) => readonly string[] | undefined;
  readonly countryName: (id: string) => string;
  readonly party: (text: string) => Party;
  readonly bloc: (text: string) => string;
}

/** Ids, names and symbols as people type them: case, accents, spaces and underscores do not matter. */
const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

const isAll = (texts: readonly string[]) => texts.some((t) => fold(t) === 'all');

/** Names that fit into one line of an error. */
const mostListed = 12;

/** An id that is not there, with the way out: what was meant, else what there is. */
export function unknown(what: string, text: string, known: Iterable<string>): UsageError {
  const names = [...new Set(known)];
  const meant = what === 'year' ? '' : didYouMean(text, names);
  return new UsageError(`unknown ${what}: "${text}"${meant || thereIs(names)}`);
}

function thereIs(names: readonly string[]): string {
  const sorted = names.toSorted();
  if (sorted.length === 0) return '';
  if (sorted.length <= mostListed) return `; there is ${sorted.join(', ')}`;
  return sorted.every((n) => /^\d{4}$/.test(n)) ? `; there is ${sorted[0]} to ${sorted.at(-1)}` : '';
}

export async function namesOf(world: World): Promise<Names> {
  const [countries, minerals, blocs] = await Promise.all([
    world.load(countryTable),
    world.load(mineralTable),
    world.load(blocTable),
  ]);
  const mineralIds = new Map<string, string>();
  for (const m of minerals) if (m.symbol) mineralIds.set(fold(m.symbol), m.mineral);
  for (const m of minerals) mineralIds.set(fold(m.name), m.mineral);
  for (const m of minerals) mineralIds.set(fold(m.mineral), m.mineral);
  const countryIds = new Map<string, string>();
  for (const c of countries) if (c.iso2) countryIds.set(fold(c.iso2), c.country);
  for (const c of countries) countryIds.set(fold(c.name), c.country);
  for (const c of countries) countryIds.set(fold(c.country), c.country);
  const mineralNames = new Map(minerals.map((m) => [m.mineral, m.name]));
  const countryNames = new Map<string, string>(countries.map((c) => [c.country, c.name]));
  for (const b of blocs) if (b.name) countryNames.set(b.bloc, b.name);
  countryNames.set('OTH', 'other countries').set('WLD', 'the world');
  const blocIds = new Map(
    blocs.flatMap((b) => [[fold(b.bloc), b.bloc] as const, [fold(b.name ?? b.bloc), b.bloc]]),
  );

  const mineral = (text: string): string => {
    const id = mineralIds.get(fold(text));
    if (id === undefined) throw unknown('mineral', text, mineralNames.keys());
    return id;
  };
  const country = (text: string): string => {
    const id = countryIds.get(fold(text));
    if (id === undefined)
      throw unknown(
        'country',
        text,
        text.length <= 3 ? countries.map((c) => c.country) : countryNames.values(),
      );
    return id;
  };
  const several = (one: (text: string) => string) => (texts: readonly string[] | undefined) =>
    texts === undefined || isAll(texts) ? undefined : [...new Set(texts.map(one))];

  return {
    mineral,
    minerals: several(mineral),
    mineralName: (id) => mineralNames.get(id) ?? id,
    country,
    countries: several(country),
    countryName: (id) => countryNames.get(id) ?? id,
    bloc: (text) => {
      const bloc = blocIds.get(fold(text));
      if (bloc === undefined) throw unknown('bloc', text, blocIds.values());
      return bloc;
    },
    party: (text) => {
      const bloc = blocIds.get(fold(text));
      if (bloc === undefined || countryIds.has(fold(text))) {
        const id = country(text);
        return { id, name: countryNames.get(id) ?? id, members: () => [id], isBloc: false };
      }
      const rows = blocs.filter((b) => b.bloc === bloc);
      return {
        id: bloc,
        name: rows[0]?.name ?? bloc,
        isBloc: true,
        members: (year) =>
          rows
            .filter((b) => (b.from_year ?? -Infinity) <= year && year <= (b.to_year ?? Infinity))
            .map((b) => b.country),
      };
    },
  };
}

/** Years asked for: a list; `all` = every year with data, by mineral and stage; undefined = not said, the newest. */
export type AskedYears = readonly number[] | 'all' | undefined;

/** Years named, for a filter; undefined where none are. */
export const namedYears = (asked: AskedYears): readonly number[] | undefined =>
  asked === 'all' ? undefined : asked;

/** The years to answer for: those named, every one there is, or the newest. */
export const yearsToAnswer = (
  asked: AskedYears,
  newest: number | null | undefined,
  every: () => Iterable<number>,
): readonly number[] =>
  asked === 'all'
    ? [...new Set(every())].sort((a, b) => a - b)
    : (asked ?? (newest === null || newest === undefined ? [] : [newest]));

/** The year asked for where a question answers for one; undefined = not said. */
export function oneYear(texts: readonly string[] | undefined, question: string): number | undefined {
  const years = yearsOf(texts);
  if (years === 'all' || (years?.length ?? 0) > 1)
    throw new UsageError(
      `${question} answers for one year: name one, or leave it out for the newest: "${texts!.join(',')}"`,
    );
  return years?.[0];
}

/** Years from what people type: single years, comma lists, ranges, or all. */
export function yearsOf(texts: readonly string[] | undefined): AskedYears {
  if (texts === undefined) return undefined;
  if (isAll(texts)) return 'all';
  const years = new Set<number>();
  for (const text of texts) {
    const match = /^(\d{4})(?:\s*[-–]\s*(\d{4}))?$/.exec(text.trim());
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (!match || from < 1900 || to > 2100 || to < from)
      throw new UsageError(`not a year or a range of years (such as 2024 or 2018-2022): "${text}"`);
    for (let y = from; y <= to; y++) years.add(y);
  }
  return [...years].sort((a, b) => a - b);
}

/** Refuses what the data in use do not have, e.g. a stage or a year. */
export function checkKnown(
  what: string,
  wanted: readonly string[] | undefined,
  known: Iterable<string>,
): void {
  const all = new Set(known);
  for (const text of wanted ?? []) if (!all.has(text)) throw unknown(what, text, all);
}
