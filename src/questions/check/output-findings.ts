import { concentration } from '../../analysis/concentration/concentration.ts';
import type { Claim } from '../../reading/claim.ts';
import type { Finding } from '../../reading/verdict/judge.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { Production, Reserves } from '../../tables/quantities.ts';
import { bySourcePrecedence } from '../preferred-source.ts';

/** A row of `production` or `reserves`; reserves have no shares and no periods of their own. */
export type OutputRow = Production | (Reserves & { readonly share: null; readonly period: null });

/** Stages that `produces`, `supplies`, `mines` may mean where the words leave it open, in this order. */
const openStages = ['mine', 'refine', 'compound', 'product'];

/**
 * Which stages a claim is judged on: the stage named; where nothing is published at it, the one that stands for it
 * (metals won as by-products have no mine output; statistics of refining cover chemicals too). None named: mine and
 * refine, others only where there is neither.
 */
export function stagesFor(named: string | null, published: ReadonlySet<string>): readonly string[] {
  if (named === null) {
    const main = openStages.slice(0, 2).filter((s) => published.has(s));
    return main.length > 0 ? main : openStages.filter((s) => published.has(s));
  }
  if (published.has(named)) return [named];
  const substitute = { mine: 'refine', compound: 'refine', refine: 'compound' }[named];
  return substitute !== undefined && published.has(substitute) ? [substitute] : [];
}

const stageNames: Readonly<Record<string, string>> = {
  mine: 'mine production',
  refine: 'refined production',
  compound: 'production of compounds',
  product: 'production of products',
};

/**
 * What tables of output (or of reserves) say of a claim's country: one finding per stage, year and source, the source
 * that decides first. A country that a table does not name has the rest of the world as its upper bound.
 */
export function outputFindings(
  claim: Claim,
  rows: readonly OutputRow[],
  what: 'production' | 'reserves',
  inRegion: (country: string, region: string) => boolean = () => true,
): Finding[] {
  const usable = rows.filter((r) => r.status !== 'projection');
  const stages = stagesFor(claim.stage, new Set(usable.map((r) => r.stage)));
  const findings: Finding[] = [];
  for (const stage of stages) {
    const years = [
      ...groupBy(
        usable.filter((r) => r.stage === stage),
        (r) => r.year,
      ),
    ].sort(([a], [b]) => b - a);
    for (const [year, ofYear] of years)
      for (const [source, table] of [...groupBy(ofYear, (r) => r.source)].sort(([a], [b]) =>
        bySourcePrecedence(a, b),
      ))
        findings.push(findingOf(claim, table, stage, year, source, what, inRegion));
  }
  return findings;
}

function findingOf(
  claim: Claim,
  table: readonly OutputRow[],
  stage: string,
  year: number,
  source: string,
  what: 'production' | 'reserves',
  inRegion: (country: string, region: string) => boolean,
): Finding {
  const result = concentration(table);
  const first = table[0]!;
  const wanted = [claim.country, ...claim.together];
  const own = result.breakdown.filter((p) => wanted.includes(p.country));
  const outside = result.breakdown.filter((p) => claim.without.includes(p.country));
  const noun = what === 'reserves' ? 'reserves' : (stageNames[stage] ?? stage);
  const base = {
    year,
    stage,
    source,
    of: `share of world ${noun}`,
    estimated:
      own.some((p) => p.status === 'estimated') || (own.length === 0 && first.status === 'estimated'),
    period: first.period,
  };
  const unit = claim.claimed?.unit;
  // somebody withheld may be anybody: such a table cannot bound who is not named
  const rest =
    result.coverage === null || result.missing.length > 0 ? null : Math.max(0, 1 - result.coverage);
  if (unit === 'rank') {
    const place = own[0];
    const named = result.countries;
    const of = `rank in world ${noun}`;
    if (place === undefined)
      return { ...base, of, value: null, ranked: result.missing.length > 0 ? -1 : named };
    if (place.rank === null) return { ...base, of, value: null };
    const region = claim.detail.region as string | undefined;
    const ahead = result.breakdown.filter(
      (p) =>
        p.rank !== null &&
        p.rank < place.rank! &&
        !claim.without.includes(p.country) &&
        (region === undefined || inRegion(p.country, region)),
    ).length;
    const among = [
      region && ` in ${region}`,
      claim.without.length > 0 && ` without ${claim.without.join(', ')}`,
    ];
    return { ...base, of: `${of}${among.filter(Boolean).join('')}`, value: ahead + 1 };
  }
  if (unit === 't') {
    const world = claim.country === null;
    const tonnes = world
      ? result.total_t
      : own.length === 0 || own.some((p) => p.quantity_t === null)
        ? null
        : own.reduce((sum, p) => sum + p.quantity_t!, 0);
    return {
      ...base,
      of: `${world ? 'world ' : ''}${noun}, t`,
      value: tonnes,
      atMost: own.length === 0 && !world ? rest : null,
    };
  }
  if (own.some((p) => p.share === null)) return { ...base, value: null };
  const left = 1 - outside.reduce((sum, p) => sum + (p.share ?? 0), 0);
  if (own.length === 0) return { ...base, value: null, atMost: rest };
  const share = own.reduce((sum, p) => sum + p.share!, 0);
  return { ...base, value: claim.without.length > 0 && left > 0 ? share / left : share };
}
