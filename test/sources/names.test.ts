import { describe, expect, it } from 'vitest';
import { countryCodes, countryNames, mineralNames, plainLabel, unknowns } from '../../src/sources/names.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';

const reference = referenceFolder('reference');
const nameOf = countryNames(reference);
const codeOf = countryCodes(reference);
const mineralOf = mineralNames(reference);

describe('countries by label', () => {
  it.each([
    ['Burma', 'MMR'],
    ['Congo (Kinshasa)', 'COD'],
    ['Congo, D.R.', 'COD'],
    ['Congo', 'COG'],
    ['DR Congo', 'COD'],
    ['Korea, Republic of', 'KOR'],
    ['Korea, North', 'PRK'],
    ['Turkey', 'TUR'],
    ['Türkiye', 'TUR'],
    ['Taiwan', 'TWN'],
    ['Guinea', 'GIN'],
    ['Guinea-Bissau', 'GNB'],
    ['Papua New Guinea', 'PNG'],
    ['Niger', 'NER'],
    ['Nigeria', 'NGA'],
    ['Côte d’Ivoire', 'CIV'],
    ["Cote d'Ivoire", 'CIV'],
    ['united\u00a0states', 'USA'],
  ])('%s is %s', (label, country) => {
    expect(nameOf(label)).toBe(country);
  });

  it('does not guess: footnotes, groups and misspellings are unknown', () => {
    expect(['Belgium8', 'China, Germany, and Russia', 'Kazakstan', ''].map(nameOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has no label for two countries', () => {
    const rows = reference.csv('country-names');
    expect(rows.length).toBeGreaterThan(400);
    const seen = new Map<string, string>();
    for (const { label, country } of rows) {
      expect([undefined, country]).toContain(seen.get(plainLabel(label!)));
      seen.set(plainLabel(label!), country!);
    }
  });

  it('names every country that has a code', () => {
    const named = new Set(reference.csv('country-names').map((row) => row.country));
    const coded = new Set(reference.csv('country-codes').map((row) => row.country));
    expect([...coded].filter((country) => !named.has(country))).toEqual([]);
  });
});

describe('countries by code', () => {
  it.each([
    ['NA', 'NAM'],
    ['EL', 'GRC'],
    ['GR', 'GRC'],
    ['S19', 'TWN'],
    ['ZAR', 'COD'],
    ['ROM', 'ROU'],
    ['TMP', 'TLS'],
    ['WBG', 'PSE'],
    ['KSV', 'XKX'],
    ['ADO', 'AND'],
    ['GBR', 'GBR'],
  ])('%s is %s', (code, country) => {
    expect(codeOf(code)).toBe(country);
  });
});

describe('minerals by label', () => {
  it.each([
    ['Niobium (Columbium)', 'niobium'],
    ['Aluminum', 'aluminium'],
    ['Bauxite', 'aluminium'],
    ['Graphite (Natural)', 'graphite'],
    ['Magnesium Compounds', 'magnesite'],
    ['Magnesium Metal', 'magnesium'],
    ['Phosphorous', 'phosphorus'],
    ['Phosphate rock', 'phosphate'],
    ['Rare Earths (Heavy)', 'rare_earths_heavy'],
    ['Li', 'lithium'],
    ['In', 'indium'],
  ])('%s is %s', (label, mineral) => {
    expect(mineralOf(label)).toBe(mineral);
  });

  it('points only at minerals there are', () => {
    const minerals = new Set(reference.csv('minerals').map((row) => row.mineral));
    const rows = reference.csv('mineral-names');
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((row) => !minerals.has(row.mineral)).map((row) => row.label)).toEqual([]);
  });
});

describe('unknown labels', () => {
  it('are all told at once, with how often they stand', () => {
    const labels = unknowns('file.csv');
    expect(labels.known('country', 'Chile', 'CHL')).toBe('CHL');
    labels.known('country', 'Atlantis', undefined);
    labels.known('country', 'Atlantis', undefined);
    labels.known('mineral', 'litium', undefined);
    expect(() => labels.settle()).toThrow(
      'file.csv: unknown country: "Atlantis" (2 rows)\nfile.csv: unknown mineral: "litium" (1 row)',
    );
  });
});
