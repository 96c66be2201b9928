import type { Column, ColumnType, Table } from '../../tables/define.ts';

/** Tables as ClickHouse holds them, from the same declarations as everywhere. */

const types: Record<ColumnType, string> = {
  text: 'String',
  integer: 'Int32',
  number: 'Float64',
  boolean: 'UInt8',
};

export const columnType = (column: Pick<Column, 'type' | 'nullable'>): string =>
  column.nullable ? `Nullable(${types[column.type]})` : types[column.type];

/** A name as SQL takes it; names of tables and columns are plain words. */
export const quotedName = (name: string): string => `\`${name.replaceAll(/[`\\]/g, '\\$&')}\``;

/** A text as SQL takes it, whatever it holds. */
export const quotedText = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;

/** The column that tells on which shard a row lies, for tables too large for one machine; by product. */
export const shardColumns: Readonly<Record<string, string>> = {
  trade_flow: 'hs6',
  series_coverage: 'hs6',
  trade_heading: 'heading',
  uk_trade_month: 'hs6',
  reported_import: 'cn8',
};

/**
 * Rows `#0`, `#1` … of a sharded table (`##0` … of the wider one), one for each unit of the shards' weights: what they
 * hold is nothing, but a shard that gave its rows gave its marks too, and one whose marks are missing did not answer.
 */
export const mark = (slot: number, wider = false): string => `${wider ? '##' : '#'}${slot}`;
export const isMark = (value: unknown): boolean => String(value).startsWith('#');
export const isMarkSql = (column: string): string => `${quotedName(column)} LIKE '#%'`;

/** Codes that begin alike lie together: eight-digit codes with their six-digit one. */
const shardOf = (column: string): string => {
  const name = quotedName(column);
  return `if(startsWith(${name}, '#'), toUInt64OrZero(replaceAll(${name}, '#', '')), cityHash64(substring(${name}, 1, 6)))`;
};

const columnsOf = (table: Table): string =>
  Object.entries(table.columns)
    .map(([name, column]) => `${quotedName(name)} ${columnType(column)}`)
    .join(', ');

/** Rows that filters pick together lie together: by code or mineral first, then by the rest of the key. */
function sorting(table: Table): string {
  const first = [shardColumns[table.name] ?? '', 'hs6', 'cn8', 'mineral'].filter((n) =>
    table.key.includes(n),
  );
  const names = [...new Set([...first, ...table.key])].filter((name) => !table.columns[name]!.nullable);
  return names.length > 0 ? `(${names.map(quotedName).join(', ')})` : 'tuple()';
}

/** What a table of a load is called: its rows in all, and on each server where they are spread. */
export const heldName = (table: string, load: string): string => `${table}_${load}`;
export const localName = (table: string, load: string): string => `${table}_${load}_local`;

export interface Spread {
  readonly database: string;
  readonly cluster: string | null;
}

const onCluster = ({ cluster }: Spread): string =>
  cluster === null ? '' : ` ON CLUSTER ${quotedName(cluster)}`;

/** Every server of a cluster holds all rows of such a table, under one path. */
export const everywhere = (spread: Spread, name: string): string =>
  spread.cluster === null
    ? 'MergeTree()'
    : `ReplicatedMergeTree('/clickhouse/headwater/${spread.cluster}/${spread.database}/${name}', '{shard}_{replica}')`;

/** Statements that make the tables of a load for one canonical table; those on one server have only the first. */
export function createStatements(
  table: Table,
  load: string,
  spread: Spread,
  { wider = false }: { wider?: boolean } = {},
): string[] {
  const named = wider ? `${table.name}_wider` : table.name;
  const [held, local] = [heldName(named, load), localName(named, load)];
  const place = (name: string) => `${quotedName(spread.database)}.${quotedName(name)}`;
  const create = (name: string, engine: string, order = ` ORDER BY ${sorting(table)}`) =>
    `CREATE TABLE ${place(name)}${onCluster(spread)} (${columnsOf(table)}) ENGINE = ${engine}${order}`;
  const column = shardColumns[table.name];
  if (spread.cluster === null || column === undefined) return [create(held, everywhere(spread, held))];
  const path = `/clickhouse/headwater/${spread.cluster}/${spread.database}/{shard}/${local}`;
  return [
    create(local, `ReplicatedMergeTree('${path}', '{replica}')`),
    create(
      held,
      `Distributed(${quotedName(spread.cluster)}, ${quotedText(spread.database)}, ${quotedText(local)}, ${shardOf(column)})`,
      '',
    ),
  ];
}

export const dropStatement = (name: string, spread: Spread): string =>
  `DROP TABLE IF EXISTS ${quotedName(spread.database)}.${quotedName(name)}${onCluster(spread)}`;
