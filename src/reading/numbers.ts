import type { Token } from './tokens.ts';

const units = new Map<string, number>(
  Object.entries({
    zero: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    eleven: 11,
    twelve: 12,
    thirteen: 13,
    fourteen: 14,
    fifteen: 15,
    sixteen: 16,
    seventeen: 17,
    eighteen: 18,
    nineteen: 19,
  }),
);
const tens = new Map<string, number>(
  Object.entries({
    twenty: 20,
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
  }),
);
const scales = new Map<string, number>(
  Object.entries({
    hundred: 100,
    thousand: 1e3,
    million: 1e6,
    billion: 1e9,
    m: 1e6,
    mn: 1e6,
    mln: 1e6,
    bn: 1e9,
    k: 1e3,
  }),
);
const ordinals = new Map<string, number>(
  Object.entries({
    first: 1,
    second: 2,
    third: 3,
    fourth: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    eleventh: 11,
    twelfth: 12,
    fifteenth: 15,
    twentieth: 20,
  }),
);
const fractionNames = new Map<string, number>(
  Object.entries({
    half: 2,
    third: 3,
    quarter: 4,
    fifth: 5,
    sixth: 6,
    seventh: 7,
    eighth: 8,
    ninth: 9,
    tenth: 10,
    twentieth: 20,
  }),
);
const signs = new Map<string, number>(
  Object.entries({
    '½': 0.5,
    '¼': 0.25,
    '¾': 0.75,
    '⅓': 1 / 3,
    '⅔': 2 / 3,
    '⅕': 0.2,
  }),
);

/** Words with which a number may begin. */
const starts = new Set([...units.keys(), ...tens.keys(), 'a', 'half', 'dozen']);

export interface NumberAt {
  readonly value: number;
  /** the token after the number */
  readonly to: number;
}

/** The number that begins at a token: `40`, `1.5 million`, `twenty-five`, `two hundred`, `a dozen`; null if none does. */
export function numberAt(tokens: readonly Token[], at: number): NumberAt | null {
  const first = tokens[at];
  if (!first || (first.kind !== 'number' && !starts.has(first.lower))) return null;
  let value: number;
  let to = at + 1;
  if (first.kind === 'number') {
    value = Number(first.text.replaceAll(',', ''));
    if (!Number.isFinite(value)) return null;
  } else if (units.has(first.lower)) value = units.get(first.lower)!;
  else if (tens.has(first.lower)) {
    value = tens.get(first.lower)!;
    const next = tokens[to]?.lower ?? '';
    if (units.get(next) !== undefined && units.get(next)! > 0 && units.get(next)! < 10) {
      value += units.get(next)!;
      to++;
    }
  } else if (
    (first.lower === 'a' || first.lower === 'half') &&
    (tokens[at + 1]?.lower === 'million' || tokens[at + 1]?.lower === 'a')
  ) {
    // `a million`, `half a million`
    const half = first.lower === 'half';
    const scale = scales.get(tokens[at + (half ? 2 : 1)]?.lower ?? '');
    if (!scale || scale < 1000) return null;
    return { value: half ? scale / 2 : scale, to: at + (half ? 3 : 2) };
  } else if (first.lower === 'dozen') value = 12;
  else return null;
  for (;;) {
    const scale = scales.get(tokens[to]?.lower ?? '');
    if (!scale) break;
    // a bare `m` or `k` is a scale only before a unit or touching the number
    const letter = tokens[to]!.lower.length === 1;
    if (
      letter &&
      tokens[to]!.start !== tokens[to - 1]!.end &&
      !/^(t|tonnes?|tons?|metric)$/.test(tokens[to + 1]?.lower ?? '')
    )
      break;
    value *= scale;
    to++;
  }
  return { value, to };
}

/** `first` … `twentieth`, `3rd`; null if the token is no ordinal. */
export function ordinalAt(tokens: readonly Token[], at: number): NumberAt | null {
  const token = tokens[at];
  if (!token) return null;
  const named = ordinals.get(token.lower);
  if (named !== undefined) return { value: named, to: at + 1 };
  const next = tokens[at + 1];
  if (token.kind === 'number' && next && /^(st|nd|rd|th)$/.test(next.lower) && next.start === token.end)
    return { value: Number(token.text), to: at + 2 };
  return null;
}

/** Words that may follow `a third` where it is a part and not a place in a row. */
const afterPart =
  /^(of|in|the|share|is|was|are|were|comes|came|from|and|,|\.|\)|;|to|its|global|world|what|more)$/;

/** Fractions in words: `a third`, `two-thirds`, `half`, `nine out of ten`, `one in five`, `¾`; the value is 0…1. */
export function fractionAt(tokens: readonly Token[], at: number): NumberAt | null {
  const first = tokens[at];
  if (!first || (first.kind !== 'sign' && !starts.has(first.lower) && first.lower !== 'an')) return null;
  const sign = signs.get(first.text);
  if (sign !== undefined) return { value: sign, to: at + 1 };
  if (first.lower === 'half') {
    const before = tokens[at - 1]?.lower ?? '';
    const after = tokens[at + 1];
    if (/^(first|second|last|latter|other|and)$/.test(before) || after?.joined) return null;
    if (after?.lower === 'a' || after?.lower === 'year') return null;
    return { value: 0.5, to: at + 1 };
  }
  const numerator = first.lower === 'a' || first.lower === 'an' ? 1 : (units.get(first.lower) ?? null);
  if (numerator === null || numerator < 1) return null;
  const name = tokens[at + 1];
  if (!name) return null;
  const singular = name.lower.endsWith('ves') ? 'half' : name.lower.replace(/s$/, '');
  const parts = fractionNames.get(singular);
  if (parts !== undefined && numerator < parts) {
    const plural = name.lower !== singular;
    if (numerator === 1 && !plural && !afterPart.test(tokens[at + 2]?.lower ?? '.')) return null;
    if (plural !== numerator > 1) return null;
    return { value: numerator / parts, to: at + 2 };
  }
  // nine out of ten, one in five
  const out =
    name.lower === 'out' && tokens[at + 2]?.lower === 'of'
      ? 3
      : name.lower === 'in' || name.lower === 'of'
        ? 2
        : 0;
  if (out > 0 && first.lower !== 'a' && (name.lower !== 'of' || out === 3)) {
    const whole = units.get(tokens[at + out]?.lower ?? '');
    if (whole !== undefined && whole > numerator && whole >= 3)
      return { value: numerator / whole, to: at + out + 1 };
  }
  return null;
}
