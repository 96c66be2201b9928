import type { Annotated, Figure, Group } from './annotate.ts';
import { leavesOutMineral, namesOther } from './elliptic.ts';
import { mineralsCarried, refersToMineral, type Topic } from './references.ts';
import { firmNouns, senseOf } from './scope.ts';

/** A mineral as a claim is about it, with the stage that its form implies. */
export interface MineralOf {
  readonly id: string;
  readonly stage: string | null;
}

const hardSigns = /^[;:()—!?"”“]$/;
const clauseWords =
  /^(is|was|are|were|comes|come|came|which|who|while|but|whereas|because|after|when|although|though|compared|followed|with|before|versus|if|said|says|originates|originated|making|leaving|giving|to|goes|went)$/;

/** How far the words after a figure belong to it: up to a sign, a verb, the next figure; a list of minerals may hold commas. */
export function reachAfter(s: Annotated, f: Figure, next: Figure | undefined): number {
  const limit = Math.min(s.tokens.length, f.to + 16, next ? next.from : Number.POSITIVE_INFINITY);
  for (let k = f.to; k < limit; k++) {
    const inGroup = s.minerals.find((g) => g.from <= k && k < g.to);
    if (inGroup) {
      k = Math.min(inGroup.to, limit) - 1;
      continue;
    }
    const t = s.tokens[k]!;
    if (hardSigns.test(t.text) || t.text === ',' || t.text === '–') return k;
    if (t.lower === 'and' && beginsClause(s, k + 1)) return k;
    if (f.unit !== 'rank' && clauseWords.test(t.lower)) return k;
    if (f.unit === 'rank' && k > f.to && clauseWords.test(t.lower)) return k;
  }
  return limit;
}

/** After `and`: a verb or a country begins something new; a mineral goes on with the list. */
const beginsClause = (s: Annotated, k: number) =>
  (senseOf(s.tokens[k]?.lower ?? '')?.verb !== undefined && !/ing$/.test(s.tokens[k]!.lower)) ||
  s.countries.some((g) => g.from === k || (g.from === k + 1 && s.tokens[k]!.lower === 'the'));

const groupIn = (s: Annotated, from: number, to: number) =>
  s.minerals.find((g) => g.from >= from && g.from < to);
const asMinerals = (g: Group): MineralOf[] => g.mentions.map((m) => ({ id: m.id!, stage: m.stage }));

export interface Linked {
  readonly minerals: readonly MineralOf[];
  readonly group: Group | null;
  /** true where the minerals follow the figure, as in `40 % of the uranium` */
  readonly forward: boolean;
}

/** The minerals a figure is about: after it, shared with the next figure, before it, or named earlier. */
export function mineralsFor(s: Annotated, f: Figure, k: number, topic: Topic): Linked | null {
  const next = s.figures[k + 1];
  const end = reachAfter(s, f, next);
  const forward = groupIn(s, f.to, end);
  if (forward) return { minerals: asMinerals(forward), group: forward, forward: true };
  // `mines 70 % and refines 90 % of the world's rare earths`
  if (next && next.from - f.to <= 7 && next.unit === f.unit) {
    const between = s.tokens.slice(f.to, next.from);
    if (
      between.some((t) => t.lower === 'and') &&
      !between.some((t) => hardSigns.test(t.text) || isCountryToken(s, t.start))
    ) {
      const shared = groupIn(s, next.to, reachAfter(s, next, s.figures[k + 2]));
      if (shared) return { minerals: asMinerals(shared), group: shared, forward: true };
    }
  }
  const before = s.minerals.filter((g) => g.to <= f.from).at(-1);
  if (before) return { minerals: asMinerals(before), group: before, forward: false };
  // a rank's mineral may stand later where the sentence has just one: `third in mining, but first in copper`
  if (f.unit === 'rank' && !f.bare && s.minerals.length === 1 && s.figures.length === 1) {
    const only = s.minerals[0]!;
    return { minerals: asMinerals(only), group: only, forward: true };
  }
  const leavesOut = leavesOutMineral(s, f, s.figures[k - 1]);
  // the next figure's mineral, where this one leaves its own out: `ranks third in mining and processes 70 % of the lithium`
  if (next && leavesOut) {
    const later = groupIn(s, next.to, reachAfter(s, next, s.figures[k + 2]));
    if (later) return { minerals: asMinerals(later), group: later, forward: false };
  }
  const carried = mineralsCarried(topic, s);
  const referred =
    f.unit !== 'rank' && !namesOther(s, f) && (refersToMineral(s.text) || ownOutput.test(s.text));
  if (carried.length > 0 && (leavesOut || referred))
    return { minerals: carried, group: null, forward: false };
  return null;
}

const isCountryToken = (s: Annotated, start: number) =>
  s.countries.some((g) => g.mentions.some((m) => s.tokens[m.from]!.start === start));

/** `its share`, `the country's output`: of what was spoken of. */
const ownOutput =
  /\b(its|their|whose|(country|nation|kingdom)['’]s) (\w+ )?(share|output|production|reserves|exports)\b/i;

/** Whether a country name is only part of a firm's or a site's name or description: `Chile's Codelco`, `a Chinese company`. */
export function namesFirm(s: Annotated, group: Group, until: number): boolean {
  const last = group.mentions.at(-1)!;
  const owns = last.possessive || last.kind === 'adjective';
  if (!owns) return false;
  for (let k = last.to; k < Math.min(until, last.to + 7); k++) {
    const t = s.tokens[k]!;
    if (t.kind === 'sign') return false;
    const inMention = [...s.countries, ...s.minerals].some((g) => g.from <= k && k < g.to);
    if (inMention) continue;
    if (k === last.to && isName(t.text)) return true;
    if (firmNouns.has(t.lower) && !/^(smelters|mine)$/.test(t.lower)) return true;
    if (t.lower === 'mine' && !/^(production|output|supply)$/.test(s.tokens[k + 1]?.lower ?? '')) return true;
    const sense = senseOf(t.lower);
    if (sense?.verb && !/ing$/.test(t.lower)) return false;
  }
  return false;
}

export const isName = (text: string): boolean => /^\p{Lu}/u.test(text) && text.length > 1;

/** A capitalised word that is neither country nor mineral right before the verb: a firm is the subject. */
export function firmBeforeVerb(s: Annotated, from: number, to: number): boolean {
  for (let k = from; k < to; k++) {
    const sense = senseOf(s.tokens[k]!.lower);
    if (!sense?.verb || k === 0) continue;
    const before = s.tokens[k - 1]!;
    if (k - 1 < from) continue;
    const known = [...s.countries, ...s.minerals].some((g) => g.from <= k - 1 && k - 1 < g.to);
    if (
      !known &&
      before.kind === 'word' &&
      k - 1 > 0 &&
      isName(before.text) &&
      !/^(Ministry|President|Government|Republic|Corridor)$/.test(before.text)
    )
      return true;
    if (firmNouns.has(before.lower) && before.lower !== 'mine') return true;
  }
  return false;
}
