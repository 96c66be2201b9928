import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import type { Table } from '../tables/define.ts';
import { tableNamed, tables } from '../tables/list.ts';
import { didYouMean } from '../tables/nearest.ts';
import type { OwnProblems } from './own-problems.ts';

/** A file of somebody's own folder that holds one table. */
export interface OwnFile {
  readonly table: Table;
  readonly name: string;
  readonly path: string;
  readonly kind: 'csv' | 'parquet';
}

const ignored = (name: string): boolean =>
  name.startsWith('.') ||
  /\.md$/i.test(name) ||
  /^(readme|licen[cs]e|licen[cs]es)(\.|$)/i.test(name) ||
  name === 'datapackage.json';

const names = tables.map((t) => t.name);
/** Tables whose ids the others name come first. */
const order = (table: Table): number =>
  ['country', 'mineral'].indexOf(table.name) * -1 || names.indexOf(table.name);

function entries(dir: string, option: string) {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'no such folder'
        : code === 'ENOTDIR'
          ? 'not a folder'
          : 'a folder that cannot be read';
    throw new UsageError(
      `${why}: "${dir}"; ${option} takes a folder with one .csv or .parquet file per table`,
    );
  }
}

/** The tables of a folder; a file that is none is a problem, a folder without any file a usage error. */
export function ownFiles(dir: string, option: string, problems: OwnProblems): OwnFile[] {
  const files: OwnFile[] = [];
  let seen = 0;
  for (const entry of entries(dir, option)) {
    const path = join(dir, entry.name);
    if (ignored(entry.name)) continue;
    const dot = entry.name.lastIndexOf('.');
    const stem = dot < 0 ? entry.name : entry.name.slice(0, dot);
    const kind = dot < 0 ? '' : entry.name.slice(dot + 1);
    const isFile =
      entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile());
    if (!isFile && !(kind === 'csv' || kind === 'parquet')) continue;
    seen++;
    const table = tableNamed(stem);
    if (!isFile) problems.add(entry.name, `${entry.name}: not a file`);
    else if (kind !== 'csv' && kind !== 'parquet')
      problems.add(
        entry.name,
        `${entry.name}: unknown file; tables are .csv or .parquet files named ${names.join(', ')}`,
      );
    else if (!table)
      problems.add(
        entry.name,
        `${entry.name}: unknown table "${stem}"${didYouMean(stem, names)}; tables are ${names.join(', ')}`,
      );
    else if (files.some((f) => f.table === table))
      problems.add(entry.name, `${entry.name}: table ${table.name} given twice, as .csv and as .parquet`);
    else files.push({ table, name: entry.name, path, kind });
  }
  if (seen === 0)
    throw new UsageError(
      `no table in the folder: "${dir}"; ${option} takes a folder with one .csv or .parquet file per table: ${names.join(', ')}`,
    );
  return files.sort((a, b) => order(a.table) - order(b.table));
}
