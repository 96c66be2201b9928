import { onTestFinished } from 'vitest';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { folder } from './folder.ts';

export type Cell = string | number | boolean | null | undefined;

const cell = (value: Cell): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** CSV text of rows given as objects; the header is the union of their names. */
export function csv(rows: readonly Readonly<Record<string, Cell>>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return `${[names, ...rows.map((row) => names.map((name) => cell(row[name])))].map((r) => r.join(',')).join('\n')}\n`;
}

/** Tables as rows, or as the text of the CSV file. */
export type Tables = Readonly<Record<string, string | readonly Readonly<Record<string, Cell>>[]>>;

/** A temporary `--data` folder holding these tables. */
export const worldFolder = (tables: Tables): string =>
  folder(
    Object.fromEntries(
      Object.entries(tables).map(([name, rows]) => [
        `${name}.csv`,
        typeof rows === 'string' ? rows : csv(rows),
      ]),
    ),
  );

/** A world of these tables, closed when the test is over. */
export async function smallWorld(tables: Tables, now = '2026-03-01'): Promise<OpenWorld> {
  const world = await openWorld({ data: worldFolder(tables), now });
  onTestFinished(() => world.close());
  return world;
}
