import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baciCountries, baciRows, flowsOfRelease } from '../../../src/sources/baci/standard-layout.ts';

const bytes = (...lines: string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);
const rows = (...lines: string[]) => [...baciRows(bytes('t,i,j,k,v,q', ...lines), 'baci.csv')];

describe('the layout in which BACI ships a year', () => {
  it('reads padded tonnes and thousand USD (BACI 2020, South Africa to China, manganese ore)', () => {
    expect(rows('2020,710,156,260200,1664632.341, 14078084.059')).toEqual([
      {
        line: 2,
        year: 2020,
        exporter: '710',
        importer: '156',
        hs6: '260200',
        valueUsd: 1664632341,
        quantityT: 14078084.059,
      },
    ]);
  });

  it('keeps a missing quantity missing, not zero', () => {
    const [missing, zero] = rows(
      '2020,710,156,260600,0.001,           NA',
      '2020,4,24,300431,0.198,        0.000',
    );
    expect(missing).toMatchObject({ valueUsd: 1, quantityT: null });
    expect(zero!.quantityT).toBe(0);
  });

  it('gives products back the zeros they lost', () => {
    expect(rows('2020,4,31,10129,27.9,1')[0]!.hs6).toBe('010129');
  });

  it('passes over products nobody asked for, and reads lines that end in carriage returns', () => {
    const file = new TextEncoder().encode('t,i,j,k,v,q\r\n2020,1,2,300431,1,1\r\n2020,1,2,260200,2,1\r\n');
    expect([...baciRows(file, 'a', new Set(['260200']))].map((row) => row.valueUsd)).toEqual([2000]);
  });

  it('reads a last line without a line break', () => {
    expect([...baciRows(new TextEncoder().encode('t,i,j,k,v,q\n2020,1,2,260200,2,1'), 'a')]).toHaveLength(1);
  });

  it('refuses another header and a malformed line, naming file and line', () => {
    expect(() => [...baciRows(bytes('t,i,j,hs6,v,q'), 'b.csv')]).toThrow(
      'b.csv: columns are not t,i,j,k,v,q',
    );
    expect(() => rows('2020,1,2,260200,abc,1')).toThrow('baci.csv, line 2: not a number: "abc"');
    expect(() => rows('2020,1,2,260200,1')).toThrow('baci.csv, line 2: not six cells');
  });

  it('gives back any value to the dollar, whatever the thousand-fold step does to its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000_000 }), (usd) => {
        const kusd = `${Math.floor(usd / 1000)}.${String(usd % 1000).padStart(3, '0')}`;
        return rows(`2020,1,2,260200,${kusd},1`)[0]!.valueUsd === usd;
      }),
    );
  });
});

describe('countries of a release', () => {
  const codes = bytes(
    'country_code,country_name,country_iso2,country_iso3',
    '490,"Other Asia, nes",,S19',
    '516,Namibia,NA,NAM',
    '699,India,IN,IND',
  );
  const byHand = (code: string) => ({ S19: 'TWN', NAM: 'NAM', IND: 'IND' })[code];
  const countryOf = baciCountries(codes, 'country_codes.csv', byHand);

  it('knows 490 as Taiwan, 516 as Namibia, 699 as India', () => {
    expect(['490', '516', '699'].map(countryOf)).toEqual(['TWN', 'NAM', 'IND']);
  });

  it('stops at codes nobody knows and prints all of them', () => {
    const file = bytes('t,i,j,k,v,q', '2020,900,516,260200,1,1', '2020,901,900,260200,1,1');
    expect(() => flowsOfRelease(file, 'b.csv', countryOf)).toThrow(
      'b.csv: unknown country code: "900" (2 rows)\nb.csv: unknown country code: "901" (1 row)',
    );
  });
});
