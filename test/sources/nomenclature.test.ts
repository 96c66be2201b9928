import { describe, expect, it } from 'vitest';
import { nomenclature } from '../../src/sources/reference/nomenclature.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';
import { cn8Mineral } from '../../src/tables/quantities.ts';
import { bloc, hs6Mineral, mineral } from '../../src/tables/world.ts';
import { rowsIn } from './fixture.ts';

const reference = referenceFolder('reference');
const harvest = nomenclature.harvest(
  { read: () => new Uint8Array(), list: () => [], has: () => false },
  reference,
);
const codes = rowsIn(harvest, hs6Mineral);

/** IUPAC standard atomic weights, abridged. */
const weight: Record<string, number> = {
  H: 1.008,
  Li: 6.94,
  B: 10.81,
  C: 12.011,
  N: 14.007,
  O: 15.999,
  Na: 22.99,
  Al: 26.982,
  S: 32.06,
  Cl: 35.45,
  K: 39.098,
  Ti: 47.867,
  V: 50.942,
  Cr: 51.996,
  Mn: 54.938,
  Co: 58.933,
  Ni: 58.693,
  Cu: 63.546,
  Zn: 65.38,
  Sr: 87.62,
  Mo: 95.95,
  Sb: 121.76,
  Ba: 137.327,
  Ce: 140.116,
  W: 183.84,
};

const mass = (atoms: Record<string, number>) =>
  Object.entries(atoms).reduce((sum, [element, n]) => sum + weight[element]! * n, 0);

const part = (atoms: Record<string, number>, ...elements: string[]) =>
  mass(Object.fromEntries(elements.map((element) => [element, atoms[element]!]))) / mass(atoms);

describe('contents of compounds, worked out again from atomic weights', () => {
  it.each([
    ['283691', 'lithium', 'Li2CO3', part({ Li: 2, C: 1, O: 3 }, 'Li')],
    ['282520', 'lithium', 'LiOH·H2O', part({ Li: 1, O: 2, H: 3 }, 'Li')],
    ['282200', 'cobalt', 'Co3O4', part({ Co: 3, O: 4 }, 'Co')],
    ['282540', 'nickel', 'NiO', part({ Ni: 1, O: 1 }, 'Ni')],
    ['283324', 'nickel', 'NiSO4·6H2O', part({ Ni: 1, S: 1, O: 10, H: 12 }, 'Ni')],
    ['282735', 'nickel', 'NiCl2·6H2O', part({ Ni: 1, Cl: 2, O: 6, H: 12 }, 'Ni')],
    ['282010', 'manganese', 'MnO2', part({ Mn: 1, O: 2 }, 'Mn')],
    ['284180', 'tungsten', '(NH4)10W12O41·5H2O', part({ N: 10, H: 50, W: 12, O: 46 }, 'W')],
    ['282580', 'antimony', 'Sb2O3', part({ Sb: 2, O: 3 }, 'Sb')],
    ['282530', 'vanadium', 'V2O5', part({ V: 2, O: 5 }, 'V')],
    ['282300', 'titanium', 'TiO2', part({ Ti: 1, O: 2 }, 'Ti')],
    ['282570', 'molybdenum', 'MoO3', part({ Mo: 1, O: 3 }, 'Mo')],
    ['281910', 'chromium', 'CrO3', part({ Cr: 1, O: 3 }, 'Cr')],
    ['281990', 'chromium', 'Cr2O3', part({ Cr: 2, O: 3 }, 'Cr')],
    ['283325', 'copper', 'CuSO4·5H2O', part({ Cu: 1, S: 1, O: 9, H: 10 }, 'Cu')],
    ['281700', 'zinc', 'ZnO', part({ Zn: 1, O: 1 }, 'Zn')],
    ['283692', 'strontium', 'SrCO3', part({ Sr: 1, C: 1, O: 3 }, 'Sr')],
    ['283660', 'barium', 'BaCO3', part({ Ba: 1, C: 1, O: 3 }, 'Ba')],
    ['251110', 'barium', 'BaSO4', part({ Ba: 1, S: 1, O: 4 }, 'Ba')],
    ['283620', 'sodium_compounds', 'Na2CO3', part({ Na: 2, C: 1, O: 3 }, 'Na')],
    ['283630', 'sodium_compounds', 'NaHCO3', part({ Na: 1, H: 1, C: 1, O: 3 }, 'Na')],
    ['281000', 'boron', 'H3BO3', part({ H: 3, B: 1, O: 3 }, 'B')],
    ['284011', 'boron', 'Na2B4O7', part({ Na: 2, B: 4, O: 7 }, 'B')],
    ['284610', 'cerium', 'CeO2', part({ Ce: 1, O: 2 }, 'Ce')],
    // potash is counted in K2O: two atoms of potassium with one of oxygen
    ['310420', 'potash', 'KCl in K2O', mass({ K: 2, O: 1 }) / mass({ K: 2, Cl: 2 })],
    ['310430', 'potash', 'K2SO4 in K2O', mass({ K: 2, O: 1 }) / mass({ K: 2, S: 1, O: 4 })],
  ])('%s %s as %s', (hs6, id, _formula, content) => {
    const row = codes.find((code) => code.hs6 === hs6 && code.mineral === id)!;
    expect(row.metal_content).toBeCloseTo(content, 3);
  });
});

describe('codes of minerals', () => {
  it('has at least one code for each of the 34 minerals of the UK list of 2024', () => {
    const listed = reference
      .csv('critical-lists')
      .filter((row) => row.list === 'uk-2024' && row.status === 'critical')
      .map((row) => row.mineral!);
    expect(listed).toHaveLength(34);
    expect(listed.filter((id) => !codes.some((code) => code.mineral === id))).toEqual([]);
  });

  it('does not say how much of a basket is one mineral', () => {
    const baskets = codes.filter((code) => code.hs6 === '811292');
    expect(baskets.map((code) => code.mineral).sort()).toEqual([
      'gallium',
      'germanium',
      'hafnium',
      'indium',
      'niobium',
      'rhenium',
      'vanadium',
    ]);
    expect(baskets.every((code) => code.basket && code.share_of_code === null)).toBe(true);
  });

  it('gives one code to several minerals only as a basket, or to a group and its member', () => {
    const group = new Map(rowsIn(harvest, mineral).map((row) => [row.mineral, row.mineral_group]));
    // natural barium sulphate is one good under two names of lists, thorium ore one good with two uses
    const oneGood = new Set(['251110', '261220']);
    const shared = codes.filter((a) =>
      codes.some(
        (b) =>
          b.hs6 === a.hs6 &&
          b.mineral !== a.mineral &&
          group.get(a.mineral) !== b.mineral &&
          group.get(b.mineral) !== a.mineral &&
          !a.basket &&
          !b.basket,
      ),
    );
    expect(shared.filter((code) => !oneGood.has(code.hs6))).toEqual([]);
  });

  it('calls metal and ferro-alloys refine, magnets product, ores mine', () => {
    const stage = (hs6: string) => [...new Set(codes.filter((c) => c.hs6 === hs6).map((c) => c.stage))];
    expect(['260600', '281820', '760110', '720293', '283691', '850511'].map(stage)).toEqual([
      ['mine'],
      ['compound'],
      ['refine'],
      ['refine'],
      ['compound'],
      ['product'],
    ]);
  });

  it('tells gallium and germanium apart by eight digits', () => {
    const eight = rowsIn(harvest, cn8Mineral);
    expect(eight.filter((row) => row.cn8 === '81129289').map((row) => [row.mineral, row.basket])).toEqual([
      ['gallium', false],
    ]);
    expect(new Set(eight.map((row) => row.cn8)).size).toBeGreaterThan(80);
  });
});

describe('the European Union', () => {
  const members = rowsIn(harvest, bloc).filter((row) => row.bloc === 'EUU');
  const in_ = (year: number) =>
    members
      .filter((row) => row.from_year! <= year && year <= (row.to_year ?? 9999))
      .map((row) => row.country);

  it('has 27 members in 2024, 28 in 2020, 15 in 2003', () => {
    expect([2024, 2020, 2003].map((year) => in_(year).length)).toEqual([27, 28, 15]);
    expect(in_(2020)).toContain('GBR');
    expect(in_(2021)).not.toContain('GBR');
  });
});
