import { z } from 'zod';
import { tariffKinds } from '../analysis/policy/register-kinds.ts';
import { agreementOn, firstDay, lastDay, restrictionOn } from '../analysis/policy/status-on.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { agreement, restriction, target } from '../tables/policy.ts';
import { hs6Mineral, mineral as mineralTable } from '../tables/world.ts';
import { cite } from './cite.ts';
import { declaredSupplies } from './declared-supply.ts';
import { importer, minerals } from './parameters.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { registerSource } from './register-source.ts';
import { namesOf, type Party } from './resolve.ts';
import { amountsOf, sharesOf, stageMix } from './stage-mix.ts';
import { timelineView } from './timeline-view.ts';

const columns: AnswerColumn[] = [
  { name: 'date', unit: '', about: 'day of the event, as precise as known' },
  {
    name: 'kind',
    unit: '',
    about:
      'announced, effective, suspended, suspension_ends, ended (of a restriction); signed, ends (of an agreement); due (of a target)',
  },
  { name: 'country', unit: '', about: 'who restricts; the parties of an agreement, separated by ;' },
  { name: 'minerals', unit: '', about: 'mineral ids, separated by ;; empty = not named' },
  { name: 'title', unit: '', about: 'what it is' },
  { name: 'status', unit: '', about: 'status of the measure or agreement on the day asked about' },
  { name: 'touches', unit: '', about: 'supply of the importer from there: mineral, stage and share' },
  {
    name: 'largest_share',
    unit: '1',
    about:
      'the largest of those shares, of declared imports by value; empty where only part of a group is touched',
  },
  { name: 'touched_usd', unit: 'USD', about: 'value of those imports a year' },
  { name: 'measure', unit: '', about: 'kind of restriction or agreement' },
  { name: 'aimed_at', unit: '', about: 'who a restriction is aimed at; empty = everyone' },
  { name: 'binding', unit: '', about: 'whether an agreement binds in law' },
  { name: 'id', unit: '', about: 'id in the register' },
  { name: 'source', unit: '', about: 'document' },
  { name: 'url', unit: '', about: 'its address' },
  { name: 'confidence', unit: '', about: 'high, medium, low' },
  { name: 'note', unit: '', about: 'what to beware of' },
];

const date = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'must be a date such as 2026-11-10')
  .optional()
  .describe('day the status is of; today when left out');

interface Event {
  readonly date: string;
  readonly kind: string;
  readonly row: AnswerRow;
  readonly minerals: readonly string[];
  readonly countries: readonly string[];
  /** set where supply from this country is touched */
  readonly restricts: string | null;
  /** stages that a restriction names; empty = all */
  readonly stages: readonly string[];
}

const ids = (cell: string | null): string[] => (cell ? cell.split(';').filter(Boolean) : []);

export const timelineQuestion = defineQuestion({
  name: 'timeline',
  asks: 'What was announced, imposed, suspended or signed, when, and what holds on a day?',
  about:
    'Export restrictions, agreements and targets by date, with the status of each on the day asked about computed from its dates: suspended until a day, lapsed with nothing known after it, in force. Beside each restriction stands what the importer buys there.',
  params: z.object({
    mineral: minerals,
    country: z
      .array(z.string())
      .optional()
      .describe('who restricts, or a party: ISO3 codes, names, or a bloc'),
    on: date,
    for: importer.default('GBR'),
    trade: z.boolean().default(false).describe('also tariff agreements and preference schemes'),
  }),
  example: 'headwater timeline --country CHN --on 2026-11-11',
  async answer(params, world) {
    const on = checkedDate(params.on ?? world.now);
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wantedMinerals = await withGroups(world, names.minerals(params.mineral));
    const everyone = params.country?.some((c) => c.toLowerCase() === 'all');
    const wantedCountries =
      params.country && !everyone ? new Set(params.country.map((c) => names.party(c).id)) : null;
    const [restrictions, agreements, targets] = await Promise.all([
      world.load(restriction),
      world.load(agreement),
      world.load(target),
    ]);
    const events: Event[] = [];
    const used = new Set<string>();
    for (const r of restrictions) {
      const row = {
        country: r.country,
        minerals: r.minerals,
        title: r.title ?? r.measure ?? r.restriction,
        status: restrictionOn(r, on),
        measure: r.measure,
        aimed_at: r.target,
        binding: null,
        id: r.restriction,
        source: r.source,
        url: r.url,
        confidence: r.confidence,
        note: r.note,
      };
      for (const [kind, day] of [
        ['announced', r.announced],
        ['effective', r.effective],
        ['suspended', r.suspended_from],
        ['suspension_ends', r.suspended_until],
        ['ended', r.ended],
      ] as const)
        if (day !== null)
          events.push({
            date: day,
            kind,
            row,
            minerals: ids(r.minerals),
            countries: [r.country],
            restricts: ids(r.target).length === 0 || ids(r.target).includes(party.id) ? r.country : null,
            stages: ids(r.stage),
          });
    }
    for (const a of agreements) {
      if (!params.trade && tariffKinds.has(a.kind ?? '')) continue;
      const countries = [...ids(a.party), ...ids(a.partner)];
      const row = {
        country: countries.join(';'),
        minerals: a.minerals,
        title: a.title ?? a.agreement,
        status: agreementOn(a, on),
        measure: a.kind,
        aimed_at: null,
        binding: a.binding,
        id: a.agreement,
        source: a.source,
        url: a.url,
        confidence: a.confidence,
        note: a.note,
      };
      for (const [kind, day] of [
        ['signed', a.date],
        ['ends', a.ends],
      ] as const)
        if (day !== null)
          events.push({
            date: day,
            kind,
            row,
            minerals: ids(a.minerals),
            countries,
            restricts: null,
            stages: [],
          });
    }
    for (const t of targets) {
      if (t.year === null || t.metric === 'export_quota' || t.metric.endsWith('_baseline')) continue;
      events.push({
        date: String(t.year),
        kind: 'due',
        minerals: ids(t.minerals),
        countries: [t.jurisdiction],
        restricts: null,
        stages: [],
        row: {
          country: t.jurisdiction,
          minerals: t.minerals,
          title: `${t.instrument ?? t.target}: ${t.metric.replaceAll('_', ' ')} ${t.comparator} ${t.value ?? ''} (${t.scope === 'each' ? 'each mineral' : 'in the aggregate'})`,
          status: lastDay(String(t.year)) < on ? 'ended' : 'announced',
          measure: t.metric,
          aimed_at: null,
          binding: t.legal_force === 'binding' || t.legal_force?.includes('regulation') === true,
          id: t.target,
          source: t.source,
          url: t.url,
          confidence: t.confidence,
          note: t.note,
        },
      });
    }
    const kept = events.filter(
      (e) =>
        (!wantedCountries || e.countries.some((c) => wantedCountries.has(c))) &&
        (!wantedMinerals || e.minerals.some((m) => wantedMinerals.has(m))),
    );
    kept.sort(
      (a, b) =>
        (firstDay(a.date) < firstDay(b.date) ? -1 : firstDay(a.date) > firstDay(b.date) ? 1 : 0) ||
        `${a.row.id} ${a.kind}`.localeCompare(`${b.row.id} ${b.kind}`, 'en'),
    );
    const touched = await touches(world, party, kept);
    const rows = kept.map((e): AnswerRow => {
      const t = e.restricts === null ? null : touched(e.restricts, e.minerals, e.stages);
      for (const s of t?.sources ?? []) used.add(s);
      return {
        ...e.row,
        date: e.date,
        kind: e.kind,
        touches: t?.text ?? null,
        largest_share: t?.largest ?? null,
        touched_usd: t?.value_usd ?? null,
      };
    });
    if (kept.some((e) => restrictions.some((r) => r.restriction === e.row.id)))
      used.add(registerSource(world, 'restriction', 'export_restrictions'));
    if (kept.some((e) => agreements.some((a) => a.agreement === e.row.id)))
      used.add(registerSource(world, 'agreement', 'policy_agreements'));
    if (kept.some((e) => e.kind === 'due')) used.add(registerSource(world, 'target', 'policy_targets'));
    const notes: Note[] = [{ code: 'on', text: `status on ${on}` }];
    const lapsed = rows.flatMap((r, k) => (r.status === 'lapsed_unknown' ? [k] : []));
    if (lapsed.length)
      notes.push({
        code: 'lapsed_unknown',
        text: 'a suspension or term has run out and the register has no sequel: it may bind again or have been extended',
        rows: lapsed,
      });
    if (!rows.length) notes.push({ code: 'nothing', text: 'nothing in the register for this' });
    return {
      rows,
      columns,
      notes,
      sources: await cite(world, used),
      view: timelineView(rows, { on, party: party.name, nameOf: names.countryName }),
    };
  },
});

function checkedDate(text: string): string {
  const [year, month = 1, day = 1] = text.split('-').map(Number);
  const found = new Date(Date.UTC(year!, month - 1, day));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day)
    throw new UsageError(`no such day: "${text}"; dates are written 2026-11-10, 2026-11 or 2026`);
  return text;
}

/** The minerals asked for, the groups they belong to, and the members of groups asked for: a measure may name either. */
async function withGroups(
  world: World,
  wanted: readonly string[] | undefined,
): Promise<ReadonlySet<string> | null> {
  if (!wanted) return null;
  const all = await world.load(mineralTable);
  const related = new Set(wanted);
  for (const m of all) {
    if (m.mineral_group === null) continue;
    if (wanted.includes(m.mineral)) related.add(m.mineral_group);
    if (wanted.includes(m.mineral_group)) related.add(m.mineral);
  }
  return related;
}

interface Touched {
  readonly text: string;
  /** null where only a part of what is traded as a group is touched */
  readonly largest: number | null;
  readonly value_usd: number | null;
  readonly sources: readonly string[];
}

/** What an importer declares from a country of some minerals, by stage. */
async function touches(world: World, party: Party, events: readonly Event[]) {
  const named = new Set(events.flatMap((e) => (e.restricts === null ? [] : e.minerals)));
  const allCodes = named.size ? await world.load(hs6Mineral) : [];
  const groupOf = new Map(
    (named.size ? await world.load(mineralTable) : []).map((m) => [m.mineral, m.mineral_group]),
  );
  const groups = new Set([...named].flatMap((m) => groupOf.get(m) ?? []));
  const codes = allCodes.filter((c) => named.has(c.mineral) || groups.has(c.mineral));
  const supplies = codes.length ? await declaredSupplies(world, party, codes) : null;
  const mixes = [...groupBy(codes, (c) => `${c.mineral} ${c.stage}`).values()].flatMap((of) => {
    if (!supplies) return [];
    const declared = stageMix(supplies, of, allCodes, 'origin');
    // where only an eight-digit code tells the mineral apart, the country of dispatch is all there is
    const mix = declared ?? stageMix(supplies, of, allCodes, 'dispatch');
    return mix ? [{ ...mix, by: declared ? '' : ' by dispatch' }] : [];
  });
  return (country: string, of: readonly string[], stages: readonly string[]): Touched | null => {
    const groupsOf = new Set(of.flatMap((m) => groupOf.get(m) ?? []));
    const found = mixes.flatMap((mix) => {
      const whole = of.includes(mix.mineral);
      // a measure on some members touches a part, of unknown size, of what is traded as the group
      if (!whole && !groupsOf.has(mix.mineral)) return [];
      if (stages.length > 0 && !stages.includes(mix.stage)) return [];
      const amounts = amountsOf(mix, 'value');
      const share = sharesOf(amounts).find((s) => s.country === country)?.share;
      return share ? [{ mix, share, whole, usd: whole ? (mix.value_by.get(country) ?? null) : null }] : [];
    });
    if (!found.length) return null;
    found.sort((a, b) => Number(b.whole) - Number(a.whole) || b.share - a.share);
    const worth = found.reduce((sum, f) => sum + (f.usd ?? 0), 0);
    return {
      text: found
        .map(
          (f) =>
            `${f.mix.mineral} ${f.mix.stage} ${(100 * f.share).toFixed(0)} % (${f.mix.period ?? f.mix.year}${f.mix.by}${f.whole ? '' : ', in part: traded with its group'})`,
        )
        .join('; '),
      largest: found[0]!.whole ? found[0]!.share : null,
      value_usd: worth > 0 ? worth : null,
      sources: found.flatMap((f) => f.mix.sources),
    };
  };
}
