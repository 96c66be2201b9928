import { sectorLosses } from '../../analysis/shocks/sectors.ts';
import { monthsBought, stockToBridge } from '../../analysis/shocks/stockpile.ts';
import type { AnswerRow, Note } from '../question.ts';
import { count, plainly, tonnes } from '../wording.ts';
import type { Uses } from './uses.ts';

const sum = (rows: readonly AnswerRow[], name: string) => rows.reduce((s, r) => s + (r[name] as number), 0);

/** Which uses of a country go without, over all rows of the run: month by month, as no use can be short of more than it takes. */
export function sectorNotes(id: string, rows: readonly AnswerRow[], uses: Uses, alike: boolean): Note[] {
  if (!(sum(rows, 'shortfall_t') > 0)) return [];
  const lost = new Map<string, { share: number; shortfall: number }>();
  for (const r of rows)
    for (const loss of sectorLosses(uses.uses, r.baseline_t as number, r.shortfall_t as number)) {
      const before = lost.get(loss.sector)?.shortfall ?? 0;
      lost.set(loss.sector, { share: loss.share, shortfall: before + loss.shortfall_t });
    }
  const how = alike ? 'if all uses are cut alike' : 'with those served first that were named';
  return [...lost].map(([sector, { share, shortfall }]) => ({
    code: 'sector',
    value: shortfall,
    country: id,
    sector,
    share,
    scope: uses.scope,
    source: uses.source,
    alike,
    text: `${id}, ${plainly(sector)} (${Math.round(share * 100)} % of use in ${uses.scope}, ${uses.source}): ${tonnes(shortfall)} missing ${how}`,
  }));
}

/**
 * How large a stock would have to be to bridge the months asked about, and how long the given one, else the one that
 * was drawn, lasts.
 *
 * @param rows one country's months, in order
 */
export function stockpileNotes(
  id: string,
  rows: readonly AnswerRow[],
  asked: { readonly bridge?: number | undefined; readonly stockpile?: number | undefined },
): Note[] {
  const gap = rows.map((r) => (r.baseline_t as number) - (r.supply_t as number));
  const months = asked.bridge ?? gap.length;
  const need = stockToBridge(gap, months)!;
  const notes: Note[] = [
    {
      code: 'stockpile',
      value: need,
      country: id,
      months,
      text: `${id} would have to hold ${tonnes(need)} to bridge ${count(months, 'month')}`,
    },
  ];
  const held = asked.stockpile ?? sum(rows, 'stock_used_t');
  if (held > 0 || asked.stockpile !== undefined) {
    const bought = monthsBought(gap, held);
    notes.push({
      code: 'months_bought',
      value: bought,
      country: id,
      stock_t: held,
      given: asked.stockpile !== undefined,
      all: bought === gap.length,
      text: `${tonnes(held)} bridge ${bought === gap.length ? `all ${bought}` : `${bought} of ${gap.length}`} months for ${id}`,
    });
  }
  return notes;
}
