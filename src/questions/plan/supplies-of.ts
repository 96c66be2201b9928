import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { hs6Mineral } from '../../tables/world.ts';
import { criticalMembers } from '../critical-members.ts';
import { traceableYears } from '../network-of.ts';
import type { PlanParams } from '../plan.ts';
import { withTradeOf } from '../preloaded.ts';
import { checkKnown, type Names, type Party } from '../resolve.ts';
import { type StageSupply, stageSupply } from './stage-supply.ts';
import { supplyFacts } from './supply-facts.ts';

export interface Supplies {
  /** by mineral and stage, in the order of their ids */
  readonly planned: readonly StageSupply[];
  /** minerals asked about that no trade with tonnes and value tells of */
  readonly unplanned: readonly string[];
}

/** Reads who could supply each mineral and stage asked about. */
export async function suppliesOf(
  asked: PlanParams,
  world: World,
  names: Names,
  party: Party,
  partners: ReadonlySet<string> | undefined,
): Promise<Supplies> {
  const members = asked.list === undefined ? null : await criticalMembers(world, asked.list);
  const wanted = names.minerals(asked.mineral);
  const minerals = members ? [...members].filter((m) => !wanted || wanted.includes(m)) : wanted;
  if (minerals && !minerals.length)
    throw new UsageError(`not on the list ${asked.list}: "${wanted?.join(',') ?? ''}"`);
  const traceable = await traceableYears(world, minerals);
  const inStage = asked.stage?.filter((s) => s !== 'all');
  checkKnown('stage', inStage, new Set((await world.load(hs6Mineral)).map((c) => c.stage)));
  const cases = [...traceable].flatMap(([key, years]) => {
    const [mineral, stage] = key.split(' ') as [string, string];
    if (inStage?.length && !inStage.includes(stage)) return [];
    const year = asked.capOn === 'declared' ? years.trade.at(-1) : (years.both.at(-1) ?? years.trade.at(-1));
    return year === undefined ? [] : [{ mineral, stage, year }];
  });
  cases.sort((a, b) => (`${a.mineral} ${a.stage}` < `${b.mineral} ${b.stage}` ? -1 : 1));
  const codes = await world.load(hs6Mineral);
  const byYear = new Map<number, World>();
  for (const year of new Set(cases.map((c) => c.year))) {
    const of = new Set(cases.filter((c) => c.year === year).map((c) => c.mineral));
    byYear.set(
      year,
      await withTradeOf(
        world,
        codes.filter((c) => of.has(c.mineral)).map((c) => c.hs6),
        year,
      ),
    );
  }
  const facts = await supplyFacts(world, party, partners);
  const choices = {
    capOn: asked.capOn,
    growth: asked.demand,
    scenario: asked.scenario,
    costs: { freightPerTonneKm: asked.freight, riskPremium: asked.riskPremium },
  };
  const planned: StageSupply[] = [];
  for (const [k, one] of cases.entries()) {
    world.signal.throwIfAborted();
    world.progress((0.5 * k) / cases.length, `reading ${one.mineral} ${one.stage}`);
    const found = await stageSupply(byYear.get(one.year)!, party, one, facts, choices);
    if (found) planned.push(found);
  }
  const known = new Set(planned.map((s) => s.mineral));
  return { planned, unplanned: (minerals ?? []).filter((m) => !known.has(m)).sort() };
}
