import type { Annotated, Group } from './annotate.ts';

/** What `it`, `the country` and `the metal` may refer to: what earlier sentences named. */
export interface Topic {
  /** the country that the last sentence naming one was about */
  country: string | null;
  /** minerals named last */
  minerals: readonly { id: string; stage: string | null }[];
  /** country or bloc whose list, act or strategy was named last */
  jurisdiction: string | null;
  /** policy words have been seen: what follows may speak of `the regulation` */
  policy: boolean;
}

export const newTopic = (): Topic => ({ country: null, minerals: [], jurisdiction: null, policy: false });

const countryNouns =
  'country|nation|state|kingdom|republic|government|island|giant|producer|exporter|supplier|archipelago|emirate|sultanate|federation|territory|neighbour|neighbor|bloc';
const pronoun = new RegExp(
  `(^|[\\s“"(,;—–-])(it|its|(the|this|that) ((south|north|central|west|east|southern|western|eastern|northern|african|asian|south-east|southeast|latin|american|european|landlocked|island|andean|gulf|former|soviet|same|resource-rich|mineral-rich)[ -])*(${countryNouns})('s|’s)?|they|their)(?=[\\s,.;:]|$)`,
  'i',
);
const metalNoun =
  /(^|\s)((the|this|that|these|those|both) (same )?(silvery |battery |light |heavy |critical |precious )?(metals?|minerals?|elements?|ores?|materials?|commodity|commodities|market)|of (it|them|which)|it|them)(?=[\s,.;:]|$)/i;

/** True where a sentence speaks of a country by a pronoun or a common noun. */
export const refersToCountry = (text: string): boolean => pronoun.test(text);
export const refersToMineral = (text: string): boolean => metalNoun.test(text);

/** Takes note of what a sentence named. */
export function follow(topic: Topic, s: Annotated): void {
  const named = s.countries.filter((g) => g.mentions.some((m) => m.id !== null));
  if (named.length > 0) {
    const first = named[0]!;
    // a sentence that begins with a country is about it; else what was named last counts
    const chosen = first.from <= 3 && startsAsSubject(s, first) ? first : named.at(-1)!;
    topic.country = chosen.mentions.filter((m) => m.id !== null).at(chosen === first ? 0 : -1)!.id;
  }
  if (s.minerals.length > 0) {
    const last = s.minerals.at(-1)!;
    topic.minerals = last.mentions.map((m) => ({ id: m.id!, stage: m.stage }));
  }
}

function startsAsSubject(s: Annotated, group: Group): boolean {
  const before = s.tokens.slice(0, group.from).map((t) => t.lower);
  return before.every((w) =>
    /^(the|but|and|while|however|,|meanwhile|today|“|"|also|—|-|in|though|yet|now|—|both|neighbouring)$/.test(
      w,
    ),
  );
}
