import { describe, expect, it } from 'vitest';
import { deviationReport, deviations } from '../../src/sources/deviations.ts';
import type { Production } from '../../src/tables/quantities.ts';

const row = (source: string, country: string, cells: Partial<Production>): Production => ({
  year: 2024,
  country,
  mineral: 'nickel',
  stage: 'mine',
  source,
  quantity_t: null,
  share: null,
  status: 'reported',
  basis: 'content',
  series: null,
  edition: null,
  period: null,
  limit: null,
  note: null,
  revised: null,
  ...cells,
});

const tonnes = [
  row('a', 'IDN', { quantity_t: 60 }),
  row('a', 'PHL', { quantity_t: 10 }),
  row('a', 'OTH', { quantity_t: 20 }),
  row('a', 'WLD', { quantity_t: 100 }),
];
const shares = [row('b', 'IDN', { year: 2020, share: 0.26 }), row('b', 'PHL', { year: 2020, share: 0.12 })];

describe('deviations between sources', () => {
  it('compares shares of the larger of the total and the sum: 0.60 against 0.26', () => {
    const found = deviations([...tonnes, ...shares]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      country: 'IDN',
      source: 'a',
      share: 0.6,
      other_source: 'b',
      other_share: 0.26,
    });
    expect(found[0]?.difference).toBeCloseTo(0.34, 12);
  });

  it('a country that a source does not name lies between nothing and the unnamed rest', () => {
    const named = row('b', 'RUS', { year: 2020, share: 0.4 });
    const found = deviations([...tonnes, named], 0.05).filter((d) => d.country === 'RUS');
    expect(found[0]).toMatchObject({ other_share: null, source: 'b' });
    expect(found[0]?.difference).toBeCloseTo(0.4 - 0.3, 12);
  });

  it('leaves out estimates, projections, bounds and mixed bases', () => {
    const estimated = tonnes.map((r) => ({ ...r, status: 'estimated' as const }));
    const mixed = tonnes.map((r) => ({ ...r, basis: r.country }));
    const bound = tonnes.map((r) => ({ ...r, limit: 'less_than' }));
    for (const rows of [estimated, mixed, bound]) expect(deviations([...rows, ...shares])).toEqual([]);
  });

  it('takes the newest reported year of each source', () => {
    const older = tonnes.map((r) => ({ ...r, year: 2019, quantity_t: r.quantity_t! * 10 }));
    expect(deviations([...older, ...tonnes, ...shares])[0]?.year).toBe(2024);
  });

  it('an accepted deviation is found but not unexplained; one that is gone is obsolete', () => {
    const accepted = { mineral: 'nickel', stage: 'mine', country: 'IDN', source: 'b', other_source: 'a' };
    const keyed = {
      csv: () => [
        { ...accepted, source: 'a', other_source: 'b' },
        { ...accepted, country: 'PHL' },
      ],
    };
    const report = deviationReport([...tonnes, ...shares], keyed);
    expect([report.found.length, report.unexplained.length]).toEqual([1, 0]);
    expect(report.obsolete).toEqual(['nickel mine PHL a b']);
    expect(deviationReport([...tonnes, ...shares], { csv: () => [] }).unexplained).toHaveLength(1);
  });
});
