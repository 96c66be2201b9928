/** Seeded random numbers: the same seed gives the same numbers on every machine. */
export type Random = () => number;

/** One step of SplitMix32 (Steele, Lea & Flood 2014, 32-bit finaliser): spreads nearby seeds far apart. */
function mix(x: number): number {
  let z = (x + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/**
 * Uniform numbers in [0, 1) with 32 bits, by xoshiro128** (Blackman & Vigna 2021).
 *
 * @param seed any whole number
 * @param stream which of the independent streams of that seed: chunks of work take one each, so that a result
 *   does not depend on which thread worked on which chunk
 */
export function randomFrom(seed: number, stream = 0): Random {
  let a = mix(mix(seed | 0) ^ Math.floor(seed / 2 ** 32));
  let b = mix(a ^ mix(stream));
  let c = mix(b ^ 0x2545f491);
  let d = mix(c ^ a);
  if ((a | b | c | d) === 0) a = 1;
  const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result / 2 ** 32;
  };
}

/** What is known of a quantity: at least, most likely, at most. */
export interface Range {
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}

/** The value of a triangular distribution at the cumulative probability u, 0…1; the mode where low = high. */
export function triangular({ low, mode, high }: Range, u: number): number {
  const width = high - low;
  if (width <= 0) return mode;
  const left = (mode - low) / width;
  return u < left
    ? low + Math.sqrt(u * width * (mode - low))
    : high - Math.sqrt((1 - u) * width * (high - mode));
}
