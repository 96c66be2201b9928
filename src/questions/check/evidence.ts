import type { Claim } from '../../reading/claim.ts';
import type { Gazetteer } from '../../reading/gazetteer.ts';
import { type Finding, type Judgement, judge, notChecked } from '../../reading/verdict/judge.ts';
import {
  type AgreementFact,
  judgeAgreement,
  judgeRestriction,
  judgeTarget,
  type RestrictionFact,
  type TargetFact,
} from '../../reading/verdict/register.ts';
import type { World } from '../../store/world.ts';
import {
  type Agreement,
  agreement,
  criticalList,
  euParameter,
  euSupplyShare,
  ownership,
  type Restriction,
  restriction,
  salient,
  type Target,
  target,
} from '../../tables/policy.ts';
import { production, reserves, seriesCoverage, tradeFlow } from '../../tables/quantities.ts';
import {
  bloc as blocTable,
  country as countryTable,
  hs6Mineral,
  mineral as mineralTable,
} from '../../tables/world.ts';
import { profileQuestion } from '../profile.ts';
import { judgeListSize, judgeMembership, listMeant, listsOf } from './list-judgement.ts';
import { outputFindings } from './output-findings.ts';
import { judgeOwnership } from './ownership-judgement.ts';
import { isRegion, regionsOf } from './regions.ts';
import { publishedSourcing, relianceFindings, type Trade, tradeFindings } from './trade-findings.ts';

/** Tonnes claimed of a compound are judged as tonnes of what it holds, and `why` says so. */
const withContent = (claim: Claim, j: Judgement): Judgement =>
  typeof claim.detail.content === 'number'
    ? { ...j, why: `${j.why}; ${claim.detail.content.toFixed(3)} t in a tonne of the compound claimed` }
    : j;

export type Judged = Judgement & { readonly claim: Claim };

/** Loads what the claims of a text need, each table once, and judges claim by claim. */
export async function gatherEvidence(world: World, claims: readonly Claim[], gazetteer: Gazetteer) {
  const used = new Set<string>();
  const of = (kinds: readonly string[]) => claims.filter((c) => kinds.includes(c.kind));
  const any = (kinds: readonly string[]) => of(kinds).length > 0;
  const figures = claims.filter((c) => c.measure !== null);
  const wanted = [
    ...new Set(figures.flatMap((c) => (c.mineral ? [c.mineral, ...(standIns[c.mineral] ?? [])] : []))),
  ];
  const inTrade = figures.filter((c) => c.measure === 'imports' || c.measure === 'exports');
  const [countries, minerals, blocs] = await Promise.all([
    world.load(countryTable),
    world.load(mineralTable),
    world.load(blocTable),
  ]);
  const [output, held, codes, owners] = await Promise.all([
    wanted.length > 0 ? world.load(production, { mineral: wanted }) : [],
    figures.some((c) => c.measure === 'reserves') ? world.load(reserves, { mineral: wanted }) : [],
    inTrade.length > 0 ? world.load(hs6Mineral) : [],
    any(['ownership']) ? world.load(ownership) : [],
  ]);
  const [targets, agreements, restrictions, lists] = await Promise.all([
    any(['target']) ? world.load(target) : [],
    any(['agreement']) ? world.load(agreement) : [],
    any(['restriction']) ? world.load(restriction) : [],
    any(['count', 'other']) ? world.load(criticalList) : [],
  ]);
  const [eu, us, euRows] =
    inTrade.length > 0
      ? await Promise.all([world.load(euSupplyShare), world.load(salient), world.load(euParameter)])
      : [[], [], []];
  const tradeMinerals = new Set(inTrade.map((c) => c.mineral));
  const hs6 = [...new Set(codes.filter((c) => tradeMinerals.has(c.mineral)).map((c) => c.hs6))];
  const [flows, coverage] =
    hs6.length > 0
      ? await Promise.all([world.load(tradeFlow, { hs6 }), world.load(seriesCoverage, { hs6 })])
      : [[], []];
  const trade: Trade = {
    codes,
    flows,
    coverage,
    members: (party, year) => {
      const rows = blocs.filter((b) => b.bloc === party);
      if (rows.length === 0) return [party];
      return rows
        .filter((b) => (b.from_year ?? -Infinity) <= year && year <= (b.to_year ?? Infinity))
        .map((b) => b.country);
    },
  };
  const inRegion = regionsOf(countries);
  const groups = new Map(minerals.map((m) => [m.mineral, m.mineral_group]));
  const groupOf = (id: string) => groups.get(id) ?? null;

  const rowsOf = (mineral: string | null) => output.filter((r) => r.mineral === mineral);
  const outputOf = (claim: Claim) => {
    const own = outputFindings(claim, rowsOf(claim.mineral), 'production', inRegion);
    if (own.length > 0) return own;
    // statistics of a group's part stand for it where there is nothing on the whole, and `of` says so
    for (const part of standIns[claim.mineral ?? ''] ?? []) {
      const found = outputFindings(claim, rowsOf(part), 'production', inRegion);
      if (found.length > 0)
        return found.map((f): Finding => ({ ...f, of: `${f.of} of ${gazetteer.mineralName(part)}` }));
    }
    return [];
  };
  const reservesOf = (claim: Claim): Finding[] => {
    for (const id of [claim.mineral!, ...(reservedWith[claim.mineral!] ?? [])]) {
      const rows = held.filter((r) => r.mineral === id).map((r) => ({ ...r, share: null, period: null }));
      const found = outputFindings({ ...claim, stage: null }, rows, 'reserves', inRegion);
      if (found.length > 0)
        return id === claim.mineral
          ? found
          : found.map((f) => ({ ...f, of: `${f.of} of ${gazetteer.mineralName(id)}` }));
    }
    return [];
  };
  const findingsFor = (claim: Claim): Finding[] => {
    const region = claim.detail.region;
    if (
      typeof region === 'string' &&
      (!isRegion(region) || claim.measure === 'exports' || claim.measure === 'imports')
    )
      return [];
    switch (claim.measure) {
      case 'reserves':
        return reservesOf(claim);
      case 'exports':
        return tradeFindings(claim, trade);
      case 'imports':
        if (claim.country === null) return relianceFindings(claim, us, euRows);
        return [...tradeFindings(claim, trade), ...publishedSourcing(claim, eu, us)];
      default:
        return outputOf(claim);
    }
  };
  const words = (claim: Claim) => (f: Finding) => {
    const period = f.period ? ` (mean of ${f.period})` : '';
    const rest =
      typeof f.atMost === 'number' ? `, all not named together ${(f.atMost * 100).toFixed(1)} %` : '';
    const value = f.value === null ? `not named${rest}` : written(claim, f.value);
    return `${f.of}: ${value} in ${f.year}${period}${f.estimated ? ', estimate' : ''} (${f.source})`;
  };

  const judgeClaim = async (claim: Claim): Promise<Judged> => {
    const judged = await verdictOf(claim);
    for (const id of judged.sources) used.add(id);
    return judged;
  };

  async function verdictOf(claim: Claim): Promise<Judged> {
    const plain = (j: Judgement): Judged => ({ ...j, claim });
    if (claim.notCheckable) return plain(notChecked('not_checkable', claim.notCheckable));
    switch (claim.kind) {
      case 'target':
        return plain(judgeTarget(claim, targets.map(targetFact), registerOf(world, 'target')));
      case 'agreement': {
        const judgement = judgeAgreement(
          claim,
          agreements.map(agreementFact),
          registerOf(world, 'agreement'),
        );
        const turned = judgement.swap ? { ...claim, country: claim.other, other: claim.country } : claim;
        return { ...judgement, claim: turned };
      }
      case 'restriction':
        return plain(
          judgeRestriction(
            claim,
            restrictions.map(restrictionFact),
            world.now,
            registerOf(world, 'restriction'),
            groupOf,
          ),
        );
      case 'ownership':
        return plain(judgeOwnership(claim, owners, groupOf, registerOf(world, 'ownership'), words(claim)));
      case 'other':
        return plain(
          judgeMembership(claim, listsOf(claim.country, lists), groupOf, registerOf(world, 'critical_list')),
        );
      case 'count':
        return plain(
          claim.detail.of === 'list'
            ? judgeListSize(claim, listsOf(claim.country, lists), registerOf(world, 'critical_list'))
            : await judgeProduced(claim),
        );
      default: {
        if (claim.country === null && claim.claimed?.unit !== 't' && claim.measure !== 'imports')
          return plain(notChecked('not_checkable', 'no country is named for this figure'));
        if (claim.mineral === null)
          return plain(notChecked('not_checkable', 'no mineral is named for this figure'));
        return plain(withContent(claim, judge(claim, findingsFor(claim), words(claim))));
      }
    }
  }

  /** How many of a list a country produces, by the profile: with output in a table, not by exports or reserves alone. */
  async function judgeProduced(claim: Claim): Promise<Judgement> {
    const total = claim.detail.total as number | null;
    const owner = claim.other ?? 'GBR';
    const list = listMeant(claim, listsOf(owner, lists), total);
    if (!list) return notChecked('not_in_data', 'no list of this jurisdiction is on record here');
    const profile = await profileQuestion.answer({ country: claim.country!, list: list.id } as never, world);
    const by = (kinds: readonly string[]) =>
      new Set(
        profile.rows
          .filter((r) => r.on_list === true && kinds.includes(String(r.evidence)))
          .map((r) => r.mineral),
      );
    const made = by(['production', 'production_share']);
    const traces = [...by(['exports', 'reserves'])].filter((m) => !made.has(m));
    for (const s of profile.sources) used.add(s.id);
    const claimed = claim.claimed!;
    const finding: Finding = {
      year: list.year ?? 0,
      value: made.size,
      stage: null,
      source: registerOf(world, 'critical_list'),
      of: `minerals of ${list.name} with reported output`,
    };
    const judgement = judge({ ...claim, years: [] }, [finding]);
    const wrongTotal = total !== null && total !== list.members.size;
    const size = wrongTotal ? `the list has ${list.members.size} members, not ${total}; ` : '';
    return {
      ...judgement,
      verdict:
        judgement.verdict === 'supported' && wrongTotal
          ? total > list.members.size
            ? 'overstated'
            : 'understated'
          : judgement.verdict,
      why: `${size}output is reported for ${made.size} of the ${list.members.size} on ${list.name}, exports or reserves alone for ${traces.length} more (claimed: ${claimed.low})`,
    };
  }

  return { judgeClaim, used };
}

/** Published parts of a group that stand for it at a stage where nothing is published on the group. */
const standIns: Readonly<Record<string, readonly string[]>> = {
  rare_earths: ['rare_earths_magnet'],
  pgm: ['platinum', 'palladium'],
};

/** Metals whose reserves are published for their group only. */
const reservedWith: Readonly<Record<string, readonly string[]>> = {
  platinum: ['pgm'],
  palladium: ['pgm'],
  rhodium: ['pgm'],
  iridium: ['pgm'],
  ruthenium: ['pgm'],
};

/** Source ids of the registers kept by hand. */
const registers = {
  target: 'policy_targets',
  agreement: 'policy_agreements',
  restriction: 'export_restrictions',
  ownership: 'ownership_register',
  critical_list: 'critical_lists',
} as const;
const registerOf = (world: World, table: keyof typeof registers): string =>
  world.data === 'own' ? 'own' : registers[table];

const parts = (text: string | null) =>
  (text ?? '')
    .split(';')
    .map((t) => t.trim())
    .filter(Boolean);

const targetFact = (t: Target): TargetFact => ({
  id: t.target,
  jurisdiction: t.jurisdiction,
  metric: t.metric,
  minerals: parts(t.minerals),
  comparator: t.comparator,
  value: t.value,
  year: t.year,
  wording: [t.instrument, t.metric.replaceAll('_', ' '), t.comparator, t.value, t.unit === '1' ? '' : t.unit]
    .filter(Boolean)
    .join(' '),
});
const agreementFact = (a: Agreement): AgreementFact => ({
  id: a.agreement,
  party: a.party,
  partners: parts(a.partner),
  date: a.date,
  kind: a.kind,
  title: a.title ?? '',
  status: a.status,
});
const restrictionFact = (r: Restriction): RestrictionFact => ({
  id: r.restriction,
  country: r.country,
  minerals: parts(r.minerals),
  measure: r.measure ?? '',
  targets: parts(r.target),
  announced: r.announced,
  effective: r.effective,
  suspendedFrom: r.suspended_from,
  suspendedUntil: r.suspended_until,
  ended: r.ended,
  title: r.title ?? '',
});

/** A share as per cent, tonnes and ranks as they are. */
const written = (claim: Claim, value: number): string =>
  claim.claimed?.unit === 'share'
    ? `${(value * 100).toFixed(1)} %`
    : claim.claimed?.unit === 't'
      ? `${Math.round(value).toLocaleString('en-GB')} t`
      : claim.claimed?.unit === 'rank'
        ? `${value}`
        : `${value}`;
