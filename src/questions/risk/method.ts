import type { World } from '../../store/world.ts';
import type { AnswerColumn, AnswerRow, Note } from '../question.ts';
import type { Names } from '../resolve.ts';

/** What a risk method is asked, already turned into ids. */
export interface RiskRequest {
  readonly world: World;
  readonly names: Names;
  readonly importers: readonly string[];
  readonly minerals: readonly string[] | undefined;
  readonly stages: readonly string[] | undefined;
  readonly years: readonly number[] | undefined;
  /** year of the suppliers' governance where it is not the year of the trade */
  readonly governanceYear: number | undefined;
  /** the published rules of GeoPolRisk instead of ours */
  readonly compat: boolean;
}

export interface RiskAnswer {
  readonly rows: AnswerRow[];
  readonly columns: readonly AnswerColumn[];
  readonly notes: Note[];
  readonly sources: ReadonlySet<string>;
}

export const riskKey: readonly AnswerColumn[] = [
  { name: 'method', unit: '', about: 'id of the method' },
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product; all where scored for the material' },
  { name: 'country', unit: '', about: 'whose risk: ISO3 or bloc' },
  { name: 'year', unit: '', about: 'year of the inputs' },
];

/** Collects remarks by code, each with the rows it is about. */
export class Remarks {
  readonly #byCode = new Map<string, { text: string; rows: Set<number>; names: Set<string> }>();

  add(code: string, text: string, row: number, names: Iterable<string> = []): void {
    const entry = this.#byCode.get(code) ?? { text, rows: new Set(), names: new Set() };
    entry.rows.add(row);
    for (const n of names) entry.names.add(n);
    this.#byCode.set(code, entry);
  }

  notes(): Note[] {
    return [...this.#byCode].map(([code, { text, rows, names }]) => ({
      code,
      text: names.size ? `${text}: ${[...names].sort().join(', ')}` : text,
      rows: [...rows].sort((a, b) => a - b),
    }));
  }
}
