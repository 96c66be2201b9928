import { ranks } from '../../analysis/concentration/shares.ts';
import type { Claim } from '../../reading/claim.ts';
import type { Finding } from '../../reading/verdict/judge.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { EuSupplyShare, Salient } from '../../tables/policy.ts';
import type { SeriesCoverage, TradeFlow } from '../../tables/quantities.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import { chooseFlows, hidesMineral } from '../trade-rows.ts';

export interface Trade {
  readonly codes: readonly Hs6Mineral[];
  readonly flows: readonly TradeFlow[];
  readonly coverage: readonly SeriesCoverage[];
  /** members of a bloc in a year, or the country itself */
  readonly members: (party: string, year: number) => readonly string[];
}

/**
 * Shares and ranks in trade by customs code: in the world's exports, or in somebody's imports (of origin first, then of
 * dispatch; by value first, then by weight). Cut series are used only where a code has no complete year.
 */
export function tradeFindings(claim: Claim, trade: Trade): Finding[] {
  const codes = trade.codes.filter(
    (c) =>
      c.mineral === claim.mineral &&
      (claim.stage === null ? c.stage !== 'product' : c.stage === claim.stage) &&
      !hidesMineral(c, trade.codes),
  );
  const found: Finding[] = [];
  for (const code of codes) {
    const own = trade.flows.filter((f) => f.hs6 === code.hs6);
    for (const basis of ['origin', 'dispatch'] as const) {
      if (basis === 'dispatch' && claim.measure !== 'imports') continue;
      const ofBasis = own.filter((f) => (f.basis === 'dispatch') === (basis === 'dispatch'));
      for (const [year, rows] of [...groupBy(ofBasis, (f) => f.year)].sort(([a], [b]) => b - a)) {
        const { flows } = chooseFlows(rows, basis);
        const source = flows[0]?.source;
        if (source === undefined) continue;
        const cut = trade.coverage.some(
          (c) => c.source === source && c.hs6 === code.hs6 && c.year === year && c.complete === false,
        );
        const months = flows[0]!.period;
        for (const by of ['value', 'weight'] as const) {
          const finding = ofFlows(claim, trade, flows, year, by);
          if (finding === null) continue;
          const whose = claim.measure === 'imports' ? `imports of ${claim.other}` : 'world exports';
          found.push({
            ...finding,
            year,
            stage: code.stage,
            series: `${code.hs6} ${basis} ${by}${cut ? ' cut' : ''}`,
            source,
            of: `${claim.claimed?.unit === 'rank' ? 'rank in' : 'share of'} ${whose}, HS ${code.hs6}${basis === 'dispatch' ? ' by country of dispatch' : ''} by ${by}${cut ? ' (largest flows only)' : ''}`,
            ...(months ? { period: months } : {}),
          });
        }
      }
    }
  }
  const whole = found.filter((f) => !f.series!.endsWith(' cut'));
  const first = (f: Finding) =>
    (f.series!.includes('dispatch') ? 2 : 0) + (f.series!.includes('weight') ? 1 : 0);
  return (whole.length > 0 ? whole : found).sort((a, b) => first(a) - first(b));
}

function ofFlows(
  claim: Claim,
  trade: Trade,
  flows: readonly TradeFlow[],
  year: number,
  by: 'value' | 'weight',
): Pick<Finding, 'value' | 'ranked'> | null {
  const inside = claim.measure === 'imports' ? new Set(trade.members(claim.other!, year)) : null;
  const counted = inside ? flows.filter((f) => inside.has(f.importer) && !inside.has(f.exporter)) : flows;
  const sizes = new Map<string, number>();
  for (const f of counted) {
    const size = by === 'value' ? f.value_usd : f.quantity_t;
    if (size !== null) sizes.set(f.exporter, (sizes.get(f.exporter) ?? 0) + size);
  }
  const total = [...sizes.values()].reduce((a, b) => a + b, 0);
  if (total <= 0) return null;
  const wanted = [claim.country, ...claim.together].filter((c): c is string => c !== null);
  const members = wanted.flatMap((c) => trade.members(c, year));
  const own = members.reduce((sum, c) => sum + (sizes.get(c) ?? 0), 0);
  if (claim.claimed?.unit === 'rank') {
    const left = [...sizes].filter(([c]) => !claim.without.includes(c));
    const at = left.findIndex(([c]) => c === claim.country);
    const rank = ranks(left.map(([, size]) => size))[at] ?? null;
    return at < 0 ? { value: null, ranked: left.length } : { value: rank };
  }
  // tonnes are claimed, or none at all; value is no tonnes
  if (claim.claimed?.unit === 't') return by === 'weight' ? { value: own } : null;
  const left = total - claim.without.reduce((sum, c) => sum + (sizes.get(c) ?? 0), 0);
  return { value: left > 0 ? own / left : null };
}

/** Published import sources that are not customs rows: the EU study's sourcing shares and the US survey's. */
export function publishedSourcing(
  claim: Claim,
  eu: readonly EuSupplyShare[],
  salient: readonly Salient[],
): Finding[] {
  const found: Finding[] = [];
  if (claim.claimed?.unit !== 'share' || claim.country === null) return found;
  if (claim.other === 'EUU')
    for (const r of eu)
      if (
        r.scope === 'eu' &&
        r.mineral === claim.mineral &&
        r.country === claim.country &&
        (claim.stage === null || claim.stage === r.stage)
      )
        found.push({
          year: 2020,
          value: r.share,
          stage: r.stage,
          series: 'eu study',
          source: r.source,
          of: 'share of EU sourcing, 2016–20 average',
          period: '2016-2020',
        });
  if (claim.other === 'USA')
    for (const r of salient)
      if (
        r.statistic === 'import_source' &&
        r.mineral === claim.mineral &&
        (r.detail === claim.country || r.detail.startsWith(`${claim.country}:`)) &&
        r.value !== null &&
        r.value <= 1
      )
        found.push({
          year: r.year,
          value: r.value,
          stage: claim.stage,
          series: `us survey ${r.detail}`,
          source: r.source,
          of: `share of US imports, four-year mean (${r.detail.replace(/^[A-Z]{3}:? ?/, '') || 'all forms'})`,
        });
  return found;
}

/** How much of its use a country imports: the US survey's and the EU study's net import reliance. */
export function relianceFindings(
  claim: Claim,
  salient: readonly Salient[],
  eu: readonly {
    mineral: string;
    stage: string;
    year: number;
    import_reliance: number | null;
    source: string;
  }[],
): Finding[] {
  const us = salient
    .filter(
      (r) =>
        claim.other === 'USA' &&
        r.statistic === 'net_import_reliance' &&
        r.mineral === claim.mineral &&
        r.value !== null &&
        r.value <= 1,
    )
    .map(
      (r): Finding => ({
        year: r.year,
        value: r.value,
        stage: claim.stage,
        source: r.source,
        of: 'US net import reliance',
        estimated: r.status === 'estimated',
      }),
    );
  const european = eu
    .filter(
      (r) =>
        claim.other === 'EUU' &&
        r.mineral === claim.mineral &&
        r.import_reliance !== null &&
        (claim.stage === null || r.stage === claim.stage || r.stage === 'all'),
    )
    .map(
      (r): Finding => ({
        year: 2020,
        value: r.import_reliance,
        stage: r.stage,
        source: r.source,
        of: 'EU import reliance, 2016–20 average',
        period: '2016-2020',
      }),
    );
  return [...us.sort((a, b) => b.year - a.year), ...european];
}
