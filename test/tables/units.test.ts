import { describe, expect, it } from 'vitest';
import { tonnesPer, usdPerTonne } from '../../src/tables/units.ts';

describe('unit factors', () => {
  it('five million carats are a tonne (0.2 g, CGPM 1907)', () => {
    expect(5 * tonnesPer['million carats']!).toBeCloseTo(1, 12);
  });

  it('2,204.62 pounds and 32,150.75 troy ounces are a tonne (NIST Handbook 44)', () => {
    expect(usdPerTonne['dollars per pound']).toBeCloseTo(2204.62, 2);
    expect(usdPerTonne['dollars per troy ounce']).toBeCloseTo(32_150.75, 2);
  });

  it('a price per cent and pound is a hundredth of one per dollar and pound', () => {
    expect(usdPerTonne['cents per pound']! * 100).toBeCloseTo(usdPerTonne['dollars per pound']!, 9);
  });

  it('a short ton is 0.907185 t', () => {
    expect(1 / usdPerTonne['dollars per short ton']!).toBeCloseTo(0.907185, 6);
  });

  it('helium at 15 °C and 101.325 kPa weighs 0.1693 kg/m³', () => {
    expect(tonnesPer['million cubic meters']! / 1000).toBeCloseTo(0.1693, 4);
  });
});
