import { describe, expect, it } from 'vitest';
import { euCrm2017 } from '../../../src/sources/eu-crm-2017/source.ts';
import { euParameter } from '../../../src/tables/policy.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(euCrm2017, 'eu-crm-2017');
const rows = rowsIn(harvest, euParameter);

describe('the study of 2017', () => {
  it('antimony: supply risk 4.3, economic importance 4.3, processing, 28 % recycled input (Table 3)', () => {
    expect(rows.find((r) => r.mineral === 'antimony')).toMatchObject({
      year: 2017,
      stage: 'refine',
      sr: 4.3,
      ei: 4.3,
      eol_rir: 0.28,
      import_reliance: 1,
      si_sr: 0.9,
      scope: 'GS+EU',
      critical: true,
    });
  });

  it('N/A is unknown, not zero: import reliance of beryllium', () => {
    const beryllium = rows.find((r) => r.mineral === 'beryllium');
    expect(beryllium?.import_reliance).toBeNull();
    expect(beryllium?.hhi_wgi_sourcing).toBeNull();
    expect(beryllium?.scope).toBe('GS');
  });

  it('aggregates are below both thresholds', () => {
    expect(rows.find((r) => r.mineral === 'aggregates')?.critical).toBe(false);
    expect(harvest.rowsRead).toBe(rows.length);
  });
});
