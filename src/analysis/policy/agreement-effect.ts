/** The partner's output and what of it is not free, in t a year at one stage. */
export interface PartnerOutput {
  /** Q_p; null = no figure */
  readonly output_t: number | null;
  /** K_p: promised to or controlled from third countries */
  readonly committed_t: number;
  /** what the partner uses itself; null = not known, counted as 0 and so an upper bound */
  readonly own_use_t: number | null;
}

/**
 * What a partner could still give, t a year: `free_p = max(0, Q_p − K_p − own use)`. Null without an output.
 * @example freeOutput({ output_t: 100, committed_t: 50, own_use_t: 20 }) // 30
 */
export function freeOutput({ output_t, committed_t, own_use_t }: PartnerOutput): number | null {
  return output_t === null ? null : Math.max(0, output_t - committed_t - (own_use_t ?? 0));
}

export interface SupplyNow {
  /** D, t a year on the basis of the partner's output */
  readonly demand_t: number | null;
  /** s_j of every supplier the limit counts; the partner may be absent (share 0) */
  readonly shares: ReadonlyMap<string, number>;
}

export interface Effect {
  /** φ, the part of what is free that the consumer could take */
  readonly part: number;
  /** g, tonnes a year taken from the partner beyond today */
  readonly moved_t: number;
  readonly top_country: string | null;
  readonly top_share: number;
  /** top′ where all of g displaces the top supplier */
  readonly best: number;
  /** top′ where g displaces all others in proportion */
  readonly pro_rata: number;
  /** largest fall of the top share for any amount up to g, share points; 0 where nothing falls */
  readonly most: number;
  /** tonnes taken for it: beyond (s_top − s_p)·D/2 the partner would itself become the largest */
  readonly most_t: number;
}

/**
 * The most that an agreement could change, whatever it says: how far the largest share could fall if the consumer
 * took the part φ of what the partner has free.
 * `g = min(φ·free_p, D·(1 − s_p))`; best case `top′ = max(s_top − g/D, second, s_p + g/D)`, where second is the largest share
 * beside the top's and the partner's; pro rata every other share scales by `(1 − s_p − g/D)/(1 − s_p)`.
 * `most` takes only as much as helps: `x = min(g/D, (s_top − s_p)/2)`, `s_top − max(s_top − x, second, s_p + x)`.
 * Where the partner is the top supplier already it can displace nobody above it: nothing falls and g = 0.
 * Null where D or what is free is not known, or there is no supply.
 * Worked: top .80, second .10, partner .02, D 100 t, free 30 t, φ 1 → .50; pro rata .5551.
 */
export function agreementEffect(
  partner: string,
  free_t: number | null,
  supply: SupplyNow,
  part: number,
): Effect | null {
  const { demand_t: demand, shares } = supply;
  if (free_t === null || demand === null || !(demand > 0) || shares.size === 0) return null;
  const ranked = [...shares].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const [topCountry, top] = ranked[0]!;
  const own = shares.get(partner) ?? 0;
  if (topCountry === partner)
    return {
      part,
      moved_t: 0,
      top_country: topCountry,
      top_share: top,
      best: top,
      pro_rata: top,
      most: 0,
      most_t: 0,
    };
  const second = ranked.find(([country]) => country !== topCountry && country !== partner)?.[1] ?? 0;
  const moved = Math.min(part * free_t, demand * Math.max(0, 1 - own));
  const after = own + moved / demand;
  const others = own < 1 ? Math.max(0, 1 - after) / (1 - own) : 0;
  // a second supplier stands in the way: more than the gap to it changes nothing
  const helps = Math.min(moved / demand, (top - own) / 2, Math.max(0, top - second));
  return {
    part,
    moved_t: moved,
    top_country: topCountry,
    top_share: top,
    best: Math.max(0, top - moved / demand, second, after),
    pro_rata: Math.max(top * others, after),
    most: helps,
    most_t: helps * demand,
  };
}
