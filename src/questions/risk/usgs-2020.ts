import { groupBy } from '../../tables/group-by.ts';
import { salient } from '../../tables/policy.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, yearsToAnswer } from '../resolve.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';
import { tradeRows } from './trade.ts';

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  {
    name: 'dp',
    unit: '1',
    about: 'disruption potential Σ PS²·ASI·WSI; needs the policy-perception and trade-tie indices',
  },
  {
    name: 'te',
    unit: '1',
    about:
      'trade exposure: net import reliance, as published or from output and trade of the stage; 0 for a net exporter',
  },
  { name: 'ev', unit: '1', about: 'economic vulnerability Σ (VA/GDP)·(EXP/OP); needs industry accounts' },
  { name: 'sr', unit: '1', about: '(DP·TE·EV)^(1/3)' },
  { name: 'limit', unit: '', about: 'less_than or more_than where the publisher gives a bound' },
  { name: 'imports_t', unit: 't', about: 'imports behind te, where it is not as published' },
  { name: 'exports_t', unit: 't', about: 'exports behind te, where it is not as published' },
  { name: 'domestic_t', unit: 't', about: 'output behind te, where it is not as published' },
  { name: 'series', unit: '', about: 'which product the published figure is of' },
  { name: 'te_source', unit: '', about: 'source of te; trade where it is made of output and trade' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

const termsMissing = 'DP and EV need indices and accounts that are not openly licensed';

/** The publisher's name of the series, less the words that stand in all of them. */
const productOf = (detail: string | null): string | null =>
  detail
    ?.replace(
      /net import reliance ?as a percentage of (total |estimated |reported |apparent )*consumption/gi,
      '',
    )
    .replace(/\(based on value\)/gi, ' by value')
    .replace(/^[\s,:]+|[\s,:]+$/g, '') || null;

/**
 * The terms of the USGS 2020 method that open data give. For a country whose net import reliance is published (the
 * United States), trade exposure is that; for others it is made of output and trade of each stage, stocks and
 * recycled supply unknown. The indices behind DP (policy perception, trade ties, shared values) and the accounts
 * behind EV are not openly licensed, so DP, EV and the score are null; `analysis/indices/supply-risk-usgs.ts`
 * computes them from inputs of one’s own.
 */
export async function usgs2020Rows(request: RiskRequest): Promise<RiskAnswer> {
  const published = await request.world.load(salient, {
    statistic: ['net_import_reliance'],
    ...(request.importers.length ? { country: request.importers } : {}),
    ...(request.minerals ? { mineral: request.minerals } : {}),
  });
  const told = new Set(published.map((r) => r.country));
  const others = request.importers.filter((i) => !told.has(i));
  const covered = new Set(published.map((r) => r.year));
  const named = namedYears(request.years);
  if (named && published.length && !named.some((y) => covered.has(y)))
    checkKnown('year', [String(named[0])], [...covered].sort().map(String));
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  for (const group of groupBy(published, (r) => `${r.country} ${r.mineral} ${r.detail}`).values()) {
    const every = group.map((r) => r.year);
    const years = yearsToAnswer(request.years, Math.max(...every), () => every);
    for (const r of group.filter((g) => years.includes(g.year))) {
      remarks.add('no_open_input', termsMissing, rows.length);
      const exports = r.status === 'net_exporter';
      rows.push({
        ...unknownTerms,
        mineral: r.mineral,
        stage: 'all',
        country: r.country,
        year: r.year,
        te: exports ? 0 : r.value,
        limit: r.limit,
        series: productOf(r.detail),
        te_source: r.source,
        note: `DP and EV have no open inputs${r.value === null ? `; TE ${exports ? '0, a net exporter' : (r.status ?? 'unknown')}` : ''}`,
      });
    }
  }
  const sources = new Set(rows.length ? published.map((r) => r.source) : []);
  if (others.length) await addMade();
  return { rows, columns, notes: remarks.notes(), sources };

  async function addMade(): Promise<void> {
    const trade = await tradeRows({ ...request, importers: others });
    for (const source of trade.sources) sources.add(source);
    for (const r of trade.rows) {
      remarks.add('no_open_input', termsMissing, rows.length);
      const reliance = r.net_import_reliance as number | null;
      rows.push({
        ...unknownTerms,
        mineral: r.mineral!,
        stage: r.stage!,
        country: r.country!,
        year: r.year!,
        te: reliance === null ? null : Math.max(0, reliance),
        imports_t: r.imports_t!,
        exports_t: r.exports_t!,
        domestic_t: r.domestic_t!,
        te_source: 'trade',
        note:
          reliance === null
            ? (r.note ?? 'a part of net import reliance is unknown')
            : 'DP and EV have no open inputs',
      });
    }
  }
}

const unknownTerms = {
  method: 'usgs_2020',
  dp: null,
  ev: null,
  sr: null,
  limit: null,
  imports_t: null,
  exports_t: null,
  domestic_t: null,
  series: null,
} as const;
