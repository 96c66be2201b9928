import type { World } from '../store/world.ts';
import { type OutputBehind, outputBehind, wholeOf, workedOutput } from './output-behind.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { worked } from './worked.ts';

/** The rows of `production` behind an index or a country's share of the world's output, and the formula with its figures. */
export async function explainConcentration(
  { row: position, column }: Cell,
  answer: Answer,
  _params: unknown,
  world: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  const output = await outputBehind(row, world);
  if (!output)
    return { formula: null, behind: 'No row of the table production stands behind it.', inputs: [] };
  const { inputs } = output;
  if ((row[column] ?? null) === null)
    return { formula: null, behind: 'Not known: the rows below have no figure for it.', inputs };
  const formula =
    typeof row[column] === 'number' && column !== 'year'
      ? (workedOutput(row, column, String(row.country), output) ?? workedIndex(row, column, output))
      : null;
  return { ...(formula ?? { formula: null, behind: 'It says what the rows below are of.' }), inputs };
}

function workedIndex(
  row: AnswerRow,
  column: string,
  output: OutputBehind,
): Pick<Explanation, 'formula' | 'behind'> | null {
  const { named, total, measure, published } = output;
  const shares = named.map((r) => r.size / total);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const share = `s being ${measure} of a named country / ${total}`;
  const [hhi, n] = [Number(row.hhi), Number(row.countries)];
  const largest = named.slice(0, 3);
  switch (column) {
    case 'hhi':
      return worked(row, column, `Σ s² over the rows below, ${share}`, sum(shares.map((s) => s * s)));
    case 'entropy':
      return worked(
        row,
        column,
        `−Σ s·ln s over the rows below, ${share}`,
        -sum(shares.map((s) => s * Math.log(s))),
      );
    case 'hhi_normalised':
      return worked(
        row,
        column,
        '(hhi − 1/countries) / (1 − 1/countries)',
        (hhi - 1 / n) / (1 - 1 / n),
        `(${hhi} − 1/${n}) / (1 − 1/${n})`,
      );
    case 'effective_suppliers':
      return worked(row, column, '1 / hhi', 1 / hhi, `1 / ${hhi}`);
    case 'cr1':
      return worked(
        row,
        column,
        `${measure} of ${largest[0]?.country} / ${wholeOf(output)}`,
        shares[0] ?? 0,
        `${largest[0]?.size} / ${total}`,
      );
    case 'cr3':
      return worked(
        row,
        column,
        `${measure} of ${largest.map((r) => r.country).join(' + ')} / ${wholeOf(output)}`,
        sum(shares.slice(0, 3)),
        `(${largest.map((r) => r.size).join(' + ')}) / ${total}`,
      );
    case 'coverage':
      return worked(
        row,
        column,
        `Σ ${measure} of named countries / ${wholeOf(output)}`,
        Math.min(1, sum(shares)),
        `${sum(named.map((r) => r.size))} / ${total}`,
      );
    case 'cr1_of_published':
      return worked(
        row,
        column,
        `quantity_t of ${row.cr1_country} / quantity_t of WLD`,
        (largest[0]?.size ?? 0) / (published ?? 0),
        `${largest[0]?.size} / ${published}`,
      );
    default:
      return null;
  }
}
