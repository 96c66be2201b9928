import { DataError } from '../../errors.ts';
import { seriesCoverage, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { countryCodes } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { coverageOf } from './coverage.ts';
import { matrix2022, matrix2024 } from './matrices.ts';
import { citation, folder, publication } from './publication.ts';
import { baciCountries, flowsOfRelease } from './standard-layout.ts';

/**
 * Bilateral trade by six-digit code, reconciled by CEPII. To update: put the yearly files of a release
 * (BACI_HS17_Y2024_V202601.csv …) and its country_codes file into the folder; they take the place of the extracts
 * for the years they cover, and bring every code of the map of minerals.
 */
export const baci: Source = {
  ...publication,
  id: 'baci',
  title: 'BACI: bilateral trade at product level, complete matrices',
  release: 'V202601',
  citation: citation('V202601'),
  harvest,
};

const RELEASE_FILE = /^BACI_HS\d\d_Y(\d{4})_(V\w+)\.csv$/;

function harvest(raw: Raw, reference: Reference): Harvest {
  const release = releaseFlows(raw, reference);
  const years = new Set(release.flows.map((flow) => flow.year));
  const extracts = [
    ...(years.has(2022) ? [] : matrix2022(raw, reference)),
    ...(years.has(2024) ? [] : matrix2024(raw, reference)),
  ];
  const flows = [...release.flows, ...extracts];
  return {
    tables: [
      harvested(tradeFlow, flows),
      harvested(seriesCoverage, coverageOf(flows, true, noteOn(unweighed(flows)))),
    ],
    rowsRead: flows.length,
    refused: [],
    remarks: release.remarks,
  };
}

function releaseFlows(raw: Raw, reference: Reference): { flows: TradeFlow[]; remarks: string[] } {
  const wanted = new Set(reference.csv('hs6-minerals').map((row) => row.hs6!));
  const flows: TradeFlow[] = [];
  const remarks: string[] = [];
  const years = new Map<string, string>();
  for (const file of raw.list(folder).filter((name) => RELEASE_FILE.test(name))) {
    const named = RELEASE_FILE.exec(file)!;
    const other = years.get(named[1]!);
    if (other) throw new DataError(`two files for one year, keep one: "${other}", "${file}"`);
    years.set(named[1]!, file);
    const codes = `country_codes_${named[2]}.csv`;
    const countryOf = baciCountries(raw.read(`${folder}/${codes}`), codes, countryCodes(reference));
    const year = flowsOfRelease(raw.read(`${folder}/${file}`), file, countryOf, wanted);
    for (const flow of year) flows.push(flow);
    remarks.push(`${file}: ${year.length} rows of the mapped codes kept, other products passed over`);
  }
  return { flows, remarks };
}

/** Share of a code's world value whose flows have no tonnes, by `hs6/year`. */
function unweighed(flows: readonly TradeFlow[]): Map<string, number> {
  const sums = new Map<string, [missing: number, all: number]>();
  for (const flow of flows) {
    const sum = sums.get(`${flow.hs6}/${flow.year}`) ?? [0, 0];
    sum[1] += flow.value_usd ?? 0;
    if (flow.quantity_t === null) sum[0] += flow.value_usd ?? 0;
    sums.set(`${flow.hs6}/${flow.year}`, sum);
  }
  return new Map([...sums].map(([key, [missing, all]]) => [key, all > 0 ? missing / all : 0]));
}

const noteOn = (shares: ReadonlyMap<string, number>) => (hs6: string, year: number) => {
  const share = shares.get(`${hs6}/${year}`) ?? 0;
  if (share === 1) return 'values only, no tonnes';
  return share > 0 ? `flows with ${(share * 100).toFixed(2)} % of the value have no tonnes` : null;
};
