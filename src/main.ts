import { buildCommand } from './cli/build-command.ts';
import { exportCommand } from './cli/export-command.ts';
import { fetchCommand } from './cli/fetch-command.ts';
import { loadBaciCommand } from './cli/load-baci-command.ts';
import { run } from './cli/run.ts';
import type { OpenWorld, Shell } from './cli/shell.ts';
import { updateCommand } from './cli/update-command.ts';
import { withSite } from './http/export-site-command.ts';
import { serveCommand } from './http/serve-command.ts';
import { mcpCommand } from './mcp/mcp-command.ts';
import { questions } from './questions/list.ts';
import { snapshotNamed } from './store/folder-options.ts';
import type { Solve } from './store/world.ts';

/** The command line on the real terminal; called by bin/headwater.js. */
export async function main(): Promise<void> {
  const abort = new AbortController();
  process.on('SIGINT', () => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort(new Error('interrupted'));
    // work that does not listen is not waited for
    setTimeout(() => process.exit(130), 1000).unref();
  });
  // the reader of a pipe may stop reading: that is no error
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.stderr.on('error', () => {});

  // the database and the solver are read only when something needs them
  const solve: Solve = async (models, signal) =>
    (await import('./workers/solving.ts')).solveInThread(models, signal);
  const openWorld: OpenWorld = async (options) =>
    (await import('./store/open.ts')).openWorld({ ...snapshotNamed(process.env), ...options, solve });
  const shell: Shell = {
    out: (text) => new Promise((done) => process.stdout.write(text, () => done())),
    err: (text) => void process.stderr.write(text),
    columns: process.stdout.isTTY ? (process.stdout.columns ?? 80) : null,
    errIsTerminal: process.stderr.isTTY === true,
    env: process.env,
    stdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    signal: abort.signal,
    questions,
    openWorld,
    commands: [
      serveCommand,
      mcpCommand,
      withSite(exportCommand),
      buildCommand,
      fetchCommand,
      updateCommand,
      loadBaciCommand,
    ],
  };
  process.exitCode = await run(process.argv.slice(2), shell);
  // a database or a timer may still hold the process; what was printed is flushed
  process.stderr.write('', () => process.exit());
}
