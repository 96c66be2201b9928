import { DataError } from '../../errors.ts';
import type { CellValue } from '../../tables/check.ts';
import { sqlName } from '../../tables/ddl.ts';
import type { Table } from '../../tables/define.ts';
import { tables } from '../../tables/list.ts';
import type { Database, Parameter } from '../duckdb.ts';
import type { OpenTables } from '../open.ts';
import { isMark, mark, shardColumns } from './ddl.ts';
import { encodeBlock } from './native.ts';

/** Rows sent as one block. */
const blockRows = 65_536;

/** One table to load: its rows as SQL of the database in memory. */
export interface Part {
  readonly table: Table;
  readonly name: string;
  readonly wider: boolean;
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly rows: number;
}

/** Tables with rows; the codes of a whole release that its tables leave out are tables of their own. */
export async function partsOf({
  database,
  relationOf,
}: OpenTables): Promise<{ parts: Part[]; held: readonly string[] | null }> {
  const parts: Part[] = [];
  let held: readonly string[] | null = null;
  const add = async (table: Table, wider: boolean, from: string, parameters: readonly Parameter[]) => {
    const { columns } = await database.query(`SELECT count(*) FROM ${from}`, parameters);
    const rows = Number(columns[0]![0]);
    if (rows === 0) return;
    const names = Object.keys(table.columns).map(sqlName).join(', ');
    const name = wider ? `${table.name}_wider` : table.name;
    parts.push({ table, name, wider, sql: `SELECT ${names} FROM ${from}`, parameters, rows });
  };
  for (const table of tables) {
    const relation = relationOf(table);
    if (!relation) continue;
    relation.verify?.();
    await add(table, false, relation.sql, relation.parameters);
    if (!relation.wider) continue;
    held = [...relation.wider.held].sort();
    await add(table, true, 'read_parquet($1)', [[...relation.wider.files]]);
  }
  return { parts, held };
}

const cellsOf = (table: Table) => Object.entries(table.columns);

export async function* blocksOf(
  database: Database,
  part: Part,
  slots: number,
  { signal, told }: { signal?: AbortSignal | undefined; told: (rows: number) => void },
): AsyncGenerator<Uint8Array> {
  const columns = cellsOf(part.table);
  const shardColumn = slots > 0 ? shardColumns[part.table.name] : undefined;
  const shardAt = columns.findIndex(([name]) => name === shardColumn);
  if (shardColumn !== undefined) {
    const marks = columns.map(([name]) =>
      Array.from(
        { length: slots },
        (_, slot): CellValue => (name === shardColumn ? mark(slot, part.wider) : null),
      ),
    );
    yield encodeBlock(columns, marks, slots);
  }
  let values: CellValue[][] = columns.map(() => []);
  for await (const chunk of database.stream(part.sql, part.parameters)) {
    signal?.throwIfAborted();
    for (const [c, column] of chunk.columns.entries()) {
      const into = values[c]!;
      for (const value of column) into.push(value);
    }
    if (shardAt >= 0) {
      const wrong = chunk.columns[shardAt]!.find(isMark);
      if (wrong !== undefined)
        throw new DataError(`${part.name}: a ${shardColumn} may not begin with #: "${wrong}"`);
    }
    if (values[0]!.length < blockRows) continue;
    told(values[0]!.length);
    yield encodeBlock(columns, values, values[0]!.length);
    values = columns.map(() => []);
  }
  if (values[0]!.length > 0) yield encodeBlock(columns, values, values[0]!.length);
  told(values[0]!.length);
}
