import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly killed: boolean;
  readonly took: number;
  readonly err: string;
}

/** Runs a process; after `killAfter` milliseconds it is killed as by a power cut (SIGKILL): it can tidy nothing. */
export function run(
  args: readonly string[],
  env: Record<string, string> = {},
  killAfter?: number,
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((done) =>
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, killed: signal === 'SIGKILL', took: performance.now() - began, err });
    }),
  );
}
