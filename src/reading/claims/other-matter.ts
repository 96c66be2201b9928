import { type Annotated, type Figure, isVague } from '../annotate.ts';
import { changeVerbs, otherMatters } from '../scope.ts';

const word = (s: Annotated, at: number) => s.tokens[at]?.lower ?? '';

/** Prices, growth, taxes, stakes, wages and times: figures that are not about who supplies what. */
export function isOtherMatter(s: Annotated, f: Figure): boolean {
  if (f.unit === 'rank') return false;
  const after = [0, 1, 2, 3].map((k) => word(s, f.to + k));
  // `a fifth of that` is part of a part
  if (after[0] === 'of' && /^(that|those|this|these)$/.test(after[1]!)) return true;
  // `mostly in foreign hands`: of ownership
  if (
    isVague(f) &&
    [...after, word(s, f.to + 4)].some((w) => /^(hands|owned|ownership|foreign|owners)$/.test(w))
  )
    return true;
  // `most of the rest` is of what the sentence before left
  if (after.slice(0, 3).includes('rest')) return true;
  if (otherMatters.has(after[0]!)) return true;
  if (otherMatters.has(after[1]!) && !/^(of|in|the|from)$/.test(after[0]!)) return true;
  if (
    after[0] === 'of' &&
    (otherMatters.has(after[1]!) || (otherMatters.has(after[2]!) && !/^(rare|refined)$/.test(after[1]!)))
  )
    return true;
  if (
    after[0] === 'of' &&
    /^(the|its|their|our)$/.test(after[1]!) &&
    (otherMatters.has(after[3]!) ||
      /^(year|company|firm|shares|mine|project|time|century|decade|business|plant)$/.test(after[2]!))
  )
    return true;
  if (
    f.unit === 'share' &&
    /^(a|per|each|every)$/.test(after[0]!) &&
    /^(year|annum|month|quarter|week|tonne|ton|kilogram|kg|pound|day)$/.test(after[1]!)
  )
    return true;
  if (/^(annually|yearly|year)$/.test(after[0]!) && f.unit === 'share') return true;
  if (f.unit === 'share' && /^(more|less|fewer)$/.test(after[0]!)) return true;
  const before = [1, 2, 3, 4].map((k) => word(s, f.from - k));
  // `makes up half` is no change
  if (before[0] === 'up' && /^(ma(k|d)|dig|dug|tak|took)/.test(before[1]!)) return false;
  // `up from a quarter` is where a change began; `slipped below 40 %` is where it stands
  if (before[0] === 'from' && changeVerbs.has(before[1]!)) return true;
  if (/^(below|above|under|past)$/.test(word(s, f.from)) && changeVerbs.has(before[0]!)) return false;
  if (before[0] === 'by' && f.unit === 'share' && changeBefore(s, f.from - 1)) return true;
  if (before[0] !== 'to' && before[0] !== 'at' && changeVerbs.has(before[0]!)) return true;
  if (/^(a|an|the|another|nearly|about|some|further)$/.test(before[0]!) && changeVerbs.has(before[1]!))
    return true;
  if (
    /^(of|at|to)$/.test(before[0]!) &&
    (otherMatters.has(before[1]!) || /^(price|prices|rate|rates|cost|costs)$/.test(before[1]!))
  )
    return true;
  if (
    /^(tariff|tariffs|duty|tax|levy|stake|royalty)$/.test(before[0]!) ||
    (/^(a|an)$/.test(before[0]!) && /^(tariff|tax|levy|duty|imposed|impose|imposes)$/.test(before[1]!))
  )
    return true;
  return false;
}

const changeBefore = (s: Annotated, at: number) =>
  [1, 2, 3, 4, 5].some((k) => changeVerbs.has(word(s, at - k)));
