import type { CellValue } from '../tables/check.ts';
import { sqlName, sqlType } from '../tables/ddl.ts';
import type { Column } from '../tables/define.ts';
import { openDatabase } from './duckdb.ts';
import { quoted } from './quoted.ts';

const batch = 8192;

/** Writes rows as one Parquet file, in the order given; null stays null. */
export async function writeParquet(
  file: string,
  columns: Readonly<Record<string, Column>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const names = Object.keys(columns);
  const database = await openDatabase();
  try {
    const declared = names.map((name) => `${sqlName(name)} ${sqlType(columns[name]!)}`).join(', ');
    await database.query(`CREATE TABLE export (${declared})`);
    const { append, end } = await database.appender(
      'export',
      Object.values(columns).map((c) => c.type),
    );
    for (let from = 0; from < rows.length; from += batch) {
      const part = rows.slice(from, from + batch);
      append(names.map((name) => part.map((row) => (row[name] ?? null) as CellValue)));
    }
    end();
    const target = quoted(file);
    await database.query(`COPY export TO ${target} (FORMAT parquet, COMPRESSION zstd)`);
  } finally {
    database.close();
  }
}
