import { hostControl } from '../../analysis/flows/control.ts';
import type { Facts } from './supply-facts.ts';

/** Who owns what was born in these countries; what is of no known owner stays with the host. */
export function ownedFrom(
  born: ReadonlyMap<string, number>,
  mineral: string,
  stage: string,
  output: ReadonlyMap<string, number>,
  facts: Facts,
): Map<string, number> {
  const by = new Map<string, number>();
  const add = (country: string, share: number) => {
    if (share > 0) by.set(country, (by.get(country) ?? 0) + share);
  };
  for (const [host, share] of born) {
    const held = facts.holdings.filter(
      (h) => h.country === host && h.mineral === mineral && h.stage === stage,
    );
    if (!held.length) {
      add(host, share);
      continue;
    }
    const k = hostControl(held, output.get(host) ?? null);
    for (const [owner, part] of k.by) add(owner, share * part);
    add(host, share * k.unattributed);
  }
  return by;
}
