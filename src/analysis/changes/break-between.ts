/** A year at which a series changes meaning, as the register has it. */
export interface Break {
  readonly source: string;
  /** the country concerned, or WLD */
  readonly country: string;
  /** first year of the new meaning */
  readonly year: number;
  readonly what: string | null;
}

/** What is compared across the years. */
export interface Compared {
  readonly source: string;
  readonly countries: readonly string[];
  readonly hs6: string;
  readonly measure: 'value' | 'quantity';
  readonly from: number;
  readonly to: number;
}

/**
 * The break that lies between two years of a series, or null: one in a year `from < year ≤ to` (in either direction)
 * of the same source, for the country concerned or for all. A break whose words name six-digit codes concerns these
 * codes only; one that begins with tonnes concerns quantities only.
 */
export function breakBetween<B extends Break>(breaks: readonly B[], compared: Compared): B | null {
  const first = Math.min(compared.from, compared.to);
  const last = Math.max(compared.from, compared.to);
  return (
    breaks.find((b) => {
      if (b.source !== compared.source || !(first < b.year && b.year <= last)) return false;
      if (b.country !== 'WLD' && !compared.countries.includes(b.country)) return false;
      const what = b.what ?? '';
      const codes = what.match(/\b\d{6}\b/g);
      if (codes && !codes.includes(compared.hs6)) return false;
      return !(compared.measure === 'value' && /^tonnes\b/i.test(what));
    }) ?? null
  );
}
