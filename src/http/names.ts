import type { World } from '../store/world.ts';
import { agreement, criticalList, target } from '../tables/policy.ts';
import { production } from '../tables/quantities.ts';
import { bloc, country, hs6Mineral, mineral } from '../tables/world.ts';

/** What ids are called in the data in use, for pages that let people choose among them. */
export interface Names {
  /** by ISO3 code; blocs too */
  readonly countries: Readonly<Record<string, string>>;
  /** those of them that are blocs: importers, but no producers or partners */
  readonly blocs: readonly string[];
  readonly minerals: readonly {
    readonly id: string;
    readonly name: string;
    readonly symbol: string | null;
    /** stages with output or a customs code */
    readonly stages: readonly string[];
  }[];
  readonly lists: readonly { readonly id: string; readonly name: string; readonly of: string | null }[];
  readonly agreements: readonly {
    readonly id: string;
    readonly title: string;
    readonly date: string | null;
    /** every side: countries, blocs, or another forum */
    readonly parties: readonly string[];
  }[];
  /** published rules, and whose they are */
  readonly targets: readonly {
    readonly id: string;
    readonly of: string;
    readonly metric: string | null;
    readonly scope: string | null;
  }[];
}

const stageOrder = ['mine', 'intermediate', 'refine', 'compound', 'product', 'scrap'];
const placeOf = (stage: string) =>
  (stageOrder.indexOf(stage) + stageOrder.length + 1) % (stageOrder.length + 1);

export async function namesOf(world: World): Promise<Names> {
  const [countries, blocs, minerals, codes, output, lists, agreements, targets] = await Promise.all([
    world.load(country),
    world.load(bloc),
    world.load(mineral),
    world.load(hs6Mineral),
    world.load(production),
    world.load(criticalList),
    world.load(agreement),
    world.load(target),
  ]);
  const stages = new Map<string, Set<string>>();
  for (const row of [...codes, ...output])
    stages.set(row.mineral, (stages.get(row.mineral) ?? new Set()).add(row.stage));
  const listed = new Map(lists.map((l) => [l.list, { name: l.list_name ?? l.list, of: l.jurisdiction }]));
  return {
    countries: Object.fromEntries([
      ...countries.map((c) => [c.country, c.name] as const),
      ...blocs.flatMap((b) => (b.name ? [[b.bloc, b.name] as const] : [])),
    ]),
    blocs: [...new Set(blocs.filter((b) => b.name).map((b) => b.bloc))].sort(),
    minerals: minerals.map((m) => ({
      id: m.mineral,
      name: m.name,
      symbol: m.symbol,
      stages: [...(stages.get(m.mineral) ?? [])].sort((a, b) => placeOf(a) - placeOf(b)),
    })),
    lists: [...listed].map(([id, l]) => ({ id, ...l })),
    agreements: agreements.map((a) => ({
      id: a.agreement,
      title: a.title ?? a.agreement,
      date: a.date,
      parties: [a.party, ...a.partner.split(';')],
    })),
    targets: targets.map((t) => ({ id: t.target, of: t.jurisdiction, metric: t.metric, scope: t.scope })),
  };
}
