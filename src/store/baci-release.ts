import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import { bytesOf, extract, openZip } from '../sources/fetch/zip.ts';

const YEAR_FILE = /^BACI_HS\d\d_Y(\d{4})_(V\w+)\.csv$/;

/** The files of one release, in an archive or a folder. */
export interface Release {
  readonly name: string;
  readonly countries: Uint8Array;
  readonly years: readonly {
    readonly year: number;
    readonly file: string;
    /** puts the year's file on the disk; `done` removes what was put there only for that */
    readonly open: (scratch: string) => Promise<{ path: string; done: () => void }>;
  }[];
  readonly close: () => void;
}

function inOrder(names: readonly string[], where: string): { file: string; year: number; release: string }[] {
  const files = names.flatMap((file) => {
    const m = YEAR_FILE.exec(file);
    return m ? [{ file, year: Number(m[1]), release: m[2]! }] : [];
  });
  files.sort((a, b) => a.year - b.year);
  if (files.length === 0)
    throw new DataError(`no yearly file such as BACI_HS17_Y2024_V202601.csv among the files of: "${where}"`);
  const twice = files.find((f, i) => i > 0 && f.year === files[i - 1]!.year);
  if (twice) throw new DataError(`two files for one year, keep one: "${twice.file}"`);
  const releases = [...new Set(files.map((f) => f.release))];
  if (releases.length > 1)
    throw new DataError(`files of several releases, keep one: "${releases.join(', ')}"`);
  return files;
}

/** Throws DataError where the yearly files or the list of countries are not there, or not of one release. */
export async function openRelease(from: string, signal?: AbortSignal): Promise<Release> {
  const stat = statSync(from, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`no such archive or folder: "${from}"; headwater fetch baci brings it`);
  const noCodes = (codes: string) => new DataError(`no ${codes} beside the yearly files of: "${from}"`);
  if (stat.isDirectory()) {
    const names = readdirSync(from);
    const archive = names
      .filter((n) => /^BACI_HS\d\d_V\w+\.zip$/.test(n))
      .sort()
      .at(-1);
    if (archive && !names.some((n) => YEAR_FILE.test(n)))
      return await openRelease(join(from, archive), signal);
    const files = inOrder(names, from);
    const codes = `country_codes_${files[0]!.release}.csv`;
    if (!names.includes(codes)) throw noCodes(codes);
    return {
      name: files[0]!.release,
      countries: readFileSync(join(from, codes)),
      years: files.map(({ year, file }) => ({
        year,
        file,
        open: async () => ({ path: join(from, file), done: () => {} }),
      })),
      close: () => {},
    };
  }
  const zip = await openZip(from);
  try {
    const files = inOrder(
      zip.entries.map((e) => e.name),
      from,
    );
    const entry = (name: string) => zip.entries.find((e) => e.name === name);
    const codes = `country_codes_${files[0]!.release}.csv`;
    const list = entry(codes);
    if (!list) throw noCodes(codes);
    return {
      name: files[0]!.release,
      countries: await bytesOf(list, from),
      years: files.map(({ year, file }) => ({
        year,
        file,
        open: async (scratch) => {
          const path = join(scratch, file);
          await extract(entry(file)!, path, from, signal);
          return { path, done: () => rmSync(path, { force: true }) };
        },
      })),
      close: zip.close,
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}
