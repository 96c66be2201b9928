import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { DataError } from '../errors.ts';
import type { Database } from './duckdb.ts';
import { quoted } from './quoted.ts';

const HEADER = 't,i,j,k,v,q';
export const yearParquet = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)';

/** The columns are told, never guessed: a guessed product code loses its leading zeros. */
const csvOf = (path: string, types: Readonly<Record<string, string>>): string =>
  `read_csv(${quoted(path)}, delim = ',', quote = '"', header = true, auto_detect = false, columns = {${Object.entries(
    types,
  )
    .map(([name, type]) => `'${name}': '${type}'`)
    .join(', ')}})`;
/** quantities stay text: CEPII pads them with blanks and writes NA for none */
const typed = { t: 'SMALLINT', i: 'SMALLINT', j: 'SMALLINT', k: 'INTEGER', v: 'DOUBLE', q: 'VARCHAR' };
const texts = { t: 'VARCHAR', i: 'VARCHAR', j: 'VARCHAR', k: 'VARCHAR', v: 'VARCHAR', q: 'VARCHAR' };

function checkHeader(path: string, file: string): void {
  const bytes = Buffer.alloc(200);
  const handle = openSync(path, 'r');
  const length = readSync(handle, bytes, 0, 200, 0);
  closeSync(handle);
  const line = bytes
    .toString('utf8', 0, length)
    .split(/\r?\n/, 1)[0]!
    .replace(/^\ufeff/, '')
    .replaceAll('"', '');
  if (line !== HEADER) throw new DataError(`${file}: columns are not ${HEADER}: "${line}"`);
}

/** What went wrong in the engine with a file, for a person: no room, or a file that is not in the layout. */
async function inWords<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (/out of memory|no space left|ENOSPC|could not write/i.test(text))
      throw new DataError(
        `${file}: no room left on the disk or in memory; what was there before is whole: "${text.split('\n')[0]}"`,
      );
    if (isOfContent(text))
      throw new DataError(
        `${file}: not in the layout ${HEADER}: "${text.split('\n').slice(0, 2).join(' ')}"`,
      );
    throw error;
  }
}

const isOfContent = (text: string): boolean => /^(Invalid Input|Conversion|CSV) Error/i.test(text);

/** Read as numbers, where a cell is none: the same file as texts, to count every kind of problem and not only the first. */
async function explain(db: Database, path: string, year: number, signal?: AbortSignal): Promise<string[]> {
  const bad = (condition: string) => `count(*) FILTER (NOT coalesce(${condition}, false))`;
  const number = (cell: string) =>
    `(TRY_CAST(trim(${cell}) AS DOUBLE) >= 0 AND TRY_CAST(trim(${cell}) AS DOUBLE) < 1e15)`;
  const { columns } = await db.query(
    `SELECT ${bad(`trim(t) = '${year}'`)}, ${bad(`regexp_full_match(trim(k), '[0-9]{5,6}')`)}, ${bad(number('v'))},
      ${bad(`q IS NULL OR trim(q) IN ('', 'NA') OR ${number('q')}`)},
      ${bad(`regexp_full_match(trim(i), '[0-9]{1,3}') AND regexp_full_match(trim(j), '[0-9]{1,3}')`)}
     FROM ${csvOf(path, texts)}`,
    [],
    signal,
  );
  return problemsIn(
    year,
    columns.map((c) => Number(c[0])),
  );
}

const problemsIn = (year: number, counts: readonly number[]): string[] =>
  [
    `another year than ${year}`,
    'a product that is no six-digit code',
    'no value, or one that is no number',
    'a quantity that is no number',
    'a country that is no code',
  ].flatMap((what, k) => (counts[k]! > 0 ? [`${counts[k]} rows with ${what}`] : []));

/**
 * Turns one yearly file into Parquet, sorted by code, importer, exporter: every cell is looked at before a row is
 * written. `codes` is a table of BACI's numeric codes and their countries (an enumeration, so that sorting compares
 * numbers). Two codes of one country (Belgium and Belgium–Luxembourg) are one flow; a flow that stands twice is an error.
 * @returns rows written and the size of the file in bytes
 */
export async function writeBaciYear(
  db: Database,
  of: { readonly path: string; readonly file: string; readonly year: number; readonly target: string },
  signal?: AbortSignal,
): Promise<{ rows: number; bytes: number }> {
  const { path, file, year, target } = of;
  checkHeader(path, file);
  await inWords(file, async () => {
    try {
      await db.query(
        `CREATE OR REPLACE TABLE read AS SELECT t, i, j, k, v, number AS q, CASE WHEN number IS NULL THEN q END AS no_number
         FROM (SELECT *, TRY_CAST(q AS DOUBLE) AS number FROM ${csvOf(path, typed)})`,
        [],
        signal,
      );
    } catch (error) {
      if (!(error instanceof Error) || !isOfContent(error.message)) throw error;
      const problems = await explain(db, path, year, signal);
      if (problems.length === 0) throw error;
      throw new DataError(problems.map((p) => `${file}: ${p}`));
    }
  });
  const bad = (condition: string) => `count(*) FILTER (NOT coalesce(${condition}, false))`;
  const { columns } = await db.query(
    `SELECT count(*), ${bad(`t = ${year}`)}, ${bad('k BETWEEN 10000 AND 999999')}, ${bad('v >= 0 AND v < 1e15')},
       ${bad("CASE WHEN no_number IS NULL THEN coalesce(q BETWEEN 0 AND 1e15, true) ELSE trim(no_number) IN ('', 'NA') END")} FROM read`,
    [],
    signal,
  );
  const [rows, ...counts] = columns.map((c) => Number(c[0]));
  const problems = problemsIn(year, [...counts, 0]);
  const unknown = await db.query(
    `SELECT DISTINCT code FROM (SELECT i AS code FROM read UNION SELECT j FROM read)
     WHERE code IS NULL OR code NOT IN (SELECT code FROM codes) ORDER BY code`,
    [],
    signal,
  );
  for (const code of unknown.columns[0]!) problems.push(`unknown country code: "${code ?? ''}"`);
  if (rows === 0) problems.push('no rows');
  if (problems.length > 0) throw new DataError(problems.map((p) => `${file}: ${p}`));

  const counted = async (sql: string) => Number((await db.query(sql, [], signal)).columns[0]![0]);
  // CEPII's order is exporter, importer, product: where each row is behind the last, none stands twice
  const key = '(i::BIGINT * 1000 + j) * 1000000 + k';
  const unordered = await counted(
    `SELECT count(*) FROM (SELECT ${key} <= lag(${key}) OVER () AS behind FROM read) WHERE behind`,
  );
  const repeated =
    unordered &&
    (await counted('SELECT count(*) FROM (SELECT 1 FROM read GROUP BY i, j, k HAVING count(*) > 1)'));
  if (repeated > 0)
    throw new DataError(
      `${file}: ${repeated} flows stand more than once: same exporter, importer and product`,
    );
  // a country with two codes in one file makes two flows one
  const merged = await counted(
    `SELECT count(*) FROM (SELECT country FROM codes WHERE code IN (SELECT i FROM read UNION SELECT j FROM read)
       GROUP BY country HAVING count(*) > 1)`,
  );
  const usd = 'round(v * 1e6) / 1e3';
  const sums = merged > 0;
  // an enumeration is sorted and written as numbers
  const code = "lpad(k::VARCHAR, 6, '0')";
  const products = '(SELECT DISTINCT k FROM read)';
  await db.query(`CREATE TYPE hs6_code AS ENUM (SELECT ${code} AS code FROM ${products} ORDER BY code)`);
  await db.query(`CREATE TABLE products AS SELECT k, ${code}::hs6_code AS hs6 FROM ${products}`);
  await inWords(file, () =>
    db.query(
      `COPY (SELECT ${year}::INTEGER AS year, exporter, importer, hs6, 'reconciled' AS basis, 'baci' AS source,
         value_usd, quantity_t, CAST(NULL AS VARCHAR) AS period, CAST(NULL AS VARCHAR) AS status
       FROM (SELECT e.country AS exporter, m.country AS importer, hs6,
           ${sums ? `sum(${usd} ORDER BY i, j)` : usd} AS value_usd, ${sums ? 'sum(q ORDER BY i, j)' : 'q'} AS quantity_t
         FROM read r JOIN products USING (k) JOIN codes e ON e.code = r.i JOIN codes m ON m.code = r.j
         ${sums ? 'GROUP BY ALL' : ''} ORDER BY hs6, importer, exporter)) TO ${quoted(target)} ${yearParquet}`,
      [],
      signal,
    ),
  );
  for (const what of ['TABLE products', 'TYPE hs6_code', 'TABLE read']) await db.query(`DROP ${what}`);
  return {
    rows: sums ? await counted(`SELECT count(*) FROM read_parquet(${quoted(target)})`) : rows!,
    bytes: statSync(target).size,
  };
}
