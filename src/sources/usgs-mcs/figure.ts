/** One published figure of a world table, every part as text; all editions are brought to this shape first. */
export type Figure = Readonly<{
  /** label of the series as in reference/usgs-series.csv */
  series: string;
  country: string;
  table: 'production' | 'reserves' | 'capacity';
  year: string;
  unit: string;
  value: string;
  notes: string;
  /** the publisher’s own words for the series */
  title: string;
  /** what the chapter says of its table as a whole; empty in releases before 2026 */
  chapterNotes: string;
}>;

/** Figures of one file with the edition they are from. */
export interface FigureFile {
  readonly edition: string;
  readonly file: string;
  readonly figures: readonly Figure[];
}

/** Labels are compared in lower case, with single spaces and without the mark `rounded` of world totals. */
export const seriesLabel = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[,:]?\s*\(?\brounded\)?/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** A world total may say which part it is of: `World total (ilmenite, rounded)` → ` — ilmenite`. */
export function worldPart(country: string): string {
  const inside = /^world total \(([^)]*)\)/i.exec(country.trim())?.[1] ?? '';
  const part = inside.replace(/,?\s*rounded/i, '').trim();
  return part === '' ? '' : ` — ${part}`;
}
