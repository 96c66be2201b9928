import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/analysis/sourcing/assemble.ts';
import { balance } from '../../../src/analysis/sourcing/constraints/balance.ts';
import { constraints } from '../../../src/analysis/sourcing/constraints/list.ts';
import { lpText } from '../../../src/analysis/sourcing/lp-text.ts';
import { sourcingModel } from '../../../src/analysis/sourcing/model.ts';
import { noLimits, type Problem } from '../../../src/analysis/sourcing/problem.ts';
import { offer } from './worked.ts';

const golden = join(import.meta.dirname, '../../golden/plan');
const folder = join(import.meta.dirname, '../../../src/analysis/sourcing/constraints');

/** Two years, two minerals, a hub, home supply, a project: every limit has something to say about it. */
const world: Problem = {
  home: new Set(['GBR']),
  needs: [
    { mineral: 'testium', stage: 'refine', year: 2030, quantity_t: 100, weight: 2 },
    { mineral: 'testium', stage: 'refine', year: 2031, quantity_t: 120, weight: 2 },
    { mineral: 'otherium', stage: 'mine', year: 2030, quantity_t: 1000, weight: 0.1 },
  ],
  offers: [
    offer('China', 'import', 'CHN', 500, 100, {
      origins: new Map([
        ['CHN', 0.9],
        ['AUS', 0.1],
      ]),
      owners: new Map([['CHN', 1]]),
      current_t: 80,
    }),
    offer('Hub', 'import', 'XAA', 60, 105, {
      origins: new Map([
        ['CHN', 0.4],
        ['GBR', 0.1],
      ]),
      owners: new Map([
        ['CHN', 0.7],
        ['XAA', 0.3],
      ]),
    }),
    offer('UK mine', 'domestic', 'GBR', 10, 180, { project: 'mine' }),
    offer('UK recycled', 'recycled', 'GBR', 20, 150),
    offer('Ore', 'import', 'CHN', 900, 10, { mineral: 'otherium', stage: 'mine', year: 2030 }),
  ],
  projects: [{ project: 'mine', kind: 'project', fixed_cost_usd: 700, from_year: 2031 }],
  limits: {
    ...noLimits,
    cap: 0.6,
    aggregateCap: 0.5,
    domesticMin: 0.1,
    recycledMin: 0.2,
    nMinus1: 0.7,
    surge: 0.25,
    blocs: [{ bloc: 'PAIR', members: new Set(['CHN', 'XAA']), cap: 0.9 }],
    ramp: 0.3,
    budgetUsd: 50_000,
  },
};
const stocks = [
  { mineral: 'testium', stage: 'refine', opening_t: 15, most_t: 40, end_t: 10, holding_usd_per_t: 3 },
];
const lens = { 'traced-cap': 'traced', 'controlled-cap': 'controlled' } as const;

describe('constraints', () => {
  it('are one file each, and none is missing from the list', () => {
    const builders = new Set(['list.ts', 'share-rows.ts', 'floor-rows.ts']);
    const files = readdirSync(folder).filter((f) => f.endsWith('.ts') && !builders.has(f));
    expect(files.length).toBeGreaterThan(10);
    expect(constraints.map((c) => `${c.name}.ts`).sort()).toEqual(files.sort());
  });

  it('have a sentence each and a golden each, and no golden is left over', () => {
    for (const c of constraints) expect(c.sentence, c.name).toMatch(/^[A-Z].{20,}\.$/);
    if (!process.env.REGEN)
      expect(readdirSync(golden).sort()).toEqual(constraints.map((c) => `${c.name}.lp`).sort());
  });

  it.each(constraints.map((c) => [c.name, c] as const))(
    '%s is the model in its golden',
    (name, constraint) => {
      const capOn = lens[name as keyof typeof lens] ?? 'declared';
      const problem = {
        ...world,
        projects: name === 'project-start' || name === 'budget' ? world.projects : [],
        stocks: name === 'stock' || name === 'budget' ? stocks : [],
        limits: { ...world.limits, capOn, nMinus1: name === 'n-minus-1' ? world.limits.nMinus1 : null },
      };
      const own = constraint === balance ? [balance] : [balance, constraint];
      const text = `\\ ${constraint.sentence}\n${lpText(assemble(sourcingModel(problem), 'cost', own).linear)}`;
      const file = join(golden, `${name}.lp`);
      if (process.env.REGEN) {
        mkdirSync(golden, { recursive: true });
        writeFileSync(file, text);
      }
      expect(existsSync(file), `${name}.lp is missing: run with REGEN=1 and read it`).toBe(true);
      expect(text).toBe(readFileSync(file, 'utf8'));
    },
  );

  it.each(constraints.map((c) => [c.name, c] as const))(
    '%s makes no rows where it is not asked for',
    (name, c) => {
      const silent = sourcingModel({
        ...world,
        projects: [],
        offers: world.offers.map((o) => ({ ...o, project: null })),
        limits: noLimits,
      });
      expect(c.rows(silent).length).toBe(name === 'balance' ? world.needs.length : 0);
    },
  );
});
