import { join } from 'node:path';
import { DataError, UsageError } from '../errors.ts';
import type { Connector, Task, Wanted } from '../sources/fetch/connector.ts';
import type { FetchLog } from '../sources/fetch/session.ts';
import { didYouMean } from '../tables/nearest.ts';
import type { OtherCommand, Shell } from './shell.ts';

/** Where files are put when nobody says where. */
export const defaultRaw = join('headwater-data', 'raw');

/** Environment variable: publisher's address=other address, several with commas. For mirrors, and for trying things out. */
const MIRRORS = 'HEADWATER_MIRRORS';

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** `headwater fetch`: asks publishers for their files, only those named, only when told to. */
export const fetchCommand: OtherCommand = {
  name: 'fetch',
  about:
    'Brings publishers’ files into a folder, with licence, hash and date of each; --list says which there are.',
  arguments: [{ name: '[source...]', about: 'ids of sources, as headwater fetch --list shows them' }],
  options: [
    { flags: '--list', about: 'the sources, their licences, what is here already' },
    { flags: '--to <dir>', about: `folder of one folder for each publisher (default ${defaultRaw})` },
    { flags: '--years <from-to>', about: 'years, where the source takes them: 2022-2024 or 2024' },
    { flags: '--codes <list>', about: 'customs codes with commas, where the source takes them' },
    { flags: '--release <name>', about: 'a release by name, where the source takes it: V202601' },
    { flags: '--for <country>', about: 'whose reports, where the source takes it (ISO3)' },
  ],
  readsData: false,
  async run(options, shell, words = []) {
    const { connectors } = await import('../sources/fetch/list.ts');
    const given = options as Options;
    const to = String(given.to ?? defaultRaw);
    if (given.list) return await list(connectors, to, shell);
    if (words.length === 0) throw new UsageError('name a source to fetch; headwater fetch --list shows them');
    const chosen = words.map((id) => connectorNamed(id, connectors));
    const wanted = wantedOf(given);
    for (const connector of chosen) checkTakes(connector, wanted);
    const problems: string[] = [];
    for (const connector of chosen) {
      try {
        const log = await fetchOne(connector, { to, wanted, shell, quiet: given.quiet === true });
        shell.err(`${summary(log, to, connector)}\n`);
      } catch (error) {
        // the others are fetched all the same; one alone fails as it failed
        if (!(error instanceof DataError) || chosen.length === 1) throw error;
        problems.push(...error.problems.map((problem) => `${connector.id}: ${problem}`));
      }
    }
    if (problems.length > 0) throw new DataError(problems);
  },
};

export function connectorNamed(id: string, connectors: readonly Connector[]): Connector {
  const found = connectors.find((connector) => connector.id === id);
  if (found) return found;
  const ids = connectors.map((connector) => connector.id);
  throw new UsageError(`unknown source: "${id}"${didYouMean(id, ids) || `; there are ${ids.join(', ')}`}`);
}

function wantedOf(given: Options): Wanted {
  const years = given.years === undefined ? undefined : yearsIn(String(given.years));
  const codes = given.codes === undefined ? undefined : codesIn(String(given.codes));
  return {
    ...(years && { years }),
    ...(codes && { codes }),
    ...(given.release !== undefined && { release: String(given.release) }),
    ...(given.for !== undefined && { country: String(given.for) }),
  };
}

function yearsIn(text: string): readonly [number, number] {
  const found = /^(\d{4})(?:\s*[-–]\s*(\d{4}))?$/.exec(text.trim());
  if (!found) throw new UsageError(`--years takes one year or two with a hyphen: "${text}"`);
  return [Number(found[1]), Number(found[2] ?? found[1])];
}

function codesIn(text: string): string[] {
  const codes = text.split(',').map((code) => code.trim());
  const wrong = codes.find((code) => !/^\d{6}(\d\d)?$/.test(code));
  if (wrong !== undefined)
    throw new UsageError(`--codes takes customs codes of six or eight digits: "${wrong}"`);
  return codes;
}

const optionOf: Readonly<Record<keyof Wanted, string>> = {
  years: '--years',
  codes: '--codes',
  release: '--release',
  country: '--for',
};

function checkTakes(connector: Connector, wanted: Wanted): void {
  for (const name of Object.keys(wanted) as (keyof Wanted)[])
    if (!connector.takes.includes(name)) {
      const taken = connector.takes.map((n) => optionOf[n]).join(', ') || 'no options';
      throw new UsageError(`${connector.id} takes ${taken}: "${optionOf[name]}"`);
    }
}

/** The addresses to ask instead of the publishers', from the environment. */
export function mirrorsIn(env: Shell['env']): Record<string, string> {
  const text = env[MIRRORS];
  if (text === undefined || text === '') return {};
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [from, to] = pair.trim().split('=');
      if (!from || !to || !URL.canParse(from) || !URL.canParse(to))
        throw new UsageError(`${MIRRORS} takes address=address, several with commas: "${pair}"`);
      return [from.replace(/\/$/, ''), to.replace(/\/$/, '')];
    }),
  );
}

interface Run {
  readonly to: string;
  readonly wanted: Wanted;
  readonly shell: Shell;
  readonly quiet: boolean;
}

/** The client, with what the environment says about where to ask; what a publisher makes us wait for goes to stderr. */
async function clientFor(connector: Connector, { shell, quiet }: Run) {
  const { http } = await import('../sources/fetch/http.ts');
  const mirrors = mirrorsIn(shell.env);
  const here = Object.values(mirrors).some((m) => /^http:\/\/(127\.0\.0\.1|localhost)(:|$)/.test(m));
  const loud = shell.errIsTerminal && !quiet;
  return http({
    signal: shell.signal,
    mirrors,
    // a machine's own server needs no rest between requests
    ...(here && { interval: 0, backoff: 10 }),
    waiting: (ms, why) => {
      if (!quiet)
        shell.err(`${loud ? '\r\u001b[2K' : ''}${connector.id}: ${why}; waiting ${Math.ceil(ms / 1000)} s\n`);
    },
  });
}

async function taskFor(connector: Connector, { shell, wanted }: Run): Promise<Omit<Task, 'session'>> {
  const [{ referenceFolder }, { packageRoot }] = await Promise.all([
    import('../store/reference-folder.ts'),
    import('../store/package-root.ts'),
  ]);
  const key = connector.key && shell.env[connector.key.env];
  if (connector.key?.required && !key)
    throw new UsageError(
      `${connector.id} needs a key of your own: get one from ${connector.key.from} and set ${connector.key.env}`,
    );
  return {
    wanted,
    reference: referenceFolder(join(packageRoot(), 'reference')),
    key: key || undefined,
    today: new Date().toISOString().slice(0, 10),
  };
}

/** Runs one connector. */
export async function fetchOne(connector: Connector, run: Run): Promise<FetchLog> {
  const { runSession } = await import('../sources/fetch/session.ts');
  const task = await taskFor(connector, run);
  const loud = run.shell.errIsTerminal && !run.quiet;
  try {
    return await runSession(
      {
        connector,
        to: run.to,
        http: await clientFor(connector, run),
        progress: (done, what) => {
          if (loud) run.shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
        },
      },
      (session) => connector.fetch({ ...task, session }),
    );
  } finally {
    if (loud) run.shell.err('\r\u001b[2K');
  }
}

/** The publisher's newest release; null where only fetching tells. */
export async function newestOf(connector: Connector, run: Run): Promise<string | null> {
  if (!connector.newest) return null;
  const { peek } = await import('../sources/fetch/session.ts');
  const task = await taskFor(connector, run);
  return await peek(await clientFor(connector, run), (session) => connector.newest!({ ...task, session }));
}

export function summary(log: FetchLog, to: string, connector: Connector): string {
  const bytes = log.files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    `${log.source} ${log.release}: ${log.files.length} files, ${bytes} bytes in ${join(to, connector.folder)}; licence ${log.licence}`,
    ...log.remarks.map((remark) => `  ${remark}`),
  ].join('\n');
}

async function list(connectors: readonly Connector[], to: string, shell: Shell): Promise<void> {
  const { readLog } = await import('../sources/fetch/session.ts');
  const lines = ['Nothing is fetched unless you name it: headwater fetch SOURCE… [--to DIR]', ''];
  for (const c of connectors) {
    const log = readLog(join(to, c.folder));
    const key = c.key
      ? `key of your own ${c.key.required ? 'needed' : 'optional'}: ${c.key.env}, from ${c.key.from}`
      : null;
    const here =
      log === null
        ? 'not fetched yet'
        : `here: ${log.release}, fetched ${log.finished?.slice(0, 10)}, ${log.files.length} files`;
    const options = c.takes.map((name) => optionOf[name]).join(', ');
    lines.push(`${c.id.padEnd(17)}${c.title} (${c.publisher})`);
    for (const line of [
      c.about,
      `${c.cadence}; licence: ${c.licence}`,
      key,
      options && `takes ${options}`,
      here,
    ])
      if (line) lines.push(`${''.padEnd(17)}${line}`);
    lines.push('');
  }
  await shell.out(`${lines.join('\n')}`);
}
