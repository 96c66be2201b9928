import type { RowOf, Table } from '../tables/define.ts';

/** Equality filters by column: a row is kept when each named column has one of the listed values. */
export type Where<T> = { readonly [K in keyof RowOf<T>]?: readonly NonNullable<RowOf<T>[K]>[] };

/** Rows of a table that match `where`, ordered by the table's key. Numbers are JS numbers, absent cells null. */
export type Load = <T extends Table>(table: T, where?: Where<T>) => Promise<RowOf<T>[]>;

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
  /** solves an optimisation model; see solver/highs.ts */
  readonly solve: (model: unknown) => Promise<unknown>;
  /** says how far a long computation is, 0…1; shells print it to stderr */
  readonly progress: (done: number, what: string) => void;
  /** aborted when the person stops waiting */
  readonly signal: AbortSignal;
}
