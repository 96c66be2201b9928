import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DataError } from '../errors.ts';
import { deviationReport, deviationText } from '../sources/deviations.ts';
import type { Source } from '../sources/source.ts';
import type { CellValue } from '../tables/check.ts';
import { dataPackage, type PackedTable } from '../tables/datapackage.ts';
import { tables } from '../tables/list.ts';
import { type SourceRow, sourceTable } from '../tables/policy.ts';
import { type Production, production } from '../tables/quantities.ts';
import { country, mineral } from '../tables/world.ts';
import { type BuildReport, licencesText, reportText, tableSizes } from './build-report.ts';
import {
  countProblems,
  type Gathered,
  type GatheredTable,
  knownIds,
  sourceProblems,
  tableProblems,
} from './checks.ts';
import { type Database, openDatabase } from './duckdb.ts';
import { loader } from './load.ts';
import { quoted } from './quoted.ts';
import { rawFolder } from './raw-folder.ts';
import { referenceFolder } from './reference-folder.ts';
import {
  groupsOfRows,
  groupsVanished,
  type ReleaseChange,
  type RowGroup,
  rowGroups,
} from './release-change.ts';
import { replaceFolder } from './replace-folder.ts';
import { openSnapshot } from './snapshot.ts';
import { dataVersion, sha256 } from './version.ts';
import { writeTable } from './write-tables.ts';

export interface BuildOptions {
  /** folder of the publishers' files */
  readonly raw: string;
  /** folder that the snapshot replaces */
  readonly out: string;
  readonly sources: readonly Source[];
  /** folder of the tables kept by hand */
  readonly reference: string;
  /** the snapshot of the release before: where rows of it vanished, the build stops; none = nothing to compare with */
  readonly previous?: string;
  /** a snapshot whose rows stay where none of `sources` gives any: only these sources are renewed */
  readonly over?: string;
  /** goes on although rows vanished; they stand in the report */
  readonly acceptMissing?: boolean;
  readonly progress?: (done: number, what: string) => void;
  readonly signal?: AbortSignal;
}

interface Read extends Gathered {
  readonly source: Source;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly rowsKept: number;
}

const mostTold = 200;

function fail(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const rest = problems.length - mostTold;
  throw new DataError(rest > 0 ? [...problems.slice(0, mostTold), `and ${rest} more problems`] : problems);
}

async function harvestAll(options: BuildOptions): Promise<Read[]> {
  const problems: string[] = [];
  const all: Read[] = [];
  for (const [i, source] of options.sources.entries()) {
    // lets an interrupt through between two long parses
    await setImmediate();
    options.signal?.throwIfAborted();
    options.progress?.((0.6 * i) / options.sources.length, `reading ${source.title}`);
    const raw = rawFolder(options.raw);
    const reference = referenceFolder(options.reference);
    try {
      const harvest = source.harvest(raw.raw, reference);
      const refused = harvest.refused.reduce((sum, r) => sum + r.rows, 0);
      const files = [
        ...raw.files(),
        ...reference.files().map((f) => ({ ...f, path: `reference/${f.path}` })),
      ];
      all.push({ id: source.id, source, harvest, files, rowsKept: harvest.rowsRead - refused });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(...error.problems.map((p) => `${source.id}: ${p}`));
    }
  }
  fail(problems);
  return all;
}

const sourceRows = (all: readonly Read[]) =>
  all.map(({ source, harvest, files, rowsKept }) => ({
    source: source.id,
    title: source.title,
    publisher: source.publisher,
    release: harvest.release ?? source.release,
    licence: source.licence,
    citation: source.citation,
    url: source.url,
    cadence: source.cadence,
    sha256: sha256(files.map((f) => `${f.path} ${f.sha256}\n`).join('')),
    rows_read: harvest.rowsRead,
    rows_kept: rowsKept,
  }));

/** What stays of a snapshot when some of its sources are renewed. */
interface Under {
  /** rows by table, where a renewed source has or had a part in the table */
  readonly rows: ReadonlyMap<string, readonly Readonly<Record<string, CellValue>>[]>;
  /** the other tables: their files stay as they are */
  readonly whole: readonly PackedTable[];
  /** tables by source */
  readonly tablesOf: ReadonlyMap<string, ReadonlySet<string>>;
}
/** small, and needed to know which ids there are */
const alwaysRead = new Set<string>([country.name, mineral.name, sourceTable.name]);
const nothingUnder: Under = { rows: new Map(), whole: [], tablesOf: new Map() };

/**
 * Rows of other sources stay, and of tables without a source column those that no renewed source gives. Tables in
 * which no renewed source has a part are not even read.
 */
async function under(dir: string, all: readonly Read[]): Promise<Under> {
  const { relations } = openSnapshot(dir);
  const { resources } = JSON.parse(readFileSync(join(dir, 'datapackage.json'), 'utf8'));
  const renewed = all.map((read) => read.id);
  const database = await openDatabase({ threads: 1, memory: '1GB' });
  const rows = new Map<string, readonly Readonly<Record<string, CellValue>>[]>();
  const whole: PackedTable[] = [];
  const tablesOf = new Map<string, Set<string>>();
  try {
    const load = loader(database, (table) => relations.get(table.name));
    for (const table of tables) {
      const file = relations.get(table.name)?.file;
      if (file === undefined) continue;
      const hasSource = 'source' in table.columns;
      const named = hasSource
        ? (await database.query(`SELECT DISTINCT "source" FROM ${parquetFile(file)}`)).columns[0]!.map(String)
        : [];
      const given = all.some(({ harvest }) => harvest.tables.some((t) => t.table.name === table.name));
      const touched = given || named.some((id) => renewed.includes(id));
      for (const id of named)
        if (id !== 'null') tablesOf.set(id, (tablesOf.get(id) ?? new Set()).add(table.name));
      if (touched || alwaysRead.has(table.name)) {
        const held = (await load(table)) as Readonly<Record<string, CellValue>>[];
        rows.set(
          table.name,
          hasSource ? held.filter((row) => !renewed.includes(String(row.source))) : given ? [] : held,
        );
      } else {
        relations.get(table.name)!.verify?.();
        const {
          path,
          bytes,
          hash,
          rows: count,
        } = resources.find((r: { name: string }) => r.name === table.name);
        whole.push({ table, path, bytes, sha256: hash.replace('sha256:', ''), rows: count });
      }
    }
    return { rows, whole, tablesOf };
  } finally {
    database.close();
  }
}

function gather(all: readonly Read[], below: Under): GatheredTable[] {
  return tables.map((table) => ({
    table,
    rows: [
      ...(below.rows.get(table.name) ?? []).map((row) => ({ from: 'the snapshot', row })),
      ...all.flatMap(({ id, harvest }) =>
        harvest.tables
          .filter((t) => t.table.name === table.name)
          .flatMap((t) => t.rows.map((row) => ({ from: id, row }))),
      ),
      ...(table.name === sourceTable.name ? sourceRows(all).map((row) => ({ from: row.source, row })) : []),
    ],
  }));
}

function report(
  all: readonly Read[],
  packed: Awaited<ReturnType<typeof writeTable>>[],
  compared: BuildReport['compared'],
): BuildReport {
  return {
    dataVersion: dataVersion(packed.map((p) => ({ name: p.table.name, sha256: p.sha256 }))),
    bytes: packed.reduce((sum, p) => sum + p.bytes, 0),
    tables: tableSizes(packed),
    compared,
    sources: all.map(({ source, harvest, files, rowsKept }) => ({
      source: source.id,
      title: source.title,
      release: harvest.release ?? source.release,
      files,
      rowsRead: harvest.rowsRead,
      rowsKept,
      rows: Object.fromEntries(
        [...new Set(harvest.tables.map((t) => t.table.name))].map((name) => [
          name,
          harvest.tables.filter((t) => t.table.name === name).reduce((sum, t) => sum + t.rows.length, 0),
        ]),
      ),
      refused: harvest.refused,
      remarks: harvest.remarks,
    })),
  };
}

/** A source that is not renewed, as the lists of sources name it. */
const staying = (row: SourceRow, below: Under) => ({
  source: { ...row, id: row.source, url: row.url ?? '' },
  tables: [...(below.tablesOf.get(row.source) ?? [])].filter((name) => name !== sourceTable.name),
});

/** What the new tables say against the release before, and what the sources say against each other. */
async function comparisons(
  options: BuildOptions,
  gathered: readonly GatheredTable[],
  below: Under,
): Promise<BuildReport['compared']> {
  const change =
    options.previous === undefined
      ? null
      : await changeSince(
          options.previous,
          gathered.filter((g) => !below.whole.some((w) => w.table === g.table)),
        );
  if (change && !options.acceptMissing) fail(change.stops);
  const outputs = gathered.find((g) => g.table.name === production.name)!.rows.map((r) => r.row);
  const explained = existsSync(join(options.reference, 'accepted-deviations.csv'));
  const reference = explained ? referenceFolder(options.reference) : { csv: () => [] };
  const deviations = deviationReport(outputs as unknown as Production[], reference);
  return {
    vanished: change ? [...change.stops, ...change.warnings] : null,
    deviations: deviations.found.length,
    unexplained: deviations.unexplained.map(deviationText),
    obsolete: deviations.obsolete,
  };
}

/** Counts the rows of the release before and of this one by source, year and code. */
async function changeSince(previous: string, gathered: readonly GatheredTable[]): Promise<ReleaseChange> {
  const { relations } = openSnapshot(previous);
  const database = await openDatabase({ threads: 1, memory: '1GB' });
  try {
    const before: RowGroup[] = [];
    const after: RowGroup[] = [];
    for (const { table, rows } of gathered) {
      const relation = relations.get(table.name);
      if (relation?.file === undefined || table.name === sourceTable.name) continue;
      relation.verify?.();
      const held = await columnsIn(database, relation.file);
      // an older release may lack a column that groups are made of
      if (table.key.some((name) => !held.has(name))) continue;
      before.push(...(await rowGroups(database, table, parquetFile(relation.file))));
      after.push(
        ...groupsOfRows(
          table,
          rows.map((r) => r.row),
        ),
      );
    }
    return groupsVanished(before, after);
  } finally {
    database.close();
  }
}

const parquetFile = (file: string): string => `read_parquet(${quoted(file)})`;
const columnsIn = async (database: Database, file: string): Promise<Set<string>> =>
  new Set((await database.query(`SELECT * FROM ${parquetFile(file)} LIMIT 0`)).names);

/**
 * Builds the snapshot: harvests every source, checks every row, writes each table as Parquet with datapackage.json,
 * LICENCES.md and the report, then puts the new folder in the old one's place. The same files give the same bytes.
 * Throws DataError with all problems found; then, and when stopped, the old snapshot stays.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const all = await harvestAll(options);
  const below = options.over === undefined ? nothingUnder : await under(options.over, all);
  const gathered = gather(all, below);
  const known = knownIds(gathered);
  const ids = new Set(
    gathered.find((g) => g.table.name === sourceTable.name)!.rows.map((r) => String(r.row.source)),
  );
  fail([
    ...all.flatMap(countProblems),
    ...gathered.flatMap((g) => [...tableProblems(g, known), ...sourceProblems(g, ids)]),
  ]);
  const compared = await comparisons(options, gathered, below);
  return replaceFolder(
    options.out,
    (names) => names.includes('datapackage.json'),
    async (dir) => {
      // one thread: the order in which threads finish would show in the bytes
      const database = await openDatabase({ threads: 1, memory: '1GB' });
      try {
        const written: PackedTable[] = [];
        const filled = gathered.filter((g) => g.rows.length > 0);
        for (const [i, { table, rows }] of filled.entries()) {
          options.signal?.throwIfAborted();
          options.progress?.(0.6 + (0.4 * i) / filled.length, `writing ${table.name}`);
          written.push(
            await writeTable(
              database,
              table,
              rows.map((r) => r.row),
              dir,
            ),
          );
        }
        for (const { path } of below.whole) copyFileSync(join(options.over!, path), join(dir, path));
        const packed = [...written, ...below.whole].sort(
          (a, b) => tables.indexOf(a.table) - tables.indexOf(b.table),
        );
        const built = report(all, packed, compared);
        const sources = [
          ...all.map(({ source, harvest }) => ({
            source: { ...source, release: harvest.release ?? source.release },
            tables: [...new Set(harvest.tables.filter((t) => t.rows.length > 0).map((t) => t.table.name))],
          })),
          ...(below.rows.get(sourceTable.name) ?? []).map((row) =>
            staying(row as unknown as SourceRow, below),
          ),
        ];
        const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
        const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
        write(
          'datapackage.json',
          json({
            ...dataPackage(
              built.dataVersion,
              packed,
              sources.map((s) => s.source),
            ),
            ...(options.over !== undefined && { opens_as: 'snapshot' }),
          }),
        );
        write('LICENCES.md', licencesText(sources));
        write('build-report.json', json(built));
        write('build-report.md', reportText(built));
        options.signal?.throwIfAborted();
        options.progress?.(1, 'done');
        return built;
      } finally {
        database.close();
      }
    },
  );
}
