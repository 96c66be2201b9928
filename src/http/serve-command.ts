import type { OtherCommand } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';
import { logFormats } from './server-log.ts';

export const defaultPort = 8300;

/** `headwater serve`: the API and the pages, on this machine only unless told otherwise. */
export const serveCommand: OtherCommand = {
  name: 'serve',
  about: 'Serves the API and the pages on http://127.0.0.1:8300.',
  options: [
    { flags: '--port <number>', about: `port (default ${defaultPort}; 0 = any that is free)` },
    { flags: '--host <address>', about: 'address to listen on (default 127.0.0.1: this machine only)' },
    {
      flags: '--log <format>',
      about: 'requests on stderr: off, text, json (default off); never their parameters',
    },
    { flags: '--at-once <number>', about: 'answers worked on at once (default 4); more stand in line' },
    { flags: '--timeout <seconds>', about: 'time for one answer, then its queries are stopped (default 60)' },
  ],
  readsData: true,
  async run(options, shell) {
    const text = options.port ?? String(defaultPort);
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535))
      throw new UsageError(`--port must be a whole number between 0 and 65535: "${text}"`);
    const log = logFormats.find((f) => f === (options.log ?? 'off'));
    if (!log) throw new UsageError(`--log must be one of ${logFormats.join(', ')}: "${options.log}"`);
    const whole = (name: string, text: string | undefined, most: number) => {
      if (text === undefined) return undefined;
      const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= 1 && value <= most))
        throw new UsageError(`${name} must be a whole number between 1 and ${most}: "${text}"`);
      return value;
    };
    const atOnce = whole('--at-once', options.atOnce, 64);
    const timeoutSeconds = whole('--timeout', options.timeout, 3600);
    const { serve } = await import('./serve.ts');
    const server = await serve(
      {
        data: options.data,
        with: options.with,
        store: options.store,
        partial: options.partial !== undefined,
        port,
        host: options.host ?? '127.0.0.1',
        log,
        ...(atOnce !== undefined && { atOnce }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      },
      shell,
    );
    await server.ended;
    // Ctrl-C is told apart from SIGTERM by the exit code
    shell.signal.throwIfAborted();
  },
};
