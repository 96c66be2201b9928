import { acceptable } from './context.ts';
import { referenceRows } from './reference-file.ts';
import type { Token } from './tokens.ts';
import { addForm, longestMatches, newTrie, type Trie } from './trie.ts';

export type CountryKind = 'name' | 'adjective' | 'capital' | 'bloc' | 'region';

/** What the words of a form stand for. */
export interface Entry {
  readonly type: 'country' | 'mineral' | 'blocked';
  /** ISO3, bloc or mineral id; null for regions and for words that are neither */
  readonly id: string | null;
  readonly kind: string;
  /** stage that the form itself implies: spodumene is mined, a hydroxide is a compound */
  readonly stage: string | null;
  /** name of the context rule that decides whether the word is meant so */
  readonly rule: string;
  /** the form as listed: names are written with capitals */
  readonly form: string;
}

export interface Mention {
  readonly type: 'country' | 'mineral';
  readonly id: string | null;
  readonly kind: string;
  readonly stage: string | null;
  readonly from: number;
  readonly to: number;
  readonly possessive: boolean;
}

/** Names and forms of countries and minerals, ready for looking up. */
export interface Gazetteer {
  readonly trie: Trie<Entry>;
  readonly countryName: (id: string) => string;
  readonly mineralName: (id: string) => string;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Builds the gazetteer from the word lists and the names in the data. Where `only` is set, ids that the data do not list
 * are left out: with somebody's own data nothing else is known.
 */
export function buildGazetteer(
  countries: readonly Named[],
  minerals: readonly Named[],
  only = false,
): Gazetteer {
  const trie = newTrie<Entry>();
  const countryIds = new Set(countries.map((c) => c.id));
  const mineralIds = new Set(minerals.map((m) => m.id));
  const seen = new Set<string>();
  const add = (entry: Entry) => {
    seen.add(entry.form.toLowerCase());
    addForm(trie, entry.form, entry);
  };
  for (const row of countryRows()) {
    const id = row.country || null;
    if (only && id && id !== 'EUU' && !countryIds.has(id)) continue;
    const kind = row.kind!;
    add({
      type: kind === 'blocked' ? 'blocked' : 'country',
      id,
      kind,
      stage: null,
      rule: row.rule ?? '',
      form: row.form!,
    });
  }
  for (const row of mineralRows()) {
    const id = row.mineral || null;
    if (only && id && !mineralIds.has(id)) continue;
    add({
      type: row.kind === 'blocked' ? 'blocked' : 'mineral',
      id,
      kind: row.kind!,
      stage: row.stage || null,
      rule: row.rule ?? '',
      form: row.form!,
    });
  }
  for (const c of countries)
    if (!seen.has(c.name.toLowerCase()))
      add({ type: 'country', id: c.id, kind: 'name', stage: null, rule: '', form: c.name });
  // names of a mineral as the data give them; "(natural)" and the like are not how people write
  for (const m of minerals)
    for (const name of namesOf(m))
      if (name.length > 2 && !seen.has(name.toLowerCase()) && (only || !everyday.has(name.toLowerCase())))
        add({ type: 'mineral', id: m.id, kind: 'form', stage: null, rule: '', form: name });
  const names = (all: readonly Named[]) => new Map(all.map((n) => [n.id, n.name]));
  const countryNames = names(countries);
  const mineralNames = names(minerals);
  return {
    trie,
    countryName: (id) => (id === 'EUU' ? 'the European Union' : (countryNames.get(id) ?? id)),
    mineralName: (id) => (mineralNames.get(id) ?? id.replaceAll('_', ' ')).toLowerCase(),
  };
}

/** The name as the data give it and the id, also in the singular. */
function namesOf(m: Named): string[] {
  const names = [m.name.replace(/\s*\(.*\)/, ''), m.id.replaceAll('_', ' ')];
  return [
    ...new Set([...names, ...names.filter((n) => /[a-z]{4}[^s]s$/i.test(n)).map((n) => n.slice(0, -1))]),
  ];
}

/** Materials of the tables whose names are everyday words; a critical-minerals text does not mean them by the word alone. */
const everyday = new Set(
  'oil steel salt lime stone sand clays cement cork peat coal hydrogen nitrogen argon krypton xenon abrasives aggregates granite limestone garnet gemstones quartz pumice natural gas natural rubber roundwood'.split(
    ' ',
  ),
);

let countryCache: Record<string, string>[] | undefined;
let mineralCache: Record<string, string>[] | undefined;
const countryRows = () => {
  countryCache ??= referenceRows('countries.csv');
  return countryCache;
};
const mineralRows = () => {
  mineralCache ??= referenceRows('minerals.csv');
  return mineralCache;
};

/** Countries and minerals named in a run of tokens, words that only look like one left out. */
export function mentionsIn(gazetteer: Gazetteer, tokens: readonly Token[]): Mention[] {
  const mentions: Mention[] = [];
  for (const match of longestMatches(gazetteer.trie, tokens)) {
    const entry = match.values.find((e) => acceptable(e, tokens, match.from, match.to));
    if (!entry || entry.type === 'blocked') continue;
    mentions.push({
      type: entry.type,
      id: entry.id,
      kind: entry.kind,
      stage: entry.stage,
      from: match.from,
      to: match.to,
      possessive: tokens[match.to - 1]!.possessive,
    });
  }
  return mentions;
}
