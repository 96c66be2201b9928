import type { Method } from '../analysis/flows/network.ts';
import { acrossStages, type Path } from '../analysis/flows/stages.ts';
import type { World } from '../store/world.ts';
import { yieldTable } from '../tables/quantities.ts';
import { figure, percent } from './figure.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { Note } from './question.ts';
import type { StageData } from './stage-data.ts';
import { supplyOf, type TracedSupply } from './traced-shares.ts';

export interface Through {
  /** amounts at the earlier stage by where they were born; makers that cannot be followed keep theirs */
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
  readonly total: number;
  /** makers at which the chain stops */
  readonly stopped: readonly string[];
  /** the same by where it was born and who made it, together */
  readonly paths: readonly Path[];
  readonly notes: readonly Note[];
  readonly sources: readonly string[];
}

/**
 * Follows a traced supply on to an earlier stage: each maker's tonnes times its yield, spread over the origins of what
 * that maker consumes at the earlier stage. Where that is unknown the tonnes stay with the maker and are named.
 */
export async function throughStage(
  world: World,
  supply: TracedSupply,
  later: StageData,
  earlier: StageData,
  weight: Weight,
  method: Method,
): Promise<Through> {
  const yields = (await world.load(yieldTable, { mineral: [later.mineral] })).filter(
    (y) => y.from_stage === earlier.stage && y.to_stage === later.stage,
  );
  const everywhere = yields.find((y) => !y.country)?.t_per_t;
  const of = new Map(yields.flatMap((y) => (y.country ? [[y.country, y.t_per_t] as const] : [])));
  const tonnesPerTonne = (maker: string) =>
    // value is followed as value: what a tonne of feed costs is not known maker by maker
    weight === 'value' ? 1 : (of.get(maker) ?? everywhere ?? 1);

  const network = networkOf(earlier, weight, method);
  const staged = acrossStages(
    supply.traced,
    (maker) => supplyOf(network, [maker], supply.traced.size > 1),
    tonnesPerTonne,
    supply.unrecorded,
  );
  const traced = new Map(staged.traced);
  for (const [maker, t] of staged.stopped) traced.set(maker, (traced.get(maker) ?? 0) + t);

  const notes: Note[] = network.notes.map((n) => ({ ...n, text: `${earlier.stage}: ${n.text}` }));
  const stopped = [...staged.stopped].sort((a, b) => b[1] - a[1]);
  if (stopped.length) {
    const share = stopped.reduce((s, [, t]) => s + t, 0) / staged.total;
    notes.push({
      code: 'not_traced_beyond',
      value: share,
      text: `${percent(share)} is not traced beyond ${later.stage}, as nothing is known of what they take in at ${earlier.stage}; kept with the maker: ${stopped.map(([m]) => m).join(', ')}`,
    });
  }
  if (weight === 'quantity') {
    const known = [...supply.traced.keys()].some((m) => of.has(m)) || everywhere !== undefined;
    notes.push({
      code: 'yield',
      value: everywhere ?? null,
      text: known
        ? `t of ${earlier.stage} per t of ${later.stage}, from the table yield; ${everywhere === undefined ? 1 : everywhere} where no country is named`
        : `no yield is known from ${earlier.stage} to ${later.stage}: 1 t per t`,
    });
    notes.push({
      code: `consumption_${earlier.stage}`,
      value: staged.total,
      text: `the same consumption takes ${figure(staged.total)} t at ${earlier.stage}`,
    });
  }
  return {
    traced,
    unrecorded: staged.unrecorded,
    total: staged.total,
    stopped: stopped.map(([m]) => m),
    paths: staged.paths,
    notes,
    sources: [...earlier.sources],
  };
}
