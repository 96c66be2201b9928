import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/errors.ts';
import { ieaCm, ieaDemand } from '../../../src/sources/iea-cm/source.ts';
import { demand, production } from '../../../src/tables/quantities.ts';
import { harvestFixture, refusedRows, rowsIn } from '../fixture.ts';

const harvest = harvestFixture(ieaCm, 'iea-cm');
const rows = rowsIn(harvest, production);
const row = (mineral: string, stage: string, year: number, country: string) =>
  rows.find((r) => r.mineral === mineral && r.stage === stage && r.year === year && r.country === country);

describe('mined and refined output', () => {
  it('kilotonnes become tonnes: cobalt refined in China 196,143 of 250,150 t, 78.4 % (2024)', () => {
    const china = row('cobalt', 'refine', 2024, 'CHN')?.quantity_t ?? 0;
    expect(Math.round(china)).toBe(196_143);
    expect(china / row('cobalt', 'refine', 2024, 'WLD')!.quantity_t!).toBeCloseTo(0.784, 3);
  });

  it('the base year is reported, later years are projections', () => {
    expect(row('cobalt', 'mine', 2024, 'COD')?.status).toBe('reported');
    expect(row('cobalt', 'mine', 2030, 'COD')?.status).toBe('projection');
  });

  it('countries and the rest of the world sum to the total within rounding', () => {
    for (const mineral of ['cobalt', 'rare_earths_magnet']) {
      for (const year of [2024, 2040]) {
        const parts = rows.filter((r) => r.mineral === mineral && r.stage === 'mine' && r.year === year);
        const sum = parts.filter((r) => r.country !== 'WLD').reduce((s, r) => s + r.quantity_t!, 0);
        expect(sum / parts.find((r) => r.country === 'WLD')!.quantity_t!).toBeCloseTo(1, 6);
      }
    }
  });

  it('rare earths are those of magnets, not the oxide of all seventeen', () => {
    expect(row('rare_earths_magnet', 'refine', 2024, 'CHN')?.basis).toBe('Nd, Pr, Dy and Tb content');
    expect(rows.some((r) => r.mineral === 'rare_earths')).toBe(false);
  });

  it('refuses the notes that stand among the countries; all rows are accounted for', () => {
    expect(refusedRows(harvest)).toBe(8);
    expect(harvest.rowsRead).toBe(rows.length + 8);
  });

  it('stops at an unknown country', () => {
    const text =
      '{"supply":{"Cobalt":{"mining":{"countries":{"Atlantis":{"2024":1}},"total":{"2024":1}},"refining":{"countries":{},"total":{}}}}}';
    const raw = { read: () => new TextEncoder().encode(text), list: () => [], has: () => true };
    const read = () => ieaCm.harvest(raw, { csv: () => [] });
    expect(read).toThrow(DataError);
    expect(read).toThrow('unknown country: "Atlantis"');
  });
});

describe('demand by scenario', () => {
  it('is a source of its own per scenario with the same base year', () => {
    const base = ieaDemand.map((source) => {
      const own = rowsIn(harvestFixture(source, 'iea-cm'), demand);
      expect(new Set(own.map((r) => r.source))).toEqual(new Set([source.id]));
      return own.find((r) => r.year === 2024)?.quantity_t;
    });
    expect(base).toHaveLength(3);
    expect(new Set(base).size).toBe(1);
  });

  it('net zero needs more cobalt than stated policies in 2040', () => {
    const in2040 = (id: string) =>
      rowsIn(harvestFixture(ieaDemand.find((s) => s.id === id)!, 'iea-cm'), demand).find(
        (r) => r.year === 2040,
      )!.quantity_t!;
    expect(in2040('iea_cm_nze')).toBeGreaterThan(in2040('iea_cm_steps'));
  });
});
