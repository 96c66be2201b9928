/** A figure inside a sentence: four significant digits, thousands set apart. Exact values stand in columns and notes. */
export const figure = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3
    ? value.toPrecision(2)
    : Number(value.toPrecision(4)).toLocaleString('en', { maximumFractionDigits: 6 });

/** A share in a sentence, as per cent. */
export const percent = (share: number): string => `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
