/** Tonnes by origin, and the part of each that is unrecorded supply. */
export interface Origins {
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
}

/** What went from an origin into one maker: of the consumption traced, the part born in `origin` and made in `maker`. */
export interface Path {
  readonly origin: string;
  readonly maker: string;
  /** t at the earlier stage */
  readonly traced: number;
  /** the part of it that is unrecorded at the earlier stage, or at the later one where the chain stops */
  readonly unrecorded: number;
  /** false where the chain stops at the maker: `origin` is then the maker, not a place of birth */
  readonly followed: boolean;
}

export interface StagedOrigins {
  /** t at the earlier stage, by where it was born */
  readonly traced: ReadonlyMap<string, number>;
  /** the part of it that is unrecorded at the earlier stage, or at the later one where the chain stops */
  readonly unrecorded: ReadonlyMap<string, number>;
  /** Σ traced, t at the earlier stage */
  readonly total: number;
  /** t at the earlier stage that went into makers whose own supply cannot be traced, by maker: not in `traced` */
  readonly stopped: ReadonlyMap<string, number>;
  /** the same by origin and maker together, `S_k · y_k · O_kj`, t; Σ over all = `total` */
  readonly paths: readonly Path[];
}

/**
 * Origins across two stages, e.g. mines behind refined metal:
 * `t_j = Σ_k S_k · y_k · O_kj`, with S_k tonnes of the later stage made in k (traced, own output included), y_k tonnes
 * of the earlier stage per tonne made in k, and O_kj the shares of k's apparent consumption at the earlier stage.
 * Shares are `t_j / Σ t`. Where k's supply is unknown the chain stops at k: its tonnes are in `stopped`, never spread
 * over the others. Assumes that a maker's feed has the mix of all it consumes, and one yield per country.
 * @param nobodys the part of `made` that is unrecorded at the later stage; it stays marked where the chain stops
 */
export function acrossStages(
  made: ReadonlyMap<string, number>,
  supplyOf: (maker: string) => Origins | null,
  tonnesPerTonne: (maker: string) => number,
  nobodys: ReadonlyMap<string, number> = new Map(),
): StagedOrigins {
  const traced = new Map<string, number>();
  const unrecorded = new Map<string, number>();
  const stopped = new Map<string, number>();
  const paths: Path[] = [];
  let total = 0;
  const add = (to: Map<string, number>, key: string, t: number) => to.set(key, (to.get(key) ?? 0) + t);
  for (const [maker, tonnes] of made) {
    const feed = tonnes * tonnesPerTonne(maker);
    if (!(feed > 0)) continue;
    total += feed;
    const supply = supplyOf(maker);
    let sum = 0;
    for (const t of supply?.traced.values() ?? []) sum += t;
    if (!supply || sum <= 0) {
      add(stopped, maker, feed);
      const unmade = (nobodys.get(maker) ?? 0) * tonnesPerTonne(maker);
      if (unmade > 0) add(unrecorded, maker, unmade);
      paths.push({ origin: maker, maker, traced: feed, unrecorded: unmade, followed: false });
      continue;
    }
    for (const [origin, t] of supply.traced) {
      if (!(t > 0)) continue;
      const born = (feed * t) / sum;
      const unmined = (feed * (supply.unrecorded.get(origin) ?? 0)) / sum;
      add(traced, origin, born);
      if (unmined > 0) add(unrecorded, origin, unmined);
      paths.push({ origin, maker, traced: born, unrecorded: unmined, followed: true });
    }
  }
  return { traced, unrecorded, total, stopped, paths };
}
