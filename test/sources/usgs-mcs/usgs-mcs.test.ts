import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/sources/csv.ts';
import { usgsMcs } from '../../../src/sources/usgs-mcs/source.ts';
import { salient } from '../../../src/tables/policy.ts';
import { capacity, production, reserves } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(usgsMcs, 'usgs-mcs');
const made = rowsIn(harvest, production);
const held = rowsIn(harvest, reserves);
const us = rowsIn(harvest, salient);

const row = (mineral: string, stage: string, year: number, country: string) =>
  made.find((r) => r.mineral === mineral && r.stage === stage && r.year === year && r.country === country);
const tonnes = (mineral: string, stage: string, year: number, country: string) =>
  row(mineral, stage, year, country)?.quantity_t;
const reserve = (mineral: string, country: string) =>
  held.filter((r) => r.mineral === mineral && r.country === country);
const shareOfTotal = (mineral: string, stage: string, year: number, country: string) =>
  tonnes(mineral, stage, year, country)! / tonnes(mineral, stage, year, 'WLD')!;

describe('world tables', () => {
  it('rare earths 2024: China 270,000 of 380,000 t, 71.1 % of the published total (MCS 2026)', () => {
    expect(tonnes('rare_earths', 'mine', 2024, 'CHN')).toBe(270_000);
    expect(shareOfTotal('rare_earths', 'mine', 2024, 'CHN')).toBeCloseTo(0.711, 3);
  });

  it('niobium 2024: Brazil 92.9 % of 112,000 t (MCS 2026)', () => {
    expect(shareOfTotal('niobium', 'mine', 2024, 'BRA')).toBeCloseTo(0.929, 3);
  });

  it('titanium sponge 2024: Kazakhstan is fourth with 5.0 % (MCS 2026)', () => {
    const named = made
      .filter((r) => r.mineral === 'titanium' && r.stage === 'refine' && r.year === 2024)
      .filter((r) => r.country !== 'WLD' && r.country !== 'OTH' && r.quantity_t !== null)
      .sort((a, b) => b.quantity_t! - a.quantity_t!);
    expect(named[3]?.country).toBe('KAZ');
    expect(shareOfTotal('titanium', 'refine', 2024, 'KAZ')).toBeCloseTo(0.05, 3);
  });

  it('chromite 2024: Kazakhstan 12.3 % of 49.6 million tonnes; thousand tonnes become tonnes (MCS 2026)', () => {
    expect(tonnes('chromium', 'mine', 2024, 'WLD')).toBe(49_600_000);
    expect(shareOfTotal('chromium', 'mine', 2024, 'KAZ')).toBeCloseTo(0.123, 3);
  });

  it('takes compounds made in a German plant for no mine output of boron, whatever the edition calls them', () => {
    expect(made.filter((r) => r.mineral === 'boron' && r.country === 'DEU')).toEqual([]);
    expect(row('boron', 'mine', 2023, 'TUR')?.quantity_t).toBe(2_500_000);
  });

  it('tells withheld, zero and not available apart', () => {
    expect(row('titanium', 'refine', 2024, 'USA')).toMatchObject({ quantity_t: null, status: 'withheld' });
    expect(row('titanium', 'refine', 2025, 'USA')?.quantity_t).toBe(0);
    expect(row('rare_earths', 'mine', 2024, 'CAN')).toMatchObject({ quantity_t: 0, status: 'reported' });
    expect(row('boron', 'mine', 2024, 'WLD')).toMatchObject({ quantity_t: null, status: 'not_available' });
  });

  it('calls the year before the edition an estimate, the one before that reported', () => {
    expect(row('niobium', 'mine', 2024, 'BRA')?.status).toBe('reported');
    expect(row('niobium', 'mine', 2025, 'BRA')?.status).toBe('estimated');
  });

  it('takes each year from the newest edition that reports it', () => {
    const edition = (mineral: string, year: number) => row(mineral, 'mine', year, 'WLD')?.edition;
    expect([edition('cobalt', 2020), edition('chromium', 2021), edition('antimony', 2022)]).toEqual([
      '2022',
      '2023',
      '2024',
    ]);
    expect(edition('tin', 2023)).toBe('2025');
    expect(edition('cobalt', 2021)).toBeUndefined();
    expect(edition('tin', 2024)).toBeUndefined();
  });

  it('reads less than half a unit as a bound and a range as no figure', () => {
    expect(row('helium', 'mine', 2025, 'ZAF')).toMatchObject({ limit: 'less_than', status: 'estimated' });
    expect(row('yttrium', 'mine', 2025, 'WLD')).toMatchObject({ quantity_t: null, status: 'not_available' });
    expect(row('yttrium', 'mine', 2025, 'WLD')?.note).toContain('10,000 to 15,000');
  });

  it('adds ilmenite and rutile of a country and keeps the published total of both (2024: 9.68 Mt TiO2)', () => {
    expect(tonnes('titanium', 'mine', 2024, 'AUS')).toBe(800_000);
    expect(tonnes('titanium', 'mine', 2024, 'WLD')).toBe(9_680_000);
    expect(
      made.filter((r) => r.mineral === 'titanium' && r.stage === 'mine' && r.country === 'WLD'),
    ).toHaveLength(3);
  });

  it('helium in tonnes: 183 million m³ at 15 °C and 101.325 kPa weigh about 31,000 t', () => {
    const world = tonnes('helium', 'mine', 2024, 'WLD')!;
    const molesPerM3 = 101_325 / (8.314 * 288.15);
    expect(world / (183e6 * molesPerM3 * 4.0026e-6)).toBeCloseTo(1, 3);
  });

  it('keeps the products of boron apart: no world total, each row with its own basis', () => {
    const bases = made.filter((r) => r.mineral === 'boron' && r.year === 2024 && r.quantity_t !== null);
    expect(bases.map((r) => [r.country, r.basis])).toEqual([
      ['CHL', 'ulexite'],
      ['TUR', 'refined borates'],
    ]);
  });
});

describe('revisions', () => {
  it('boron 2024: Türkiye’s figure is revised, Chile’s is not, and no estimate of 2025 is (MCS 2026)', () => {
    expect(row('boron', 'mine', 2024, 'TUR')?.revised).toBe(true);
    expect(row('boron', 'mine', 2024, 'CHL')?.revised).toBeNull();
    expect(row('boron', 'mine', 2025, 'TUR')?.revised).toBeNull();
    expect(made.filter((r) => r.revised).map((r) => [r.mineral, r.country, r.year])).toEqual([
      ['boron', 'TUR', 2024],
    ]);
  });
});

describe('a second route: the publisher’s own table of leading producers (MCS 2026, T7, 2025e)', () => {
  const path = 'test/fixtures/usgs-mcs/usgs-mcs-2026/tables/MCS2026_T7_Critical_Minerals_Salient.csv';
  const leaders = readCsv(
    readFileSync(path),
    path,
    ['Critical_mineral', 'Leading_source_country', 'Leading_country_prod', 'World_total_prod'],
    { ignore: true },
  ).map(({ cells }) => cells);
  const series: Readonly<Record<string, readonly [string, string]>> = {
    Chromium: ['chromium', 'mine'],
    Niobium: ['niobium', 'mine'],
    'Rare earths (compounds and metals)9': ['rare_earths', 'mine'],
    'Titanium (metal)': ['titanium', 'refine'],
  };
  const countries: Readonly<Record<string, string>> = { China: 'CHN', Brazil: 'BRA', 'South Africa': 'ZAF' };

  it.each(Object.entries(series))(
    '%s: leader, its tonnes and the world total agree',
    (label, [mineral, stage]) => {
      const leader = leaders.find((row) => row.Critical_mineral === label)!;
      const named = made
        .filter((r) => r.mineral === mineral && r.stage === stage && r.year === 2025 && r.quantity_t !== null)
        .filter((r) => r.country !== 'WLD' && r.country !== 'OTH')
        .sort((a, b) => b.quantity_t! - a.quantity_t!);
      expect(named[0]?.country).toBe(countries[leader.Leading_source_country]);
      expect(named[0]?.quantity_t).toBe(Number(leader.Leading_country_prod));
      expect(tonnes(mineral, stage, 2025, 'WLD')).toBe(Number(leader.World_total_prod));
    },
  );
});

describe('errors of the publisher', () => {
  it('vanadium reserves are thousands of tonnes: the world has 21 million (MCS 2026)', () => {
    expect(reserve('vanadium', 'WLD')[0]?.quantity_t).toBe(21_000_000);
  });

  it('chromium reserves stand once, as ore, under 2025 and with their bound', () => {
    expect(reserve('chromium', 'WLD')).toHaveLength(1);
    expect(reserve('chromium', 'WLD')[0]).toMatchObject({
      year: 2025,
      quantity_t: 1_200_000_000,
      limit: 'more_than',
    });
  });

  it('titanium concentrates of the 2025 edition are thousands of tonnes: 9.43 Mt in 2023', () => {
    expect(tonnes('titanium', 'mine', 2023, 'WLD')).toBe(9_430_000);
  });

  it('chromite of the 2023 edition is in thousand tonnes under a header that says t: Kazakhstan 6.5 Mt', () => {
    expect(tonnes('chromium', 'mine', 2021, 'KAZ')).toBe(6_500_000);
  });

  it('industrial sand of the 2025 edition is in thousand tonnes', () => {
    expect(tonnes('silica_sand', 'mine', 2023, 'WLD')).toBe(446_000_000);
  });
});

describe('reserves', () => {
  it('an s that is counted in the total is no figure', () => {
    expect(reserve('graphite', 'USA')[0]).toMatchObject({
      quantity_t: null,
      status: 'not_separately_reported',
    });
  });

  it('refuses one bound for four countries together', () => {
    expect(reserve('caesium', 'OTH')).toEqual([]);
    expect(harvest.refused.some((r) => r.reason.includes('not separable by country'))).toBe(true);
  });
});

describe('United States salient statistics', () => {
  const find = (mineral: string, statistic: string, detail: RegExp) =>
    us.filter((r) => r.mineral === mineral && r.statistic === statistic && detail.test(r.detail));

  it('import sources are shares by partner: sponge from Japan 77 %, Kazakhstan 8 %', () => {
    expect(find('titanium', 'import_source', /^JPN: titanium sponge/i)[0]?.value).toBe(0.77);
    expect(find('titanium', 'import_source', /^KAZ: titanium sponge/i)[0]?.value).toBe(0.08);
  });

  it('net import reliance above 95 % is a bound, net exports are no figure', () => {
    const rows = find('titanium', 'net_import_reliance', /./);
    expect(rows.map((r) => [r.detail.split(':')[0], r.value, r.limit, r.status])).toEqual([
      ['Titanium sponge metal', 0.95, 'more_than', 'reported'],
      ['TiO2 pigment', null, null, 'net_exporter'],
    ]);
  });

  it('refuses prices and a figure for several countries together', () => {
    const reasons = harvest.refused.map((r) => r.reason);
    expect(reasons).toContain('price: read from the price extract');
    expect(reasons).toContain('one figure for several countries together');
  });
});

describe('accounts', () => {
  it('every figure read is used or refused', () => {
    const used = made.length + held.length + rowsIn(harvest, capacity).length + us.length;
    const [, figures, rows] = /^(\d+) figures give (\d+) rows/.exec(harvest.remarks.at(-1)!)!;
    const folded = Number(figures) - Number(rows);
    expect(harvest.rowsRead).toBe(used + folded + refusedRows(harvest));
  });

  it('every row without a quantity has a status that says why', () => {
    const empty = [...made, ...held].filter((r) => r.quantity_t === null);
    expect(empty.length).toBeGreaterThan(5);
    expect(empty.filter((r) => r.status === 'reported' || r.status === null)).toEqual([]);
  });
});
