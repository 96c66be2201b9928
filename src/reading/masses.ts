import {
  kgPerPound,
  kgPerTroyOunce,
  lithiumInCarbonate,
  tonnesPerShortTon,
  uraniumInOxide,
} from '../tables/units.ts';
import type { Token } from './tokens.ts';

/** What is weighed, where it is not the metal itself. */
export type Compound = 'U3O8' | 'Li2CO3';

/** A unit of mass in the text. */
export interface MassUnit {
  readonly tonnes: number;
  readonly to: number;
  /** a pound may be money, an ounce is one of precious metal */
  readonly measure: 'tonne' | 'pound' | 'ounce';
  readonly compound: Compound | null;
}

const pound = kgPerPound / 1e3;
const ounce = kgPerTroyOunce / 1e3;
const tonnesPer = new Map<string, number>();
const add = (words: string, tonnes: number) => {
  for (const word of words.split(' ')) tonnesPer.set(word, tonnes);
};
add('t tonne tonnes ton tons', 1);
add('mt megatonne megatonnes', 1e6);
add('kt kilotonne kilotonnes kilotons', 1e3);
add('kg kgs kilogram kilograms kilogramme kilogrammes', 1e-3);
add('lb lbs pound pounds', pound);
add('mlb mlbs mmlb mmlbs', 1e6 * pound);
add('klb klbs', 1e3 * pound);
add('oz ounce ounces', ounce);
add('koz', 1e3 * ounce);
add('moz', 1e6 * ounce);
const kinds = new Set('metric dry gross troy fine'.split(' '));

/** The unit of mass that begins at token `k`, with what is weighed; null if there is none. */
export function massUnitAt(tokens: readonly Token[], k: number): MassUnit | null {
  let at = k;
  while (kinds.has(tokens[at]?.lower ?? '')) at++;
  const short = tokens[at]?.lower === 'short' && /^tons?$/.test(tokens[at + 1]?.lower ?? '');
  if (short) at++;
  const token = tokens[at];
  if (!token) return null;
  // small `mt` is how traders write metric tonnes, `Mt` is millions; `T` is no tonne
  const tonnes = short ? tonnesPerShortTon : token.text === 'mt' ? 1 : tonnesPer.get(token.lower);
  if (tonnes === undefined || token.text === 'T') return null;
  const measure = /lbs?$|^pounds?$/.test(token.lower)
    ? 'pound'
    : /oz$|^ounces?$/.test(token.lower)
      ? 'ounce'
      : 'tonne';
  return { tonnes, to: at + 1, measure, compound: compoundAfter(tokens, at + 1) };
}

/** `of U3O8`, `LCE`, `of lithium carbonate (equivalent)` after a unit. */
function compoundAfter(tokens: readonly Token[], k: number): Compound | null {
  const at = /^(of|in)$/.test(tokens[k]?.lower ?? '') ? k + 1 : k;
  const word = tokens[at]?.lower ?? '';
  const next = tokens[at + 1]?.lower ?? '';
  if (
    word === 'u3o8' ||
    word === 'yellowcake' ||
    (word === 'uranium' && /^(oxide|concentrates?)$/.test(next))
  )
    return 'U3O8';
  if (word === 'lce' || (word === 'lithium' && next === 'carbonate')) return 'Li2CO3';
  return null;
}

const precious = new Set(
  'gold silver platinum palladium rhodium iridium ruthenium osmium platinum_group'.split(' '),
);
const contents: Readonly<Record<Compound, { mineral: string; content: number }>> = {
  U3O8: { mineral: 'uranium', content: uraniumInOxide },
  Li2CO3: { mineral: 'lithium', content: lithiumInCarbonate },
};

/**
 * Tonnes of the mineral in a tonne of what was weighed, as the tables count it. Pounds of uranium are pounds of U3O8, as
 * the trade counts them. Null where the unit is not used for the mineral.
 */
export function contentOf(unit: Pick<MassUnit, 'measure' | 'compound'>, mineral: string): number | null {
  if (unit.measure === 'ounce' && !precious.has(mineral)) return null;
  const compound = unit.compound ?? (unit.measure === 'pound' && mineral === 'uranium' ? 'U3O8' : null);
  if (compound === null) return 1;
  return contents[compound].mineral === mineral ? contents[compound].content : 1;
}
