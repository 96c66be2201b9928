import type { World } from '../../store/world.ts';
import type { AnswerColumn, AnswerRow, Note } from '../question.ts';
import type { AskedYears, Names } from '../resolve.ts';

/** What a risk method is asked, already turned into ids. */
export interface RiskRequest {
  readonly world: World;
  readonly names: Names;
  readonly importers: readonly string[];
  readonly minerals: readonly string[] | undefined;
  readonly stages: readonly string[] | undefined;
  readonly years: AskedYears;
  /** year of the suppliers' governance where it is not the year of the trade */
  readonly governanceYear: number | undefined;
  /** the published rules of GeoPolRisk instead of ours */
  readonly compat: boolean;
  /** a row for every supplier and producer with its summand, instead of one for the score */
  readonly breakdown: boolean;
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

/** What one supplier or producer adds to an intermediate of the score. */
export const breakdownColumns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'side', unit: '', about: 'imports, output, global or sourcing: the intermediate it is part of' },
  { name: 'supplier', unit: '', about: 'ISO3' },
  { name: 'quantity_t', unit: 't', about: 'tonnes' },
  { name: 'value_usd', unit: 'USD', about: 'value of the imports' },
  { name: 'share', unit: '1', about: 'share of what the intermediate divides by' },
  { name: 'governance', unit: '1', about: 'g 0…1 (imports) or WGI 0…10 (global, sourcing); more is worse' },
  { name: 't', unit: '1', about: 'trade parameter of the EU study' },
  {
    name: 'term',
    unit: '1',
    about: 'summand: imports g·share, output share², global and sourcing (100·share)²·WGI·t',
  },
  { name: 'note', unit: '', about: 'what was put in for what is missing' },
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
