import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCommand } from '../../src/cli/build-command.ts';
import { run } from '../../src/cli/run.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { serveCommand } from '../../src/http/serve-command.ts';
import { testShell } from '../support/shell.ts';

async function cli(line: string | string[], changes: Partial<Shell> = {}) {
  const shell = testShell(changes);
  const exit = await run(typeof line === 'string' ? line.split(' ') : line, shell);
  return { exit, ...shell.printed };
}
const params = async (line: string | string[]) =>
  JSON.parse((await cli([...(typeof line === 'string' ? line.split(' ') : line), '--format', 'json'])).out)
    .params;

describe('command line', () => {
  it('answers in JSON with everything the interface names, every row with every column', async () => {
    const { exit, out, err } = await cli('river --for GBR --format json');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const made = JSON.parse(out);
    expect(Object.keys(made)).toEqual(
      expect.arrayContaining([
        'question',
        'params',
        'rows',
        'columns',
        'notes',
        'sources',
        'data_version',
        'code_version',
      ]),
    );
    expect(made.view).toBeUndefined();
    expect(made.rows[0].supply_usd).toBe(6543210.25);
    expect(made.rows[2]).toHaveProperty('over_cap', null);
    expect(made.data_version).toBe('test-data');
  });

  it('reads lists repeated, comma-separated and positional, and the other kinds of option', async () => {
    expect(await params('river --for GBR --mineral a,b --mineral c')).toMatchObject({
      mineral: ['a', 'b', 'c'],
    });
    expect(await params('river a b --for=GBR')).toMatchObject({ for: 'GBR', mineral: ['a', 'b'] });
    expect(
      await params('river --for GBR --breakdown --n-minus-1 --cap=.5 --months 3 --lens traced'),
    ).toMatchObject({
      breakdown: true,
      nMinus1: true,
      cap: 0.5,
      months: 3,
      lens: 'traced',
    });
    expect(await params('--format json river --for GBR')).toMatchObject({ severity: 1, breakdown: false });
  });

  it.each([
    ['river', '--for is required: whose supply'],
    ['river --for GBR --cap 1.7', '--cap must be above 0 and at most 1: "1.7"'],
    ['river --for GBR --cap 0', '--cap must be above 0 and at most 1: "0"'],
    ['river --for GBR --severity=-1', '--severity must be between 0 and 1: "-1"'],
    ['river --for GBR --cap abc', '--cap must be a number: "abc"'],
    ['river --for GBR --cap 1e999', '--cap must be a number: "1e999"'],
    ['river --for GBR --months 2.5', '--months must be a whole number: "2.5"'],
    ['river --for GBR --lens tracd', '--lens must be one of declared, traced: "tracd"; did you mean traced?'],
    ['river --for GBR --for FRA', '--for was given 2 times: "GBR", "FRA"'],
    ['river --for GBR --mineral a,,b', '--mineral has an empty item: "a,,b"'],
    ['river --for GBR --lnes traced', 'unknown option: "--lnes"; did you mean --lens?'],
    ['river --for GBR --format yaml', '--format must be one of table, csv, json, md, html: "yaml"'],
    ['river --for', '--for needs a value'],
    ['rivr --for GBR', 'unknown command: "rivr"; did you mean river?'],
    ['--nonsense', 'unknown option: "--nonsense"'],
    [
      'river --for GBR --options no-such-file.json',
      'cannot read the file (no such file): "no-such-file.json"',
    ],
    ['river --for GBR --fails usage', 'unknown mineral: "litium"; did you mean lithium?'],
  ])('refuses %j: exit 2, one line, nothing on stdout', async (line, message) => {
    const { exit, out, err } = await cli(line);
    expect(err).toContain(`headwater: ${message}`);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
  });

  it('tells every problem at once, a line each', async () => {
    const { exit, err } = await cli('river --cap 2 --lens x');
    expect(exit).toBe(2);
    expect(
      err
        .trimEnd()
        .split('\n')
        .map((l) => l.slice(0, 17)),
    ).toEqual(['headwater: --for ', 'headwater: --lens', 'headwater: --cap ']);
  });

  it('says data problems line by line with exit 3', async () => {
    expect(await cli('river --for GBR --fails data')).toEqual({
      exit: 3,
      out: '',
      err: 'headwater: a.csv line 2: not a number: "x"\nheadwater: a.csv line 3: no year\n',
    });
  });

  it('owns up to a bug with exit 1, with the stack only for --debug', async () => {
    const short = await cli('river --for GBR --fails bug');
    expect(short.exit).toBe(1);
    expect(short.err).toMatch(/^headwater: .*cannot read the river\n$/);
    const long = await cli('river --for GBR --fails bug --debug');
    expect(long.err).toContain('at ');
  });

  it('stops with exit 130 when interrupted', async () => {
    const abort = new AbortController();
    const running = cli('river --for GBR --fails wait', { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('interrupted')), 5);
    expect(await running).toEqual({ exit: 130, out: '', err: 'headwater: interrupted\n' });
  });

  it('reads a file or stdin for the parameter that is a body, and names a file that is not JSON', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'headwater-'));
    writeFileSync(join(folder, 'good.json'), '{"demand":[{"quantity_t":5}]}');
    writeFileSync(join(folder, 'bad.json'), '{"demand":');
    writeFileSync(join(folder, 'odd.json'), '{"demand":[{"quantity_t":"five"}]}');
    expect(await params(['river', '--for', 'GBR', '--options', join(folder, 'good.json')])).toMatchObject({
      options: { demand: [{ quantity_t: 5 }] },
    });
    const piped = await cli('river --for GBR --options - --format json', {
      stdin: async () => '{"demand":[]}',
    });
    expect(JSON.parse(piped.out).params.options).toEqual({ demand: [] });
    const bad = await cli(['river', '--for', 'GBR', '--options', join(folder, 'bad.json')]);
    expect(bad).toMatchObject({ exit: 2, out: '' });
    expect(bad.err).toContain('bad.json');
    const odd = await cli(['river', '--for', 'GBR', '--options', join(folder, 'odd.json')]);
    expect(odd.err).toBe('headwater: --options.demand[0].quantity_t must be a number: "five"\n');
  });

  it('lists the questions and, for one, its options with choices, ranges and an example', async () => {
    const all = await cli('--help');
    expect(all).toMatchObject({ exit: 0, err: '' });
    expect(all.out).toMatch(/river +Where does the river rise\?/);
    const one = await cli('river --help');
    expect(one.exit).toBe(0);
    for (const part of [
      '--n-minus-1',
      'declared, traced',
      'above 0 and at most 1',
      '--data <dir>',
      'headwater river --for GBR',
    ])
      expect(one.out).toContain(part);
    expect((await cli('help river')).out).toBe(one.out);
    expect((await cli([])).out).toBe(all.out);
  });

  it('keeps stdout pure CSV: notes and sources go to stderr, and nowhere with --quiet', async () => {
    const { out, err } = await cli('river --for GBR --format csv');
    expect(out.split('\r\n')[0]).toBe('mineral,country,year,supply_usd,top_share,cap,over_cap');
    expect(err).toContain('withheld by the publisher');
    expect(err).toContain('River Survey');
    expect((await cli('river --for GBR --format csv --quiet')).err).toBe('');
  });
});

describe('commands that are not questions', () => {
  const commands = [buildCommand, serveCommand];

  it.each([
    ['build', '--raw DIR is required'],
    ['build --raw no-such-folder', '--raw is not a folder: "no-such-folder"'],
    ['build --rwa x', 'unknown option: "--rwa"; did you mean --raw?'],
    ['serve --port 99999', '--port must be a whole number between 0 and 65535: "99999"'],
    ['serve --port x', '"x"'],
    ['serve river', 'headwater serve takes no arguments: "river"'],
    ['sreve', 'did you mean serve?'],
  ])('refuses %j with exit 2', async (line, message) => {
    const { exit, out, err } = await cli(line, { commands });
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(`headwater: `);
    expect(err).toContain(message);
  });

  it('are listed and have help', async () => {
    expect((await cli('--help', { commands })).out).toMatch(/^ {2}build +Builds the snapshot/m);
    expect((await cli('build --help', { commands })).out).toContain('--raw <dir>');
  });
});
