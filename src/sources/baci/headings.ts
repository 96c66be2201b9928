import {
  seriesCoverage,
  type TradeFlow,
  type TradeHeading,
  tradeFlow,
  tradeHeading,
} from '../../tables/quantities.ts';
import { figureIn, numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { coverageOf } from './coverage.ts';
import { citation, folder, publication } from './publication.ts';

/** The two hundred largest flows of twelve four-digit headings, 2022–2024, with the world totals they are part of. */
export const baciHeadings: Source = {
  ...publication,
  id: 'baci_headings',
  title: 'BACI: largest flows of twelve headings, 2022–2024',
  release: 'V202601',
  citation: citation('V202601'),
  harvest,
};

const FLOWS = 'baci_hs22_v202601_2022-2024_hs4_top200_flows.csv';
const TOTALS = 'baci_hs22_v202601_2022-2024_hs4_world_totals.csv';

/** Headings and years whose published tonnes are faulty: the extract says so, and the value is to be used. */
const FAULTY_TONNES = new Set(['2606/2023', '7901/2024']);

/**
 * Headings that hold one code of six digits, and so are that code: copper ore. (Bauxite, 2606, is one too, but stands in
 * the series with sound tonnes.)
 */
const ONE_CODE: Readonly<Record<string, string>> = { 2603: '260300' };

function harvest(raw: Raw, reference: Reference): Harvest {
  const codeOf = countryCodes(reference);
  const labels = unknowns(FLOWS);
  const columns = ['year', 'hs4', 'exporter', 'importer', 'value_usd', 'qty_t'] as const;
  const read = readCsv(raw.read(`${folder}/${FLOWS}`), FLOWS, columns, { ignore: ['label'] });
  const flows = read.map(({ line, cells }) =>
    row(cells.year, cells.hs4, {
      exporter: labels.known('country code', cells.exporter, codeOf(cells.exporter)),
      importer: labels.known('country code', cells.importer, codeOf(cells.importer)),
      value_usd: figureIn(cells.value_usd, FLOWS, line),
      quantity_t: numberIn(cells.qty_t, FLOWS, line),
    }),
  );
  labels.settle();
  const totals = worldTotals(raw);
  const kept = (hs6: string, year: number) =>
    totals.find((t) => t.year === year && ONE_CODE[t.heading] === hs6)!.value_kept_share;
  const ofOneCode = flows.flatMap(
    ({ year, exporter, importer, heading, value_usd, quantity_t }): TradeFlow[] => {
      const hs6 = ONE_CODE[heading];
      const basis = 'reconciled' as const;
      return hs6 === undefined
        ? []
        : [
            {
              ...{ year, exporter, importer, hs6, basis, value_usd, quantity_t },
              ...{ source: 'baci_headings', period: null, status: null },
            },
          ];
    },
  );
  const coverage = coverageOf(
    ofOneCode,
    false,
    () => 'the two hundred largest flows: an absent flow is below the cut, not zero',
  ).map((c) => ({ ...c, value_kept_share: kept(c.hs6, c.year) }));
  return {
    tables: [
      harvested(tradeHeading, [...flows, ...totals]),
      harvested(tradeFlow, ofOneCode),
      harvested(seriesCoverage, coverage),
    ],
    rowsRead: read.length + totals.length,
    refused: [],
    remarks: [
      'headings are kept apart from six-digit codes: their shares are of the heading, not of a mineral form; 2603 holds one code, 260300, and stands under it too',
    ],
  };
}

function worldTotals(raw: Raw): TradeHeading[] {
  const columns = ['year', 'hs4', 'world_value_usd', 'world_qty_t', 'share_of_value_kept'] as const;
  const ignore = ['label', 'flows_all', 'flows_kept'];
  return readCsv(raw.read(`${folder}/${TOTALS}`), TOTALS, columns, { ignore }).map(({ line, cells }) =>
    row(cells.year, cells.hs4, {
      exporter: 'WLD',
      importer: 'WLD',
      value_usd: figureIn(cells.world_value_usd, TOTALS, line),
      quantity_t: numberIn(cells.world_qty_t, TOTALS, line),
      value_kept_share: numberIn(cells.share_of_value_kept, TOTALS, line),
    }),
  );
}

const row = (
  year: string,
  heading: string,
  rest: Pick<TradeHeading, 'exporter' | 'importer'> & Partial<TradeHeading>,
): TradeHeading => ({
  value_usd: null,
  quantity_t: null,
  value_kept_share: null,
  note: FAULTY_TONNES.has(`${heading}/${year}`) ? 'published tonnes are faulty: use the value' : null,
  ...rest,
  year: Number(year),
  heading,
  source: 'baci_headings',
});
