import type { Claim } from '../../reading/claim.ts';
import { type Judgement, notChecked } from '../../reading/verdict/judge.ts';
import { holds, howOff } from '../../reading/verdict/tolerance.ts';
import type { CriticalList } from '../../tables/policy.ts';

export interface MineralList {
  readonly id: string;
  readonly name: string;
  readonly year: number | null;
  readonly members: ReadonlySet<string>;
}

/** The lists of a jurisdiction with their members, newest first. Only rows with status critical are members. */
export function listsOf(jurisdiction: string | null, rows: readonly CriticalList[]): MineralList[] {
  const lists = new Map<string, { id: string; name: string; year: number | null; members: Set<string> }>();
  for (const r of rows) {
    if (r.jurisdiction !== jurisdiction || r.status !== 'critical') continue;
    const list = lists.get(r.list) ?? {
      id: r.list,
      name: r.list_name ?? r.list,
      year: r.year,
      members: new Set(),
    };
    list.members.add(r.mineral);
    lists.set(r.list, list);
  }
  return [...lists.values()].sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || b.members.size - a.members.size);
}

/** Lists beside a jurisdiction's main one: strategic, growth, core. */
const special = /strategic|growth|core/;
const kindOf = (list: MineralList): string => special.exec(list.id)?.[0] ?? 'main';

/** The list a claim means: by year where one is named, strategic or not as it says, then by the number claimed. */
export function listMeant(
  claim: Claim,
  lists: readonly MineralList[],
  size: number | null,
): MineralList | null {
  const said = /\b(strategic|growth|core) (raw )?(materials?|minerals?)\b/i
    .exec(claim.text)?.[1]
    ?.toLowerCase();
  const wanted =
    claim.detail.strategic === true ? 'strategic' : claim.detail.strategic === false || !said ? 'main' : said;
  const kind = lists.filter((l) => kindOf(l) === wanted);
  const fitting = kind.length > 0 ? kind : lists;
  const dated =
    claim.years.length > 0 ? fitting.filter((l) => l.year !== null && claim.years.includes(l.year)) : [];
  const among = dated.length > 0 ? dated : fitting;
  if (size === null) return among[0] ?? null;
  return (
    [...among].sort((a, b) => Math.abs(a.members.size - size) - Math.abs(b.members.size - size))[0] ?? null
  );
}

/** How many minerals a list has. An older list of that size makes the claim outdated. */
export function judgeListSize(claim: Claim, lists: readonly MineralList[], source: string): Judgement {
  const claimed = claim.claimed!;
  if (lists.length === 0) return notChecked('not_in_data', 'no list of this jurisdiction is on record here');
  const newest = listMeant(claim, lists, null)!;
  const near = listMeant(claim, lists, claimed.low)!;
  const result = (list: MineralList, verdict: Judgement['verdict'], more = ''): Judgement => ({
    verdict,
    found: list.members.size,
    found_year: list.year,
    stage: null,
    why: `${list.name} has ${list.members.size} members${more}`,
    sources: [source],
  });
  const ok = (list: MineralList) => holds(claimed, list.members.size) !== claim.negated;
  if (ok(newest)) return result(newest, 'supported');
  if (ok(near)) {
    if (near.year !== null && newest.year !== null && near.year < newest.year && claim.years.length === 0)
      return result(near, 'outdated', `; ${newest.name} has ${newest.members.size}`);
    return result(near, 'supported');
  }
  return result(newest, claim.negated ? 'contradicted' : howOff(claimed, newest.members.size));
}

/** Whether a mineral is on a list; a group counts where its members or the group itself are listed. */
export function judgeMembership(
  claim: Claim,
  lists: readonly MineralList[],
  groupOf: (mineral: string) => string | null,
  source: string,
): Judgement {
  const list = listMeant(claim, lists, null);
  if (!list) return notChecked('not_in_data', 'no list of this jurisdiction is on record here');
  const on = (l: MineralList) =>
    l.members.has(claim.mineral!) ||
    l.members.has(groupOf(claim.mineral!) ?? '-') ||
    [...l.members].some((m) => groupOf(m) === claim.mineral);
  const agrees = on(list) !== claim.negated;
  const earlier = agrees
    ? undefined
    : lists.find((l) => l !== list && (l.year ?? 0) < (list.year ?? 0) && on(l) !== claim.negated);
  const shown = agrees ? list : (earlier ?? list);
  return {
    verdict: agrees ? 'supported' : earlier && claim.years.length === 0 ? 'outdated' : 'contradicted',
    found: on(shown) ? 1 : 0,
    found_year: shown.year,
    stage: null,
    why: `${claim.mineral} is ${on(list) ? '' : 'not '}on ${list.name}${earlier ? `; it was ${on(earlier) ? '' : 'not '}on ${earlier.name}` : ''}`,
    sources: [source],
  };
}
