import { type Distance, distance } from '../../tables/world.ts';
import { numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';

/**
 * Great-circle distances between countries: the mean between their main cities weighted by population (distw), or
 * between their largest cities (dist) where that is not given. Countries are those of before 2010.
 */
export const geodist: Source = {
  id: 'geodist',
  title: 'GeoDist: bilateral distances',
  publisher: 'CEPII',
  release: '2011',
  licence: 'free use with citation',
  citation:
    'CEPII GeoDist; Mayer and Zignago (2011), Notes on CEPII’s distances measures, CEPII working paper 2011-25',
  url: 'https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=6',
  cadence: 'not updated',
  folder: 'cepii-geodist',
  harvest,
};

const FILE = 'dist_cepii.csv';
const IGNORE = [
  'contig',
  'comlang_off',
  'comlang_ethno',
  'colony',
  'comcol',
  'curcol',
  'col45',
  'smctry',
  'distcap',
  'distwces',
];

function harvest(raw: Raw, reference: Reference): Harvest {
  const codeOf = countryCodes(reference);
  const labels = unknowns(FILE);
  const columns = ['iso_o', 'iso_d', 'dist', 'distw'] as const;
  const read = readCsv(raw.read(`${geodist.folder}/${FILE}`), FILE, columns, { ignore: IGNORE });
  const rows: Distance[] = [];
  let unweighted = 0;
  for (const { line, cells } of read) {
    const country = labels.known('country code', cells.iso_o, codeOf(cells.iso_o));
    const other = labels.known('country code', cells.iso_d, codeOf(cells.iso_d));
    if (country === other) continue;
    const weighted = numberIn(cells.distw, FILE, line, ['.']);
    if (weighted === null) unweighted += 1;
    const km = weighted ?? numberIn(cells.dist, FILE, line, ['.']);
    rows.push({
      country,
      other_country: other,
      distance_km: km === null ? null : Math.round(km),
      source: geodist.id,
    });
  }
  labels.settle();
  return {
    tables: [harvested(distance, rows)],
    rowsRead: read.length,
    refused: [{ reason: 'a country’s distance to itself', rows: read.length - rows.length }],
    remarks: [
      `${unweighted} pairs have no population-weighted distance: the one between largest cities is used`,
      'countries and codes of before 2010: South Sudan, Kosovo, Montenegro and Curaçao have no distances; Serbia’s are of Belgrade',
    ],
  };
}
