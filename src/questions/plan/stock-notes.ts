import { usd } from '../../analysis/sourcing/explain.ts';
import type { Plan } from '../../analysis/sourcing/plan.ts';
import { groupBy } from '../../tables/group-by.ts';
import { figure, percent } from '../figure.ts';
import type { PlanParams } from '../plan.ts';
import type { Note } from '../question.ts';
import type { Names } from '../resolve.ts';
import { named } from '../wording.ts';

/** Tonnes below this part of the demand are a solver's last bits. */
const least = 1e-6;

/** What a plan from the data buys ahead, what it holds, and what is taken for granted of stocks. */
export function stockNotes(asked: PlanParams, plan: Plan, names: Names): Note[] {
  if (asked.stock === undefined) return [];
  const notes: Note[] = [];
  for (const own of groupBy(plan.stocks, (s) => `${s.need.mineral} ${s.need.stage}`).values()) {
    const { mineral, stage } = own[0]!.need;
    const buying = own.filter((s) => s.bought_t > least * s.need.quantity_t);
    const drawing = own.filter((s) => s.drawn_t > least * s.need.quantity_t);
    if (!buying.length && !drawing.length) continue;
    const sum = (of: typeof own, t: (s: (typeof own)[number]) => number) => of.reduce((a, s) => a + t(s), 0);
    const bought_t = sum(buying, (s) => s.bought_t);
    const cost = sum(own, (s) => s.closing_t * s.holding_usd_per_t);
    const ahead = (buying[0]?.need.year ?? Infinity) < (drawing[0]?.need.year ?? Infinity);
    const list = (of: typeof own) => named(of.map((s) => String(s.need.year)));
    const bought = buying.length
      ? `${figure(bought_t)} t ${ahead ? 'bought ahead' : 'bought again'} in ${list(buying)}`
      : '';
    const drawn = drawing.length
      ? `${figure(sum(drawing, (s) => s.drawn_t))} t drawn in ${list(drawing)}`
      : '';
    notes.push({
      code: 'stock',
      mineral,
      stage,
      value: bought_t,
      holding_cost_usd: cost,
      text: `${names.mineralName(mineral)} (${stage}): ${(ahead ? [bought, drawn] : [drawn, bought]).filter(Boolean).join(', ')}; holding costs ${usd(cost)} in all`,
    });
  }
  const nothing = notes.length === 0;
  notes.push({
    code: 'stock_assumed',
    text: `${nothing ? 'nothing is worth buying ahead' : 'stocks'}: up to ${figure(asked.stock)} years of use may be held (--stock), for ${percent(asked.holding)} of the price a year (--holding); what is held today counts where a source says so in tonnes, and is there again at the end; what is bought for a stock counts under the cap in the year it is bought`,
  });
  return notes;
}
