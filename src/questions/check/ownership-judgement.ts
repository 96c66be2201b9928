import type { Claim } from '../../reading/claim.ts';
import { type Finding, type Judgement, judge, notChecked } from '../../reading/verdict/judge.ts';
import type { Ownership } from '../../tables/policy.ts';

/**
 * Who owns assets in a country: with a share claimed, the owners' part of the recorded output of the assets there
 * (Σ equity × output / Σ output over equity rows), else whether any holding is on record.
 */
export function judgeOwnership(
  claim: Claim,
  rows: readonly Ownership[],
  groupOf: (mineral: string) => string | null,
  register: string,
  words: (f: Finding) => string,
): Judgement {
  const there = rows.filter(
    (r) =>
      r.country === claim.country && (r.mineral === claim.mineral || groupOf(r.mineral) === claim.mineral),
  );
  const held = there.filter(
    (r) => r.owner_country === claim.other && (r.equity_share === null || r.equity_share > 0),
  );
  const names = [
    ...new Set(held.map((r) => `${r.asset} (${r.owner}${r.channel === 'equity' ? '' : `, ${r.channel}`})`)),
  ];
  if (claim.claimed !== null) {
    // a published figure for all assets of the country comes before the sum over those on record
    const whole = held.find(
      (r) => r.aggregate && r.equity_share !== null && (claim.stage === null || r.stage === claim.stage),
    );
    if (whole)
      return judge(
        { ...claim, years: [] },
        [
          {
            year: whole.as_of ? Number(whole.as_of.slice(0, 4)) : 0,
            value: whole.equity_share,
            stage: null,
            source: register,
            of: `share held of ${whole.asset[0]!.toLowerCase()}${whole.asset.slice(1)}`,
          },
        ],
        words,
      );
    const equity = there.filter((r) => r.channel === 'equity' && r.equity_share !== null && !r.aggregate);
    const withOutput = equity.filter((r) => r.output_t !== null);
    const from = withOutput.length > 0 ? withOutput : equity;
    const size = (r: Ownership) => r.equity_share! * (withOutput.length > 0 ? r.output_t! : 1);
    const total = from.reduce((sum, r) => sum + size(r), 0);
    if (total <= 0) return notChecked('not_in_data', 'no owners of such assets are on record here');
    const years = from.flatMap((r) => (r.as_of ? [Number(r.as_of.slice(0, 4))] : []));
    return judge(
      { ...claim, years: [] },
      [
        {
          year: years.length > 0 ? Math.max(...years) : 0,
          value:
            from.filter((r) => r.owner_country === claim.other).reduce((sum, r) => sum + size(r), 0) / total,
          stage: null,
          source: register,
          of: `equity share in ${withOutput.length > 0 ? 'the recorded output' : 'the number'} of ${new Set(from.map((r) => r.asset)).size} assets`,
        },
      ],
      words,
    );
  }
  if (held.length === 0)
    return notChecked(
      'not_in_data',
      there.length === 0
        ? 'no owners of such assets are on record here'
        : 'no such holding is on record here, which does not show that there is none',
    );
  const newest =
    held
      .map((r) => r.as_of)
      .filter((d): d is string => d !== null)
      .sort()
      .at(-1) ?? null;
  return {
    verdict: claim.negated ? 'contradicted' : 'supported',
    found: names.length,
    found_year: newest ? Number(newest.slice(0, 4)) : null,
    stage: held[0]!.stage,
    why: `on record: ${names.slice(0, 4).join('; ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`,
    sources: [register],
  };
}
