import { z } from 'zod';
import { containedTonnes } from '../analysis/flows/contained.ts';
import { hostControl } from '../analysis/flows/control.ts';
import { agreementEffect, freeOutput } from '../analysis/policy/agreement-effect.ts';
import { holdingsInUse } from '../analysis/policy/holdings.ts';
import { agreementOn } from '../analysis/policy/status-on.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { didYouMean } from '../tables/nearest.ts';
import {
  type Agreement,
  agreement,
  criticalList,
  type Ownership,
  ownership,
  type Project,
  project,
} from '../tables/policy.ts';
import { type TradeFlow, tradeFlow } from '../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral, mineral as mineralTable } from '../tables/world.ts';
import { agreementColumns } from './agreement-columns.ts';
import { agreementView } from './agreement-view.ts';
import { capRule } from './cap-rule.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { declaredSupplies } from './declared-supply.ts';
import { cap, importer, list, minerals } from './parameters.ts';
import { type PartnerPlace, partnerOutput } from './partner-output.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { type Names, namesOf, type Party } from './resolve.ts';
import { amountsOf, type StageMix, sharesOf, stageMix } from './stage-mix.ts';
import { chooseFlows } from './trade-rows.ts';

const tariffKinds = new Set(['trade_agreement', 'preference_scheme']);

export const agreementQuestion = defineQuestion({
  name: 'agreement',
  asks: 'What could an agreement with a country change at most?',
  about:
    'For each mineral of a list: what the partner produces, who holds it, what is promised elsewhere, what of it is free, and how far the largest supplier’s share could fall if 10, 50 or 100 % of that came. An upper bound, not a forecast: a document that does not bind moves nothing by itself.',
  params: z.object({
    id: z.string().optional().describe('id of an agreement, e.g. uk-kz-2026'),
    partner: z.string().optional().describe('partner country, instead of an agreement: ISO3 code or name'),
    for: importer.optional(),
    list,
    mineral: minerals,
    cap,
  }),
  positional: ['id'],
  example: 'headwater agreement uk-kz-2026 --for GBR',
  async answer(params, world) {
    const names = await namesOf(world);
    const register = await world.load(agreement);
    const named = params.id === undefined ? null : found(register, params.id);
    const { party, partner } = sides(named, params, names);
    const others = register.filter((a) => between(a, party.id, partner) && !tariffKinds.has(a.kind ?? ''));
    const doc = named ?? newestInForce(others, world.now);
    const wanted = names.minerals(params.mineral);
    const listId = params.list ?? (await ownList(world, party));
    const members = listId === null ? null : await criticalMembers(world, listId);
    const allMinerals = await world.load(mineralTable);
    const scope = new Set(
      (members ? [...members] : allMinerals.map((m) => m.mineral)).filter(
        (m) => !wanted || wanted.includes(m),
      ),
    );
    const [places, allCodes, holdings, projects, rule] = await Promise.all([
      partnerOutput(world, partner, scope),
      world.load(hs6Mineral),
      world.load(ownership, { country: [partner] }),
      world.load(project, { country: [partner] }),
      capRule(world, party, params.cap),
    ]);
    const codes = allCodes.filter((c) => scope.has(c.mineral));
    const supplies = await declaredSupplies(world, party, codes);
    const codesOf = groupBy(codes, (c) => `${c.mineral} ${c.stage}`);
    const mixOf = new Map<string, StageMix | null>(
      [...codesOf].map(([key, of]) => [key, stageMix(supplies, of, allCodes, 'origin')] as const),
    );
    const placeOf = new Map<string, PartnerPlace>(places.map((p) => [`${p.mineral} ${p.stage}`, p] as const));
    const flows = await partnerTrade(world, partner, codes);
    const inUse = holdingsInUse(holdings, (_c, m, s) => placeOf.get(`${m} ${s}`)?.quantity_t ?? null);
    const groupOf = new Map(allMinerals.map((m) => [m.mineral, m.mineral_group]));
    const namedMinerals = new Set(doc?.minerals?.split(';').filter(Boolean) ?? []);
    const isNamed = (m: string) =>
      namedMinerals.size === 0 ? null : namedMinerals.has(m) || namedMinerals.has(groupOf.get(m) ?? '');

    const used = new Set<string>();
    const rows: AnswerRow[] = [];
    for (const m of scope) {
      const keys = new Set(
        [...placeOf, ...mixOf].flatMap(([key, x]) => (x && key.startsWith(`${m} `) ? [key] : [])),
      );
      const base = {
        ...Object.fromEntries(agreementColumns.map((c) => [c.name, null])),
        agreement: doc?.agreement ?? null,
        partner,
        mineral: m,
        named: isNamed(m),
        binding: doc?.binding ?? null,
        cap: rule.cap,
      };
      if (keys.size === 0)
        rows.push({ ...base, evidence: 'none', note: 'no open figures of its output or of its trade' });
      for (const key of keys) {
        const mix = mixOf.get(key) ?? null;
        const own = placeOf.get(key) ?? null;
        // the refined statistic of lithium and cobalt covers metal and chemicals together
        const refined = key === `${m} compound` ? placeOf.get(`${m} refine`) : undefined;
        const together = own === null && refined?.source === 'iea_cm';
        const place = together ? refined : own;
        if (place) used.add(place.source);
        for (const s of mix?.sources ?? []) used.add(s);
        const stage = key.slice(m.length + 1);
        rows.push({
          ...base,
          stage,
          ...rowOf({
            party,
            partner,
            place,
            mix,
            holdings: inUse.filter((h) => h.mineral === m && h.stage === (together ? 'refine' : stage)),
            projects: projects.filter((p) => p.mineral === m && p.stage === (together ? 'refine' : stage)),
            together,
            ownUse:
              place && !together ? ownUse(place, partner, codesOf.get(key) ?? [], flows, mix?.year) : null,
            cap: rule.cap,
          }),
        });
      }
    }
    rows.sort(
      (a, b) =>
        Number(b.most_it_could_move ?? -1) - Number(a.most_it_could_move ?? -1) ||
        Number(b.partner_share ?? -1) - Number(a.partner_share ?? -1) ||
        `${a.mineral} ${a.stage}`.localeCompare(`${b.mineral} ${b.stage}`, 'en'),
    );
    if (register.length && (doc || others.length))
      used.add(registerSource(world, 'agreement', 'policy_agreements'));
    if (holdings.length) used.add(registerSource(world, 'ownership', 'ownership_register'));
    if (rows.some((r) => r.promised)) used.add(registerSource(world, 'project', 'project_register'));
    const notes = notesOf(rows, doc, others, party, partner, names, world.now, listId);
    return {
      rows,
      columns: agreementColumns,
      notes,
      sources: await cite(world, used),
      view: agreementView(rows, {
        party: party.name,
        partner: names.countryName(partner),
        document: doc && { title: doc.title ?? doc.agreement, date: doc.date, binding: doc.binding },
        list: listId,
        nameOf: names.countryName,
      }),
    };
  },
});

function found(register: readonly Agreement[], id: string): Agreement {
  const row = register.find((a) => a.agreement === id);
  if (row) return row;
  const near = didYouMean(
    id,
    register.map((a) => a.agreement),
  );
  throw new UsageError(`unknown agreement: "${id}"${near || '; headwater timeline lists them'}`);
}

/** Whose supply, and with whom. An agreement of more than two needs the partner named. */
function sides(
  doc: Agreement | null,
  params: { for?: string | undefined; partner?: string | undefined },
  names: Names,
): { party: Party; partner: string } {
  if (!doc && params.partner === undefined)
    throw new UsageError('agreement needs an id, or --partner: headwater agreement uk-kz-2026');
  const parties = doc ? [...doc.party.split(';'), ...doc.partner.split(';')] : [];
  const party = names.party(params.for ?? (doc && !parties.includes('GBR') ? parties[0]! : 'GBR'));
  if (params.partner !== undefined) return { party, partner: names.country(params.partner) };
  const rest = parties.filter((p) => p !== party.id);
  if (rest.length === parties.length)
    throw new UsageError(
      `${party.name} is not a party of ${doc!.agreement} (${parties.join(', ')}); name one with --for: "${party.id}"`,
    );
  if (rest.length !== 1)
    throw new UsageError(
      `${doc!.agreement} has several partners (${rest.join(', ')}); name one with --partner: "${doc!.agreement}"`,
    );
  return { party, partner: names.country(rest[0]!) };
}

const between = (a: Agreement, one: string, other: string): boolean => {
  const all = new Set([...a.party.split(';'), ...a.partner.split(';')]);
  return all.has(one) && all.has(other);
};

function newestInForce(agreements: readonly Agreement[], now: string): Agreement | null {
  const ofStatus = agreements.filter((a) => agreementOn(a, now) === 'in_force' && a.kind !== 'forum');
  const sides = (a: Agreement) => a.partner.split(';').length;
  // of the two alone before one of many
  return (
    ofStatus.toSorted(
      (a, b) => Math.min(sides(a), 2) - Math.min(sides(b), 2) || (b.date ?? '').localeCompare(a.date ?? ''),
    )[0] ?? null
  );
}

/** The list that the party’s own limit names, else its newest list. */
async function ownList(world: World, party: Party): Promise<string | null> {
  const lists = (await world.load(criticalList, { jurisdiction: [party.id] })).filter(
    (r) => r.status === 'critical',
  );
  const size = groupBy(lists, (r) => r.list);
  const newest = [...size].sort(
    ([, a], [, b]) => (b[0]!.year ?? 0) - (a[0]!.year ?? 0) || b.length - a.length,
  );
  return newest.find(([, rows]) => rows.length >= 10)?.[0] ?? newest[0]?.[0] ?? null;
}

async function partnerTrade(
  world: World,
  partner: string,
  codes: readonly Hs6Mineral[],
): Promise<TradeFlow[]> {
  const hs6 = [...new Set(codes.map((c) => c.hs6))];
  if (!hs6.length) return [];
  const [out, into] = await Promise.all([
    world.load(tradeFlow, { exporter: [partner], hs6 }),
    world.load(tradeFlow, { importer: [partner], hs6 }),
  ]);
  return [...out, ...into.filter((f) => f.exporter !== partner)];
}

/**
 * What the partner uses itself: `min(Q, max(0, Q + imports − exports))`, only where trade and output are both on
 * content and every code of the stage has figures; null otherwise.
 */
function ownUse(
  place: PartnerPlace,
  partner: string,
  codes: readonly Hs6Mineral[],
  flows: readonly TradeFlow[],
  year: number | undefined,
): number | null {
  if (place.quantity_t === null || year === undefined || !codes.length) return null;
  let net = 0;
  for (const code of codes) {
    if (code.metal_content === null || code.share_of_code === null) return null;
    const rows = flows.filter((f) => f.hs6 === code.hs6 && f.year === year);
    const chosen = chooseFlows(rows, 'origin').flows;
    if (!chosen.length || chosen.some((f) => f.quantity_t === null)) return null;
    for (const f of chosen)
      net += (f.importer === partner ? 1 : -1) * (containedTonnes(f.quantity_t, code) ?? 0);
  }
  return Math.min(place.quantity_t, Math.max(0, place.quantity_t + net));
}

interface RowInput {
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
}

const per = (share: number) => `${(100 * share).toFixed(0)} %`;

function rowOf(input: RowInput): AnswerRow {
  const { party, partner, place, mix, holdings, projects, ownUse, cap } = input;
  const remarks: string[] = [];
  if (input.together) remarks.push('output is of refined metal and chemicals together');
  const output = place?.quantity_t ?? null;
  const held = hostControl(holdings, output);
  const promisedOut = hostControl(holdings, output, 'offtake');
  const home = new Set([partner, party.id, ...party.members(place?.year ?? 0)]);
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
  const effects = [0.1, 0.5, 1].map((part) => agreementEffect(partner, free, supply, part));
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
    supply_from_partner_share: shares.length ? (shares.find((s) => s.country === partner)?.share ?? 0) : null,
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
    promised: promises(projects, home) || null,
    note: remarks.join('; ') || null,
  };
}

const promises = (projects: readonly Project[], home: ReadonlySet<string>): string =>
  projects
    .filter((p) => p.committed_to?.split(';').some((c) => !home.has(c)))
    .map(
      (p) =>
        `${p.name ?? p.project}${p.quantity_t === null ? '' : ` ${p.quantity_t} t`}${p.start_year ? ` from ${p.start_year}` : ''} to ${p.committed_to}`,
    )
    .join('; ');

function notesOf(
  rows: readonly AnswerRow[],
  doc: Agreement | null,
  others: readonly Agreement[],
  party: Party,
  partner: string,
  names: Names,
  now: string,
  listId: string | null,
): Note[] {
  const notes: Note[] = [];
  const at = (test: (r: AnswerRow) => boolean) => rows.flatMap((r, k) => (test(r) ? [k] : []));
  const add = (code: string, text: string, positions: readonly number[]) => {
    if (positions.length) notes.push({ code, text, rows: positions, value: positions.length });
  };
  if (doc)
    notes.push({
      code: 'agreement',
      text: `${doc.title ?? doc.agreement}, ${doc.date ?? 'no date'}, ${agreementOn(doc, now).replaceAll('_', ' ')}; ${doc.binding === null ? 'whether it binds is not known' : doc.binding ? 'binding' : 'not binding: it moves nothing by itself; contracts for the tonnes would have to be signed'}${doc.note ? `; ${doc.note}` : ''}`,
    });
  else
    notes.push({
      code: 'no_agreement',
      text: `no agreement on minerals between ${party.name} and ${names.countryName(partner)} in force in the register`,
    });
  const rest = others.filter((a) => a.agreement !== doc?.agreement);
  if (rest.length)
    notes.push({
      code: 'other_agreements',
      text: `also in the register: ${rest.map((a) => `${a.agreement} (${agreementOn(a, now)})`).join(', ')}`,
    });
  if (listId) notes.push({ code: 'list', text: `minerals of the list ${listId}` });
  add(
    'cannot_touch',
    'minerals of which the partner has no known output',
    at((r) => r.can_touch === false || r.evidence === 'none'),
  );
  add(
    'held_elsewhere',
    'half or more of the output is held from third countries',
    at((r) => Number(r.controlled_elsewhere_share ?? 0) >= 0.5),
  );
  add(
    'not_computable',
    'no largest fall: see the row’s own note',
    at((r) => r.most_it_could_move === null),
  );
  add(
    'upper_bound',
    'own use of the partner is not known, so what is free is too high',
    at((r) => r.own_use_t === null && r.top_share_if !== null),
  );
  return notes;
}
