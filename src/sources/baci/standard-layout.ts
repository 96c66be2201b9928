import { DataError } from '../../errors.ts';
import type { TradeFlow } from '../../tables/quantities.ts';
import { numberIn, readCsv } from '../csv.ts';
import { type NameOf, unknowns } from '../names.ts';
import { usdOfThousands } from './publication.ts';

/**
 * The layout in which CEPII ships a year: BACI_HS17_Y2024_V202601.csv with the columns
 * t year, i exporter, j importer (BACI's own numeric codes), k product, v thousand USD, q tonnes (blank-padded, or NA).
 * A year has eleven million rows, so lines are read one by one and products nobody asked for are passed over unparsed.
 */
const HEADER = 't,i,j,k,v,q';

export interface BaciRow {
  readonly line: number;
  readonly year: number;
  /** BACI's numeric codes, as text */
  readonly exporter: string;
  readonly importer: string;
  readonly hs6: string;
  readonly valueUsd: number;
  readonly quantityT: number | null;
}

/** Rows of a file in BACI's standard layout; `wanted` keeps only these six-digit codes. */
export function* baciRows(bytes: Uint8Array, file: string, wanted?: ReadonlySet<string>): Generator<BaciRow> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  for (let line = 1; start < buffer.length; line++) {
    const newline = buffer.indexOf(10, start);
    const end = newline < 0 ? buffer.length : newline;
    const text = buffer.toString('latin1', start, end).replace(/\r$/, '');
    start = end + 1;
    if (line === 1) {
      const header = text.replace(/^\u00ef\u00bb\u00bf/, '').replaceAll('"', '');
      if (header !== HEADER) throw new DataError(`${file}: columns are not ${HEADER}: "${header}"`);
    } else if (text !== '') {
      const row = baciRow(text, file, line, wanted);
      if (row) yield row;
    }
  }
}

function baciRow(
  text: string,
  file: string,
  line: number,
  wanted: ReadonlySet<string> | undefined,
): BaciRow | undefined {
  const cells = text.split(',');
  const [t, i, j, k, v, q] = cells;
  if (cells.length !== 6) throw new DataError(`${file}, line ${line}: not six cells: "${text}"`);
  const hs6 = k!.replaceAll('"', '').trim().padStart(6, '0');
  if (!/^\d{6}$/.test(hs6)) throw new DataError(`${file}, line ${line}: not a six-digit product: "${k}"`);
  if (wanted && !wanted.has(hs6)) return undefined;
  const year = numberIn(t!, file, line);
  const value = numberIn(v!, file, line, ['NA']);
  if (year === null || value === null) {
    throw new DataError(`${file}, line ${line}: no year or value: "${text}"`);
  }
  return {
    line,
    year,
    exporter: i!.trim(),
    importer: j!.trim(),
    hs6,
    valueUsd: usdOfThousands(value),
    quantityT: numberIn(q!, file, line, ['NA']),
  };
}

/** BACI's numeric code → ISO3, from the country_codes file of the release and the codes kept by hand (490 = S19 = TWN). */
export function baciCountries(bytes: Uint8Array, file: string, codeOf: NameOf): NameOf {
  const countries = new Map<string, string>();
  const columns = ['country_code', 'country_iso3'] as const;
  for (const { cells } of readCsv(bytes, file, columns, { ignore: ['country_name', 'country_iso2'] })) {
    const country = codeOf(cells.country_iso3);
    if (country !== undefined) countries.set(cells.country_code, country);
  }
  return (code) => countries.get(code);
}

/** Rows of `trade_flow` from a file in the standard layout; DataError with every country code that is not known. */
export function flowsOfRelease(
  bytes: Uint8Array,
  file: string,
  countryOf: NameOf,
  wanted?: ReadonlySet<string>,
): TradeFlow[] {
  const labels = unknowns(file);
  const flows: TradeFlow[] = [];
  for (const row of baciRows(bytes, file, wanted)) {
    flows.push({
      year: row.year,
      exporter: labels.known('country code', row.exporter, countryOf(row.exporter)),
      importer: labels.known('country code', row.importer, countryOf(row.importer)),
      hs6: row.hs6,
      basis: 'reconciled',
      source: 'baci',
      value_usd: row.valueUsd,
      quantity_t: row.quantityT,
      period: null,
      status: null,
    });
  }
  labels.settle();
  return flows;
}
