import { describe, expect, it } from 'vitest';
import { euShare } from '../../../src/sources/eu-crm-2023/materials.ts';
import { euCrm2023 } from '../../../src/sources/eu-crm-2023/source.ts';
import { endUse, euParameter, euSupplyShare } from '../../../src/tables/policy.ts';
import { production } from '../../../src/tables/quantities.ts';
import { harvestFixture, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(euCrm2023, 'eu-crm-2023');
const made = rowsIn(harvest, production);
const supply = rowsIn(harvest, euSupplyShare);
const parameters = rowsIn(harvest, euParameter);
const uses = rowsIn(harvest, endUse);

describe('shares of supply', () => {
  it('gallium: China 94 % of world processing (study 2023)', () => {
    const china = made.find((r) => r.mineral === 'gallium' && r.country === 'CHN');
    expect(china).toMatchObject({ stage: 'refine', year: 2020, period: '2016-2020', quantity_t: null });
    expect(china?.share).toBeCloseTo(0.94, 2);
  });

  it('names in windows-1252: Türkiye digs chromite', () => {
    expect(supply.some((r) => r.country === 'TUR' && r.mineral === 'chromium')).toBe(true);
  });

  it('<0.1% is a bound, not a value', () => {
    expect(euShare('<0.1%')).toEqual({ share: 0.001, limit: 'less_than' });
    expect(euShare('55.6%')).toEqual({ share: 0.556, limit: null });
    expect(euShare('6')).toBeUndefined();
  });

  it('in output, sponge is refined titanium and pigment a compound; extraction stands once', () => {
    const stages = new Set(
      made.filter((r) => r.mineral === 'titanium').map((r) => `${r.stage}: ${r.series}`),
    );
    expect(stages).toEqual(new Set(['refine: Titanium metal, processing', 'compound: Titanium, processing']));
    expect(supply.some((r) => r.mineral === 'titanium_metal' && r.stage === 'mine')).toBe(true);
  });

  it('a share printed without its per cent sign is corrected: silicon from Germany 6 %', () => {
    expect(
      supply.find((r) => r.scope === 'eu' && r.mineral === 'silicon' && r.country === 'DEU')?.share,
    ).toBe(0.06);
  });

  it('the trade parameter is kept as published', () => {
    expect(supply.every((r) => r.t !== null && r.t >= 0.8 && r.t <= 1.5)).toBe(true);
    expect(
      supply.find((r) => r.mineral === 'gallium' && r.scope === 'global' && r.country === 'DEU')?.t,
    ).toBe(0.8);
  });
});

describe('parameters and scores', () => {
  const find = (mineral: string, year: number, stage: string) =>
    parameters.find((r) => r.mineral === mineral && r.year === year && r.stage === stage);

  it('cobalt 2023: import reliance 81 % at extraction and 1 % at processing, recycling 22 %', () => {
    expect(find('cobalt', 2023, 'mine')).toMatchObject({ import_reliance: 0.81, eol_rir: 0.22, scope: 'GS' });
    expect(find('cobalt', 2023, 'refine')).toMatchObject({ import_reliance: 0.01, scope: 'GS+EU' });
  });

  it('cobalt 2023: the score 2.8 and 6.8 stands on the stage that the study scores', () => {
    expect(find('cobalt', 2023, 'mine')).toMatchObject({ bottleneck: true, sr: 2.8, ei: 6.8 });
    expect(find('cobalt', 2023, 'refine')).toMatchObject({ bottleneck: false, sr: null });
  });

  it('earlier studies give one score per material; one without a score has no row', () => {
    expect(find('cobalt', 2011, 'all')?.sr).toBeTypeOf('number');
    expect(find('aluminium', 2023, 'mine')).toBeUndefined();
    expect(harvest.refused.some((r) => r.reason === 'not assessed in that study')).toBe(true);
  });

  it('a name broken over two lines is still a name: natural teak wood', () => {
    expect(find('teak_wood', 2023, 'all')?.sr).toBe(1.7);
  });
});

describe('end uses', () => {
  it('magnesium: a repeated line is dropped and the shares sum to 100 %', () => {
    const sum = uses.filter((r) => r.mineral === 'magnesium').reduce((s, r) => s + r.share!, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  it('a use in two divisions is told apart by the division', () => {
    const polish = uses.filter((r) => r.mineral === 'praseodymium' && r.application.startsWith('Polishing'));
    expect(polish.map((r) => [r.application, r.nace])).toEqual([
      ['Polishing powders', 'C23'],
      ['Polishing powders (C26)', 'C26'],
    ]);
  });

  it('value added is in euros', () => {
    expect(uses.find((r) => r.nace === 'C23')?.value_added_eur).toBe(64_990_000_000);
  });
});
