import { chance } from '../../analysis/policy/probability.ts';
import type { Room } from '../../analysis/sourcing/available.ts';
import {
  type CostAssumptions,
  type LandedCost,
  landedCost,
  unitValues,
} from '../../analysis/sourcing/landed-cost.ts';
import type { CapOn } from '../../analysis/sourcing/problem.ts';
import type { World } from '../../store/world.ts';
import { demandGrowth, type Growth } from '../demand-growth.ts';
import { networkOf, stageData } from '../network-of.ts';
import type { Note } from '../question.ts';
import type { Party } from '../resolve.ts';
import { bornIn } from './born-in.ts';
import { ownedFrom } from './owned-from.ts';
import { type Facts, listed } from './supply-facts.ts';

/** One who could supply, as known today. */
export interface Supplier {
  readonly country: string;
  readonly kind: 'import' | 'domestic' | 'recycled';
  readonly supplier: string;
  readonly room: Room;
  /** its output at the stage, t; null = no figure */
  readonly output_t: number | null;
  /** expected output, t, of projects that come by a year of the plan, but for one project if named */
  readonly comingBy: (year: number, without?: string) => number;
  readonly cost: LandedCost;
  readonly origins: ReadonlyMap<string, number>;
  readonly owners: ReadonlyMap<string, number>;
  /** sells too little to be asked, unless an agreement opens what it has */
  readonly closed: boolean;
}

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

/** Suppliers of less than this part of the world's exports, from which nothing is bought today, are left out. */
const worthAsking = 1e-4;

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
  const current = new Map<string, number>();
  const toOthers = new Map<string, number>();
  const bought = new Map<string, number>();
  let imports = 0;
  let exports = 0;
  let world_t = 0;
  for (const s of shipments) {
    const t = s.quantity_t ?? 0;
    world_t += t;
    bought.set(s.importer, (bought.get(s.importer) ?? 0) + t);
    if (home.has(s.exporter) && home.has(s.importer)) continue;
    if (home.has(s.importer)) {
      imports += t;
      current.set(s.exporter, (current.get(s.exporter) ?? 0) + t);
    } else if (home.has(s.exporter)) exports += t;
    else toOthers.set(s.exporter, (toOthers.get(s.exporter) ?? 0) + t);
  }
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

  const ours = facts.projects.filter(
    (p) => p.mineral === mineral && p.stage === stage && p.quantity_t !== null,
  );
  const promised = (to: string | null) => to !== null && !listed(to).some((t) => facts.ours.has(t));
  const coming = (country: string, recycled: boolean) => (by: number, without?: string) =>
    ours.reduce(
      (sum, p) =>
        p.project !== without &&
        p.country === country &&
        p.recycled === recycled &&
        !promised(p.committed_to) &&
        p.start_year !== null &&
        p.start_year <= by &&
        // what ran before the year of the output is in it already; recycled output is in no statistic of output
        (recycled || p.start_year > year)
          ? sum + p.quantity_t! * chance(p, 'expected')
          : sum,
      0,
    );
  if (ours.length) sources.add(world.data === 'own' ? 'project' : 'project_register');

  const traced = network && bornIn(network);
  const origins = (country: string): ReadonlyMap<string, number> =>
    choices.capOn === 'declared' || !traced ? new Map([[country, 1]]) : traced(country);
  const owners = (born: ReadonlyMap<string, number>) =>
    choices.capOn === 'controlled' ? ownedFrom(born, mineral, stage, output, facts) : born;
  const suppliers: Supplier[] = [];
  // whoever were really cheaper than the largest supplier would be bought from already
  const [largest] = [...current].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const leastValue = largest ? values.of(largest[0]) : 0;
  const unitValueOf = (country: string) => Math.max(leastValue, values.of(country));
  const candidates = new Set([
    ...current.keys(),
    ...toOthers.keys(),
    ...ours.map((p) => p.country),
    ...(facts.partners.size ? [...output.keys()].filter((c) => facts.partners.has(c)) : []),
  ]);
  // more can be had only of whoever makes it and sells more than it buys: the rest resell what others make
  const makers = facts.makersOf(mineral, stage);
  const resellers: string[] = [];
  const beyondToday = (country: string): number => {
    const sold = toOthers.get(country) ?? 0;
    const net = sold + (current.get(country) ?? 0) - (bought.get(country) ?? 0);
    if (world.data === 'own') return sold;
    if (sold > 0 && (net <= 0 || (makers && !makers.has(country)))) resellers.push(country);
    return makers && !makers.has(country) ? 0 : Math.max(0, Math.min(sold, net));
  };
  for (const country of [...candidates].sort()) {
    if (home.has(country)) continue;
    const current_t = current.get(country) ?? 0;
    const others = beyondToday(country);
    const comingBy = coming(country, false);
    const closed = current_t === 0 && others < worthAsking * world_t && comingBy(2100) === 0;
    if (closed && !facts.partners.has(country)) continue;
    const capacity = facts.capacityOf(country, mineral, stage);
    const made = output.get(country);
    const born = origins(country);
    if (capacity) sources.add(capacity.source);
    suppliers.push({
      country,
      kind: 'import',
      supplier: country,
      output_t: made ?? null,
      room: {
        current_t,
        toOthers_t: others,
        spare_t: capacity && made !== undefined ? Math.max(0, capacity.quantity_t! - made) : null,
        coming_t: 0,
        restricted: facts.restrictionsOf(country, mineral, stage).length > 0,
      },
      comingBy,
      cost: landedCost(
        unitValueOf(country),
        facts.km.get(country) ?? null,
        facts.risk(country),
        choices.costs,
      ),
      origins: born,
      owners: owners(born),
      closed,
    });
  }
  for (const country of [...home].sort())
    for (const kind of ['domestic', 'recycled'] as const) {
      const comingBy = coming(country, kind === 'recycled');
      const made = kind === 'domestic' ? (output.get(country) ?? 0) : 0;
      if (made + comingBy(2100) <= 0) continue;
      const born = new Map([[country, 1]]);
      suppliers.push({
        country,
        kind,
        supplier: `${country} ${kind}`,
        output_t: made,
        room: { current_t: made, toOthers_t: 0, spare_t: null, coming_t: 0, restricted: false },
        comingBy,
        cost: landedCost(Math.max(leastValue, values.mean), 0, null, choices.costs),
        origins: born,
        owners: born,
        closed: false,
      });
    }
  if (resellers.length)
    notes.push({
      code: 'resellers',
      value: resellers.length,
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
