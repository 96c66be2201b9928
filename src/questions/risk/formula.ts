import { copperMidpoint } from '../../analysis/indices/geopolrisk.ts';
import type { AnswerRow, Explanation } from '../question.ts';
import { worked } from '../worked.ts';

type Formula = (of: (column: string) => string, row: AnswerRow) => string;

const concentration: Formula = () => 'Σ (100·share)² · WGI · t, the terms below';
const sourced = (row: AnswerRow, side: 'global' | 'sourcing'): boolean =>
  row[`hhi_wgi_${side}`] !== null && row.scope !== (side === 'global' ? 'EU' : 'GS');

/** By column: how it follows from the other cells of its row, or from the summands of the breakdown. */
const formulas: Readonly<Record<string, Formula>> = {
  score: (of) => `hhi × import_risk = ${of('hhi')} × ${of('import_risk')}`,
  import_risk: (of) =>
    `Σ g·f / (domestic_t + Σ f) = ${of('weighted_t')} / (${of('domestic_t')} + ${of('imports_t')}), the terms of side imports below`,
  hhi: (of) => `Σ (output / ${of('world_output_t')} t)², the terms of side output below`,
  price_usd_per_kg: (of) =>
    `imports_usd / imports_t / 1000 = ${of('imports_usd')} / ${of('imports_t')} / 1000`,
  midpoint_usd_per_kg: (of) => `score × price_usd_per_kg = ${of('score')} × ${of('price_usd_per_kg')}`,
  cf: (of) =>
    `score × price_usd_per_kg / ${copperMidpoint} = ${of('score')} × ${of('price_usd_per_kg')} / ${copperMidpoint}`,
  sr: (of, row) => {
    const left = `/ 10 000 × (1 − eol_rir) × si_sr`;
    const values = `/ 10 000 × (1 − ${of('eol_rir')}) × ${of('si_sr')}`;
    const [global, sourcing] = [sourced(row, 'global'), sourced(row, 'sourcing')];
    if (global && sourcing)
      return `(hhi_wgi_global × import_reliance/2 + hhi_wgi_sourcing × (1 − import_reliance/2)) ${left} = (${of('hhi_wgi_global')} × ${of('import_reliance')}/2 + ${of('hhi_wgi_sourcing')} × (1 − ${of('import_reliance')}/2)) ${values}`;
    const side = global ? 'hhi_wgi_global' : 'hhi_wgi_sourcing';
    return `${side} ${left}, as only that side counts, = ${of(side)} ${values}`;
  },
  hhi_wgi_global: concentration,
  hhi_wgi_sourcing: concentration,
  ei: (of) =>
    `weighted_value_added_eur × 10 / largest_value_added_eur × si_ei = ${of('weighted_value_added_eur')} × 10 / ${of('largest_value_added_eur')} × ${of('si_ei')}`,
  remaining_share: (of) => `remaining_t / supply_t = ${of('remaining_t')} / ${of('supply_t')}`,
  cover: (of) => `remaining_t / demand_outside_t = ${of('remaining_t')} / ${of('demand_outside_t')}`,
  apparent_consumption_t: (of) =>
    `domestic_t + imports_t − exports_t = ${of('domestic_t')} + ${of('imports_t')} − ${of('exports_t')}`,
  net_import_reliance: (of) =>
    `(imports_t − exports_t) / apparent_consumption_t = (${of('imports_t')} − ${of('exports_t')}) / ${of('apparent_consumption_t')}`,
  leverage: (of) =>
    `dominant_import_share × √import_hhi = ${of('dominant_import_share')} × √${of('import_hhi')}`,
  origin_gap: (of) =>
    `top_exporter_share − top_exporter_mine_share = ${of('top_exporter_share')} − ${of('top_exporter_mine_share')}`,
  te: (of, row) =>
    row.te_source === 'trade'
      ? `max(0, imports_t − exports_t) / (domestic_t + imports_t − exports_t), of ${of('imports_t')}, ${of('exports_t')} and ${of('domestic_t')}`
      : 'net import reliance as the publisher gives it; 0 for a net exporter',
  rank_gap: (of) => `geopolrisk_rank − eu_sr_rank = ${of('geopolrisk_rank')} − ${of('eu_sr_rank')}`,
};

/**
 * The formula behind one cell of an index, with the numbers of its row in it; an unknown part reads `unknown`. Null for a
 * column that follows from no others.
 */
export function riskFormula(column: string, row: AnswerRow): string | null {
  const formula = formulas[column];
  if (!formula) return null;
  const value = row[column];
  const result =
    value === null || value === undefined ? `unknown (${row.note ?? 'a part is missing'})` : value;
  return `${column} = ${formula((name) => String(row[name] ?? 'unknown'), row)} = ${result}`;
}

const sums: Readonly<Record<string, { readonly words: string; readonly of: (r: AnswerRow) => number }>> = {
  imports_t: { words: 'Σ quantity_t', of: (r) => Number(r.quantity_t) },
  imports_usd: { words: 'Σ value_usd', of: (r) => Number(r.value_usd) },
  weighted_t: { words: 'Σ governance × quantity_t', of: (r) => Number(r.governance) * Number(r.quantity_t) },
  suppliers: { words: 'how many there are', of: () => 1 },
};

/** A cell that is a sum over the summands of side imports, worked from them; null for any other column. */
export function riskSum(
  column: string,
  row: AnswerRow,
  imports: readonly AnswerRow[],
): Pick<Explanation, 'formula' | 'behind'> | null {
  const sum = sums[column];
  if (!sum || imports.length === 0 || typeof row[column] !== 'number') return null;
  const value = imports.reduce((total, r) => total + sum.of(r), 0);
  return worked(row, column, `${sum.words} of the terms of side imports below`, value);
}
