import type { World } from '../store/world.ts';
import { type TradeFlow, tradeFlow } from '../tables/quantities.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { namesOf } from './resolve.ts';

/** Most flows shown behind one cell; the formula counts all. */
const mostShown = 20;

const shareOf: Readonly<Record<string, 'top_country' | 'second_country' | 'third_country'>> = {
  top_share: 'top_country',
  second_share: 'second_country',
  third_share: 'third_country',
};

/**
 * The trade flows behind a cell of the board, and its formula with the numbers in it, by declared origin or by
 * dispatch; what is traced or controlled rests on a whole network of flows, for which `origins` is asked.
 */
export async function explainBoard(
  cell: Cell,
  answer: Answer,
  params: { readonly for: string },
  world: World,
): Promise<Explanation> {
  const row = answer.rows[cell.row]!;
  const bySeller = row.lens === 'declared' || row.lens === 'dispatch';
  const flows = bySeller ? await flowsBehind(row, params.for, world) : [];
  return {
    formula: formula(cell.column, row, flows),
    inputs: [{ table: tradeFlow.name, rows: flows.slice(0, mostShown) as unknown as AnswerRow[] }],
  };
}

/** Imports of the row's code from others in its year by the source the board chose, largest first. */
async function flowsBehind(row: AnswerRow, importer: string, world: World): Promise<TradeFlow[]> {
  if (typeof row.hs6 !== 'string' || typeof row.year !== 'number' || typeof row.source !== 'string')
    return [];
  const members = new Set((await namesOf(world)).party(importer).members(row.year));
  const flows = await world.load(tradeFlow, {
    hs6: row.hs6.split(';'),
    year: [row.year],
    importer: [...members],
    source: [row.source],
  });
  const size = (f: TradeFlow) => (row.weight === 'quantity' ? f.quantity_t : f.value_usd) ?? 0;
  return flows
    .filter((f) => (f.basis === 'dispatch') === (row.lens === 'dispatch') && !members.has(f.exporter))
    .sort((a, b) => size(b) - size(a) || (a.exporter < b.exporter ? -1 : 1));
}

function formula(column: string, row: AnswerRow, flows: readonly TradeFlow[]): string {
  if (flows.length === 0)
    return row.lens === 'declared' || row.lens === 'dispatch'
      ? 'no flow in the table trade_flow stands behind this row'
      : `headwater origins shows the flows that were followed for the lens ${row.lens}`;
  const byQuantity = row.weight === 'quantity';
  const [what, unit] = byQuantity ? ['tonnes', 't'] : ['value', 'USD'];
  const size = (f: TradeFlow) => (byQuantity ? f.quantity_t : f.value_usd) ?? 0;
  const all = flows.reduce((sum, f) => sum + size(f), 0);
  const country = shareOf[column] && row[shareOf[column]];
  if (country) {
    const part = flows.filter((f) => f.exporter === country).reduce((sum, f) => sum + size(f), 0);
    // of a code that holds several minerals the board takes the eight-digit code that is this one alone
    if (Math.abs(part / all - Number(row[column])) > 1e-9)
      return `${column} is of an eight-digit code within ${row.hs6}, month by month in the table uk_trade_month; the flows below are of the whole code`;
    return `${column} = ${what} of imports from ${country} / ${what} of all imports = ${part} ${unit} / ${all} ${unit} = ${part / all}`;
  }
  switch (column) {
    case 'headroom':
      return `headroom = cap − top_share = ${row.cap} − ${row.top_share}`;
    case 'over_cap':
      return `over_cap = top_share > cap = ${row.top_share} > ${row.cap}`;
    case 'hhi':
      return `hhi = Σ s², s = ${what} of imports from each supplier / ${all} ${unit}`;
    case 'supply_usd':
      return 'supply_usd = Σ value_usd × share_of_code over the flows below';
    case 'supply_t':
      return 'supply_t = Σ quantity_t × metal_content × share_of_code over the flows below (gross where the content is unknown)';
    default:
      return `${column} as read from the rows below`;
  }
}
