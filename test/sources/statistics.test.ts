import { describe, expect, it } from 'vitest';
import { statisticsSources } from '../../src/sources/statistics.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';

const reference = referenceFolder('reference');
const minerals = new Set(reference.csv('minerals').map((row) => row.mineral));

describe('publishers of statistics', () => {
  it('have ids of their own and say who they are', () => {
    expect(statisticsSources.length).toBeGreaterThan(8);
    expect(new Set(statisticsSources.map((s) => s.id)).size).toBe(statisticsSources.length);
    for (const source of statisticsSources) {
      expect(source.citation.length).toBeGreaterThan(10);
      expect(source.url).toMatch(/^https:/);
    }
  });

  it.each(['usgs-series', 'usgs-price-series', 'eu-crm-materials', 'accepted-deviations'])(
    'every mineral of reference/%s.csv is known',
    (name) => {
      const rows = reference.csv(name);
      expect(rows.length).toBeGreaterThan(10);
      const unknown = rows.map((row) => row.mineral!).filter((id) => id !== '' && !minerals.has(id));
      expect(unknown).toEqual([]);
    },
  );

  it('a series that is not used says why, one that is used has a stage and a basis', () => {
    const series = reference.csv('usgs-series');
    expect(series.filter((row) => (row.table === 'none') !== (row.reason !== ''))).toEqual([]);
    expect(series.filter((row) => row.table !== 'none' && (row.stage === '' || row.basis === ''))).toEqual(
      [],
    );
    const prices = reference.csv('usgs-price-series');
    expect(prices.filter((row) => (row.mineral === '') !== (row.reason !== ''))).toEqual([]);
  });

  it('corrections and accepted deviations have reasons', () => {
    expect(reference.csv('corrections').filter((row) => row.why!.length < 20)).toEqual([]);
    expect(reference.csv('accepted-deviations').filter((row) => row.reason!.length < 20)).toEqual([]);
  });
});
