import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellsPerCountry,
  type DrawJob,
  drawChunk,
  type ModelName,
  modes,
  prepare,
  rangesAround,
} from '../../../src/analysis/shocks/draws.ts';
import { models } from '../../../src/analysis/shocks/models.ts';
import { assume, type Shock } from '../../../src/analysis/shocks/shock.ts';
import { tornado } from '../../../src/analysis/shocks/tornado.ts';
import { anyNetwork, fiveCountries } from './worlds.ts';

const stop = (country: string, severity: number): Shock => ({ kind: 'production_loss', country, severity });
const jobOf = (model: ModelName, severity = 0.5): DrawJob => {
  const assumptions = assume(fiveCountries, { stock: [0, 10, 2, 4, 1] });
  return {
    model,
    network: fiveCountries,
    shocks: [stop('CD', severity)],
    assumptions,
    ranges: rangesAround(assumptions),
    kept: [3],
    seed: 1,
  };
};
const names: ModelName[] = ['cascade', 'market', 'months'];

describe.each(names)('draws of %s', (model) => {
  it('with every factor at its mode are the model itself', () => {
    fc.assert(
      fc.property(anyNetwork, fc.double({ min: 0, max: 1, noNaN: true }), (network, severity) => {
        const assumptions = assume(network);
        const kept = network.countries.map((_, j) => j);
        const job: DrawJob = {
          model,
          network,
          shocks: [stop('C0', severity)],
          assumptions,
          ranges: rangesAround(assumptions),
          kept,
          seed: 1,
        };
        const width = cellsPerCountry(job);
        const cells = new Float64Array(kept.length * width);
        prepare(job)([modes(job.ranges)], cells);
        const { rows } = models[model](network, job.shocks, assumptions);
        for (const j of kept) {
          const own = rows.filter((r) => r.country === `C${j}`);
          const total = own.reduce((a, r) => a + r.shortfall_t, 0);
          expect(cells[j * width + width - 1]).toBeCloseTo(total, 6);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('repeat for a seed', () => {
    expect(drawChunk(jobOf(model), 2, 50)).toEqual(drawChunk(jobOf(model), 2, 50));
    expect(drawChunk(jobOf(model), 3, 50)).not.toEqual(drawChunk(jobOf(model), 2, 50));
  });

  it('are each a run of its own: the same numbers alone as beside others', () => {
    const job = jobOf(model);
    const run = prepare(job);
    const width = cellsPerCountry(job);
    const draws = [0.2, 1, 0.6, 0.9, 0.4, 0].map((severity, i) => ({
      ...modes(job.ranges),
      severity,
      duration: 1 - i / 10,
      stock: i / 2,
      spare: i / 3,
    }));
    const together = new Float64Array(draws.length * width);
    run(draws, together);
    expect(new Set(together).size).toBeGreaterThan(2);
    draws.forEach((draw, i) => {
      const alone = new Float64Array(width);
      run([draw], alone);
      expect(together.subarray(i * width, (i + 1) * width)).toEqual(alone);
    });
  });

  it('of a zero shock are all exactly 0', () => {
    expect(drawChunk(jobOf(model, 0), 0, 50).every((x) => x === 0)).toBe(true);
  });

  it('stay between nothing and all that is used', () => {
    const cells = drawChunk(jobOf(model), 0, 200);
    expect(Math.min(...cells)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...cells)).toBeLessThanOrEqual(26.0001);
    expect(new Set(cells).size).toBeGreaterThan(1);
  });

  it('tornado: largest swing first, each end as a run of its own', () => {
    const job = jobOf(model);
    const bars = tornado(job);
    expect(bars.length).toBeGreaterThan(1);
    expect(bars.map((b) => b.swing_t)).toEqual(bars.map((b) => b.swing_t).sort((a, b) => b - a));
    const severity = bars.find((b) => b.factor === 'severity')!;
    const milder = models[model](fiveCountries, [stop('CD', 0.5 * 0.7)], job.assumptions).rows;
    const sum = milder.filter((r) => r.country === 'GB').reduce((a, r) => a + r.shortfall_t, 0);
    expect(severity.shortfallAtLow_t).toBeCloseTo(sum, 9);
    expect(severity.shortfallAtHigh_t).toBeGreaterThan(severity.shortfallAtLow_t);
  });
});
