import { nMinusOneCover } from '../../analysis/indices/n-minus-1.ts';
import { groupBy } from '../../tables/group-by.ts';
import { type Demand, demand, production } from '../../tables/quantities.ts';
import { newestReportedYear, yearsWithOutput } from '../preferred-source.ts';
import type { AnswerColumn, AnswerRow } from '../question.ts';
import { checkKnown, namedYears, yearsToAnswer } from '../resolve.ts';
import { Remarks, type RiskAnswer, type RiskRequest, riskKey } from './method.ts';
import { outputs } from './output.ts';

const columns: readonly AnswerColumn[] = [
  ...riskKey,
  { name: 'largest', unit: '', about: 'largest supplier' },
  { name: 'supply_t', unit: 't', about: 'world output of the stage' },
  { name: 'remaining_t', unit: 't', about: 'output without the largest supplier' },
  { name: 'remaining_share', unit: '1', about: 'remaining over all output' },
  { name: 'demand_outside_t', unit: 't', about: 'demand outside the largest supplier’s country' },
  {
    name: 'cover',
    unit: '1',
    about: 'remaining output over demand outside; 1 or more covers the rest of the world',
  },
  { name: 'source', unit: '', about: 'source of the output' },
  { name: 'note', unit: '', about: 'why a figure is missing' },
];

/** Of several sources of demand the one that tells most countries: figures of two are never mixed. */
function oneSource(rows: readonly Demand[]): readonly Demand[] {
  const by = [...groupBy(rows, (d) => d.source)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  );
  return by[0]?.[1] ?? [];
}

/**
 * N−1 of the IEA by mineral and stage. Demand by country comes from the table `demand`; where a country’s demand is
 * not there, cover is null (never a guess) and the part of output that remains is shown.
 */
export async function nMinusOneRows(request: RiskRequest): Promise<RiskAnswer> {
  const { world } = request;
  const where = request.minerals ? { mineral: request.minerals } : {};
  const [output, wanted] = await Promise.all([world.load(production, where), world.load(demand, where)]);
  const covered = new Set(output.map((r) => r.year));
  const named = namedYears(request.years);
  if (named && !named.some((y) => covered.has(y)))
    checkKnown('year', [String(named[0])], [...covered].sort().map(String));
  const outputOf = outputs(output.filter((r) => r.quantity_t !== null));
  const rows: AnswerRow[] = [];
  const remarks = new Remarks();
  const sources = new Set<string>();
  for (const group of groupBy(output, (r) => `${r.mineral} ${r.stage}`).values()) {
    const { mineral, stage } = group[0]!;
    if (request.stages && !request.stages.includes(stage)) continue;
    const inTonnes = group.filter((r) => r.quantity_t !== null);
    const newest = newestReportedYear(inTonnes);
    for (const year of yearsToAnswer(request.years, newest, () => yearsWithOutput(inTonnes))) {
      const { source, concentration } = outputOf(mineral, stage, year);
      const first = concentration.breakdown.find((p) => p.rank === 1);
      const total = concentration.total_t;
      if (source === null || !first || first.quantity_t === null || total === null) continue;
      const ofDemand = oneSource(
        wanted.filter(
          (d) => d.mineral === mineral && d.stage === stage && d.year === year && d.quantity_t !== null,
        ),
      );
      const world_ = ofDemand.find((d) => d.country === 'WLD')?.quantity_t ?? null;
      const byCountry = new Map(
        ofDemand.filter((d) => d.country !== 'WLD').map((d) => [d.country, d.quantity_t!]),
      );
      const largest = first.country;
      const known = [...byCountry.values()].reduce((a, b) => a + b, 0);
      // a world total lets the rest of the world be the remainder, if the largest supplier’s own demand is known
      const outside =
        world_ !== null && byCountry.has(largest)
          ? world_ - byCountry.get(largest)!
          : world_ === null && byCountry.size > 1
            ? known - (byCountry.get(largest) ?? 0)
            : null;
      const remaining = total - first.quantity_t;
      const cover = nMinusOneCover(remaining, outside);
      if (cover === null)
        remarks.add('no_demand', 'demand by country is not in the data: cover unknown', rows.length);
      if (remaining === 0)
        remarks.add(
          'one_producer',
          'the source names one producer: that nothing is left may be its silence on others',
          rows.length,
        );
      sources.add(source);
      for (const d of ofDemand) sources.add(d.source);
      rows.push({
        method: 'n_minus_1',
        mineral,
        stage,
        country: 'WLD',
        year,
        largest,
        supply_t: total,
        remaining_t: remaining,
        remaining_share: total > 0 ? remaining / total : null,
        demand_outside_t: outside,
        cover,
        source,
        note: cover === null ? 'no demand by country' : null,
      });
    }
  }
  const notes = remarks.notes();
  if (request.importers.length > 0)
    notes.push({
      code: 'not_by_importer',
      text: 'it is of world output, whoever buys: --for changes nothing',
    });
  return { rows, columns, notes, sources };
}
