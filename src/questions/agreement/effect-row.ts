import { hostControl } from '../../analysis/flows/control.ts';
import { agreementEffect, freeOutput } from '../../analysis/policy/agreement-effect.ts';
import type { Ownership, Project } from '../../tables/policy.ts';
import type { AnswerRow } from '../question.ts';
import type { Party } from '../resolve.ts';
import { amountsOf, type StageMix, sharesOf } from '../stage-mix.ts';
import { type Commitments, lowest } from './commitments.ts';
import type { PartnerPlace } from './partner-output.ts';

export interface RowInput {
  readonly party: Party;
  readonly partner: string;
  readonly place: PartnerPlace | null;
  readonly mix: StageMix | null;
  readonly holdings: readonly Ownership[];
  readonly projects: readonly Project[];
  readonly ownUse: number | null;
  /** the output is of metal and chemicals together */
  readonly together: boolean;
  readonly cap: number | null;
  readonly commitments: Commitments;
  /** φ: the part of what is free that could be taken, 0…1 */
  readonly take: number;
}

const per = (share: number) => `${(100 * share).toFixed(0)} %`;

/** What is known of one mineral and stage, and what the agreement could change of it at most. */
export function effectRow(input: RowInput): AnswerRow {
  const { party, partner, place, mix, holdings, projects, ownUse, cap } = input;
  const remarks: string[] = [];
  if (input.together) remarks.push('output is of refined metal and chemicals together');
  const output = place?.quantity_t ?? null;
  const held = hostControl(holdings, output);
  const promisedOut = hostControl(holdings, output, 'offtake');
  const home = homeOf(partner, party, place);
  const abroad = (by: ReadonlyMap<string, number>) => {
    let sum = 0;
    for (const [owner, part] of by) if (!home.has(owner)) sum += part;
    return sum;
  };
  // equity and offtake are two channels of the same tonnes: the larger binds, never their sum
  const elsewhere = abroad(held.by);
  const committed = output === null ? 0 : output * Math.max(elsewhere, abroad(promisedOut.by));
  const free = freeOutput({ output_t: output, committed_t: committed, own_use_t: ownUse });
  const amounts = mix && amountsOf(mix, 'quantity');
  const shares = amounts ? sharesOf(amounts) : [];
  const counted = shares.filter((s) => s.country !== party.id);
  const onContent = place?.basis ? /content|contained|metal|recoverable/i.test(place.basis) : null;
  const comparable = !(mix?.tonnes === 'gross' && onContent === true);
  const demand = amounts?.weight === 'quantity' && comparable ? amounts.total : null;
  if (mix && !comparable) remarks.push('output is counted on content, trade in gross tonnes: not compared');
  if (mix && amounts?.weight === 'value') remarks.push('trade has no tonnes: shares by value');
  if (mix && !mix.complete) remarks.push('truncated trade series');
  const supply = { demand_t: demand, shares: new Map(counted.map((s) => [s.country, s.share])) };
  const effects = [0.1, 0.5, input.take].map((part) => agreementEffect(partner, free, supply, part));
  const all = effects[2] ?? null;
  const top = counted[0];
  const noOutput = place?.named === true && output === 0;
  if (place?.named && output === null)
    remarks.push(
      place.share === null
        ? `output ${place.status ?? 'not known'}`
        : 'only a share of world output is published, no tonnes',
    );
  if (!place) remarks.push('no open figures of output at this stage');
  if (place && !place.named) remarks.push('not among the producers that the source names');
  if (!mix) remarks.push('no open figures of imports at this stage');
  if (all && top?.country === partner) remarks.push('the partner is the largest supplier already');
  if (all && ownUse === null && output) remarks.push('own use not known: an upper bound');
  if (held.scaled) remarks.push('known assets add up to more than national output');
  if (holdings.length === 0 && output) remarks.push('no owners in the register');
  const owners = [...held.by].sort(([, a], [, b]) => b - a).map(([c, part]) => `${c} ${per(part)}`);
  if (held.unknown > 0.005) owners.push(`unknown ${per(held.unknown)}`);
  if (owners.length && held.unattributed > 0.005)
    owners.push(`not in the register ${per(held.unattributed)}`);
  const silentOwners = [
    ...new Set(
      holdings.filter((h) => held.withoutOutput.includes(h.asset)).flatMap((h) => h.owner_country ?? []),
    ),
  ];
  if (!owners.length && silentOwners.length)
    owners.push(`${silentOwners.sort().join(', ')} (assets without output figures)`);
  if (place?.estimated) remarks.push(`output of ${place.year} is an estimate; none reported before`);
  if (all && held.unknown > 0.005 && output !== null)
    remarks.push(
      `owner of ${per(held.unknown)} of output not known: ${tonnesOf(Math.max(0, (free ?? 0) - held.unknown * output))} t are free if it is held elsewhere`,
    );
  const { firm, soft } = input.commitments;
  const fromPartner = shares.length ? (shares.find((s) => s.country === partner)?.share ?? 0) : null;
  const signs = (output ?? 0) > 0 || (place?.share ?? 0) > 0 ? '' : signsOf(fromPartner, holdings, projects);
  return {
    partner_output_t: output,
    partner_share: place?.share ?? null,
    output_year: place?.year ?? null,
    source: place?.source ?? null,
    controllers: owners.join(', ') || null,
    controlled_elsewhere_share: held.by.size ? elsewhere : null,
    committed_t: output === null ? null : committed,
    own_use_t: ownUse,
    free_t: free,
    demand_t: demand,
    supply_year: mix?.year ?? null,
    weight: amounts?.weight ?? null,
    supply_from_partner_share: fromPartner,
    top_country: top?.country ?? null,
    top_share: top?.share ?? null,
    top_share_if_10: effects[0]?.best ?? null,
    top_share_if_50: effects[1]?.best ?? null,
    top_share_if: all?.best ?? null,
    top_share_pro_rata: all?.pro_rata ?? null,
    top_share_at_best: top && all?.most != null ? top.share - all.most : null,
    most_it_could_move: noOutput && top ? 0 : (all?.most ?? null),
    moved_t: all?.most_t ?? null,
    over_cap: top && cap !== null ? top.share > cap : null,
    over_cap_if: top && all?.most != null && cap !== null ? top.share - all.most > cap : null,
    can_touch:
      place === null || !place.named
        ? place === null
          ? null
          : false
        : (place.quantity_t ?? place.share) === null
          ? null
          : (place.quantity_t ?? place.share)! > 0,
    evidence: place?.named
      ? place.quantity_t !== null
        ? 'production'
        : place.share !== null
          ? 'production_share'
          : 'none'
      : 'none',
    commitments: firm.map((c) => c.text).join('; ') || null,
    other_agreements: soft.map((c) => c.text).join('; ') || null,
    commitments_confidence: lowest([...firm, ...soft].map((c) => c.confidence)),
    commitments_source: [...new Set([...firm, ...soft].flatMap((c) => c.source ?? []))].join(' | ') || null,
    signs: signs || null,
    note: remarks.join('; ') || null,
  };
}

const tonnesOf = (t: number) => Math.round(t);

/** Ids whose hold on the output does not count as a third country’s. */
export const homeOf = (partner: string, party: Party, place: PartnerPlace | null): ReadonlySet<string> =>
  new Set([partner, party.id, ...party.members(place?.year ?? 0)]);

/** What speaks for output of which there is no figure: trade, plants, projects. */
function signsOf(
  fromPartner: number | null,
  holdings: readonly Ownership[],
  projects: readonly Project[],
): string {
  const plants = [...new Set(holdings.filter((h) => h.output_t !== 0).map((h) => h.asset))];
  const planned = projects
    .filter((p) => p.status !== 'stopped')
    .map(
      (p) =>
        `${p.name ?? p.project}${p.quantity_t === null ? '' : ` ${p.quantity_t} t`}${p.start_year ? ` from ${p.start_year}` : ''}`,
    );
  return [
    fromPartner ? `${Number((100 * fromPartner).toPrecision(3))} % of these imports come from it` : '',
    plants.length ? `plant in the register: ${plants.join(', ')}` : '',
    planned.length ? `planned: ${planned.join(', ')}` : '',
  ]
    .filter(Boolean)
    .join('; ');
}
