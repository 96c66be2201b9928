import { expect } from 'vitest';

/** Works a formula as printed: its last expression before the result, in figures, signs and roots. */
export function workedFormula(formula: string): number {
  const figures = formula
    .split(' = ')
    .at(-2)!
    .replace(/, [a-z ]+$/, '');
  const expression = figures
    .replaceAll('10 000', '10000')
    .replaceAll('×', '*')
    .replaceAll('−', '-')
    .replaceAll('²', '**2')
    .replace(/√([\d.e-]+)/g, '$1**0.5');
  expect(expression).toMatch(/^(max|min|[\d.e+\-*/(), ])+$/);
  return Function('max', 'min', `return ${expression}`)(Math.max, Math.min) as number;
}

/** What a formula says it comes to. */
export const resultOf = (formula: string): number => Number(formula.split(' = ').at(-1));

/** Whether two routes came to one figure, but for the order of a binary sum. */
export const closeTo = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1e-9, Math.abs(a), Math.abs(b));
