/** Tonnes by origin, and the part of each that is unrecorded supply. */
export interface Origins {
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
}

/** What a maker is known to take in, one stage back. */
export interface Feed extends Origins {
  /** part of the feed that the maker needs which is known, 0…1; null where the two cannot be compared */
  readonly seen: number | null;
}

/** One step back along a chain: from the makers of a stage to where what they take in was born. */
export interface StepBack {
  /** the stage reached */
  readonly stage: string;
  /** null where nothing is known of what the maker takes in */
  readonly feedOf: (maker: string) => Feed | null;
  /** y, tonnes of this stage per tonne made of the stage after it */
  readonly tonnesPerTonne: (maker: string) => number;
}

/** A place where the chain cannot be followed further back. */
export interface Stop {
  readonly country: string;
  /** what of the country cannot be followed: the stage that its feed would be of */
  readonly before: string;
  /** t at the earliest stage that what stops stands for, at the country's own yields */
  readonly traced: number;
}

/** What went from an origin into one maker: of the consumption traced, the part born in `origin` and made in `maker`. */
export interface Path {
  readonly origin: string;
  /** who made it into the stage that the chain sets out from */
  readonly maker: string;
  /** t at the earliest stage */
  readonly traced: number;
  /** the part of it that is unrecorded where it was born, or where the chain stops */
  readonly unrecorded: number;
  /** false where the chain stops at the origin, which is then a maker and not a place of birth */
  readonly followed: boolean;
}

export interface ChainedOrigins {
  /** t at the earliest stage by where it was born, and by where it stops */
  readonly traced: ReadonlyMap<string, number>;
  readonly unrecorded: ReadonlyMap<string, number>;
  /** the part of `traced` that may have been born anywhere: unrecorded at any stage, taken for seen, or stopped */
  readonly open: ReadonlyMap<string, number>;
  /** Σ traced */
  readonly total: number;
  /** largest first */
  readonly stops: readonly Stop[];
  /** the same by origin and maker together; Σ over all = `total` */
  readonly paths: readonly Path[];
  /** what each maker had to take in, step by step, t at that stage */
  readonly feeds: readonly { readonly stage: string; readonly maker: string; readonly tonnes: number }[];
}

/** t, and the parts of it that are unrecorded and that are open */
interface Part {
  t: number;
  u: number;
  open: number;
}

const partOf = (of: Map<string, Part>, key: string): Part => {
  const part = of.get(key) ?? { t: 0, u: 0, open: 0 };
  of.set(key, part);
  return part;
};

/**
 * Origins along a chain of stages, e.g. mines behind oxides behind metal: the product of one matrix per stage,
 * `t_j = Σ_k Σ_l … S_k · y_k O_kl · y_l O_lm · … O_·j`, with S_k tonnes made in k (traced, own output included), y_k tonnes
 * of the stage before per tonne made in k, and O_kl the shares of k's apparent consumption of that stage by where it was
 * made. Shares are `t_j / Σ t`; with one step this is `Σ_k S_k y_k O_kj`. Where the feed of a maker is not known the chain
 * stops there: its part keeps its name and is never spread over the others. Assumes that a maker's feed has the mix of all
 * it consumes, and one yield per country and stage.
 * @param made tonnes by maker, and the part of them that is unrecorded
 * @param steps from the stage made back to the earliest
 * @param keepUnseen true: of a maker's feed only the part that is seen is followed, the rest stops with the maker;
 *   false: all of it has the mix of what is seen, and the rest counts as open
 */
export function alongChain(made: Origins, steps: readonly StepBack[], keepUnseen = false): ChainedOrigins {
  const sums = new Map<string, Part>();
  const stops = new Map<string, Stop>();
  const paths = new Map<string, Path>();
  const feeds = new Map<string, { stage: string; maker: string; tonnes: number }>();
  let total = 0;

  for (const [maker, tonnes] of made.traced) {
    const u = made.unrecorded.get(maker) ?? 0;
    let parts = new Map<string, Part>([[maker, { t: tonnes, u, open: u }]]);
    const arrive = (origin: string, part: Part, followed: boolean) => {
      total += part.t;
      const sum = partOf(sums, origin);
      sum.t += part.t;
      sum.u += part.u;
      sum.open += part.open;
      const key = `${origin} ${followed}`;
      const before = paths.get(`${maker} ${key}`);
      paths.set(`${maker} ${key}`, {
        origin,
        maker,
        traced: part.t + (before?.traced ?? 0),
        unrecorded: part.u + (before?.unrecorded ?? 0),
        followed,
      });
    };
    steps.forEach(({ stage, feedOf, tonnesPerTonne }, s) => {
      const next = new Map<string, Part>();
      for (const [at, part] of parts) {
        const y = tonnesPerTonne(at);
        const t = part.t * y;
        if (!(t > 0)) continue;
        const feed = feedOf(at);
        let known = 0;
        for (const amount of feed?.traced.values() ?? []) known += amount;
        const seen = known > 0 ? (feed!.seen ?? 1) : 0;
        const goes = seen > 0 && !keepUnseen ? 1 : seen;
        const key = `${stage} ${at}`;
        feeds.set(key, { stage, maker: at, tonnes: t + (feeds.get(key)?.tonnes ?? 0) });
        if (goes < 1) {
          // what it stands for at the earliest stage, had the country made all the stages between
          let factor = y * (1 - goes);
          for (const later of steps.slice(s + 1)) factor *= later.tonnesPerTonne(at);
          const stays = part.t * factor;
          if (stays > 0) arrive(at, { t: stays, u: part.u * factor, open: stays }, false);
          stops.set(key, { country: at, before: stage, traced: stays + (stops.get(key)?.traced ?? 0) });
        }
        if (goes === 0) continue;
        const sure = (1 - part.open / part.t) * (keepUnseen ? 1 : seen);
        for (const [origin, amount] of feed!.traced) {
          if (!(amount > 0)) continue;
          const born = (t * goes * amount) / known;
          const nobodys = (feed!.unrecorded.get(origin) ?? 0) / amount;
          const to = partOf(next, origin);
          to.t += born;
          to.u += born * nobodys;
          to.open += born * (1 - sure * (1 - nobodys));
        }
      }
      parts = next;
    });
    for (const [origin, part] of parts) if (part.t > 0) arrive(origin, part, true);
  }
  const values = (pick: (p: Part) => number) =>
    new Map([...sums].flatMap(([c, p]) => (pick(p) > 0 ? [[c, pick(p)] as const] : [])));
  return {
    traced: values((p) => p.t),
    unrecorded: values((p) => p.u),
    open: values((p) => p.open),
    total,
    stops: [...stops.values()].filter((s) => s.traced > 0).sort((a, b) => b.traced - a.traced),
    paths: [...paths.values()],
    feeds: [...feeds.values()],
  };
}
