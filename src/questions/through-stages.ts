import { tonneBasis } from '../analysis/flows/contained.ts';
import type { Method } from '../analysis/flows/network.ts';
import { alongChain, type Path, type StepBack } from '../analysis/flows/stages.ts';
import type { Link } from './chain-data.ts';
import { figure, percent } from './figure.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { Note } from './question.ts';
import { mixedBases, type StageData } from './stage-data.ts';
import { supplyOf, type TracedSupply } from './traced-shares.ts';
import { tradeWouldTell } from './would-tell.ts';

export interface Through {
  /** amounts at the earliest stage by where they were born; makers that cannot be followed keep theirs */
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
  /** the part that may have been born anywhere: unrecorded at any stage, not seen, or stopped */
  readonly open: ReadonlyMap<string, number>;
  readonly total: number;
  /** the part of `traced` that stops with a maker and has no place of birth */
  readonly stopped: ReadonlyMap<string, number>;
  /** the same by where it was born and who made it, together */
  readonly paths: readonly Path[];
  readonly notes: readonly Note[];
  readonly sources: readonly string[];
}

export interface Following {
  readonly weight: Weight;
  readonly method: Method;
  /** `seen`: of a maker's feed only what is known of it is followed; `whole`: all has the mix of what is known */
  readonly feed: 'seen' | 'whole';
}

/**
 * Follows a traced supply back along a chain of stages: each maker's tonnes times its yield, spread over the origins of
 * what that maker consumes at the stage before, and so on. Where that is not known the tonnes stay with the maker and are
 * named.
 */
export function throughStages(
  supply: TracedSupply,
  made: StageData,
  links: readonly Link[],
  { weight, method, feed }: Following,
): Through {
  const notes: Note[] = [];
  const lookups = links.map((link, k): StepBack & { later: StageData; link: Link } => {
    const later = links[k - 1]?.data ?? made;
    const network = networkOf(link.data, weight, method);
    notes.push(...network.notes.map((n) => ({ ...n, text: `${link.data.stage}: ${n.text}` })));
    const tonnesPerTonne = yieldsOf(link, weight);
    const seen = seenAt(later, link);
    const feeds = new Map<string, ReturnType<StepBack['feedOf']>>();
    return {
      stage: link.data.stage,
      later,
      link,
      tonnesPerTonne,
      feedOf: (maker) => {
        if (!feeds.has(maker)) {
          const taken = supplyOf(network, [maker], supply.traced.size > 1);
          feeds.set(maker, taken && { ...taken, seen: seen(maker) });
        }
        return feeds.get(maker)!;
      },
    };
  });
  const chain = alongChain(supply, lookups, feed === 'seen');
  for (const { later, link, stage, feedOf } of lookups) {
    const stops = chain.stops.filter((s) => s.before === stage);
    if (stops.length) notes.push(stopNote(stops, chain.total, later, link, feedOf));
    const needs = chain.feeds.filter((f) => f.stage === stage);
    const blind = needs.filter((f) => {
      const taken = feedOf(f.maker);
      return taken !== null && taken.traced.size > 0 && taken.seen === null;
    });
    if (feed === 'seen' && blind.length)
      notes.push({
        code: 'feed_not_compared',
        value: sumOf(blind) / sumOf(needs),
        text: `how much of the feed at ${stage} is seen cannot be told, as tonnes to compare are missing; all of it is taken to have the mix of what is known: ${listed(
          blind.sort((a, b) => b.tonnes - a.tonnes).map((f) => f.maker),
        )}`,
      });
    if (feed === 'whole') {
      const thin = needs.filter((f) => (feedOf(f.maker)?.seen ?? 1) < leastSeen && f.tonnes > 0);
      if (thin.length)
        notes.push({
          code: 'feed_not_seen',
          value: Math.min(...thin.map((f) => feedOf(f.maker)!.seen!)),
          text: `what is known of their feed at ${stage} covers little of what they make: ${listed(
            thin
              .sort((a, b) => b.tonnes - a.tonnes)
              .map((f) => `${f.maker} ${percent(feedOf(f.maker)!.seen!)}`),
          )}; the rest is taken to have the same mix, and widens the range; --feed seen keeps it with the maker`,
        });
    }
    if (weight === 'quantity') notes.push(...yieldNotes(link, later, sumOf(needs)));
  }
  const unrecorded = chain.paths.reduce((s, p) => s + (p.followed ? p.unrecorded : 0), 0) / chain.total;
  notes.push({
    code: 'chain_unrecorded',
    value: unrecorded,
    text: `${percent(unrecorded)} is followed to supply that nobody reports producing`,
  });
  const stopped = new Map<string, number>();
  for (const { country, traced } of chain.stops) stopped.set(country, (stopped.get(country) ?? 0) + traced);
  return {
    ...chain,
    stopped,
    notes,
    sources: links.flatMap((l) => [...l.data.sources]),
  };
}

/** Part of a maker's feed below which an answer speaks of what is not seen. */
const leastSeen = 0.9;
/** Makers named in a note. */
const mostNamed = 6;
const listed = (names: readonly string[]) =>
  names.length > mostNamed
    ? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`
    : names.join(', ');
const sumOf = (feeds: readonly { readonly tonnes: number }[]) => feeds.reduce((s, f) => s + f.tonnes, 0);

/** y by maker: its own, else everywhere's, else 1. By value 1: what a dollar made takes in is not known maker by maker. */
function yieldsOf({ yields }: Link, weight: Weight): (maker: string) => number {
  if (weight === 'value') return () => 1;
  const everywhere = yields.find((y) => !y.country)?.t_per_t ?? 1;
  const of = new Map(yields.flatMap((y) => (y.country ? [[y.country, y.t_per_t] as const] : [])));
  return (maker) => of.get(maker) ?? everywhere;
}

/**
 * What part of the feed that a maker's output needs is known: its consumption of the stage before over output times yield,
 * by tonnes, at most 1. Gross tonnes of ore against contained tonnes give too high a part, never too low. Null where the
 * tonnes of output are not one measure, or gross without a yield that says what of.
 */
function seenAt(later: StageData, link: Link): (maker: string) => number | null {
  const made = networkOf(later, 'quantity', 'gross').network;
  const taken = networkOf(link.data, 'quantity', 'gross').network;
  const used = later.codes.filter((c) => later.flows.some((f) => f.hs6 === c.hs6));
  const ofOneMeasure =
    (tonneBasis(used) === 'contained' || link.yields.length > 0) &&
    !mixedBases(later.output).length &&
    !mixedBases(link.data.output).length;
  if (!made || !taken || !ofOneMeasure) return () => null;
  const tonnesPerTonne = yieldsOf(link, 'quantity');
  return (maker) => {
    const [k, j] = [made.positionOf.get(maker), taken.positionOf.get(maker)];
    const need = k === undefined ? 0 : (made.production[k]! + made.unrecorded[k]!) * tonnesPerTonne(maker);
    return need > 0 ? Math.min(1, (j === undefined ? 0 : taken.consumption[j]!) / need) : null;
  };
}

function stopNote(
  stops: readonly { readonly country: string; readonly traced: number }[],
  total: number,
  later: StageData,
  { data, traceable }: Link,
  feedOf: StepBack['feedOf'],
): Note {
  const share = stops.reduce((s, c) => s + c.traced, 0) / total;
  const known = (c: string) => {
    const feed = feedOf(c);
    return feed && feed.traced.size > 0 ? (feed.seen ?? 1) : 0;
  };
  // gross tonnes of ore against contained tonnes: what is seen is less than it looks
  const most = tonneBasis(data.codes) === 'contained' ? '' : 'at most ';
  const parts = stops.map(({ country }) =>
    known(country) > 0 ? `${country} (${most}${percent(known(country))} of its feed is seen)` : country,
  );
  const nothing = !stops.some((s) => known(s.country) > 0);
  return {
    code: 'not_traced_beyond',
    value: share,
    makers: stops.map((s) => s.country),
    text: `${percent(share)} is not traced beyond ${later.stage}, as ${nothing ? 'nothing' : 'nothing or too little'} is known of what they take in at ${data.stage}; kept with the maker: ${listed(parts)}${nothing ? '' : '; the rest of a feed is scrap, or goods of other codes'}${wouldTell(data, traceable)}`,
  };
}

/** What would let the chain go on: the codes, the year and where they can be had; and what the codes leave out. */
function wouldTell(data: StageData, traceable: readonly number[]): string {
  const told = tradeWouldTell(data);
  const caveats = [...new Set(data.codes.flatMap((c) => (c.metal_content === null ? (c.caveat ?? []) : [])))];
  const years =
    told && data.codes.length && traceable.length ? `; years at hand: ${traceable.join(', ')}` : '';
  return `${told && `; ${told}`}${years}${caveats.length ? ` (${caveats.join('; ')})` : ''}`;
}

function yieldNotes({ yields, data }: Link, later: StageData, tonnes: number): Note[] {
  const everywhere = yields.find((y) => !y.country)?.t_per_t;
  return [
    {
      code: 'yield',
      value: everywhere ?? null,
      text: yields.length
        ? `t of ${data.stage} per t of ${later.stage}, from the table yield: ${everywhere ?? 1}${yields.some((y) => y.country) ? ' where no country is named' : ''}`
        : `no yield is known from ${data.stage} to ${later.stage}: 1 t per t`,
    },
    {
      code: `consumption_${data.stage}`,
      value: tonnes,
      text: `the same consumption takes ${figure(tonnes)} t at ${data.stage}`,
    },
  ];
}
