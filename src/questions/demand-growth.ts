import { growthAlong } from '../analysis/policy/growth-along.ts';
import { groupBy } from '../tables/group-by.ts';
import type { Demand } from '../tables/quantities.ts';

export interface Growth {
  /** demand of a year as a multiple of that of the base year */
  readonly at: (year: number) => number;
  readonly source: string | null;
  readonly remark: string;
}

/** Published demand of the world, and which of its scenarios to follow. */
export interface WorldDemand {
  readonly rows: readonly Demand[];
  /** the ending of the source’s id: steps, aps, nze */
  readonly scenario: string;
}

/**
 * Growth of demand since a year: the rate asked for, else the growth published for the consumer, else its own projected
 * series, else that of the world in a scenario, else none. Which of them it is stands in `remark`.
 */
export function demandGrowth(
  asked: number | undefined,
  published: readonly Demand[],
  mineral: string,
  from: number,
  world?: WorldDemand,
): Growth {
  if (asked !== undefined)
    return {
      at: (year) => (1 + asked) ** (year - from),
      source: null,
      remark: `demand grows by ${(100 * asked).toFixed(1)} % a year, as given`,
    };
  const row = published.find(
    (d) =>
      d.mineral === mineral &&
      d.growth_from_year !== null &&
      d.growth_factor !== null &&
      d.growth_factor > 0 &&
      d.year > d.growth_from_year,
  );
  if (row) {
    const rate = Math.log(row.growth_factor!) / (row.year - row.growth_from_year!);
    return {
      at: (year) => Math.exp(rate * (year - from)),
      source: row.source,
      remark: `demand grows ×${row.growth_factor} from ${row.growth_from_year} to ${row.year}, as published, evenly`,
    };
  }
  return (
    alongSeries(published, mineral, from, 'of the consumer') ??
    (world ? alongSeries(ofScenario(world, mineral), mineral, from, 'of the world') : null) ?? {
      at: () => 1,
      source: null,
      remark: 'demand unchanged: no published growth',
    }
  );
}

/** The rows of the scenario asked for; of data that have no scenarios all. */
const ofScenario = ({ rows, scenario }: WorldDemand, mineral: string): readonly Demand[] => {
  const mine = rows.filter((d) => d.mineral === mineral);
  const named = mine.filter((d) => d.source.endsWith(`_${scenario}`));
  return named.length ? named : mine;
};

/** Growth along a published series that reaches into the future; null where there is none. */
function alongSeries(rows: readonly Demand[], mineral: string, from: number, whose: string): Growth | null {
  for (const series of groupBy(rows, (d) => `${d.mineral} ${d.stage} ${d.source}`).values()) {
    const points = series.flatMap((d) =>
      d.mineral === mineral && d.quantity_t !== null && d.quantity_t > 0
        ? [{ year: d.year, quantity_t: d.quantity_t }]
        : [],
    );
    const projected = series.some((d) => d.status === 'projection' || d.measure === 'projection');
    const at = projected ? growthAlong(points, from) : null;
    if (!at) continue;
    const last = Math.max(...points.map((p) => p.year));
    return {
      at,
      source: series[0]!.source,
      remark: `demand grows as that ${whose} in ${series[0]!.form ?? series[0]!.source}, flat after ${last}`,
    };
  }
  return null;
}
