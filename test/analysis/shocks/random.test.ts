import { describe, expect, it } from 'vitest';
import { randomFrom, triangular } from '../../../src/analysis/shocks/random.ts';

const take = (n: number, seed: number, stream = 0) => {
  const random = randomFrom(seed, stream);
  return Array.from({ length: n }, random);
};

describe('random numbers', () => {
  it('repeat for the same seed and stream, differ for others', () => {
    expect(take(20, 1)).toEqual(take(20, 1));
    const firsts = new Set(
      [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((stream) => take(1, seed, stream)[0])),
    );
    expect(firsts.size).toBe(16);
  });

  it('are uniform: mean 1/2, variance 1/12, χ² over 100 cells below its 99.9 % point (148.2)', () => {
    const xs = take(100_000, 42, 3);
    const mean = xs.reduce((a, b) => a + b, 0) / xs.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(xs.reduce((a, x) => a + (x - mean) ** 2, 0) / xs.length).toBeCloseTo(1 / 12, 2);
    const cells = new Array<number>(100).fill(0);
    for (const x of xs) cells[Math.floor(x * 100)]!++;
    expect(cells.reduce((a, c) => a + (c - 1000) ** 2 / 1000, 0)).toBeLessThan(148.2);
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs)).toBeLessThan(1);
  });

  it('of neighbouring streams are uncorrelated', () => {
    const a = take(20_000, 5, 0);
    const b = take(20_000, 5, 1);
    const cov = a.reduce((s, x, i) => s + (x - 0.5) * (b[i]! - 0.5), 0) / a.length;
    expect(Math.abs(cov * 12)).toBeLessThan(0.03);
  });
});

describe('triangular', () => {
  const range = { low: 1, mode: 2, high: 4 };
  it('meets its ends and its mode: F(mode) = (mode − low)/(high − low)', () => {
    expect(triangular(range, 0)).toBe(1);
    expect(triangular(range, 1)).toBe(4);
    expect(triangular(range, 1 / 3)).toBeCloseTo(2, 12);
  });
  it('has mean (low + mode + high)/3', () => {
    const n = 20_000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += triangular(range, (i + 0.5) / n);
    expect(sum / n).toBeCloseTo(7 / 3, 5);
  });
  it('is the mode where there is no width', () => {
    expect(triangular({ low: 3, mode: 3, high: 3 }, 0.3)).toBe(3);
  });
});
