import { limitsExports } from '../../analysis/policy/register-kinds.ts';
import { restrictionOn } from '../../analysis/policy/status-on.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { ownership, project, restriction } from '../../tables/policy.ts';
import { capacity, demand, production } from '../../tables/quantities.ts';
import { bloc, distance, governance } from '../../tables/world.ts';
import type { Party } from '../resolve.ts';

export type Facts = Awaited<ReturnType<typeof supplyFacts>>;

export const listed = (text: string | null): string[] => (text ? text.split(';').map((t) => t.trim()) : []);

/** What is the same for every mineral and stage, read once. */
export async function supplyFacts(world: World, party: Party, partners: ReadonlySet<string> = new Set()) {
  const [wgi, capacities, projects, limits, holdings, blocs, demands, worldDemands, output, there, back] =
    await Promise.all([
      world.load(governance),
      world.load(capacity),
      world.load(project),
      world.load(restriction),
      world.load(ownership),
      world.load(bloc),
      world.load(demand, { country: [party.id] }),
      world.load(demand, { country: ['WLD'] }),
      world.load(production),
      party.isBloc ? [] : world.load(distance, { country: [party.id] }),
      party.isBloc ? [] : world.load(distance, { other_country: [party.id] }),
    ]);
  const km = new Map<string, number>();
  for (const d of back) if (d.distance_km !== null) km.set(d.country, d.distance_km);
  for (const d of there) if (d.distance_km !== null) km.set(d.other_country, d.distance_km);

  // mean of the dimensions in each country's newest year
  const newest = new Map<string, { year: number; sum: number; count: number }>();
  for (const g of wgi) {
    if (g.estimate === null) continue;
    const before = newest.get(g.country);
    if (!before || g.year > before.year) newest.set(g.country, { year: g.year, sum: g.estimate, count: 1 });
    else if (g.year === before.year) {
      before.sum += g.estimate;
      before.count++;
    }
  }
  const riskOf = (country: string): number | null => {
    const g = newest.get(country);
    return g ? Math.min(1, Math.max(0, (2.5 - g.sum / g.count) / 5)) : null;
  };

  const now = Number(world.now.slice(0, 4));
  const blocsBy = groupBy(
    blocs.filter((b) => (b.from_year ?? -Infinity) <= now && now <= (b.to_year ?? Infinity)),
    (b) => b.country,
  );
  const blocsOf = (country: string) => (blocsBy.get(country) ?? []).map((b) => b.bloc);
  const ours = new Set([party.id, ...blocsOf(party.id)]);
  const inForce = limits.filter(
    (r) =>
      limitsExports(r.measure) &&
      restrictionOn(r, world.now) === 'in_force' &&
      (!r.target || listed(r.target).some((t) => ours.has(t))),
  );

  const makers = new Map<string, Set<string>>();
  for (const r of output) {
    if (r.country === 'WLD' || r.country === 'OTH' || r.status === 'projection') continue;
    const at = `${r.mineral} ${r.stage}`;
    const named = makers.get(at) ?? new Set();
    makers.set(at, named);
    // a country named without a figure (withheld) makes it
    if ((r.quantity_t ?? r.share ?? (r.status === 'withheld' ? 1 : 0)) > 0) named.add(r.country);
  }

  return {
    /** who any source names as making a mineral at a stage, in any year; null where no source names anybody */
    makersOf: (mineral: string, stage: string): ReadonlySet<string> | null => {
      const named = makers.get(`${mineral} ${stage}`);
      return named?.size ? named : null;
    },
    /** countries asked about by name, which count as suppliers even if they sell nothing today */
    partners,
    km,
    risk: riskOf,
    demands,
    /** demand of the world, by scenario */
    worldDemands,
    holdings,
    projects,
    blocsOf,
    ours,
    /** capacity of a country, newest year, t */
    capacityOf: (country: string, mineral: string, stage: string) => {
      const rows = capacities.filter(
        (r) => r.country === country && r.mineral === mineral && r.stage === stage && r.quantity_t !== null,
      );
      return rows.sort((a, b) => b.year - a.year)[0] ?? null;
    },
    /** a restriction that holds today on what the party buys */
    restrictionsOf: (country: string, mineral: string, stage: string) =>
      inForce.filter(
        (r) =>
          (r.country === country || blocsOf(country).includes(r.country)) &&
          listed(r.minerals).includes(mineral) &&
          (!r.stage || listed(r.stage).includes(stage)),
      ),
  };
}
