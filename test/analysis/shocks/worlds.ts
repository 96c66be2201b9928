import fc from 'fast-check';
import type { ShockNetwork } from '../../../src/analysis/shocks/shock.ts';

/** A network from a matrix, row = exporter, column = importer. */
export function networkOf(
  countries: string[],
  production: number[],
  trade: readonly (readonly number[])[],
): ShockNetwork {
  const from: number[] = [];
  const to: number[] = [];
  const flow: number[] = [];
  trade.forEach((row, j) => {
    row.forEach((f, k) => {
      if (f > 0) {
        from.push(j);
        to.push(k);
        flow.push(f);
      }
    });
  });
  return { countries, production, from, to, flow };
}

/** Five invented countries with re-exports and a loop; every country's supply covers its exports. */
export const fiveCountries = networkOf(
  ['CD', 'CN', 'BE', 'GB', 'DE'],
  [100, 20, 0, 0, 0],
  [
    [0, 70, 20, 0, 0],
    [0, 0, 10, 15, 5],
    [0, 0, 0, 12, 10],
    [0, 0, 0, 0, 3],
    [0, 0, 1, 2, 0],
  ],
);

/** Random worlds of two to eight countries, some links missing, some exporting more than they have. */
export const anyNetwork = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc
    .tuple(
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1, max: 1000, noNaN: true })), {
        minLength: n,
        maxLength: n,
      }),
      fc.array(
        fc.array(
          fc.oneof(
            { weight: 2, arbitrary: fc.constant(0) },
            { weight: 1, arbitrary: fc.double({ min: 0.1, max: 300, noNaN: true }) },
          ),
          { minLength: n, maxLength: n },
        ),
        { minLength: n, maxLength: n },
      ),
    )
    .map(([production, trade]) =>
      networkOf(
        Array.from({ length: n }, (_, i) => `C${i}`),
        production,
        trade.map((row, j) => row.map((f, k) => (j === k ? 0 : f))),
      ),
    ),
);
