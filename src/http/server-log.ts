export const logFormats = ['off', 'text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

/** One request, without its parameters: they may be nobody else's business. */
export interface RequestEvent {
  readonly id: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** `hit` from memory, `same` where the caller had it (304), else absent */
  readonly cache?: 'hit' | 'same';
}

export interface ServerLog {
  readonly request: (event: RequestEvent) => void;
  /** starting, ending */
  readonly event: (msg: string, more?: Readonly<Record<string, unknown>>) => void;
  /** a bug, whatever the format */
  readonly bug: (text: string) => void;
}

const longestPath = 200;

/** What the server tells on stderr: nothing but bugs, lines for people, or one JSON object to a line. */
export function serverLog(
  format: LogFormat,
  write: (text: string) => void,
  now = () => new Date(),
): ServerLog {
  const json = (level: string, msg: string, more: object) =>
    write(`${JSON.stringify({ time: now().toISOString(), level, msg, ...more })}\n`);
  return {
    request(event) {
      const path = event.path.slice(0, longestPath);
      if (format === 'json') json('info', 'request', { ...event, path });
      else if (format === 'text')
        write(
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
          `${now().toISOString()} ${event.method} ${path.replace(/[\u0000-\u001f\u007f]/g, '?')} ${event.status} ${event.ms} ms${event.cache ? ` (${event.cache})` : ''}\n`,
        );
    },
    event(msg, more = {}) {
      if (format === 'json') json('info', msg, more);
      else if (format === 'text') write(`${now().toISOString()} ${msg}\n`);
    },
    bug(text) {
      if (format === 'json') json('error', 'bug', { stack: text });
      else write(`headwater: ${text}\n`);
    },
  };
}
