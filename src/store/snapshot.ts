import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.ts';
import { sqlName, sqlType } from '../tables/ddl.ts';
import { tableNamed } from '../tables/list.ts';
import type { Relation } from './load.ts';

/** The shipped tables: Parquet files and the datapackage.json that lists them. */
export interface Snapshot {
  readonly version: string;
  readonly relations: ReadonlyMap<string, Relation>;
}

/** Files of a whole release that hold the codes a table leaves out; see `load-baci.ts`. */
interface Wider {
  /** the six-digit codes that are in the tables themselves */
  readonly held: readonly string[];
  readonly tables: readonly {
    readonly table: string;
    readonly paths: readonly string[];
    readonly bytes: readonly number[];
  }[];
}

export const remedy =
  'restore it with "git checkout -- data", reinstall the package, or build it with "headwater build --raw DIR"';

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly schema?: { readonly fields: readonly { readonly name: string }[] };
}

function listed(dir: string): { data_version: string; resources: Resource[]; wider?: Wider } {
  const file = join(dir, 'datapackage.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DataError(`the snapshot is missing: no ${file}; ${remedy}`);
  }
  try {
    const parsed = JSON.parse(text);
    if (typeof parsed.data_version === 'string' && Array.isArray(parsed.resources)) return parsed;
  } catch {}
  throw new DataError(`the snapshot is damaged: ${file} is not a data package; ${remedy}`);
}

/** The rows of a file; a column that has come since it was built is unknown in all of them. */
function rowsOf({ name, schema }: Resource): string {
  const held = new Set(schema?.fields.map((f) => f.name));
  const since = Object.entries(schema ? (tableNamed(name)?.columns ?? {}) : {}).flatMap(([column, c]) =>
    held.has(column) || !c.nullable ? [] : [`NULL::${sqlType(c)} AS ${sqlName(column)}`],
  );
  return since.length ? `(SELECT *, ${since.join(', ')} FROM read_parquet($1))` : 'read_parquet($1)';
}

/**
 * Looks at the snapshot: every listed file must be there with its size. The hash of a file is taken when it is
 * first read (a few milliseconds), so that a changed byte is an error and not a number.
 */
export function openSnapshot(dir: string): Snapshot {
  const { data_version, resources, wider } = listed(dir);
  const relations = new Map<string, Relation>();
  const problems: string[] = [];
  for (const resource of resources) {
    const { name, path, bytes, hash } = resource;
    const file = join(dir, path);
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) problems.push(`the snapshot is incomplete: no ${file}; ${remedy}`);
    else if (size !== bytes)
      problems.push(`the snapshot is damaged: ${file} has ${size} bytes, not ${bytes}; ${remedy}`);
    const verify = () => {
      let found: string;
      try {
        found = createHash('sha256').update(readFileSync(file)).digest('hex');
      } catch {
        throw new DataError(`the snapshot is incomplete: cannot read ${file}; ${remedy}`);
      }
      if (`sha256:${found}` !== hash)
        throw new DataError(`the snapshot is damaged: ${file} is not the file that was built; ${remedy}`);
    };
    let verified = false;
    relations.set(name, {
      sql: rowsOf(resource),
      parameters: [file],
      file,
      remedy,
      verify: () => {
        if (!verified) verify();
        verified = true;
      },
    });
  }
  // files of a gigabyte: their sizes are looked at, their hashes would take longer than any question
  for (const { table, paths, bytes } of wider?.tables ?? []) {
    const files = paths.map((path) => join(dir, path));
    files.forEach((file, i) => {
      const size = statSync(file, { throwIfNoEntry: false })?.size;
      if (size !== bytes[i])
        problems.push(
          `the snapshot is damaged: ${file} has ${size ?? 'no'} bytes, not ${bytes[i]}; ${remedy}`,
        );
    });
    const relation = relations.get(table);
    if (relation) relations.set(table, { ...relation, wider: { held: new Set(wider!.held), files } });
  }
  if (problems.length > 0) throw new DataError(problems);
  return { version: data_version, relations };
}
