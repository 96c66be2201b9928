import type { AnswerRow } from '../../questions/question.ts';
import type { HeatRow } from '../charts/heat.ts';
import { figures, share, wordOf } from '../format.ts';

/** An index of the comparison: its column, whether a high figure is the risky end, and how its figure is said. */
export interface Index {
  readonly column: string;
  readonly label: string;
  readonly isHighRisky: boolean;
  readonly said: (value: number) => string;
}

export const indices: readonly Index[] = [
  { column: 'geopolrisk', label: 'GeoPolRisk', isHighRisky: true, said: figures },
  { column: 'eu_sr', label: 'EU supply risk', isHighRisky: true, said: figures },
  { column: 'eu_ei', label: 'EU importance', isHighRisky: true, said: figures },
  { column: 'usgs_te', label: 'US net imports', isHighRisky: true, said: share },
  { column: 'remaining_share', label: 'left (N−1)', isHighRisky: false, said: share },
];

export interface Place {
  readonly value: number;
  /** 1 = riskiest; equal figures share the mean of their places */
  readonly place: number;
  readonly of: number;
}

/** The place of every row that has a figure in one index, by row; the riskiest first. */
export function placesOf(rows: readonly AnswerRow[], index: Index): Map<AnswerRow, Place> {
  const known = rows
    .flatMap((row) => {
      const value = row[index.column];
      return typeof value === 'number' ? [{ row, value }] : [];
    })
    .sort((a, b) => (index.isHighRisky ? b.value - a.value : a.value - b.value));
  return new Map(
    known.map(({ row, value }) => {
      const first = known.findIndex((k) => k.value === value);
      const last = known.findLastIndex((k) => k.value === value);
      return [row, { value, place: (first + last) / 2 + 1, of: known.length }];
    }),
  );
}

export const keyOfRisk = (row: AnswerRow): string => `${row.mineral}-${row.stage}`;

/**
 * Rows scored by at least two of the indices as rows of a heat map, coloured by their place in each index among the
 * rows given; the riskiest on the mean of its relative places first.
 */
export function heatRows(
  rows: readonly AnswerRow[],
  nameOf: (mineral: unknown) => string,
): { readonly row: AnswerRow; readonly heat: HeatRow }[] {
  const places = indices.map((index) => placesOf(rows, index));
  // 1 = the riskiest of all, 0 = the least
  const strength = ({ place, of }: Place) => (of > 1 ? 1 - (place - 1) / (of - 1) : 1);
  return rows
    .flatMap((row) => {
      const own = places.map((p) => p.get(row));
      const known = own.flatMap((p) => (p ? [strength(p)] : []));
      if (known.length < 2) return [];
      const heat: HeatRow = {
        key: keyOfRisk(row),
        label: `${nameOf(row.mineral)}, ${wordOf(row.stage)}`,
        cells: own.map((p, i) =>
          p
            ? {
                strength: strength(p),
                words: placeWords(p.place),
                about: `${indices[i]!.said(p.value)}, place ${placeWords(p.place)} of ${p.of}`,
              }
            : null,
        ),
      };
      return [{ row, heat, mean: known.reduce((a, b) => a + b) / known.length }];
    })
    .sort((a, b) => b.mean - a.mean || (a.heat.key < b.heat.key ? -1 : 1));
}

export const placeWords = (place: number): string =>
  Number.isInteger(place) ? String(place) : place.toFixed(1);

export interface Term {
  readonly index: string;
  readonly term: string;
  readonly value: string;
}

const terms: readonly [index: string, term: string, column: string, said: (v: number) => string][] = [
  ['GeoPolRisk', 'score = concentration × instability', 'geopolrisk', figures],
  ['GeoPolRisk', 'concentration of world output (HHI)', 'hhi', figures],
  ['GeoPolRisk', 'instability of who it is imported from', 'import_risk', figures],
  ['EU supply risk', 'supply risk, critical from 1', 'eu_sr', figures],
  ['EU supply risk', 'governed concentration of supply', 'eu_concentration', figures],
  ['EU supply risk', 'input from end-of-life recycling', 'eol_rir', share],
  ['EU supply risk', 'substitution index; 1 = nothing can stand in', 'si_sr', figures],
  ['EU economic importance', 'importance, critical from 2.8', 'eu_ei', figures],
  ['USGS', 'net import reliance of the United States', 'usgs_te', share],
  ['N−1', 'world output left without the largest producer', 'remaining_share', share],
];

/** The figures behind the scores of one row, as rows of a table; what is not known is a null. */
export const termsOf = (row: AnswerRow): AnswerRow[] =>
  terms.map(([index, term, column, said]) => {
    const value = row[column];
    return { index, term, value: typeof value === 'number' ? said(value) : null };
  });
