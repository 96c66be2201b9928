import { outlook } from '../../analysis/policy/outlook.ts';
import { groupBy } from '../../tables/group-by.ts';
import type { Project, Target } from '../../tables/policy.ts';
import type { Demand, Production } from '../../tables/quantities.ts';
import { demandGrowth, type WorldDemand } from '../demand-growth.ts';
import type { AnswerRow } from '../question.ts';
import type { Party } from '../resolve.ts';
import { exemptFrom } from '../rule-scope.ts';
import { blankOutlook } from './columns.ts';
import { outputNow, outputProjected } from './output.ts';
import { comeBy, pipeline } from './pipeline.ts';
import type { SupplyNow } from './supply-now.ts';

/** Whose outlook, under what assumptions. */
export interface OutlookTerms {
  readonly party: Party;
  readonly lens: string;
  /** last year to show; the rule’s own where undefined */
  readonly to: number | undefined;
  /** growth of demand a year as given */
  readonly demand: number | undefined;
  readonly demands: readonly Demand[];
  readonly worldDemand: WorldDemand;
}

/** A mineral and stage that a limit applies to, with what is known of its output and projects. */
export interface LimitedStage {
  readonly mineral: string;
  readonly stage: string;
  readonly now: SupplyNow | null;
  /** output of the mineral at every stage */
  readonly outputs: readonly Production[];
  readonly projects: readonly Project[];
}

export interface LimitRows {
  readonly rows: readonly AnswerRow[];
  readonly sources: readonly string[];
  /** projects that counted */
  readonly counted: readonly { readonly status: string | null }[];
}

/** The rows of one limit on one mineral and stage, year by year. */
export function limitRows(rule: Target, of: LimitedStage, terms: OutlookTerms): LimitRows {
  const { mineral, stage, now } = of;
  const { party, to } = terms;
  const targetYear = rule.year ?? to ?? null;
  const base = {
    ...blankOutlook(),
    target: rule.target,
    mineral,
    stage,
    lens: terms.lens,
    cap: rule.value,
    target_year: targetYear,
  };
  if (!now || targetYear === null) {
    const note = now ? 'the rule has no year; give one with --to' : 'no open figures of this supply';
    return { rows: [{ ...base, status: 'not_computable', note }], sources: [], counted: [] };
  }
  const lastYear = to ?? targetYear;
  const growth = demandGrowth(terms.demand, terms.demands, mineral, now.year, terms.worldDemand);
  const outputsOf = groupBy(of.outputs, (p) => p.stage);
  const own = outputNow(outputsOf.get(stage) ?? [], now.year);
  // the refined statistic of lithium and cobalt covers metal and chemicals together
  const together = stage === 'compound' && own.by.size === 0;
  const output = together ? outputNow(outputsOf.get('refine') ?? [], now.year) : own;
  const projection = outputProjected(outputsOf.get(together ? 'refine' : stage) ?? []);
  const ofStage = of.projects.filter((p) => p.stage === stage || (together && p.stage === 'refine'));
  const mine = pipeline(ofStage, party.id);
  const demand_t = (year: number) => (now.tonnes === null ? null : now.tonnes * growth.at(year));
  const result = outlook({
    shares: new Map(now.shares.map((s) => [s.country, s.share])),
    output_t: output.by,
    projects: mine,
    projected: projection.outputs,
    demand_t,
    cap: rule.value!,
    exempt: exemptFrom(party, now.year),
    now: now.year,
    targetYear,
    lastYear,
  });
  const remarks = [
    ...now.remarks,
    growth.remark,
    result.withoutOutput.length
      ? `projects not counted, as the output of their country is not known: ${result.withoutOutput.join(', ')}`
      : '',
    together && output.by.size > 0
      ? 'output and projects are those of refined metal and chemicals together'
      : '',
    ofStage.some((p) => p.quantity_t === null)
      ? 'some projects have no capacity on content and are left out'
      : '',
    rule.year === null ? `the rule has no year: ${to} is taken` : '',
  ].filter(Boolean);
  const shown = result.years.filter((y) => y.year <= lastYear);
  const common = {
    ...base,
    top_country: result.top_country,
    status: result.status,
    required_change_per_year: result.required_change_per_year,
    basis: now.basis,
  };
  const rows: AnswerRow[] = shown.map((y) => ({
    ...common,
    year: y.year,
    share: y.unchanged,
    pipeline_share: y.pipeline,
    pipeline_country: y.pipeline_top,
    pipeline_low: y.low,
    pipeline_high: y.high,
    projected_share: y.projected,
    projected_country: y.projected_top,
    path_share: y.path,
    tonnes_to_move_t: y.tonnes_to_move_t,
    demand_t: demand_t(y.year),
    demand_growth: growth.at(y.year),
    projects: comeBy(mine, now.year, y.year),
    potential:
      y.year === targetYear
        ? result.potential.map((p) => `${p.country} ${Math.round(p.quantity_t)} t`).join('; ') || null
        : null,
    note: remarks.join('; ') || null,
  }));
  if (!rows.length) {
    const why = result.years.length
      ? `the supply known is of ${now.year}, after ${lastYear}`
      : 'the target year has come';
    rows.push({ ...common, year: now.year, share: result.share, note: [why, ...remarks].join('; ') });
  }
  return {
    rows,
    sources: [
      ...now.sources,
      ...[growth.source, output.source, projection.outputs.length ? projection.source : null].flatMap(
        (s) => s ?? [],
      ),
    ],
    counted: mine,
  };
}
