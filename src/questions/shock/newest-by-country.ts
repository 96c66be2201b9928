/** Rows of the year asked about where a country has any, else those of its newest year. */
export function newestByCountry<R extends { country: string; year: number }>(
  rows: readonly R[],
  year: number,
) {
  const byCountry = new Map<string, R[]>();
  for (const row of rows) byCountry.set(row.country, [...(byCountry.get(row.country) ?? []), row]);
  return new Map(
    [...byCountry].map(([country, all]) => {
      const best = all.some((r) => r.year === year) ? year : Math.max(...all.map((r) => r.year));
      return [country, all.filter((r) => r.year === best)];
    }),
  );
}
