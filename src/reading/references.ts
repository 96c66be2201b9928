import type { Annotated } from './annotate.ts';

/** What `it`, `the country`, `the metal` and figures that leave things out may refer to: what earlier sentences named. */
export interface Topic {
  /** the country that the last sentence naming one was about */
  country: string | null;
  /** minerals named last, and the number of that sentence */
  minerals: readonly { id: string; stage: string | null }[];
  mineralsAt: number;
  /** country or bloc whose list, act or strategy was named last */
  jurisdiction: string | null;
  /** policy words have been seen: what follows may speak of `the regulation` */
  policy: boolean;
  /** what the last rule limits: `a similar limit of 65 %` */
  metric: string | null;
  /** the text speaks of critical minerals: its agreements are about them */
  about: boolean;
  /** whose `we` speaks: set by `our country` */
  speaker: string | null;
  /** the bloc named last: `the bloc` */
  bloc: string | null;
  /** who signed the last agreement spoken of */
  party: string | null;
  /** year named last, for `in that year` */
  year: number | null;
}

export const newTopic = (): Topic => ({
  country: null,
  minerals: [],
  mineralsAt: Number.NEGATIVE_INFINITY,
  jurisdiction: null,
  policy: false,
  metric: null,
  about: false,
  speaker: null,
  bloc: null,
  party: null,
  year: null,
});

/** A mineral is carried over to a sentence that names none this many sentences further on at most. */
const carried = 5;
export const mineralsCarried = (topic: Topic, s: Annotated): Topic['minerals'] =>
  s.index - topic.mineralsAt <= carried ? topic.minerals : [];

const countryNouns =
  'country|nation|state|kingdom|republic|government|island|giant|producer|exporter|supplier|archipelago|emirate|sultanate|federation|territory|neighbour|neighbor|bloc';
const pronoun = new RegExp(
  `(^|[\\s“"(,;—–-])(it|its|(the|this|that|our|my) ((south|north|central|west|east|southern|western|eastern|northern|african|asian|south-east|southeast|latin|american|european|landlocked|island|andean|gulf|former|soviet|same|resource-rich|mineral-rich)[ -])*(${countryNouns})('s|’s)?|they|their)(?=[\\s,.;:]|$)`,
  'i',
);
const metalNoun =
  /(^|\s)((the|this|that|these|those|both) (same )?(silvery |battery |light |heavy |critical |precious )?(metals?|minerals?|elements?|ores?|materials?|commodity|commodities|market)|of (it|them|which|both)|it|them|both)(?=[\s,.;:]|$)/i;
const firstPerson = /(^|[\s“"(,;—–-])(we|our|us)(?=[\s,.;:]|$)/i;
const ownCountry = /(^|[\s“"])(our|my) (country|nation|republic|people|homeland)\b/i;
const aboutMinerals = /\b(critical|strategic|raw) (raw )?(minerals?|materials?)\b|\brare (metals|earths?)\b/i;

/** True where a sentence speaks of a country by a pronoun or a common noun. */
export const refersToCountry = (text: string): boolean => pronoun.test(text);
export const refersToMineral = (text: string): boolean => metalNoun.test(text);
/** `we`, `our`, said by whoever speaks. */
export const inFirstPerson = (text: string): boolean => firstPerson.test(text);

/** `The bloc` at hand is the one named last, whatever country was named since. */
export function recallBloc(topic: Topic, s: Annotated): void {
  if (topic.bloc && /\b(the|this) bloc\b/i.test(s.text)) topic.country = topic.jurisdiction = topic.bloc;
}

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
    topic.minerals = s.minerals.at(-1)!.mentions.map((m) => ({ id: m.id!, stage: m.stage }));
    topic.mineralsAt = s.index;
  }
  for (const g of named) for (const m of g.mentions) if (m.kind === 'bloc') topic.bloc = m.id;
  if (topic.country && ownCountry.test(s.text)) topic.speaker = topic.country;
  if (!topic.about) topic.about = aboutMinerals.test(s.text);
  const year = s.years.at(-1);
  if (year) topic.year = year.year;
}

function startsAsSubject(s: Annotated, group: Annotated['countries'][number]): boolean {
  const before = s.tokens.slice(0, group.from).map((t) => t.lower);
  return before.every((w) =>
    /^(the|but|and|while|however|,|meanwhile|today|“|"|also|—|-|in|though|yet|now|—|both|neighbouring)$/.test(
      w,
    ),
  );
}
