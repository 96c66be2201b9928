import type { Demand } from '../../tables/quantities.ts';

export interface Growth {
  /** demand of a year as a multiple of that of the base year */
  readonly at: (year: number) => number;
  readonly source: string | null;
  readonly remark: string;
}

/** Growth of demand since a year: the rate asked for, else the growth published for the mineral, else none. */
export function demandGrowth(
  asked: number | undefined,
  published: readonly Demand[],
  mineral: string,
  from: number,
): Growth {
  if (asked !== undefined)
    return {
      at: (year) => (1 + asked) ** (year - from),
      source: null,
      remark: `demand grows by ${(100 * asked).toFixed(1)} % a year, as given`,
    };
  const row = published.find(
    (d) => d.mineral === mineral && d.growth_factor !== null && d.growth_from_year !== null,
  );
  if (!row || row.growth_factor === 0)
    return { at: () => 1, source: null, remark: 'demand unchanged: no published growth' };
  const rate = Math.log(row.growth_factor!) / (row.year - row.growth_from_year!);
  return {
    at: (year) => Math.exp(rate * (year - from)),
    source: row.source,
    remark: `demand grows ×${row.growth_factor} from ${row.growth_from_year} to ${row.year}, as published, evenly`,
  };
}
