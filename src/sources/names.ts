import { DataError } from '../errors.ts';
import type { Reference } from './source.ts';

/** Looks up an id by any label a publisher uses; undefined where the label is not known. */
export type NameOf = (label: string) => string | undefined;

/**
 * Labels are compared without case, accents, full stops, extra or hard spaces and with one kind of apostrophe.
 * Footnote marks are not dropped: the source that has them knows them.
 */
export function plainLabel(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘ʼ`]/g, "'")
    .replace(/[–—−]/g, '-')
    .replace(/\./g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** ISO3 of a country by name in any of the sources, by alias ("Burma", "Congo (Kinshasa)") or by ISO3. */
export const countryNames = (reference: Reference): NameOf => lookup(reference, 'country-names', 'country');

/** ISO3 of a country by a code: ISO2, ISO3, or an old or publisher's own code (ZAR, ROM, S19, 490). */
export const countryCodes = (reference: Reference): NameOf => {
  const codes = new Map<string, string>();
  for (const row of reference.csv('country-codes')) codes.set(row.code!, row.country!);
  return (code) => codes.get(code.trim());
};

/** Id of a mineral by name, symbol, or a publisher's name for it ("Niobium (Columbium)"). */
export const mineralNames = (reference: Reference): NameOf => lookup(reference, 'mineral-names', 'mineral');

function lookup(reference: Reference, file: string, id: string): NameOf {
  const ids = new Map<string, string>();
  for (const row of reference.csv(file)) {
    ids.set(plainLabel(row.label!), row[id]!);
    ids.set(plainLabel(row[id]!), row[id]!);
  }
  return (label) => ids.get(plainLabel(label));
}

/**
 * Collects what a source cannot place, so that one DataError lists all of it.
 * `known` returns the id or notes the label and returns an empty string; call `settle` before using the rows.
 */
export function unknowns(file: string) {
  const seen = new Map<string, Map<string, number>>();
  return {
    known(kind: string, label: string, id: string | undefined): string {
      if (id !== undefined) return id;
      const labels = seen.get(kind) ?? new Map<string, number>();
      labels.set(label, (labels.get(label) ?? 0) + 1);
      seen.set(kind, labels);
      return '';
    },
    settle(): void {
      const problems = [...seen].flatMap(([kind, labels]) =>
        [...labels].map(
          ([label, rows]) => `${file}: unknown ${kind}: "${label}" (${rows} row${rows === 1 ? '' : 's'})`,
        ),
      );
      if (problems.length > 0) throw new DataError(problems.sort());
    },
  };
}
