import { DataError } from '../../errors.ts';
import { seriesCoverage, type TradeFlow, tradeFlow } from '../../tables/quantities.ts';
import { figureIn, numberIn, readCsv } from '../csv.ts';
import { countryCodes, unknowns } from '../names.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { coverageOf, worldValues } from './coverage.ts';
import { matrix2022, matrix2024 } from './matrices.ts';
import { citation, folder, publication } from './publication.ts';

/**
 * Yearly flows 2002–2024 of thirty codes, cut by size: a flow is there if it is among the exporter's six largest
 * customers or the importer's six largest suppliers. An absent flow is below that cut, not zero.
 * 2022 and 2024 stand here too, beside the complete matrices of `baci`: the difference shows what the cut does.
 */
export const baciSeries: Source = {
  ...publication,
  id: 'baci_series',
  title: 'BACI: bilateral trade at product level, largest flows 2002–2024',
  release: 'V202601',
  citation: citation('V202601'),
  harvest,
};

const FILE = 'baci_v202601_2002-2024_32materials_top6_per_side.csv';
/** hafnium's code of HS 2022; up to HS 2017, which BACI uses here, hafnium stands in 811292 */
const HAFNIUM = '811231';
const BASKET = '811292';

const NOTE = 'cut to the six largest partners of each side: an absent flow is below the cut, not zero';

interface Labelled {
  readonly label: string;
  readonly flow: TradeFlow;
}

function harvest(raw: Raw, reference: Reference): Harvest {
  const read = labelledFlows(raw, reference);
  const { flows, copies } = foldCopies(read);
  const whole = worldValues([...matrix2022(raw, reference), ...matrix2024(raw, reference)]);
  return {
    tables: [
      harvested(tradeFlow, flows),
      harvested(
        seriesCoverage,
        coverageOf(flows, false, () => NOTE, whole),
      ),
    ],
    rowsRead: read.length,
    refused:
      copies > 0
        ? [{ reason: `the flow of ${BASKET} again, under another mineral’s label`, rows: copies }]
        : [],
    remarks: [
      `${BASKET} stands once for each of several labels (${basketLabels(read).join(', ')}): the copies are equal and one is kept`,
      'rows of 2022 and 2024 are kept beside the complete matrices of baci, under their own source',
    ],
  };
}

function labelledFlows(raw: Raw, reference: Reference): Labelled[] {
  const codeOf = countryCodes(reference);
  const labels = unknowns(FILE);
  const columns = [
    'year',
    'material_label',
    'hs6_hs22',
    'exporter_iso2',
    'importer_iso2',
    'value_usd',
    'qty_t',
  ] as const;
  const rows = readCsv(raw.read(`${folder}/${FILE}`), FILE, columns, { ignore: ['nomenclature'] });
  const flows = rows.map(({ line, cells }) => ({
    label: cells.material_label,
    flow: {
      year: Number(cells.year),
      exporter: labels.known('country code', cells.exporter_iso2, codeOf(cells.exporter_iso2)),
      importer: labels.known('country code', cells.importer_iso2, codeOf(cells.importer_iso2)),
      hs6: cells.hs6_hs22 === HAFNIUM ? BASKET : cells.hs6_hs22,
      basis: 'reconciled',
      source: 'baci_series',
      value_usd: figureIn(cells.value_usd, FILE, line),
      quantity_t: numberIn(cells.qty_t, FILE, line, ['NA']),
      period: null,
      status: null,
    } satisfies TradeFlow,
  }));
  labels.settle();
  return flows;
}

const basketLabels = (read: readonly Labelled[]) =>
  [...new Set(read.filter(({ flow }) => flow.hs6 === BASKET).map(({ label }) => label))].sort();

/** One row per flow; a second row of the same flow must be an equal copy under another label. */
function foldCopies(read: readonly Labelled[]): { flows: TradeFlow[]; copies: number } {
  const kept = new Map<string, Labelled>();
  const problems: string[] = [];
  for (const row of read) {
    const { year, exporter, importer, hs6 } = row.flow;
    const key = `${year} ${exporter} ${importer} ${hs6}`;
    const first = kept.get(key);
    if (first === undefined) kept.set(key, row);
    else if (
      first.label === row.label ||
      first.flow.value_usd !== row.flow.value_usd ||
      first.flow.quantity_t !== row.flow.quantity_t
    ) {
      problems.push(`${FILE}: two different rows for one flow: "${key}" (${first.label}, ${row.label})`);
    }
  }
  if (problems.length > 0) throw new DataError(problems);
  return { flows: [...kept.values()].map(({ flow }) => flow), copies: read.length - kept.size };
}
