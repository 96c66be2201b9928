import { type CostAssumptions, unitValues } from '../../analysis/sourcing/landed-cost.ts';
import type { CapOn } from '../../analysis/sourcing/problem.ts';
import type { World } from '../../store/world.ts';
import { demandGrowth, type Growth } from '../demand-growth.ts';
import { networkOf, stageData } from '../network-of.ts';
import type { Note } from '../question.ts';
import type { Party } from '../resolve.ts';
import { bornIn } from './born-in.ts';
import { projectsOf } from './coming-output.ts';
import { ownedFrom } from './owned-from.ts';
import { tradeOf } from './party-trade.ts';
import { type Supplier, suppliersOf } from './suppliers.ts';
import type { Facts } from './supply-facts.ts';

/** Who could supply a mineral at a stage, and how much is needed, on one basis of tonnes. */
export interface StageSupply {
  readonly mineral: string;
  readonly stage: string;
  /** year of trade and output */
  readonly year: number;
  readonly demand_t: number;
  readonly growth: Growth;
  readonly suppliers: readonly Supplier[];
  readonly meanUnitValue: number;
  /** where a tonne of a seller’s exports was born; null where nothing can be traced */
  readonly bornIn: ((country: string) => ReadonlyMap<string, number>) | null;
  readonly notes: readonly Note[];
  readonly sources: ReadonlySet<string>;
}

export interface SupplyChoices {
  readonly capOn: CapOn;
  readonly costs: CostAssumptions;
  readonly growth: number | undefined;
  /** of the world’s demand, followed where the consumer’s growth is not published; left out: it stands still */
  readonly scenario: string | undefined;
}

/** Remarks on the trade and output read that bear on demand and availability. */
const aboutTonnes = new Set(['partial', 'gross_weight', 'basis_mismatch', 'no_quantity']);

/**
 * Reads what a plan for one mineral and stage needs. Demand is apparent consumption on the basis of the trade
 * (imports + output − exports), or imports where more is sold on than that. Null where trade has no tonnes or value.
 */
export async function stageSupply(
  world: World,
  party: Party,
  of: { readonly mineral: string; readonly stage: string; readonly year: number },
  facts: Facts,
  choices: SupplyChoices,
): Promise<StageSupply | null> {
  const { mineral, stage, year } = of;
  const data = await stageData(world, of);
  const { network, shipments, notes: basis } = networkOf(data, 'quantity', 'gross');
  const values = unitValues(shipments);
  if (!values) return null;
  const notes: Note[] = [];
  const sources = new Set(data.sources);
  const home = new Set(party.members(year));
  const trade = tradeOf(shipments, home);
  const { imports, exports } = trade;
  const output = new Map(data.output.map((r) => [r.country, r.quantity_t!]));
  const own = [...home].reduce((sum, c) => sum + (output.get(c) ?? 0), 0);
  const net = imports + own - exports;
  const stated = facts.demands.find(
    (d) => d.mineral === mineral && d.stage === stage && d.quantity_t !== null && world.data === 'own',
  );
  if (stated) sources.add(stated.source);
  const demand_t = stated?.quantity_t ?? (net > 0 ? net : imports);
  if (!(demand_t > 0)) return null;
  if (!stated && net <= 0)
    notes.push({
      code: 'sold_on',
      text: `${mineral} ${stage}: more is sold on than comes in and is made, so what is bought stands for what is needed`,
    });
  const growth = demandGrowth(
    choices.growth,
    facts.demands,
    mineral,
    stated?.year ?? year,
    choices.scenario === undefined ? undefined : { rows: facts.worldDemands, scenario: choices.scenario },
  );
  if (growth.source) sources.add(growth.source);

  const projects = projectsOf(facts, of);
  if (projects.some) sources.add(world.data === 'own' ? 'project' : 'project_register');

  const traced = network && bornIn(network);
  const origins = (country: string): ReadonlyMap<string, number> =>
    choices.capOn === 'declared' || !traced ? new Map([[country, 1]]) : traced(country);
  const owners = (born: ReadonlyMap<string, number>) =>
    choices.capOn === 'controlled' ? ownedFrom(born, mineral, stage, output, facts) : born;
  const {
    suppliers,
    resellers,
    sources: capacities,
  } = suppliersOf(of, {
    world,
    home,
    trade,
    output,
    projects,
    values,
    costs: choices.costs,
    facts,
    origins,
    owners,
  });
  for (const id of capacities) sources.add(id);
  if (resellers)
    notes.push({
      code: 'resellers',
      value: resellers,
      text: `${mineral} ${stage}: sellers that buy as much as they sell, or are not known to make it, can sell no more than today`,
    });
  if (choices.capOn !== 'declared' && network)
    notes.push({
      code: 'unexplained_origin',
      text: `${mineral} ${stage}: supply that no statistic explains counts as the largest producer’s, so shares may stand above those of the board`,
    });
  if (choices.capOn !== 'declared' && !network)
    notes.push({
      code: 'not_traced',
      text: `${mineral} ${stage}: no output in tonnes, so nothing can be traced; the seller’s country stands for the origin`,
    });
  return {
    mineral,
    stage,
    year,
    demand_t,
    growth,
    suppliers,
    meanUnitValue: values.mean,
    bornIn: traced,
    notes: [
      ...notes,
      // what the tonnes are, and where they do not add
      ...basis
        .filter((n) => aboutTonnes.has(n.code))
        .map((n) => ({ ...n, text: `${mineral} ${stage}: ${n.text}` })),
    ],
    sources,
  };
}
