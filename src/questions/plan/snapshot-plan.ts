import { usd } from '../../analysis/sourcing/explain.ts';
import { frontiers } from '../../analysis/sourcing/frontier.ts';
import { type Plan, planFor } from '../../analysis/sourcing/plan.ts';
import { countedBy, type Limits, type Problem } from '../../analysis/sourcing/problem.ts';
import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { agreement } from '../../tables/policy.ts';
import { hs6Mineral } from '../../tables/world.ts';
import { capRule } from '../cap-rule.ts';
import { cite } from '../cite.ts';
import { criticalMembers } from '../critical-members.ts';
import { figure, percent } from '../figure.ts';
import { traceableYears } from '../network-of.ts';
import type { PlanParams } from '../plan.ts';
import { withTradeOf } from '../preloaded.ts';
import type { Answer, AnswerRow, Note, View } from '../question.ts';
import { registerSource } from '../register-source.ts';
import { checkKnown, type Names, namesOf, type Party, unknown } from '../resolve.ts';
import { yearsOfRows } from '../wording.ts';
import { frontierNotes } from './frontier-notes.ts';
import { snapshotColumns } from './plan-columns.ts';
import { dualNotes, planNotes, plannedRows, unmetNotes, unmetRows } from './plan-rows.ts';
import { shockNotes } from './shock-notes.ts';
import { type Opening, offersIn, type StageSupply, stageSupply } from './stage-supply.ts';
import { listed, supplyFacts } from './supply-facts.ts';
import { type Today, todayOf } from './today.ts';

/** Plans a party's supply from the data in use. */
export async function planOfData(
  asked: PlanParams,
  world: World,
  limitsWith: (cap: number | null, names: Names, year: number) => Limits,
): Promise<Answer> {
  const names = await namesOf(world);
  const party = names.party(asked.for);
  const rule = await capRule(world, party, asked.cap);
  const thisYear = Number(world.now.slice(0, 4));
  const to = asked.to ?? rule.year ?? asked.from ?? thisYear;
  const from = asked.from ?? Math.min(thisYear, to);
  if (to - from > 60) throw new UsageError(`--to is more than 60 years after --from: "${to}"`);
  const opening = await openingOf(world, party, asked);
  const supplies = await suppliesOf(asked, world, names, party, opening?.partners);
  const limits = limitsWith(rule.cap, names, to);
  const home = new Set([party.id, ...party.members(to)]);
  const years = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const problemOf = (of: readonly number[], opened?: Opening): Problem => ({
    home,
    limits,
    projects: [],
    needs: supplies.flatMap((s) =>
      of.map((year) => ({
        mineral: s.mineral,
        stage: s.stage,
        year,
        quantity_t: s.demand_t * s.growth.at(year),
        weight: s.meanUnitValue,
      })),
    ),
    offers: supplies.flatMap((s) => of.flatMap((year) => offersIn(s, year, asked.divert, opened))),
  });
  world.progress(0.6, 'planning');
  const plan = await planFor(problemOf(years), asked.objective, world.solve, world.signal);
  const costs = new Map(
    supplies.flatMap((s) =>
      s.suppliers.map((x) => [`${s.mineral} ${s.stage} ${x.supplier}`, x.cost] as const),
    ),
  );
  const planned: AnswerRow[] = plannedRows(plan)
    .filter((r) => (r.quantity_t as number) > 0)
    .map((r) => {
      const cost = costs.get(`${r.mineral} ${r.stage} ${r.supplier}`)!;
      const { total_usd_per_t: _, ...parts } = cost;
      return { ...r, ...parts };
    });
  const rows = [...planned, ...unmetRows(plan)];
  // what the cap costs is the difference to the same plan without it
  const free: Problem = {
    ...problemOf([to]),
    limits: { ...limits, cap: null, aggregateCap: null, nMinus1: null },
  };
  const uncapped = await planFor(free, asked.objective, world.solve, world.signal);
  const least = await leastCaps(plan, to, world);
  const told = inWords(plan, least, uncapped, supplies, limits, home, to, names);
  const used = new Set(supplies.flatMap((s) => [...s.sources]));
  if (world.data !== 'own') for (const id of ['wgi', 'geodist']) used.add(id);
  if (rule.source) used.add(registerSource(world, 'target', 'policy_targets'));
  const notes: Note[] = [
    ...planNotes(plan),
    ...told.notes,
    ...unmetNotes(plan, names.countryName),
    ...dualNotes(
      plan.limits.filter((l) => l.constraint === 'demand' || (l.binding && l.shadow_price_usd_per_t !== 0)),
      names.countryName,
    ),
  ];
  if (opening) {
    used.add(registerSource(world, 'agreement', 'policy_agreements'));
    const before =
      to === from ? plan : await planFor(problemOf([to]), asked.objective, world.solve, world.signal);
    const after = await planFor(problemOf([to], opening), asked.objective, world.solve, world.signal);
    notes.push(...agreementNotes(before, after, opening, to, names));
  }
  if (asked.shock !== undefined)
    notes.push(...(await shockNotes(plan, supplies, home, to, asked.shock, names, world)));
  if (asked.frontier)
    notes.push(
      ...(await frontierNotes(problemOf([to]), asked.frontier, asked.points, world, names.mineralName)),
    );
  notes.push(...together(supplies.flatMap((s) => s.notes)));
  const grown = supplies.filter((s) => s.growth.source !== null || asked.demand !== undefined);
  for (const s of asked.demand === undefined ? grown : grown.slice(0, 1))
    notes.push({
      code: 'demand',
      text: `${asked.demand === undefined ? `${s.mineral}: ` : ''}${s.growth.remark}`,
    });
  notes.push(
    {
      code: 'assumptions',
      text: `assumed, and changeable: of what others buy, of idle capacity and of new projects ${percent(asked.divert)} can be had (--divert); freight ${asked.freight} USD per tonne and km (--freight); ${percent(asked.riskPremium)} of the price for the worst governance (--risk-premium)`,
    },
    rule.cap === null
      ? { code: 'no_cap', text: `no cap: ${party.name} has set itself none; give one with --cap` }
      : {
          code: 'cap',
          value: rule.cap,
          text: `cap ${percent(rule.cap)} of demand (${rule.rule}), by ${asked.capOn === 'declared' ? 'the seller’s country' : asked.capOn === 'traced' ? 'where it was born' : 'the owner’s home'}, in every year of the plan`,
        },
  );
  if (!supplies.length)
    notes.push({
      code: 'no_supply',
      text: 'no trade with tonnes and value for any of the minerals asked about',
    });
  return {
    rows,
    columns: snapshotColumns,
    notes,
    sources: await cite(world, used),
    view: viewOf(rows, { ...told, headline: ofWhom(told.headline, party, supplies) }, to, notes),
  };
}

/** Which partner an agreement named would open, and how far. */
async function openingOf(
  world: World,
  party: Party,
  asked: PlanParams,
): Promise<(Opening & { id: string; minerals: ReadonlySet<string> | null }) | null> {
  if (asked.agreement === undefined) return null;
  const all = await world.load(agreement);
  const row = all.find((a) => a.agreement === asked.agreement);
  if (!row)
    throw unknown(
      'agreement',
      asked.agreement,
      all.map((a) => a.agreement),
    );
  const sides = [...listed(row.party), ...listed(row.partner)];
  const partners = new Set(sides.filter((s) => s !== party.id));
  if (partners.size === sides.length)
    throw new UsageError(`${party.name} is no side of the agreement: "${asked.agreement}"`);
  const named = listed(row.minerals);
  return {
    id: row.agreement,
    partners,
    part: asked.agreementPart,
    minerals: named.length ? new Set(named) : null,
  };
}

/** Reads who could supply each mineral and stage asked about. */
async function suppliesOf(
  asked: PlanParams,
  world: World,
  names: Names,
  party: Party,
  partners: ReadonlySet<string> | undefined,
): Promise<StageSupply[]> {
  const members = asked.list === undefined ? null : await criticalMembers(world, asked.list);
  const wanted = names.minerals(asked.mineral);
  const minerals = members ? [...members].filter((m) => !wanted || wanted.includes(m)) : wanted;
  if (minerals && !minerals.length)
    throw new UsageError(`not on the list ${asked.list}: "${wanted?.join(',') ?? ''}"`);
  const traceable = await traceableYears(world, minerals);
  const inStage = asked.stage?.filter((s) => s !== 'all');
  checkKnown('stage', inStage, new Set((await world.load(hs6Mineral)).map((c) => c.stage)));
  const cases = [...traceable].flatMap(([key, years]) => {
    const [mineral, stage] = key.split(' ') as [string, string];
    if (inStage?.length && !inStage.includes(stage)) return [];
    const year = asked.capOn === 'declared' ? years.trade.at(-1) : (years.both.at(-1) ?? years.trade.at(-1));
    return year === undefined ? [] : [{ mineral, stage, year }];
  });
  cases.sort((a, b) => (`${a.mineral} ${a.stage}` < `${b.mineral} ${b.stage}` ? -1 : 1));
  const codes = await world.load(hs6Mineral);
  const byYear = new Map<number, World>();
  for (const year of new Set(cases.map((c) => c.year))) {
    const of = new Set(cases.filter((c) => c.year === year).map((c) => c.mineral));
    byYear.set(
      year,
      await withTradeOf(
        world,
        codes.filter((c) => of.has(c.mineral)).map((c) => c.hs6),
        year,
      ),
    );
  }
  const facts = await supplyFacts(world, party, partners);
  const choices = {
    capOn: asked.capOn,
    growth: asked.demand,
    costs: { freightPerTonneKm: asked.freight, riskPremium: asked.riskPremium },
  };
  const supplies: StageSupply[] = [];
  for (const [k, one] of cases.entries()) {
    world.signal.throwIfAborted();
    world.progress((0.5 * k) / cases.length, `reading ${one.mineral} ${one.stage}`);
    const found = await stageSupply(byYear.get(one.year)!, party, one, facts, choices);
    if (found) supplies.push(found);
  }
  return supplies;
}

/** The lowest cap that can be met, by `mineral stage`, where the one asked for cannot. */
async function leastCaps(plan: Plan, to: number, world: World): Promise<Map<string, number>> {
  const { limits, needs: _, ...rest } = plan.problem;
  const found = new Map<string, number>();
  const failed = plan.unmet.flatMap((u) => u.needs.map((n) => n.need)).filter((n) => n.year === to);
  if (limits.cap === null || !failed.length) return found;
  const problem = {
    ...rest,
    limits,
    needs: failed,
    offers: plan.problem.offers.filter((o) => o.year === to),
  };
  for (const f of await frontiers(problem, 'cap', 3, world.solve, world.signal))
    found.set(`${f.need.mineral} ${f.need.stage}`, f.points.at(-1)!.limit!);
  return found;
}

interface Told {
  readonly headline: string[];
  readonly notes: Note[];
  /** over the cap today, most urgent first, by `mineral stage` */
  readonly over: readonly string[];
}

/** The plan of the last year against today's mix, in words. */
function inWords(
  plan: Plan,
  least: ReadonlyMap<string, number>,
  uncapped: Plan,
  supplies: readonly StageSupply[],
  limits: Limits,
  home: ReadonlySet<string>,
  to: number,
  names: Names,
): Told {
  const notes: Note[] = [];
  const cap = limits.cap ?? limits.nMinus1;
  const unmet = new Map<string, number>();
  for (const u of plan.unmet)
    for (const n of u.needs)
      if (n.need.year === to) unmet.set(`${n.need.mineral} ${n.need.stage}`, n.short_by_t);
  const costIn = costsOf(plan, to);
  const costFree = costsOf(uncapped, to);
  const price = new Map<string, number>();
  for (const l of plan.limits)
    if (l.need?.year === to && l.shadow_price_usd_per_t && /^(cap|origin_cap|owner_cap):/.test(l.constraint))
      price.set(`${l.need.mineral} ${l.need.stage}`, -l.shadow_price_usd_per_t);
  type Line = {
    key: string;
    supply: StageSupply;
    today: Today;
    more: number | null;
    short: number | undefined;
  };
  const lines = supplies.map((supply): Line => {
    const key = `${supply.mineral} ${supply.stage}`;
    const today = todayOf(supply, limits.capOn, home);
    const [cost, without] = [costIn.get(key), costFree.get(key)];
    const more = cost === undefined || !without ? null : Math.max(0, cost / without - 1);
    return { key, supply, today, more, short: unmet.get(key) };
  });
  const over = lines
    .filter((l) => cap !== null && l.today.top_share > cap)
    .sort((a, b) => b.today.top_share - a.today.top_share);
  for (const l of over) {
    const name = `${names.mineralName(l.supply.mineral)} (${l.supply.stage})`;
    const top = l.today.top_country === null ? '' : names.countryName(l.today.top_country);
    const demand = l.supply.demand_t * l.supply.growth.at(to);
    const outcome =
      l.short !== undefined
        ? `cannot be brought under the cap: ${figure(l.short)} t of ${figure(demand)} t missing${least.has(l.key) ? `; the lowest cap that can be met is ${percent(least.get(l.key)!)}` : ''}`
        : l.more === null
          ? 'not planned'
          : `the cap costs ${costInWords(l.more)}`;
    const last = price.get(l.key);
    notes.push({
      code: l.short !== undefined ? 'cannot' : 'over_today',
      value: l.today.top_share,
      mineral: l.supply.mineral,
      stage: l.supply.stage,
      top_country: l.today.top_country,
      more_share: l.more,
      short_by_t: l.short ?? null,
      least_cap: least.get(l.key) ?? null,
      text: `${name}: ${percent(l.today.top_share)} from ${top} in ${l.supply.year}; ${outcome}${last ? `; the last tonne under the cap costs ${usd(last)}` : ''}${bornInWords(plan, l.supply, limits, home, to, names)}`,
    });
  }
  const can = over.filter((l) => l.short === undefined && l.more !== null);
  const first = [...can].sort(
    (a, b) => (a.more ?? 0) / (a.today.top_share - cap!) - (b.more ?? 0) / (b.today.top_share - cap!),
  )[0];
  if (first && can.length > 1)
    notes.push({
      code: 'first',
      mineral: first.supply.mineral,
      stage: first.supply.stage,
      text: `first: ${names.mineralName(first.supply.mineral)} (${first.supply.stage}), where the cap costs least for each share point that has to go`,
    });
  const headline = headlineOf(limits, lines.length, over.length, can.length, supplies, home, to, names);
  return { headline, notes, over: over.map((l) => l.key) };
}

function headlineOf(
  limits: Limits,
  stages: number,
  over: number,
  can: number,
  supplies: readonly StageSupply[],
  home: ReadonlySet<string>,
  to: number,
  names: Names,
): string[] {
  if (limits.aggregateCap !== null) {
    const by = new Map<string, number>();
    let total = 0;
    for (const s of supplies)
      for (const x of s.suppliers) {
        const value = x.room.current_t * s.meanUnitValue;
        total += value;
        for (const [country, part] of countedBy(x, limits.capOn, home))
          by.set(country, (by.get(country) ?? 0) + part * value);
      }
    const [top] = [...by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return [
      `Of all ${stages} minerals and stages added up by value, ${top ? `${percent(top[1] / total)} comes from ${names.countryName(top[0])}` : 'nothing is imported'} today; the cap is ${percent(limits.aggregateCap)}. Alone they may be over it.`,
    ];
  }
  const cap = limits.cap ?? limits.nMinus1;
  if (cap === null) return [`The cheapest mix for ${stages} minerals and stages in ${to}; no cap is set.`];
  const cannot = over - can;
  return [
    `${over} of ${stages} minerals and stages are over ${percent(cap)} today. By ${to} ${can === over && over > 1 ? 'all' : can} of them can be brought under it${cannot ? `, ${cannot} cannot within what is known to be available` : ''}.`,
  ];
}

const costInWords = (more: number): string =>
  more < 0.0005 ? 'nothing: others are as cheap' : `${figure(Number((100 * more).toPrecision(2)))} % more`;

/** Cost of a year by `mineral stage`. */
function costsOf(plan: Plan, year: number): Map<string, number> {
  const by = new Map<string, number>();
  for (const d of plan.deliveries) {
    const need = plan.problem.needs[d.need]!;
    const key = `${need.mineral} ${need.stage}`;
    if (need.year === year) by.set(key, (by.get(key) ?? 0) + d.quantity_t * d.offer.cost_usd_per_t);
  }
  return by;
}

/** A plan that counts sellers may hide where the goods were born: then the largest origin is named. */
function bornInWords(
  plan: Plan,
  supply: StageSupply,
  limits: Limits,
  home: ReadonlySet<string>,
  to: number,
  names: Names,
): string {
  if (limits.capOn !== 'declared' || !supply.bornIn || limits.cap === null) return '';
  const by = new Map<string, number>();
  let total = 0;
  for (const d of plan.deliveries) {
    const { offer } = d;
    if (!(d.quantity_t > 0)) continue;
    if (offer.mineral !== supply.mineral || offer.stage !== supply.stage || offer.year !== to) continue;
    total += d.quantity_t;
    if (offer.kind !== 'import') continue;
    for (const [country, share] of supply.bornIn(offer.country))
      if (!home.has(country)) by.set(country, (by.get(country) ?? 0) + share * d.quantity_t);
  }
  const [top] = [...by].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (!top || !(total > 0) || top[1] / total <= limits.cap) return '';
  return `; but ${percent(top[1] / total)} of that mix would still be born in ${names.countryName(top[0])} (--cap-on traced)`;
}

/** What an agreement is worth in the last year: with and without it, and by the price of the partner's tonnes. */
function agreementNotes(
  before: Plan,
  after: Plan,
  opening: Opening & { id: string; minerals: ReadonlySet<string> | null },
  to: number,
  names: Names,
): Note[] {
  const value = (plan: Plan) => {
    const by = new Map<
      string,
      { cost: number; short: number; from: number; available: number; price: number }
    >();
    const at = (m: string, s: string) => {
      const key = `${m} ${s}`;
      const own = by.get(key) ?? { cost: 0, short: 0, from: 0, available: 0, price: 0 };
      by.set(key, own);
      return own;
    };
    for (const d of plan.deliveries) {
      const own = at(d.offer.mineral, d.offer.stage);
      own.cost += d.quantity_t * d.offer.cost_usd_per_t;
      if (!opening.partners.has(d.offer.country)) continue;
      own.from += d.quantity_t;
      own.available += d.offer.available_t;
    }
    for (const u of plan.unmet)
      for (const n of u.needs) at(n.need.mineral, n.need.stage).short += n.short_by_t;
    for (const l of plan.limits)
      if (l.need && l.constraint.startsWith('available:') && opening.partners.has(l.constraint.slice(10)))
        at(l.need.mineral, l.need.stage).price += -(l.shadow_price_usd_per_t ?? 0);
    return by;
  };
  const without = value(before);
  const with_ = value(after);
  const notes: Note[] = [];
  let total = 0;
  let spent = 0;
  const worth: { key: string; saved: number }[] = [];
  for (const [key, a] of with_) {
    const [mineral, stage] = key.split(' ') as [string, string];
    if (opening.minerals && !opening.minerals.has(mineral)) continue;
    const b = without.get(key)!;
    const more = a.available - b.available;
    if (more <= 0 && a.from === 0 && b.short === a.short) continue;
    spent += b.cost;
    const closed = b.short - a.short;
    // a need that was not met has no cost to compare with
    const saved = b.short > 0 || a.short > 0 ? null : Math.max(0, b.cost - a.cost);
    total += saved ?? 0;
    if (saved) worth.push({ key, saved });
    notes.push({
      code: 'agreement_value',
      agreement: opening.id,
      mineral,
      stage,
      year: to,
      value: saved,
      by_dual_usd: b.price * more,
      tonnes_before: b.from,
      tonnes_after: a.from,
      short_closed_t: closed,
      text: `${names.mineralName(mineral)} (${stage}): ${
        saved === null
          ? closed > 0
            ? `closes ${figure(closed)} t of what is missing`
            : 'does not close what is missing'
          : saved > 0
            ? `worth ${usd(saved)} a year, ${figure((100 * saved) / b.cost)} % of its cost`
            : b.from > 0
              ? 'worth nothing more: what it sells already is enough'
              : 'worth nothing: nearer or cheaper tonnes are there already'
      } (${figure(b.from)} t bought from ${[...opening.partners].join(', ')} without, ${figure(a.from)} t with it)`,
    });
  }
  const best = worth.sort((x, y) => y.saved - x.saved)[0];
  const part = spent > 0 ? total / spent : 0;
  notes.unshift({
    code: 'agreement_total',
    agreement: opening.id,
    value: total,
    year: to,
    text: `${opening.id}, if it opened ${percent(opening.part)} of what ${[...opening.partners].map(names.countryName).join(', ')} has: worth ${usd(total)} a year in ${to} on these minerals, ${figure(100 * part)} % of their cost${part < 0.02 ? ': small' : ''}${best ? `; most in ${best.key}` : ''}. It names no tonnes: this is what it could open, not what it promises`,
  });
  return notes;
}

/** The headline with whose supply it is of, and of which years. */
const ofWhom = (lines: readonly string[], party: Party, supplies: readonly StageSupply[]): string[] =>
  lines.map((line, k) =>
    k > 0 || !supplies.length
      ? line
      : `${party.name}, supply of ${yearsOfRows(supplies.map(({ year }) => ({ year })))}: ${line}`,
  );

/** On one screen: the minerals over the cap today, as they would be bought in the last year. */
function viewOf(rows: readonly AnswerRow[], told: Told, to: number, notes: readonly Note[]): View {
  const at = (key: string) =>
    rows.flatMap((r, k) =>
      r.year === to &&
      `${r.mineral} ${r.stage}` === key &&
      (r.status === 'infeasible' ? r.constraint === 'demand' : (r.share as number) >= 0.05)
        ? [k]
        : [],
    );
  const over = told.over.flatMap(at);
  const shown = over.length
    ? over
    : rows.flatMap((r, k) => (r.year === to && ((r.share as number | null) ?? 1) >= 0.2 ? [k] : []));

  const worthless = notes.filter((n) => n.code === 'agreement_value' && !n.value && !n.short_closed_t);
  const after = notes
    .filter(
      (n) =>
        ['over_today', 'cannot', 'first', 'shock', 'knee', 'agreement_total'].includes(n.code) ||
        (n.code === 'agreement_value' && !worthless.includes(n)),
    )
    .map((n) => n.text);
  if (worthless.length)
    after.push(`It is worth nothing on ${worthless.map((n) => `${n.mineral} (${n.stage})`).join(', ')}`);
  return {
    headline: told.headline,
    columns: ['mineral', 'stage', 'supplier', 'share', 'quantity_t', 'unit_cost_usd_per_t', 'short_by_t'],
    heads: { quantity_t: 't', unit_cost_usd_per_t: 'USD/t', short_by_t: 'short t' },
    bar: { share: 'share' },
    group: 'mineral',
    sections: [
      {
        title: over.length
          ? `Over the cap today: the mix in ${to}, suppliers of 5 % and more`
          : `The mix in ${to}, suppliers of 20 % and more`,
        rows: shown,
      },
    ],
    after,
    quietNotes: [
      'dual',
      'shock',
      'frontier',
      'knee',
      'over_today',
      'cannot',
      'first',
      'agreement_total',
      'agreement_value',
      'infeasible',
      'partial',
      'sold_on',
    ],
  };
}

/** Remarks that are the same for several minerals, said once: `what holds: mineral stage, mineral stage`. */
function together(notes: readonly Note[]): Note[] {
  const said = groupBy(notes, (n) => `${n.code} ${n.text.slice(n.text.indexOf(': ') + 2)}`);
  return [...said.values()].map((same) => {
    const first = same[0]!;
    if (same.length === 1) return first;
    const at = same.map((n) => n.text.slice(0, n.text.indexOf(': ')));
    const { value: _, ...rest } = first;
    return { ...rest, text: `${first.text.slice(first.text.indexOf(': ') + 2)}: ${at.join(', ')}` };
  });
}
