import type { TradeFlow } from '../../tables/quantities.ts';
import { figureIn, numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import type { Raw, Reference } from '../source.ts';
import { folder, usdOfThousands } from './publication.ts';

/** Complete world matrices of thirty codes, cut out of the release by code and not by size. */
export const MATRIX_2024 = 'baci_hs17_v202601_2024_30codes.csv';
export const MATRIX_2022 = 'baci_hs17_v202601_2022_30codes_values.csv';

const flow = (year: number, exporter: string, importer: string, hs6: string): TradeFlow => ({
  year,
  exporter,
  importer,
  hs6,
  basis: 'reconciled',
  source: 'baci',
  value_usd: null,
  quantity_t: null,
  period: null,
  status: null,
});

/** 2024: value in thousand USD, tonnes empty where BACI has none. */
export function matrix2024(raw: Raw, reference: Reference): TradeFlow[] {
  const codeOf = countryCodes(reference);
  const labels = unknowns(MATRIX_2024);
  const columns = ['year', 'exporter', 'importer', 'hs6', 'value_kusd', 'qty_t'] as const;
  const ignore = ['exporter_name', 'importer_name', 'material_label'];
  const rows = readCsv(raw.read(`${folder}/${MATRIX_2024}`), MATRIX_2024, columns, { ignore });
  const flows = rows.map(({ line, cells }) => ({
    ...flow(
      Number(cells.year),
      labels.known('country code', cells.exporter, codeOf(cells.exporter)),
      labels.known('country code', cells.importer, codeOf(cells.importer)),
      cells.hs6,
    ),
    value_usd: usdOfThousands(figureIn(cells.value_kusd, MATRIX_2024, line)),
    quantity_t: numberIn(cells.qty_t, MATRIX_2024, line, ['NA']),
  }));
  labels.settle();
  return flows;
}

/** 2022: value in USD; the file has no tonnes. */
export function matrix2022(raw: Raw, reference: Reference): TradeFlow[] {
  const codeOf = countryCodes(reference);
  const labels = unknowns(MATRIX_2022);
  const rows = readCsv(raw.read(`${folder}/${MATRIX_2022}`), MATRIX_2022, ['i', 'j', 'cmd', 'value']);
  const flows = rows.map(({ line, cells }) => ({
    ...flow(
      2022,
      labels.known('country code', cells.i, codeOf(cells.i)),
      labels.known('country code', cells.j, codeOf(cells.j)),
      cells.cmd,
    ),
    value_usd: figureIn(cells.value, MATRIX_2022, line),
  }));
  labels.settle();
  return flows;
}
