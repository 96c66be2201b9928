import { z } from 'zod';
import { holdingsInUse } from '../analysis/policy/holdings.ts';
import { tariffKinds } from '../analysis/policy/register-kinds.ts';
import { agreementOn } from '../analysis/policy/status-on.ts';
import { UsageError } from '../errors.ts';
import { groupBy } from '../tables/group-by.ts';
import { agreement, ownership, project } from '../tables/policy.ts';
import { hs6Mineral, mineral as mineralTable } from '../tables/world.ts';
import { agreementColumns } from './agreement/columns.ts';
import { commitmentsOf } from './agreement/commitments.ts';
import { effectRow, homeOf } from './agreement/effect-row.ts';
import { notesOf } from './agreement/notes.ts';
import { ownList } from './agreement/own-list.ts';
import { type PartnerPlace, partnerOutput } from './agreement/partner-output.ts';
import { ownUse, partnerTrade } from './agreement/partner-trade.ts';
import { between, found, newestInForce, sides } from './agreement/sides.ts';
import { agreementView } from './agreement/view.ts';
import { explainAgreement } from './agreement-explain.ts';
import { capRule } from './cap-rule.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { declaredSupplies } from './declared-supply.ts';
import { cap, importer, list, minerals } from './parameters.ts';
import { type AnswerRow, defineQuestion } from './question.ts';
import { registerSource } from './register-source.ts';
import { namesOf } from './resolve.ts';
import { type StageMix, stageMix } from './stage-mix.ts';

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
    take: z
      .number()
      .gt(0)
      .lte(1)
      .default(1)
      .describe('part of what the partner has free that could come, 0 < take ≤ 1'),
    cap,
  }),
  positional: ['id'],
  example: 'headwater agreement uk-kz-2026 --for GBR',
  explain: explainAgreement,
  async answer(params, world) {
    const names = await namesOf(world);
    const register = await world.load(agreement);
    const named = params.id === undefined ? null : found(register, params.id);
    const { party, partner } = sides(named, params, names);
    if (partner === party.id || party.members(Number(world.now.slice(0, 4))).includes(partner))
      throw new UsageError(`the partner must be another country than the one supplied: "${partner}"`);
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

    const withThirds = register.filter(
      (a) =>
        !tariffKinds.has(a.kind ?? '') &&
        a.kind !== 'forum' &&
        [...a.party.split(';'), ...a.partner.split(';')].includes(partner) &&
        !between(a, party.id, partner),
    );
    const namesMineral = (ids: readonly string[], m: string) =>
      ids.includes(m) || ids.includes(groupOf.get(m) ?? '');
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
        const madeAt = together ? 'refine' : stage;
        const held = inUse.filter((h) => h.mineral === m && h.stage === madeAt);
        const planned = projects.filter((p) => p.mineral === m && p.stage === madeAt);
        rows.push({
          ...base,
          stage,
          ...effectRow({
            party,
            partner,
            place: place ?? null,
            mix,
            holdings: held,
            projects: planned,
            commitments: commitmentsOf(
              homeOf(partner, party, place ?? null),
              place?.quantity_t ?? null,
              held,
              planned,
              withThirds.filter((a) => namesMineral(a.minerals?.split(';') ?? [], m)),
              world.now,
            ),
            take: params.take,
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
    if (rows.some((r) => r.signs || String(r.commitments ?? '').includes('was promised')))
      used.add(registerSource(world, 'project', 'project_register'));
    const unnamed = withThirds.filter(
      (a) => !a.minerals && ['in_force', 'signed'].includes(agreementOn(a, world.now)),
    );
    const notes = notesOf(rows, doc, others, party, partner, names, world.now, listId, unnamed);
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
