import type { RowOf, Table } from '../tables/define.ts';

/** Equality filters by column: a row is kept when each named column has one of the listed values. */
export type Where<T> = { readonly [K in keyof RowOf<T>]?: readonly NonNullable<RowOf<T>[K]>[] };

/** Rows of a table that match `where`, ordered by the table's key. Numbers are JS numbers, absent cells null. */
export type Load = <T extends Table>(table: T, where?: Where<T>) => Promise<RowOf<T>[]>;

/** A linear (or mixed-integer) model: minimise cost·x subject to row and column bounds. ±Infinity = no bound. */
export interface LinearModel {
  readonly columns: readonly {
    readonly name: string;
    readonly cost: number;
    readonly lower: number;
    readonly upper: number;
    readonly integer?: boolean;
  }[];
  readonly rows: readonly {
    readonly name: string;
    readonly lower: number;
    readonly upper: number;
    /** position of the column and its coefficient */
    readonly terms: readonly (readonly [column: number, coefficient: number])[];
  }[];
  /** by column, q of a convex term q·x² in the objective; none = linear */
  readonly squares?: readonly number[];
  /** asks for an irreducible set of limits where there is no solution */
  readonly explain?: boolean;
}

export interface LinearSolution {
  readonly status: 'optimal' | 'infeasible' | 'unbounded' | 'limit';
  readonly objective: number | null;
  /** by column */
  readonly values: readonly number[];
  /** by row: change of the objective per unit of the row's bound; null for a mixed-integer model */
  readonly duals: readonly number[] | null;
  /** by column: change of the objective per unit of the bound it stands at; null for a mixed-integer model */
  readonly reducedCosts: readonly number[] | null;
  /** positions of rows and columns whose limits together allow nothing, none of which can be left out; see `explain` */
  readonly irreducible: { readonly rows: readonly number[]; readonly columns: readonly number[] } | null;
  /** relative gap of a mixed-integer model; 0 for a linear one */
  readonly gap: number;
}

export type Solve = (models: readonly LinearModel[], signal?: AbortSignal) => Promise<LinearSolution[]>;

/** All of the outside that a question may touch. */
export interface World {
  readonly load: Load;
  /** today as YYYY-MM-DD */
  readonly now: string;
  /** hash of the data in use */
  readonly dataVersion: string;
  /** where the data come from: the shipped snapshot, a person's folder, or the first with the second laid over it */
  readonly data: 'snapshot' | 'own' | 'snapshot+own';
  /** keys of rows that came from `--with`, by table name; empty otherwise */
  readonly own: ReadonlySet<string>;
  /** parts of a distributed store that did not answer so far, where a partial answer was asked for; see questions/answered.ts */
  readonly missing?: () => readonly string[];
  /** solves optimisation models one after another, the later ones warm where they differ only in bounds; see solver/highs.ts */
  readonly solve: Solve;
  /**
   * opens a folder of this machine, an earlier release or own tables, beside the data in use; absent where people
   * elsewhere ask, who must not name folders
   */
  readonly openFolder?: (folder: string) => Promise<World & { readonly close: () => void | Promise<void> }>;
  /** says how far a long computation is, 0…1; shells print it to stderr */
  readonly progress: (done: number, what: string) => void;
  /** aborted when the person stops waiting */
  readonly signal: AbortSignal;
}
