import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import type { Connector } from '../sources/fetch/connector.ts';
import type { FetchLog } from '../sources/fetch/session.ts';
import { connectorNamed, fetchOne, newestOf, summary } from './fetch-command.ts';
import type { OtherCommand, Shell } from './shell.ts';

const defaultTo = 'headwater-data';

/** Sources whose fetched files have a reader: the others bring files that a person must look at first. */
const renewable = ['hmrc_ots', 'eurostat_comext', 'wgi', 'wdi', 'baci'];

/**
 * `headwater update`: asks the publishers which release is their newest, fetches what is newer than what is here, and
 * builds a snapshot beside the shipped one, which stays as it is.
 */
export const updateCommand: OtherCommand = {
  name: 'update',
  about:
    'Fetches what has a newer release and builds a snapshot beside the shipped one, to be asked with --data.',
  arguments: [{ name: '[source...]', about: `which sources; all of ${renewable.join(', ')} when left out` }],
  options: [
    {
      flags: '--to <dir>',
      about: `folder for the files (raw) and the tables (snapshot); ${defaultTo} when left out`,
    },
    { flags: '--check', about: 'only tell which sources have a newer release' },
    { flags: '--accept-missing', about: 'build although rows of the release before are missing' },
  ],
  readsData: false,
  async run(options, shell, words = []) {
    const [{ connectors }, { packageRoot }] = await Promise.all([
      import('../sources/fetch/list.ts'),
      import('../store/package-root.ts'),
    ]);
    const ids = words.length > 0 ? words : renewable;
    for (const id of ids) {
      connectorNamed(id, connectors);
      if (!renewable.includes(id))
        throw new UsageError(
          `${id} cannot be renewed by itself: headwater fetch ${id} brings its files, which must be looked at first; update takes ${renewable.join(', ')}`,
        );
    }
    const to = options.to ?? defaultTo;
    const raw = join(to, 'raw');
    const shipped = join(packageRoot(), 'data');
    const quiet = options.quiet !== undefined;
    const run = { to: raw, wanted: {}, shell, quiet };

    const here = await releasesHere(shipped, raw, connectors);
    let news = 0;
    const problems: string[] = [];
    for (const id of ids) {
      const connector = connectorNamed(id, connectors);
      try {
        const newest = await newestOf(connector, run);
        const known = here.get(id)!;
        const isNew = newest === null || !known.release.startsWith(newest);
        if (options.check !== undefined) {
          await shell.out(
            `${id}: ${newest === null ? 'the publisher does not tell its newest release; fetching does' : isNew ? `newer: ${newest}` : 'up to date'}; here: ${known.release}\n`,
          );
        } else if (isNew) {
          const log: FetchLog = await fetchOne(connector, run);
          news++;
          if (!quiet) shell.err(`${summary(log, raw, connector)}\n`);
        } else {
          if (!quiet) shell.err(`${id}: up to date (${known.release})\n`);
        }
      } catch (error) {
        // a publisher that cannot be reached does not keep the others' data from being renewed
        if (!(error instanceof DataError)) throw error;
        problems.push(...error.problems.map((problem) => `${id}: ${problem}`));
      }
    }
    // every source fetched by now, so that one renewed before is not lost when another one is
    const fetched = [...(await releasesHere(shipped, raw, connectors))].flatMap(([id, { fetched: done }]) =>
      done && renewable.includes(id) ? [id] : [],
    );
    const out = join(to, 'snapshot');
    if (options.check === undefined) {
      if (news > 0 || (fetched.length > 0 && !existsSync(join(out, 'datapackage.json'))))
        await buildBeside(fetched, {
          raw,
          shipped,
          out,
          shell,
          quiet,
          acceptMissing: options.acceptMissing !== undefined,
        });
      else if (problems.length === 0 && !quiet) shell.err('nothing is newer than what is here\n');
    }
    if (problems.length > 0) throw new DataError(problems);
  },
};

/** What is here of each source: the fetched release, else the shipped one. */
async function releasesHere(shipped: string, raw: string, connectors: readonly Connector[]) {
  const [{ readLog }, { readFileSync }] = await Promise.all([
    import('../sources/fetch/session.ts'),
    import('node:fs'),
  ]);
  const pack = JSON.parse(readFileSync(join(shipped, 'datapackage.json'), 'utf8'));
  const inPackage = new Map<string, string>(
    pack.sources.map((s: { name: string; release: string }) => [s.name, s.release]),
  );
  return new Map(
    connectors.map((c) => {
      const log = readLog(join(raw, c.folder));
      const fetched = log !== null && log.release !== null;
      return [
        c.id,
        { release: fetched ? log.release! : (inPackage.get(c.id) ?? 'nothing'), fetched },
      ] as const;
    }),
  );
}

async function buildBeside(
  ids: readonly string[],
  at: { raw: string; shipped: string; out: string; shell: Shell; quiet: boolean; acceptMissing: boolean },
): Promise<void> {
  const [{ build }, { loadBaci }, { sources }, { fetchBaci }, { packageRoot }] = await Promise.all([
    import('../store/build.ts'),
    import('../store/load-baci.ts'),
    import('../sources/list.ts'),
    import('../sources/baci/fetch.ts'),
    import('../store/package-root.ts'),
  ]);
  const { shell, acceptMissing } = at;
  const reference = join(packageRoot(), 'reference');
  const loud = shell.errIsTerminal && !at.quiet;
  const progress = (done: number, what: string) => {
    if (loud) shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
  };
  const renewed = sources.filter((source) => source.id !== 'baci' && ids.includes(source.id));
  const more = { reference, acceptMissing, signal: shell.signal, progress };
  let version = '';
  if (renewed.length > 0 || !ids.includes('baci')) {
    const report = await build({
      ...more,
      raw: at.raw,
      out: at.out,
      sources: renewed,
      over: at.shipped,
      previous: at.shipped,
    });
    version = report.dataVersion;
    for (const line of report.compared.vanished ?? []) if (!at.quiet) shell.err(`warning: ${line}\n`);
  }
  if (ids.includes('baci')) {
    const base = renewed.length > 0 ? at.out : at.shipped;
    const made = await loadBaci({ ...more, from: join(at.raw, fetchBaci.folder), out: at.out, base });
    version = made.dataVersion;
  }
  if (loud) shell.err('\r\u001b[2K');
  shell.err(
    `${at.out}: data version ${version}; ask it with --data ${at.out}, or set HEADWATER_SNAPSHOT=${at.out}\n`,
  );
}
