import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { widthOf } from '../../src/cli/wrap.ts';
import { questions } from '../../src/questions/list.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';
import { testShell } from '../support/shell.ts';

/** What a person reads at 80 columns, of the invented world in example/: one file each, to be read in review. */
const goldens: Readonly<Record<string, string>> = {
  board: 'board --for ALD',
  concentration: 'concentration',
  'concentration-breakdown': 'concentration aurite --breakdown',
  profile: 'profile BRE --list ald-2024',
  origins: 'origins --for ALD --mineral aurite --stage mine',
  alternatives: 'alternatives aurite --for ALD',
  risk: 'risk --method geopolrisk --for ALD',
  'risk-n-minus-1': 'risk --method n_minus_1',
  'risk-compare': 'risk --method compare --for ALD',
  targets: 'targets --for ALD',
  outlook: 'outlook --for ALD',
  'outlook-one': 'outlook --for ALD --mineral aurite --stage mine',
  shock: 'shock --stop BRE --mineral aurite --stage mine --for ALD --months 6',
  'shock-everyone': 'shock --stop BRE --mineral aurite --stage mine --months 6',
  'shock-market': 'shock --stop BRE:0.5 --mineral aurite --stage mine --model market',
  'shock-nothing': 'shock --stop BRE:0 --mineral aurite --stage mine --for ALD',
  chokepoints: 'chokepoints --for ALD --months 6',
  agreement: 'agreement ald-fen-2025 --for ALD',
  'agreement-none': 'agreement --partner DUN --for ALD',
  timeline: 'timeline --for ALD',
  exposure: 'exposure --for ALD',
  changes: 'changes --for ALD',
  prices: 'prices',
  lists: 'lists',
  'lists-mineral': 'lists --mineral aurite',
  coverage: 'coverage aurite',
  sources: 'sources',
  check: 'check -',
};

const article =
  'Bremia mines more than half of the world’s aurite. Carrowe is the world’s largest producer of brumium. ' +
  'Aldmark and Fenwick signed a memorandum on aurite in March 2025.';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld({ data: 'example/world', now: '2026-03-01' });
});
afterAll(() => world.close());

async function printed(command: string, columns = 80): Promise<string> {
  const shell = testShell({
    questions,
    openWorld: async () => ({ ...world, close: () => {} }),
    stdin: async () => article,
    columns,
    env: { NO_COLOR: '1' },
  });
  expect(await run(command.split(' '), shell), shell.printed.err).toBe(0);
  // the version of the data changes with every row of the example
  return shell.printed.out.replace(/\b[0-9a-f]{12}\b/g, '0123456789ab');
}

describe('answers as a person reads them', () => {
  it.each(Object.entries(goldens))('%s', async (name, command) => {
    const text = `$ headwater ${command} --data example/world\n${await printed(command)}`;
    const file = `test/golden/views/${name}.txt`;
    if (process.env.REGEN) {
      mkdirSync('test/golden/views', { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `no golden ${name}.txt; REGEN=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('leaves no golden that no command writes', () => {
    const files = readdirSync('test/golden/views');
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((f) => goldens[f.replace('.txt', '')] === undefined)).toEqual([]);
  });

  it.each(Object.entries(goldens))(
    '%s keeps to the width, and opens with an answer, not the question',
    async (_, command) => {
      const asks = new Set(questions.map((q) => q.asks));
      for (const columns of [80, 120]) {
        const lines = (await printed(command, columns)).split('\n');
        expect(lines.filter((l) => widthOf(l) > columns)).toEqual([]);
        const first = lines.slice(0, lines.indexOf('')).join(' ');
        expect(asks.has(first)).toBe(false);
        expect(first).not.toMatch(/undefined|null|NaN|Infinity|\[object/);
      }
    },
  );
});
