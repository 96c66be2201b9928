import { DataError } from '../../errors.ts';
import { seriesCoverage, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { figureIn, readCsv } from '../csv.ts';
import { countryNames, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { coverageOf } from './coverage.ts';
import { citation, folder, publication } from './publication.ts';

/**
 * Tonnes of seven codes of the cobalt and nickel chain, published as sums over three years (2012–14, 2015–17, 2018–20).
 * A row here is the yearly mean, dated by the last year, with the period beside it.
 */
export const baciCobaltChain: Source = {
  ...publication,
  id: 'baci_cobalt_chain',
  title: 'BACI: tonnes traded along the cobalt chain, three-year means 2012–2020',
  release: 'V202201',
  citation: citation('V202201'),
  harvest,
};

const FILE = 'baci_hs12_v202201_2012-2020_cobalt_chain_3yr_tonnes.csv';
const COLUMNS = ['period', 'hs6', 'exporter_name', 'importer_name', 'qty_t_3yr'] as const;

function harvest(raw: Raw, reference: Reference): Harvest {
  const nameOf = countryNames(reference);
  const labels = unknowns(FILE);
  const rows = readCsv(raw.read(`${folder}/${FILE}`), FILE, COLUMNS);
  const flows = rows.map(({ line, cells }): TradeFlow => {
    const { last, years } = periodOf(cells.period, line);
    return {
      year: last,
      exporter: labels.known('country', cells.exporter_name, nameOf(cells.exporter_name)),
      importer: labels.known('country', cells.importer_name, nameOf(cells.importer_name)),
      hs6: cells.hs6,
      basis: 'reconciled',
      source: 'baci_cobalt_chain',
      value_usd: null,
      quantity_t: figureIn(cells.qty_t_3yr, FILE, line) / years,
      period: cells.period,
      status: null,
    };
  });
  labels.settle();
  const note = () => 'yearly mean of three years’ tonnes; flows without tonnes are not in the extract';
  return {
    tables: [harvested(tradeFlow, flows), harvested(seriesCoverage, coverageOf(flows, false, note))],
    rowsRead: rows.length,
    refused: [],
    remarks: ['three-year tonnes are divided by three and dated by the last year; no values are published'],
  };
}

function periodOf(period: string, line: number): { last: number; years: number } {
  const years = /^(\d{4})-(\d{4})$/.exec(period);
  if (!years) throw new DataError(`${FILE}, line ${line}: not a period: "${period}"`);
  const [first, last] = [Number(years[1]), Number(years[2])];
  return { last, years: last - first + 1 };
}
