import { groupBy } from '../../tables/group-by.ts';
import { salient } from '../../tables/policy.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown } from '../resolve.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  {
    name: 'dp',
    unit: '1',
    about: 'disruption potential Σ PS²·ASI·WSI; needs the policy-perception and trade-tie indices',
  },
  { name: 'te', unit: '1', about: 'trade exposure: net import reliance as published' },
  { name: 'ev', unit: '1', about: 'economic vulnerability Σ (VA/GDP)·(EXP/OP); needs industry accounts' },
  { name: 'sr', unit: '1', about: '(DP·TE·EV)^(1/3)' },
  { name: 'limit', unit: '', about: 'less_than or more_than where the publisher gives a bound' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/**
 * The terms of the USGS 2020 method that open data give: trade exposure of the United States as published. The indices
 * behind DP (policy perception, trade ties, shared values) and the accounts behind EV are not openly licensed, so DP,
 * EV and the score are null; `analysis/indices/supply-risk-usgs.ts` computes them from inputs of one’s own.
 */
export async function usgs2020Rows(request: RiskRequest): Promise<RiskAnswer> {
  const importers = request.importers.length ? request.importers : ['USA'];
  const published = await request.world.load(salient, {
    statistic: ['net_import_reliance'],
    country: importers,
    ...(request.minerals ? { mineral: request.minerals } : {}),
  });
  const covered = new Set(published.map((r) => r.year));
  if (request.years && !request.years.some((y) => covered.has(y)))
    checkKnown('year', [String(request.years[0])], [...covered].sort().map(String));
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  for (const group of groupBy(published, (r) => `${r.country} ${r.mineral} ${r.detail}`).values()) {
    const years = request.years ?? [Math.max(...group.map((r) => r.year))];
    for (const r of group.filter((g) => years.includes(g.year))) {
      remarks.add(
        'no_open_input',
        'DP and EV need indices and accounts that are not openly licensed',
        rows.length,
      );
      rows.push({
        method: 'usgs_2020',
        mineral: r.mineral,
        stage: 'all',
        country: r.country,
        year: r.year,
        dp: null,
        te: r.status === 'net_exporter' ? 0 : r.value,
        ev: null,
        sr: null,
        limit: r.limit,
        note: `${r.detail ? `${r.detail}: ` : ''}DP and EV have no open inputs${r.value === null ? `; TE ${r.status === 'net_exporter' ? '0, a net exporter' : (r.status ?? 'unknown')}` : ''}`,
      });
    }
  }
  return {
    rows,
    columns,
    notes: remarks.notes(),
    sources: new Set(rows.length ? published.map((r) => r.source) : []),
  };
}
