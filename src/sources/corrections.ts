import { DataError } from '../errors.ts';
import type { Reference } from './source.ts';

/**
 * Known errors in published data are rows of reference/corrections.csv, not branches in code:
 * source, edition, file, match (`column=text;column=text`), column, expect, value, why.
 * `expect` is what the publisher printed; when a release no longer prints it the build stops, so that a repaired
 * source is noticed and the correction removed.
 */
export interface Corrector {
  /** the figure as it should have been printed; the same object where no correction concerns it */
  readonly correct: <T extends Readonly<Record<string, string>>>(file: string, figure: T) => T;
  /** what was corrected, one line each; DataError with every correction that met nothing or something unexpected */
  readonly settle: () => string[];
}

interface Correction {
  readonly file: string;
  readonly match: readonly (readonly [column: string, text: string])[];
  readonly column: string;
  readonly expect: string;
  readonly value: string;
  readonly why: string;
  applied: number;
}

/** Corrections of one source and, where given, edition; columns of `match` are those of the figures handed in. */
export function corrector(reference: Reference, source: string, edition = ''): Corrector {
  const corrections = reference
    .csv('corrections')
    .filter((row) => row.source === source && row.edition === edition)
    .map(parse);
  const problems: string[] = [];
  return {
    correct: (file, figure) => {
      let corrected = figure;
      for (const c of corrections) {
        if (c.file !== file || !c.match.every(([column, text]) => figure[column] === text)) continue;
        const found = figure[c.column];
        if (found !== c.expect) {
          problems.push(
            `${file}: ${c.column} is "${found}" where a correction expects "${c.expect}"; ${c.why}`,
          );
          continue;
        }
        c.applied++;
        corrected = { ...corrected, [c.column]: c.value };
      }
      return corrected;
    },
    settle: () => {
      for (const c of corrections) {
        if (c.applied === 0) problems.push(`${c.file}: a correction meets no figure: ${c.why}`);
      }
      if (problems.length > 0) throw new DataError([...new Set(problems)].sort());
      return corrections.map(
        (c) =>
          `corrected ${c.file}: ${c.column} "${c.expect}" → "${c.value}" in ${c.applied} figures; ${c.why}`,
      );
    },
  };
}

function parse(row: Readonly<Record<string, string>>): Correction {
  const match = row.match!.split(';').map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
  });
  return {
    file: row.file!,
    match,
    column: row.column!,
    expect: row.expect!,
    value: row.value!,
    why: row.why!,
    applied: 0,
  };
}
