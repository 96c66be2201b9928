import { type Plan, planFor } from '../../analysis/sourcing/plan.ts';
import { type Limits, type Problem, stockKind } from '../../analysis/sourcing/problem.ts';
import { solveOnce } from '../../analysis/sourcing/solve-once.ts';
import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { capRule } from '../cap-rule.ts';
import { cite } from '../cite.ts';
import type { PlanParams } from '../plan.ts';
import type { Answer, AnswerRow, Note } from '../question.ts';
import { registerSource } from '../register-source.ts';
import { type Names, namesOf } from '../resolve.ts';
import { assumptionNotes } from './assumption-notes.ts';
import { frontierNotes } from './frontier-notes.ts';
import { leastCaps } from './least-caps.ts';
import { offersIn } from './offers-in.ts';
import { type Opening, openingOf } from './opening.ts';
import { outcomesOf } from './outcome.ts';
import { outcomeNotes, urgencyOf } from './outcome-words.ts';
import { snapshotColumns, stockColumns } from './plan-columns.ts';
import { planHeadline } from './plan-headline.ts';
import { dualNotes, planNotes, plannedRows, unmetNotes, unmetRows } from './plan-rows.ts';
import { planView } from './plan-view.ts';
import { projectAsked } from './project-asked.ts';
import { saidOnce } from './said-once.ts';
import { shockNotes } from './shock-notes.ts';
import type { StageSupply } from './stage-supply.ts';
import { stockNotes } from './stock-notes.ts';
import { stocksHeld } from './stocks-held.ts';
import { suppliesOf } from './supplies-of.ts';
import { worthOf } from './worth.ts';
import { worthNotes } from './worth-notes.ts';
import { agreementSubject, projectSubject } from './worth-subjects.ts';

/** Plans a party's supply from the data in use. */
export async function planOfData(
  asked: PlanParams,
  given: World,
  limitsWith: (cap: number | null, names: Names, year: number) => Limits,
): Promise<Answer> {
  const world: World = { ...given, solve: solveOnce(given.solve) };
  const names = await namesOf(world);
  const party = names.party(asked.for);
  const rule = await capRule(world, party, asked.cap);
  const thisYear = Number(world.now.slice(0, 4));
  const to = asked.to ?? rule.year ?? asked.from ?? thisYear;
  const from = asked.from ?? Math.min(thisYear, to);
  if (to - from > 60) throw new UsageError(`--to is more than 60 years after --from: "${to}"`);
  const opening = await openingOf(world, party, asked);
  const project = await projectAsked(world, party, asked.project);
  const { planned: supplies, unplanned } = await suppliesOf(asked, world, names, party, opening?.partners);
  const limits = limitsWith(rule.cap, names, to);
  const home = new Set([party.id, ...party.members(to)]);
  const years = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const { stocks, sources: stockSources } = await stocksHeld(asked, world, party, supplies, years);
  const problemOf = (of: readonly number[], opened?: Opening, without?: string): Problem => ({
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
    // a year alone has nobody to buy ahead for
    stocks: of === years ? stocks : [],
    offers: supplies.flatMap((s) => of.flatMap((year) => offersIn(s, year, asked.divert, opened, without))),
  });
  const solved = (problem: Problem, objective = asked.objective) =>
    planFor(problem, objective, world.solve, world.signal);
  world.progress(0.6, 'planning');
  const plan = await solved(problemOf(years));
  const planned = withCosts(plan, supplies);
  const rows = [...planned, ...unmetRows(plan)];
  // what the cap costs is the difference to the same plan without it; what spreading costs, to the cheapest
  const uncapped = await solved(
    {
      // where stocks join the years, so does what they cost
      ...problemOf(stocks.length ? years : [to]),
      limits: { ...limits, cap: null, aggregateCap: null, nMinus1: null },
    },
    asked.objective === 'hhi' ? 'cost' : asked.objective,
  );
  const outcomes = outcomesOf(plan, uncapped, await leastCaps(plan, to, world), supplies, to);
  const urgency = urgencyOf(outcomes, limits);
  const used = new Set([...supplies.flatMap((s) => [...s.sources]), ...stockSources]);
  if (world.data !== 'own') for (const id of ['wgi', 'geodist']) used.add(id);
  if (rule.source) used.add(registerSource(world, 'target', 'policy_targets'));
  const notes: Note[] = [
    ...planNotes(plan),
    ...stockNotes(asked, plan, names),
    ...outcomeNotes(urgency, limits, names),
    ...unmetNotes(plan, planned.length, names.countryName),
    ...dualNotes(
      plan.limits.filter((l) => l.constraint === 'demand' || (l.binding && l.shadow_price_usd_per_t !== 0)),
      names.countryName,
    ),
  ];
  if (opening || project) {
    const inLast = to === from && !stocks.length ? plan : await solved(problemOf([to]));
    if (opening) {
      used.add(registerSource(world, 'agreement', 'policy_agreements'));
      const opened = await solved(problemOf([to], opening));
      const worth = worthOf(inLast, opened, opening.partners).filter(
        (w) => !opening.minerals || opening.minerals.has(w.mineral),
      );
      notes.push(...worthNotes(worth, agreementSubject(opening, names), to, names));
    }
    if (project) {
      used.add(registerSource(world, 'project', 'project_register'));
      const worth = worthOf(await solved(problemOf([to], undefined, project.id)), inLast, project.sellers);
      notes.push(...worthNotes(worth, projectSubject(project, names), to, names));
    }
  }
  if (asked.shock !== undefined)
    notes.push(...(await shockNotes(plan, supplies, home, to, asked.shock, names, world)));
  if (asked.frontier)
    notes.push(
      ...(await frontierNotes(problemOf([to]), asked.frontier, asked.points, world, names.mineralName)),
    );
  notes.push(
    ...saidOnce(
      supplies.flatMap((s) => s.notes),
      supplies.length,
    ),
    ...assumptionNotes(asked, supplies, unplanned, rule, party, names),
  );
  const headline = planHeadline(outcomes, urgency, limits, home, to, party, names, asked.objective);
  if (limits.capOn !== 'declared' && notes.some((n) => n.code === 'unexplained_origin'))
    headline.push(
      'Supply that nobody reports making counts in full as the largest producer’s: such a share is the most it can be, and headwater origins gives its range.',
    );
  return {
    rows,
    columns: stocks.length ? [...snapshotColumns, ...stockColumns] : snapshotColumns,
    notes,
    sources: await cite(world, used),
    view: planView(headline, outcomes, urgency, limits, to, notes, names, asked),
  };
}

/** Whether anything is or was held. */
const stockMoves = (r: AnswerRow) =>
  [r.opening_t, r.bought_t, r.drawn_t, r.closing_t].some((t) => (t as number) > 0);

/** What is bought, with the parts of its landed cost. */
function withCosts(plan: Plan, supplies: readonly StageSupply[]): AnswerRow[] {
  const costs = new Map(
    supplies.flatMap((s) =>
      s.suppliers.map((x) => [`${s.mineral} ${s.stage} ${x.supplier}`, x.cost] as const),
    ),
  );
  return plannedRows(plan)
    .filter((r) => (r.quantity_t as number) > 0 || (r.kind === stockKind && stockMoves(r)))
    .map((r) => {
      if (r.kind === stockKind) return r;
      const { total_usd_per_t: _, ...parts } = costs.get(`${r.mineral} ${r.stage} ${r.supplier}`)!;
      return { ...r, ...parts };
    });
}
