import { UsageError } from '../errors.ts';
import type { Load, World } from '../store/world.ts';
import type { RowOf } from '../tables/define.ts';
import { type SeriesCoverage, seriesCoverage, tradeFlow } from '../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral, mineral } from '../tables/world.ts';

/** The stage of a code that no map of minerals has. */
export const unknownStage = 'unknown';

const unmapped = (hs6: string): Hs6Mineral => ({
  hs6,
  mineral: hs6,
  stage: unknownStage,
  metal_content: null,
  share_of_code: 1,
  form: null,
  basket: false,
  confidence: null,
  caveat: 'in no map of minerals: the code itself, whatever it holds',
  fetch_from: 'baci',
  source: null,
});

/** Six-digit codes as people type them: with commas, with dots, once each. */
export function hs6Of(texts: readonly string[]): string[] {
  const codes = texts.flatMap((text) => text.split(',')).map((text) => text.trim().replaceAll('.', ''));
  for (const code of codes)
    if (!/^\d{6}$/.test(code)) throw new UsageError(`not a six-digit customs code: "${code}"`);
  return [...new Set(codes)];
}

/**
 * The same world, in which every code asked for is in the map of minerals: one that is in none stands for itself,
 * stage unknown, so that every question about a mineral can be asked of any customs code.
 * With `only`, the map holds no other codes.
 *
 * @returns the world, and the minerals the codes hold
 */
export async function withCodes(
  world: World,
  codes: readonly string[],
  { only = false }: { readonly only?: boolean } = {},
): Promise<{ world: World; minerals: string[] }> {
  const map = await world.load(hs6Mineral);
  const known = new Set(map.map((row) => row.hs6));
  const added = codes.filter((code) => !known.has(code));
  // what nobody trades in these data is told at once, with the way to have it
  for (const code of added) {
    const [first] = await world.load(tradeFlow, { hs6: [code] });
    if (!first)
      throw new UsageError(
        `no trade under the code in these data: "${code}"; headwater fetch baci and load-baci bring every code`,
      );
  }
  const rows = [...map.filter((row) => !only || codes.includes(row.hs6)), ...added.map(unmapped)];
  const load: Load = async (table, where = {}) => {
    const filter = where as Readonly<Record<string, readonly unknown[] | undefined>>;
    const keeps = (row: object) =>
      Object.entries(filter).every(
        ([name, values]) => values === undefined || values.includes((row as Record<string, unknown>)[name]),
      );
    if (table.name === hs6Mineral.name) return rows.filter(keeps) as never;
    const found = await world.load(table, where);
    // a register read as a whole leaves out codes that lie beside the tables
    if (table.name === seriesCoverage.name && filter.hs6 === undefined && added.length > 0) {
      const theirs = await world.load(seriesCoverage, { ...where, hs6: added });
      const others = (found as unknown as SeriesCoverage[]).filter((row) => !added.includes(row.hs6));
      return [...others, ...theirs] as never;
    }
    if (table.name !== mineral.name) return found;
    const selves: RowOf<typeof mineral>[] = added.map((code) => ({
      mineral: code,
      name: `customs code ${code}`,
      symbol: null,
      mineral_group: null,
      byproduct_of: null,
      source: null,
    }));
    return [...found, ...selves.filter(keeps)] as never;
  };
  const minerals = [...new Set(rows.filter((row) => codes.includes(row.hs6)).map((row) => row.mineral))];
  return { world: { ...world, load }, minerals };
}
