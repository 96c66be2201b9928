import type { Table } from '../../tables/define.ts';
import type { Filters } from '../remembering.ts';
import { heldName, isMarkSql, mark, quotedName, quotedText, shardColumns } from './ddl.ts';
import type { Manifest } from './loads.ts';

export interface Selection {
  readonly sql: string;
  /** columns of the result, in its order */
  readonly read: readonly string[];
  /** columns that are not read because the filter pins them to one value */
  readonly pinned: ReadonlyMap<string, string | number | boolean>;
  /** where the marks of the shards are asked for: their column, and all that are there if every shard answers, by slot */
  readonly marked: { readonly column: string; readonly slots: ReadonlyMap<string, number> } | null;
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'string') return quotedText(value);
  return typeof value === 'boolean' ? String(Number(value)) : String(value);
}

/** Values a column can have at all: no whole number equals 2024.5. */
const possible = (type: string, values: readonly (string | number | boolean)[]) =>
  type === 'integer' ? values.filter((v) => Number.isInteger(v) && Math.abs(v as number) < 2 ** 31) : values;

/**
 * The SELECT for rows of a table, ordered by key; null where no row can match.
 *
 * @param vouched asks for the marks of the shards too, which tell who answered
 */
export function selection(
  table: Table,
  where: Filters,
  { load, database, manifest }: { load: string; database: string; manifest: Manifest },
  vouched: boolean,
): Selection | null {
  const shardColumn = manifest.slots > 0 ? (shardColumns[table.name] ?? null) : null;
  const marked = vouched ? shardColumn : null;
  const slots = new Map<string, number>();
  const conditions: string[] = [];
  for (const [name, given] of Object.entries(where)) {
    if (given === undefined) continue;
    const column = table.columns[name];
    if (!column) throw new Error(`no column ${name} in table ${table.name}`);
    const values = possible(column.type, given);
    if (values.length === 0) return null;
    conditions.push(`${quotedName(name)} IN (${values.map(literal).join(', ')})`);
  }
  const pinned = new Map(
    Object.entries(where).flatMap(([name, values]) =>
      values?.length === 1 && name !== marked ? [[name, values[0]!] as const] : [],
    ),
  );
  const filterOf = (wider: boolean): string => {
    const asked = conditions.join(' AND ');
    if (marked === null) {
      const unmarked = shardColumn !== null && where[shardColumn] === undefined;
      return [...(asked ? [asked] : []), ...(unmarked ? [`NOT (${isMarkSql(shardColumn)})`] : [])].join(
        ' AND ',
      );
    }
    const marks = Array.from({ length: manifest.slots }, (_, slot) => mark(slot, wider));
    for (const [slot, name] of marks.entries()) slots.set(name, slot);
    return asked ? `(${asked}) OR ${quotedName(marked)} IN (${marks.map(quotedText).join(', ')})` : '';
  };

  const read = Object.keys(table.columns).filter((name) => !pinned.has(name));
  const names = read.map(quotedName).join(', ') || '1';
  const rows = (held: string, condition: string) =>
    `SELECT ${names} FROM ${quotedName(database)}.${quotedName(held)}${condition ? ` WHERE ${condition}` : ''}`;
  const order = table.key
    .filter((name) => !pinned.has(name))
    .map((name) => `${quotedName(name)} ASC NULLS FIRST`)
    .join(', ');
  const ordered = order ? ` ORDER BY ${order}` : '';
  const parts: string[] = [];
  if (manifest.rows[table.name] !== undefined) parts.push(rows(heldName(table.name, load), filterOf(false)));
  // codes that the table itself leaves out are read only where they are asked for by name
  const wider = `${table.name}_wider`;
  if (manifest.rows[wider] !== undefined && manifest.held) {
    const held = new Set(manifest.held);
    if ((where.hs6 ?? []).some((code) => !held.has(code as string)))
      parts.push(rows(heldName(wider, load), filterOf(true)));
  }
  if (parts.length === 0) return null;
  const sql =
    parts.length === 1
      ? `${parts[0]}${ordered}`
      : `SELECT ${names} FROM (${parts.join(' UNION ALL ')})${ordered}`;
  return { sql, read, pinned, marked: marked === null ? null : { column: marked, slots } };
}
