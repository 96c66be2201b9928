import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DataError } from '../errors.ts';
import { deviationReport, deviationText } from '../sources/deviations.ts';
import type { Source } from '../sources/source.ts';
import { dataPackage } from '../tables/datapackage.ts';
import { tables } from '../tables/list.ts';
import { sourceTable } from '../tables/policy.ts';
import { type Production, production } from '../tables/quantities.ts';
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

function gather(all: readonly Read[]): GatheredTable[] {
  return tables.map((table) => ({
    table,
    rows: [
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

/** What the new tables say against the release before, and what the sources say against each other. */
async function comparisons(
  options: BuildOptions,
  gathered: readonly GatheredTable[],
): Promise<BuildReport['compared']> {
  const change = options.previous === undefined ? null : await changeSince(options.previous, gathered);
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

const parquetFile = (file: string): string => `read_parquet('${file.replaceAll("'", "''")}')`;
const columnsIn = async (database: Database, file: string): Promise<Set<string>> =>
  new Set((await database.query(`SELECT * FROM ${parquetFile(file)} LIMIT 0`)).names);

/**
 * Builds the snapshot: harvests every source, checks every row, writes each table as Parquet with datapackage.json,
 * LICENCES.md and the report, then puts the new folder in the old one's place. The same files give the same bytes.
 * Throws DataError with all problems found; then, and when stopped, the old snapshot stays.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const all = await harvestAll(options);
  const gathered = gather(all);
  const known = knownIds(all);
  const ids = new Set(
    gathered.find((g) => g.table.name === sourceTable.name)!.rows.map((r) => String(r.row.source)),
  );
  fail([
    ...all.flatMap(countProblems),
    ...gathered.flatMap((g) => [...tableProblems(g, known), ...sourceProblems(g, ids)]),
  ]);
  const compared = await comparisons(options, gathered);
  return replaceFolder(
    options.out,
    (names) => names.includes('datapackage.json'),
    async (dir) => {
      // one thread: the order in which threads finish would show in the bytes
      const database = await openDatabase({ threads: 1, memory: '1GB' });
      try {
        const packed = [];
        const filled = gathered.filter((g) => g.rows.length > 0);
        for (const [i, { table, rows }] of filled.entries()) {
          options.signal?.throwIfAborted();
          options.progress?.(0.6 + (0.4 * i) / filled.length, `writing ${table.name}`);
          packed.push(
            await writeTable(
              database,
              table,
              rows.map((r) => r.row),
              dir,
            ),
          );
        }
        const built = report(all, packed, compared);
        const sources = all.map(({ source, harvest }) => ({
          source,
          tables: [...new Set(harvest.tables.filter((t) => t.rows.length > 0).map((t) => t.table.name))],
        }));
        const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
        const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
        write('datapackage.json', json(dataPackage(built.dataVersion, packed, options.sources)));
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
