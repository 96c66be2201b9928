import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellValue } from '../tables/check.ts';
import type { PackedTable } from '../tables/datapackage.ts';
import { sqlColumns, sqlName } from '../tables/ddl.ts';
import type { Table } from '../tables/define.ts';
import type { Database } from './duckdb.ts';
import { quoted } from './quoted.ts';
import { sha256 } from './version.ts';

/** Rows that filters pick together lie together: by code or mineral first, then by the rest of the key. */
const physicalOrder = (table: Table): string => {
  const first = ['hs6', 'cn8', 'mineral'].filter((name) => table.key.includes(name));
  return [...first, ...table.key.filter((name) => !first.includes(name))]
    .map((name) => `${sqlName(name)} ASC NULLS FIRST`)
    .join(', ');
};

const batch = 8192;

/** Writes one table as Parquet: the same rows in any order give the same bytes. */
export async function writeTable(
  database: Database,
  table: Table,
  rows: readonly Readonly<Record<string, CellValue>>[],
  dir: string,
): Promise<PackedTable> {
  const names = Object.keys(table.columns);
  const path = `${table.name}.parquet`;
  const file = join(dir, path);
  const held = `build_${table.name}`;
  await database.query(`CREATE TABLE ${held} (${sqlColumns(table)})`);
  const { append, end } = await database.appender(
    held,
    Object.values(table.columns).map((c) => c.type),
  );
  for (let from = 0; from < rows.length; from += batch) {
    const part = rows.slice(from, from + batch);
    append(names.map((name) => part.map((row) => row[name] ?? null)));
  }
  end();
  const target = quoted(file);
  await database.query(
    `COPY (SELECT ${names.map(sqlName).join(', ')} FROM ${held} ORDER BY ${physicalOrder(table)})
     TO ${target} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 15, ROW_GROUP_SIZE 40960)`,
  );
  await database.query(`DROP TABLE ${held}`);
  const bytes = readFileSync(file);
  return { table, path, bytes: bytes.length, sha256: sha256(bytes), rows: rows.length };
}
