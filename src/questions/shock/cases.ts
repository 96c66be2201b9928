import type { World } from '../../store/world.ts';
import { production } from '../../tables/quantities.ts';
import { traceableYears } from '../network-of.ts';
import { newestReportedYear } from '../preferred-source.ts';
import { type AskedYears, checkKnown, namedYears, yearsToAnswer } from '../resolve.ts';
import type { StagedShock } from './laid-on.ts';

/** One run: a mineral at a stage in a year. */
export interface ShockCase {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
}

/**
 * The runs that a question asks for. Stages left out: those that every shock on the mineral names; else those with trade
 * and output; where there is none, those with output alone and those with trade alone. Year left out: the newest with
 * both, else the newest of what there is; all: every year with both, else of what there is.
 */
export async function shockCases(
  world: World,
  minerals: readonly string[] | undefined,
  stages: readonly string[] | undefined,
  years: AskedYears,
  shocks: readonly StagedShock[] = [],
): Promise<ShockCase[]> {
  const [traceable, outputs] = await Promise.all([
    traceableYears(world, minerals),
    world.load(production, minerals ? { mineral: minerals } : {}),
  ]);
  const withTonnes = outputs.filter((r) => r.quantity_t !== null && r.status !== 'projection');
  const inStage = stages?.filter((s) => s !== 'all');
  const known = new Set([
    ...withTonnes.map((r) => r.stage),
    ...[...traceable.keys()].map((k) => k.split(' ')[1]!),
  ]);
  checkKnown('stage', inStage, known);
  const named = namedYears(years);
  if (named)
    checkKnown(
      'year',
      named.map(String),
      new Set(
        [...withTonnes.map((r) => r.year), ...[...traceable.values()].flatMap((t) => t.trade)].map(String),
      ),
    );

  const cases: ShockCase[] = [];
  const ids = minerals ?? [...new Set([...traceable.keys()].map((k) => k.split(' ')[0]!))].sort();
  for (const mineral of ids) {
    const output = withTonnes.filter((r) => r.mineral === mineral);
    const at = (stage: string) => traceable.get(`${mineral} ${stage}`) ?? { trade: [], both: [] };
    const traced = [...known].filter((s) => at(s).both.length > 0);
    const some = [...known].filter((s) => at(s).trade.length > 0 || output.some((r) => r.stage === s));
    const wanted = inStage?.length
      ? inStage
      : (stagesStruck(shocks, mineral) ?? (traced.length ? traced : some).sort());
    for (const stage of wanted) {
      const newest =
        at(stage).both.at(-1) ??
        newestReportedYear(output.filter((r) => r.stage === stage)) ??
        at(stage).trade.at(-1) ??
        null;
      const every = () =>
        [at(stage).both, output.flatMap((r) => (r.stage === stage ? [r.year] : [])), at(stage).trade].find(
          (y) => y.length,
        ) ?? [];
      for (const year of yearsToAnswer(years, newest, every)) cases.push({ mineral, stage, year });
    }
  }
  return cases;
}

/** Stages that the shocks on a mineral name; null where one of them strikes every stage, or none strikes it. */
function stagesStruck(shocks: readonly StagedShock[], mineral: string): string[] | null {
  const on = shocks.filter((s) => s.mineral === undefined || s.mineral === mineral);
  const named = on.flatMap((s) => s.stage ?? []);
  return on.length && named.length === on.length ? [...new Set(named)].sort() : null;
}
