import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();

const root = join(import.meta.dirname, '../..');
beforeAll(() => {
  if (!existsSync(join(root, 'dist/main.js'))) throw new Error('not built: npm run build');
});

/** Runs the built command in folders of its own and sends Ctrl-C after so many milliseconds. */
async function interrupted(args: readonly string[], after: number) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-'));
  const child = spawn(process.execPath, [join(root, 'bin/headwater.js'), ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, NO_COLOR: '1' },
  });
  const got = { out: '', err: '' };
  child.stdout.on('data', (d) => {
    got.out += d;
  });
  child.stderr.on('data', (d) => {
    got.err += d;
  });
  const timer = setTimeout(() => child.kill('SIGINT'), after);
  const code = await new Promise<number | null>((tell) => child.on('close', tell));
  clearTimeout(timer);
  return { code, ...got, left: readdirSync(folder) };
}

/** How long a start takes differs by machine: tried with later and later signals until one comes in the middle. */
async function inTheMiddle(args: readonly string[]) {
  for (const after of [1500, 3000, 6000, 12_000, 24_000]) {
    const done = await interrupted(args, after);
    expect(done.code, done.err).toBe(130);
    expect(done.left).toEqual([]);
    expect(done.err).toContain('headwater: interrupted');
    if (done.out !== '') return done;
  }
  throw new Error(`never answered before it was interrupted: ${args.join(' ')}`);
}

describe('Ctrl-C of a long run', () => {
  it('shock: what was drawn is printed, exit 130, nothing left behind', async () => {
    const asked = ['shock', '--stop', 'CHN', '--mineral', 'magnesium', '--for', 'GBR', '--draws', '1000000'];
    const { out } = await inTheMiddle([...asked, '--format', 'json']);
    const answer = JSON.parse(out);
    const note = (code: string) => answer.notes.find((n: { code: string }) => n.code === code);
    expect(note('interrupted').text).toMatch(/^stopped after \d+ of 1000000 draws$/);
    expect(note('draws').value).toBe(note('interrupted').value);
    expect(note('draws').value % 1000).toBe(0);
    expect(answer.rows).toHaveLength(12);
    if (note('draws').value > 0) expect(answer.rows[11].p50).toBeGreaterThan(0);
  }, 120_000);

  it('chokepoints: the minerals done are ranked, exit 130, nothing left behind', async () => {
    const { out } = await inTheMiddle(['chokepoints', '--pairs', '--months', '60', '--format', 'json']);
    const answer = JSON.parse(out);
    const stopped = answer.notes.find((n: { code: string }) => n.code === 'interrupted');
    const [done, of] = /^stopped after (\d+) of (\d+) minerals and stages$/
      .exec(stopped.text)!
      .slice(1)
      .map(Number);
    expect(done).toBeLessThan(of!);
    expect(answer.rows.length).toBeGreaterThan(0);
  }, 120_000);
});
