import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { production } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { checkThrough, stagesThrough } from './chain-data.ts';
import { networkOf, type Weight } from './network-of.ts';
import { newestReportedYear } from './preferred-source.ts';
import { checkKnown, namedYears, type namesOf, type Party, yearsOf, yearsToAnswer } from './resolve.ts';
import type { ReadStage } from './stages-read.ts';
import type { TraceableYears } from './traceable-years.ts';

/** What of the parameters decides which traces are made. */
interface Asked {
  readonly for: readonly string[];
  readonly mineral?: readonly string[] | undefined;
  readonly stage?: readonly string[] | undefined;
  readonly year?: readonly string[] | undefined;
  readonly through?: string | undefined;
  readonly weight: Weight;
  readonly method: 'gross' | 'net';
}

export interface Case {
  readonly party: Party;
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
}

/** Every combination asked for; what is left out is everything that has data, and the newest year of it. */
export async function casesOf(
  asked: Asked,
  world: World,
  names: Awaited<ReturnType<typeof namesOf>>,
  dataOf: ReadStage,
  traceable: ReadonlyMap<string, TraceableYears>,
): Promise<Case[]> {
  const wanted = names.minerals(asked.mineral);
  const inStage = asked.stage?.filter((s) => s !== 'all');
  const yearsAsked = yearsOf(asked.year);
  const [codes, outputs] = await Promise.all([
    world.load(hs6Mineral, wanted ? { mineral: wanted } : {}),
    world.load(production, wanted ? { mineral: wanted } : {}),
  ]);
  const known = new Set([...codes, ...outputs].map((r) => r.stage));
  checkKnown('stage', inStage, known);
  checkThrough(asked.through, known);
  const behind = stagesThrough(asked.through);
  const pairs = [...new Set(codes.map((c) => `${c.mineral} ${c.stage}`))]
    .map((p) => p.split(' ') as [string, string])
    .filter(([, s]) => !inStage?.length || inStage.includes(s))
    .filter(([, s]) => !behind.includes(s) || inStage?.includes(s));
  if (!pairs.length)
    throw new UsageError(
      `no customs code holds what is asked for, so there is no trade to follow: "${[...(wanted ?? []), ...(inStage ?? [])].join(' ')}"`,
    );
  const parties = asked.for.some((f) => f.toLowerCase() === 'all')
    ? null
    : asked.for.map((f) => names.party(f));

  const found: { mineral: string; stage: string; year: number; traceable: boolean }[] = [];
  const covered = new Set<number>();
  for (const [mineral, stage] of pairs) {
    const { trade, both } = traceable.get(`${mineral} ${stage}`) ?? { trade: [], both: [] };
    const output = outputs.filter(
      (r) => r.mineral === mineral && r.stage === stage && r.status !== 'projection',
    );
    for (const y of [...trade, ...output.map((r) => r.year)]) covered.add(y);
    const newest = both.at(-1) ?? trade.at(-1) ?? newestReportedYear(output) ?? output.at(-1)?.year;
    for (const year of yearsToAnswer(yearsAsked, newest, () => both))
      found.push({ mineral, stage, year, traceable: both.includes(year) });
  }
  // what was asked for by name is answered even if the answer is why there is none
  const named = wanted !== undefined && !!inStage?.length;
  const worth = found.filter((f) => f.traceable);
  const cases: Case[] = [];
  for (const { mineral, stage, year } of named || !worth.length ? found : worth) {
    const all = async () => {
      const data = await dataOf(mineral, stage, year);
      return networkOf(data, asked.weight, asked.method).network?.countries ?? [];
    };
    for (const party of parties ?? (await all()).map((c) => names.party(c)))
      cases.push({ party, mineral, stage, year });
  }
  const yearsNamed = namedYears(yearsAsked);
  if (yearsNamed && !yearsNamed.some((y) => covered.has(y)))
    checkKnown('year', [String(yearsNamed[0])], new Set([...covered].sort((a, b) => a - b).map(String)));
  if (!cases.length)
    throw new UsageError(`no trade to follow for: "${pairs.map((p) => p.join(' ')).join(', ')}"`);
  return cases;
}
