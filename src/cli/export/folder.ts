import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { AnswerRow } from '../../questions/question.ts';
import { sha256 } from '../../store/version.ts';
import { writeParquet } from '../../store/write-parquet.ts';
import { dataPackage, type PackedSource, type PackedTable } from '../../tables/datapackage.ts';
import { csvText } from '../csv.ts';
import type { Sheet } from './sheet.ts';

export interface Packed {
  readonly name: string;
  readonly title: string;
  readonly dataVersion: string;
  readonly sources: readonly PackedSource[];
}

export type FileFormat = 'csv' | 'parquet';

/** Whole or not at all: what is there stays until the new file is written. */
export async function writeWhole(file: string, write: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await write(draft);
    await rename(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { EACCES: 'no permission', EISDIR: 'it is a folder', ENOTDIR: 'part of it is no folder' };
    if (code !== undefined && code in why)
      throw new UsageError(`cannot write there (${why[code as keyof typeof why]}): "${file}"`);
    throw error;
  }
}

async function writeSheet(sheet: Sheet, format: FileFormat, file: string): Promise<PackedTable> {
  await writeWhole(file, async (draft) => {
    if (format === 'parquet') await writeParquet(draft, sheet.columns, sheet.rows);
    else await writeFile(draft, csvText(Object.keys(sheet.columns), sheet.rows as readonly AnswerRow[]));
  });
  const bytes = await readFile(file);
  return {
    table: { ...sheet, main: [] },
    path: basename(file),
    format,
    bytes: bytes.length,
    sha256: sha256(bytes),
    rows: sheet.rows.length,
  };
}

/** One file for each sheet, and datapackage.json, which says what they hold (Frictionless Data Package). */
export async function writeFolder(
  sheets: readonly Sheet[],
  format: FileFormat,
  dir: string,
  packed: Packed,
): Promise<string[]> {
  const written: PackedTable[] = [];
  for (const sheet of sheets)
    written.push(await writeSheet(sheet, format, join(dir, `${sheet.name}.${format}`)));
  const described = join(dir, 'datapackage.json');
  await describe(described, written, packed);
  return [...written.map((w) => join(dir, w.path)), described];
}

/** One file, and beside it a data package of the same name. */
export async function writeSingle(
  sheet: Sheet,
  format: FileFormat,
  file: string,
  packed: Packed,
): Promise<string[]> {
  const written = await writeSheet(sheet, format, file);
  const described = join(dirname(file), `${basename(file, `.${format}`)}.datapackage.json`);
  await describe(described, [written], packed);
  return [file, described];
}

const describe = (file: string, written: readonly PackedTable[], packed: Packed): Promise<void> =>
  writeWhole(file, (draft) =>
    writeFile(
      draft,
      `${JSON.stringify(dataPackage(packed.dataVersion, written, packed.sources, packed), null, 2)}\n`,
    ),
  );
