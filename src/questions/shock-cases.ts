import type { World } from '../store/world.ts';
import { production } from '../tables/quantities.ts';
import { traceableYears } from './network-of.ts';
import { newestReportedYear } from './preferred-source.ts';
import { checkKnown } from './resolve.ts';

/** One run: a mineral at a stage in a year. */
export interface ShockCase {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
}

/**
 * The runs that a question asks for. Stages left out: those with trade and output; where there is none, those with
 * output alone. Year left out: the newest with both, else the newest reported.
 */
export async function shockCases(
  world: World,
  minerals: readonly string[] | undefined,
  stages: readonly string[] | undefined,
  years: readonly number[] | undefined,
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
  if (years) checkKnown('year', years.map(String), new Set(withTonnes.map((r) => String(r.year))));

  const cases: ShockCase[] = [];
  const ids = minerals ?? [...new Set([...traceable.keys()].map((k) => k.split(' ')[0]!))].sort();
  for (const mineral of ids) {
    const output = withTonnes.filter((r) => r.mineral === mineral);
    const bothOf = (stage: string) => traceable.get(`${mineral} ${stage}`)?.both ?? [];
    const traced = [...known].filter((s) => bothOf(s).length > 0).sort();
    const made = [...new Set(output.map((r) => r.stage))].sort();
    const wanted = inStage?.length ? inStage : traced.length ? traced : made;
    for (const stage of wanted) {
      const newest = bothOf(stage).at(-1) ?? newestReportedYear(output.filter((r) => r.stage === stage));
      for (const year of years ?? (newest === null ? [] : [newest])) cases.push({ mineral, stage, year });
    }
  }
  return cases;
}
