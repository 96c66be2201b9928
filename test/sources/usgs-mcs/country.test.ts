import { describe, expect, it } from 'vitest';
import { usgsCountry } from '../../../src/sources/usgs-mcs/country.ts';

const names: Readonly<Record<string, string>> = {
  Brazil: 'BRA',
  'Congo (Kinshasa)': 'COD',
  'Korea, Republic of': 'KOR',
  'Trinidad and Tobago': 'TTO',
  'United States': 'USA',
  Canada: 'CAN',
  Chile: 'CHL',
};
const country = (label: string) => usgsCountry(label, (name) => names[name]).country;

describe('country labels', () => {
  it.each([
    ['Congo (Kinshasa)', 'COD'],
    ['Brazil (crude and beneficiated)9', 'BRA'],
    ['Chile, ulexite', 'CHL'],
    ['Korea, Republic of', 'KOR'],
    ['Korea, Republic ofe', 'KOR'],
    ['United\u00a0States', 'USA'],
    ['World total (rounded)10', 'WLD'],
    ['World total (rounded), excluding U.S. production', 'WLD'],
    ['Other countries8', 'OTH'],
    ['Trinidad and Tobago', 'TTO'],
    ['United States and Canada', 'several'],
    ['Atlantis', undefined],
  ])('%s', (label, expected) => {
    expect(country(label)).toBe(expected);
  });

  it('keeps what the label says beyond the name', () => {
    const label = 'World total (rounded), excluding U.S. production';
    expect(usgsCountry(label, () => undefined).remark).toContain('leaves out the United States');
    expect(usgsCountry('Chile, ulexite', (name) => names[name]).remark).toBe('ulexite');
  });
});
