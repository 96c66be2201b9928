import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { dataOf } from '../cli/ask.ts';
import type { Shell } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';
import { createApp } from './app.ts';
import { isLoopback } from './security.ts';
import { type LogFormat, serverLog } from './server-log.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly data?: string | undefined;
  readonly with?: string | undefined;
  readonly store?: string | undefined;
  readonly partial?: boolean | undefined;
  readonly log?: LogFormat;
  /** answers worked on at once */
  readonly atOnce?: number;
  /** seconds for one answer */
  readonly timeoutSeconds?: number;
}

export interface Running {
  readonly url: string;
  /** settles when the server has ended: on SIGTERM, or when the shell is interrupted */
  readonly ended: Promise<void>;
}

/** Unfinished answers get this long after the server is told to end. */
const graceMs = 5000;
/** Connections held open at once; a head that takes longer than this to arrive is given up, and so is a body. */
const mostConnections = 512;
const headMs = 10_000;
const bodyMs = 30_000;
const idleMs = 5_000;

/** Opens the data once, then listens. */
export async function serve(options: ServeOptions, shell: Shell): Promise<Running> {
  const { port, host } = options;
  const world = await shell.openWorld(dataOf(options, shell));
  const pages = pagesFolder();
  const log = serverLog(options.log ?? 'off', shell.err);
  let ending = false;
  const app = createApp({
    questions: shell.questions,
    world,
    pages,
    loopbackOnly: isLoopback(host),
    log: log.bug,
    requests: log.request,
    isEnding: () => ending,
    ...(options.atOnce !== undefined && { atOnce: options.atOnce }),
    ...(options.timeoutSeconds !== undefined && { timeoutSeconds: options.timeoutSeconds }),
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as import('node:http').Server;
  server.maxConnections = mostConnections;
  server.headersTimeout = headMs;
  server.requestTimeout = bodyMs;
  server.keepAliveTimeout = idleMs;
  await new Promise<void>((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => failed(inWords(error, port, host)));
    server.listen(port, host, listening);
  }).catch(async (error) => {
    await world.close();
    throw error;
  });

  const ended = new Promise<void>((done) => {
    const end = () => {
      if (ending) return;
      ending = true;
      log.event('ending');
      server.close(() => void Promise.resolve(world.close()).then(done));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), graceMs).unref();
    };
    process.once('SIGTERM', end);
    shell.signal.addEventListener('abort', end, { once: true });
  });
  const { port: actual } = server.address() as AddressInfo;
  // the first page's answer is made before somebody waits for it
  if (pages !== undefined) warm(app, world.data === 'own');
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  // a log of JSON lines has the address in one of them
  if (options.log === 'json') log.event('ready', { url, data_version: world.dataVersion });
  else shell.err(`${url}\n`);
  return { url, ended };
}

function warm(app: ReturnType<typeof createApp>, own: boolean): void {
  const board = own ? '/api/board?for=GBR' : '/api/board?for=GBR&list=uk-2024';
  for (const path of ['/api', '/api/names', board]) void Promise.resolve(app.request(path)).catch(() => {});
}

/** The built pages beside the built code; none when run from source or not built. */
function pagesFolder(): string | undefined {
  const folder = join(import.meta.dirname, 'web');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

function inWords(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE')
    return new UsageError(`the port is in use; choose another with --port: "${port}"`);
  if (error.code === 'EACCES') return new UsageError(`no permission to listen on the port: "${port}"`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new UsageError(`not an address of this machine: "${host}"`);
  return error;
}
