import { spawn } from 'node:child_process';
import { Agent, get } from 'node:http';
import { join } from 'node:path';

/**
 * The board over HTTP at 200 requests a second for ten seconds, sent when they are due and not when the last came
 * back: 40 different boards (importers and lenses), each first worked out and then kept by the server, from a process
 * of its own on this machine. Held against a limit, and against what the same server takes to say that it is well.
 *
 *   npm run build && npm run bench http
 */
const limit = { p95: 50 };
const rate = Number(process.env.RATE ?? 200);
const seconds = Number(process.env.SECONDS ?? 10);
const importers = ['GBR', 'DEU', 'FRA', 'USA', 'JPN', 'KOR', 'IND', 'ITA', 'ESP', 'NLD'];
const boards = importers.flatMap((who) =>
  ['declared', 'traced'].flatMap((lens) =>
    ['uk-2024', 'eu-crma-strategic'].map((list) => `/api/board?for=${who}&list=${list}&lens=${lens}`),
  ),
);

const server = spawn(
  process.execPath,
  [join(import.meta.dirname, '../bin/headwater.js'), 'serve', '--port', '0'],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
const url = await new Promise<string>((ready, failed) => {
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const found = /http:\/\/[\d.]+:\d+/.exec(said);
    if (found) ready(found[0]);
  });
  server.on('exit', () => failed(new Error(said)));
});
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** milliseconds from when the request was due until its last byte */
const ask = (path: string, due: number): Promise<number> =>
  new Promise((done, failed) => {
    get(`${url}${path}`, { agent }, (response) => {
      if (response.statusCode !== 200) failed(new Error(`${path}: ${response.statusCode}`));
      response.resume();
      response.on('end', () => done(performance.now() - due));
    }).on('error', failed);
  });

async function load(paths: readonly string[]): Promise<{ p50: number; p95: number; most: number }> {
  const began = performance.now();
  const all: Promise<number>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const due = began + (1000 * n) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((go) => setTimeout(go, wait));
    all.push(ask(paths[n % paths.length]!, due));
  }
  const times = (await Promise.all(all)).sort((a, b) => a - b);
  const at = (q: number) => times[Math.min(times.length - 1, Math.floor(q * times.length))]!;
  return { p50: at(0.5), p95: at(0.95), most: times.at(-1)! };
}
const show = (name: string, t: { p50: number; p95: number; most: number }) =>
  console.log(
    `${name.padEnd(30)} p50 ${t.p50.toFixed(1).padStart(7)} ms  p95 ${t.p95.toFixed(1).padStart(7)} ms  most ${t.most.toFixed(1).padStart(7)} ms`,
  );

try {
  const began = performance.now();
  for (const path of boards) await ask(path, performance.now());
  const first = (performance.now() - began) / boards.length;
  const well = await load(['/healthz']);
  const board = await load(boards);
  show('healthz, the peer', well);
  show(`board at ${rate} requests/s`, board);
  console.log(`a board asked for the first time takes ${first.toFixed(0)} ms on average`);
  console.log(
    `board p95 is ${(board.p95 / limit.p95).toFixed(2)} of the limit of ${limit.p95} ms, ${(board.p95 / well.p95).toFixed(1)} × the peer`,
  );
} finally {
  agent.destroy();
  server.kill('SIGTERM');
}
