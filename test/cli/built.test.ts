import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const bin = join(root, 'bin/headwater.js');

/** A folder of own tables: three countries, one mineral. */
const world = mkdtempSync(join(tmpdir(), 'headwater-'));
const tables = {
  country: 'country,name\nAAA,Alder\nBBB,Birch\nCCC,Cedar\n',
  mineral: 'mineral,name,symbol\nflint,Flint,Fl\n',
  source:
    'source,title,publisher,release,licence,citation\nriver,River Survey,Survey,2025,CC0-1.0,"River, 2025"\n',
};
for (const [name, text] of Object.entries(tables)) writeFileSync(join(world, `${name}.csv`), text);

interface Done {
  code: number | null;
  out: string;
  err: string;
}

function start(args: string[]): {
  child: ChildProcess;
  done: Promise<Done>;
  said: (what: RegExp) => Promise<string>;
} {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: tmpdir(),
    env: { ...process.env, NO_COLOR: '1' },
  });
  const got = { out: '', err: '' };
  child.stdout.on('data', (d) => {
    got.out += d;
  });
  child.stderr.on('data', (d) => {
    got.err += d;
  });
  const done = new Promise<Done>((tell) => child.on('close', (code) => tell({ code, ...got })));
  const said = (what: RegExp) =>
    new Promise<string>((tell, fail) => {
      child.stderr.on('data', () => what.test(got.err) && tell(what.exec(got.err)![0]));
      child.on('close', () => fail(new Error(`ended without saying ${what}: ${got.err}`)));
    });
  return { child, done, said };
}
const cli = (...args: string[]) => start(args).done;

beforeAll(() => {
  if (!existsSync(join(root, 'dist/main.js'))) throw new Error('not built: npm run build');
});

describe('the built command', () => {
  it('answers from own tables, from any folder, as pure CSV', async () => {
    const { code, out, err } = await cli('sources', '--data', world, '--format', 'csv');
    expect(code).toBe(0);
    expect(out.split('\r\n')[1]).toMatch(/^river,River Survey,Survey,2025,CC0-1.0,"River, 2025"/);
    expect(err).toContain('source: River Survey, 2025, CC0-1.0');
  });

  it('names its code version in every answer', async () => {
    const { out } = await cli('sources', '--data', world, '--format', 'json');
    expect(JSON.parse(out).code_version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/);
  });

  it('refuses a folder that is not there with exit 2 and bad data with exit 3, stdout empty', async () => {
    const absent = await cli('sources', '--data', join(world, 'absent'));
    expect(absent).toMatchObject({ code: 2, out: '' });
    expect(absent.err).toMatch(/^headwater: .*absent/);
    const bad = mkdtempSync(join(tmpdir(), 'headwater-'));
    writeFileSync(join(bad, 'country.csv'), 'country,name\nAAA,Alder\nAAA,Ash\n');
    const refused = await cli('sources', '--data', bad);
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toMatch(/^headwater: .*country\.csv/);
  });

  it('is quiet when the reader of a pipe stops reading', async () => {
    const { child, done } = start(['sources', '--data', world, '--format', 'json']);
    child.stdout!.destroy();
    expect(await done).toMatchObject({ err: '' });
  });
});

describe('serve', () => {
  it('says one line when ready, answers, refuses a taken port and ends on SIGTERM', async () => {
    const { child, done, said } = start(['serve', '--port', '0', '--data', world]);
    const url = (await said(/^http:\/\/127\.0\.0\.1:\d+(?=\n)/)).trim();
    const made = await (await fetch(`${url}/api/sources`)).json();
    expect(made.rows).toHaveLength(1);
    expect((await fetch(`${url}/`)).headers.get('content-type')).toContain('text/html');
    const taken = await cli('serve', '--port', new URL(url).port, '--data', world);
    expect(taken.code).toBe(2);
    expect(taken.err).toContain(new URL(url).port);
    child.kill('SIGTERM');
    expect(await done).toEqual({ code: 0, out: '', err: `${url}\n` });
  });

  it('ends with 130 on Ctrl-C', async () => {
    const { child, done, said } = start(['serve', '--port', '0', '--data', world]);
    await said(/http/);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
  });
});
