import type { World } from '../../store/world.ts';
import { production } from '../../tables/quantities.ts';
import { hs6Mineral } from '../../tables/world.ts';
import type { ShockCase } from './cases.ts';

/**
 * Leaves one of several cases that rest on the same flow: the same codes at the same stage and year, and no output
 * of their own that would tell them apart. The one with fewer codes in all is kept, as it is the narrower (magnets
 * before rare earths). `dropped` says which stands for which.
 */
export async function withoutRepeats(
  world: World,
  cases: readonly ShockCase[],
): Promise<{ cases: ShockCase[]; dropped: string[] }> {
  const [codes, outputs] = await Promise.all([world.load(hs6Mineral), world.load(production)]);
  const keyOf = (one: ShockCase): string | null => {
    const own = codes.filter((c) => c.mineral === one.mineral && c.stage === one.stage);
    const made = outputs.some(
      (r) => r.mineral === one.mineral && r.stage === one.stage && r.quantity_t !== null,
    );
    if (!own.length || made) return null;
    const parts = own.map((c) => `${c.hs6} ${c.share_of_code} ${c.metal_content}`);
    return [one.stage, one.year, ...parts.sort()].join();
  };
  const breadth = (one: ShockCase) => codes.filter((c) => c.mineral === one.mineral).length;
  const keys = new Map(cases.map((c) => [c, keyOf(c)]));
  const kept = new Map<string, ShockCase>();
  for (const one of cases) {
    const key = keys.get(one);
    if (key == null) continue;
    const before = kept.get(key);
    if (!before || breadth(one) < breadth(before)) kept.set(key, one);
  }
  const standsIn = (one: ShockCase) => {
    const key = keys.get(one);
    return key == null ? one : kept.get(key)!;
  };
  return {
    cases: cases.filter((c) => standsIn(c) === c),
    dropped: cases
      .filter((c) => standsIn(c) !== c)
      .map((c) => `${c.mineral} ${c.stage} is ${standsIn(c).mineral} ${standsIn(c).stage}`),
  };
}
