import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf } from '../../../src/analysis/shocks/baseline.ts';
import { cascade, cascadeModel } from '../../../src/analysis/shocks/cascade.ts';
import { assume, type ShockNetwork } from '../../../src/analysis/shocks/shock.ts';
import { anyNetwork, fiveCountries } from './worlds.ts';

const sum = (xs: Iterable<number>) => [...xs].reduce((a, b) => a + b, 0);

/** Second route: the equations of the paper's supplement on dense matrices, term by term. */
function denseCascade(network: ShockNetwork, dP: number[], R0: number[], fc_ = 0, kmax = 50) {
  const n = network.countries.length;
  const F = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  Array.from(network.flow).forEach((f, e) => {
    F[network.from[e]!]![network.to[e]!]! += f;
  });
  const R = [...R0];
  const S = network.countries.map(
    (_, j) => network.production[j]! + sum(F.map((row) => row[j]!)) - sum(F[j]!),
  );
  const U = new Array<boolean>(n).fill(true);
  let dS = [...dP];
  const dR = new Array<number>(n).fill(0);
  const dC = new Array<number>(n).fill(0);
  let t = 0;
  for (; t < kmax && Math.min(...dS) < -1e-8; t++) {
    const r = dS.map((s, j) => Math.max(s, -R[j]!));
    dS.forEach((s, j) => {
      if (s < -R[j]!) U[j] = false;
    });
    const s2 = dS.map((s, j) => (s - r[j]!) * (1 - fc_));
    const V = s2.map((_, j) => sum(F[j]!) + sum(F.map((row, k) => (U[k] ? row[j]! : 0))));
    const dB = s2.map((s, j) => (Math.abs(s) < 1e-5 * S[j]! ? 0 : Math.max(s, -V[j]!)));
    const b = dB.map((x, j) => (V[j] === 0 ? 0 : x / V[j]!));
    const dF = F.map((row, j) => row.map((f, k) => (b[j]! - (U[j] ? b[k]! : 0)) * f));
    const c = dS.map((s, j) => s - r[j]! - dB[j]!);
    const next = dS.map((_, j) => sum(dF.map((row) => row[j]!)) - sum(dF[j]!) + dB[j]!);
    for (let j = 0; j < n; j++) {
      R[j]! += r[j]!;
      dR[j]! += r[j]!;
      dC[j]! += c[j]!;
      S[j]! += r[j]! + c[j]!;
      for (let k = 0; k < n; k++) F[j]![k]! += dF[j]![k]!;
    }
    dS = next;
  }
  return { dR, dC, left: dS, iterations: t };
}

/** A random world with a shock, reserves and a buffer. */
const shocked = anyNetwork.chain((network) =>
  fc.record({
    network: fc.constant(network),
    severity: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1, noNaN: true })), {
      minLength: network.countries.length,
      maxLength: network.countries.length,
    }),
    reserves: fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 200, noNaN: true })), {
      minLength: network.countries.length,
      maxLength: network.countries.length,
    }),
    buffer: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
  }),
);

describe('cascade', () => {
  it('five countries, CD loses 50 of 100 t with 17 t of reserves abroad: GB loses 20.2 of 26 t, DE 12.8 of 15 t, CD and CN keep consuming (Marchand et al. 2016)', () => {
    const { consumptionChange: dC } = cascade(fiveCountries, [-50, 0, 0, 0, 0], {
      reserves: [0, 10, 2, 4, 1],
    });
    expect(dC[3]).toBeCloseTo(-20.2, 1);
    expect(dC[4]).toBeCloseTo(-12.8, 1);
    expect(dC[0]).toBeCloseTo(0, 12);
    expect(dC[1]).toBeCloseTo(0, 12);
  });

  it('the same without reserves: those at the end of the chain lose all (run with the authors’ published R code: −8.889, −0.111, −26, −15)', () => {
    const { consumptionChange: dC, iterations } = cascade(fiveCountries, [-50, 0, 0, 0, 0]);
    expect(iterations).toBe(5);
    [0, -8.889, -0.111, -26, -15].forEach((x, j) => {
      expect(dC[j]).toBeCloseTo(x, 3);
    });
  });

  it('agrees with the equations taken term by term on dense matrices', () => {
    fc.assert(
      fc.property(shocked, ({ network, severity, reserves, buffer }) => {
        const dP = severity.map((s, j) => -s * network.production[j]!);
        const sparse = cascade(network, dP, { reserves, consumptionBuffer: buffer });
        const dense = denseCascade(network, dP, reserves, buffer);
        expect(sparse.iterations).toBe(dense.iterations);
        dense.dC.forEach((x, j) => {
          expect(sparse.consumptionChange[j]!).toBeCloseTo(x + dense.left[j]!, 6);
          expect(sparse.stockChange[j]!).toBeCloseTo(dense.dR[j]!, 6);
        });
      }),
    );
  });

  it('keeps every tonne: ΣΔR + ΣΔC = ΣΔP and ΔP + ΔI − ΔE = ΔR + ΔC', () => {
    fc.assert(
      fc.property(shocked, ({ network, severity, reserves, buffer }) => {
        const dP = severity.map((s, j) => -s * network.production[j]!);
        const r = cascade(network, dP, { reserves, consumptionBuffer: buffer });
        expect(sum(r.stockChange) + sum(r.consumptionChange)).toBeCloseTo(sum(dP), 6);
        dP.forEach((p, j) => {
          expect(p + r.importChange[j]! - r.exportChange[j]!).toBeCloseTo(
            r.stockChange[j]! + r.consumptionChange[j]!,
            6,
          );
          expect(r.consumptionChange[j]!).toBeLessThanOrEqual(1e-9);
          expect(-r.stockChange[j]!).toBeLessThanOrEqual(reserves[j]! + 1e-9);
        });
      }),
    );
  });

  it('no exporter ships less than nothing', () => {
    fc.assert(
      fc.property(shocked, ({ network, severity, reserves }) => {
        const dP = severity.map((s, j) => -s * network.production[j]!);
        const { flowChange } = cascade(network, dP, { reserves });
        flowChange.forEach((d, e) => {
          expect(network.flow[e]! + d).toBeGreaterThanOrEqual(-1e-6);
        });
      }),
    );
  });

  it('a zero shock returns the baseline to the last bit', () => {
    fc.assert(
      fc.property(anyNetwork, (network) => {
        const { rows } = cascadeModel(
          network,
          [{ kind: 'production_loss', country: 'C0', severity: 0 }],
          assume(network),
        );
        const { consumption } = baselineOf(network);
        rows.forEach((row, j) => {
          expect(row.supply_t).toBe(consumption[j]);
          expect(row.baseline_t).toBe(consumption[j]);
          for (const k of [
            'stock_used_t',
            'shortfall_t',
            'stock_change_t',
            'consumption_change_t',
            'import_change_t',
            'export_change_t',
          ] as const)
            expect(row[k]).toBe(0);
        });
      }),
    );
  });

  it('reserves larger than the shock absorb it at home', () => {
    const { rows } = cascadeModel(
      fiveCountries,
      [{ kind: 'production_loss', country: 'CD', severity: 0.5 }],
      assume(fiveCountries, { stock: [60, 0, 0, 0, 0] }),
    );
    expect(rows.map((r) => r.shortfall_t)).toEqual([0, 0, 0, 0, 0]);
    expect(rows[0]!.stock_used_t).toBe(50);
  });

  it('shortfall = baseline − supply − stock used, on every row', () => {
    fc.assert(
      fc.property(shocked, ({ network, severity, reserves }) => {
        const shocks = severity.map((s, j) => ({
          kind: 'production_loss' as const,
          country: `C${j}`,
          severity: s,
        }));
        for (const row of cascadeModel(network, shocks, assume(network, { stock: reserves })).rows)
          expect(row.shortfall_t).toBeCloseTo(row.baseline_t - row.supply_t - row.stock_used_t, 6);
      }),
    );
  });
});
