import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { ownership } from '../tables/policy.ts';
import { price, production, seriesCoverage, type TradeFlow, tradeFlow } from '../tables/quantities.ts';

type Cells = Readonly<Record<string, unknown>>;

/**
 * The same world with the trade of some codes and one year read at once, and the year's output, prices and owners with
 * it, for answers that trace many minerals: one read of each instead of one for each mineral. Whatever else is asked
 * for goes to the world itself.
 */
export async function withTradeOf(world: World, hs6: readonly string[], year: number): Promise<World> {
  const codes = [...new Set(hs6)].sort();
  const whole = world.own.size
    ? []
    : (await world.load(seriesCoverage, { hs6: codes, year: [year] })).filter((c) => c.complete);
  // where one release is complete, the truncated copies of the same code need not be read
  const bySource = groupBy(whole, (c) => c.source);
  const covered = new Set(whole.map((c) => c.hs6));
  const [output, prices, owners, ...parts] = await Promise.all([
    world.load(production, { year: [year] }),
    world.load(price, { year: [year] }),
    world.load(ownership),
    ...[...bySource].map(([source, of]) =>
      world.load(tradeFlow, { hs6: of.map((c) => c.hs6), year: [year], source: [source] }),
    ),
    world.load(tradeFlow, { hs6: codes.filter((c) => !covered.has(c)), year: [year] }),
  ]);
  const rows = parts.flat();
  /** tables held whole, or for the year; filters keep the order of the key */
  const small = new Map<unknown, { readonly rows: readonly Cells[]; readonly ofYear: boolean }>([
    [production, { rows: output, ofYear: true }],
    [price, { rows: prices, ofYear: true }],
    [ownership, { rows: owners, ofYear: false }],
  ]);
  const byCode = groupBy(rows, (f) => f.hs6);
  const read = new Set(hs6);
  const load: World['load'] = async (table, where) => {
    const asked = where as { hs6?: readonly string[]; year?: readonly number[] } | undefined;
    const held =
      (table as unknown) === tradeFlow &&
      asked?.year?.length === 1 &&
      asked.year[0] === year &&
      Object.keys(asked).length === 2 &&
      asked.hs6?.every((code) => read.has(code));
    const inMemory = small.get(table);
    if (inMemory && where && (!inMemory.ofYear || (asked?.year?.length === 1 && asked.year[0] === year))) {
      const filters = Object.entries(where as Record<string, readonly unknown[]>);
      return inMemory.rows.filter((row) =>
        filters.every(([name, values]) => values.includes(row[name])),
      ) as never;
    }
    if (!held) return world.load(table, where);
    return asked.hs6!.flatMap((code) => byCode.get(code) ?? ([] as TradeFlow[])) as never;
  };
  return { ...world, load };
}
