import type { OtherCommand } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';

export const defaultPort = 8300;

/** `headwater serve`: the API and the pages, on this machine only unless told otherwise. */
export const serveCommand: OtherCommand = {
  name: 'serve',
  about: 'Serves the API and the pages on http://127.0.0.1:8300.',
  options: [
    { flags: '--port <number>', about: `port (default ${defaultPort}; 0 = any that is free)` },
    { flags: '--host <address>', about: 'address to listen on (default 127.0.0.1: this machine only)' },
  ],
  readsData: true,
  async run(options, shell) {
    const text = options.port ?? String(defaultPort);
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535))
      throw new UsageError(`--port must be a whole number between 0 and 65535: "${text}"`);
    const { serve } = await import('./serve.ts');
    const server = await serve({ ...options, port, host: options.host ?? '127.0.0.1' }, shell);
    shell.err(`${server.url}\n`);
    await server.ended;
    // Ctrl-C is told apart from SIGTERM by the exit code
    shell.signal.throwIfAborted();
  },
};
