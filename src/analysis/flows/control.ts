/** A holding in a mine or plant; rows of one asset repeat its output. */
export interface Holding {
  readonly asset: string;
  readonly country: string;
  /** home of the owner; null = unknown */
  readonly owner_country: string | null;
  /** part held, 0…1; null = unknown */
  readonly equity_share: number | null;
  /** output of the whole asset, t; null = unknown */
  readonly output_t: number | null;
  readonly channel: string;
}

/** κ of one host country. */
export interface HostControl {
  /** κ_hw by home of the owner */
  readonly by: ReadonlyMap<string, number>;
  /** held by owners whose home is not known */
  readonly unknown: number;
  /** 1 − k_h: output of no known asset; stays with the host, marked */
  readonly unattributed: number;
  /** Σ o_a of the assets whose output is known, t */
  readonly assets_t: number;
  /** true where they add up to more than national output, so that shares are of their sum */
  readonly scaled: boolean;
  /** assets that count only in the range because their output is not known */
  readonly withoutOutput: readonly string[];
}

export interface Controlled {
  readonly country: string;
  /** S_w; the host's own unattributed output included */
  readonly share: number;
  /** the part of it that is with w only because no owner is known */
  readonly unattributed: number;
  readonly low: number;
  readonly high: number;
}

export interface Control {
  /** largest first; Σ share + unknown = Σ supply shares */
  readonly owners: readonly Controlled[];
  /** share held by owners of unknown home */
  readonly unknown: number;
  /** share that is open in all: unattributed or of unknown owners; what a country that holds nothing known could hold */
  readonly open: number;
  readonly hosts: ReadonlyMap<string, HostControl>;
}

/**
 * Who holds a host country's output of one mineral and stage, in one channel (equity unless said otherwise).
 * `κ_hw = Σ_a e_aw · o_a / max(P_h, Σ_a o_a)`, `k_h = min(1, Σ_a o_a / P_h)`. Equity that does not reach 1 is held by
 * unknown owners; equity above 1 is scaled to 1. Where P_h is unknown nothing can be attributed.
 */
export function hostControl(
  holdings: readonly Holding[],
  output_t: number | null,
  channel = 'equity',
): HostControl {
  const assets = new Map<string, { output: number | null; equity: number; by: Map<string, number> }>();
  for (const h of holdings) {
    if (h.channel !== channel) continue;
    let asset = assets.get(h.asset);
    if (!asset) {
      asset = { output: null, equity: 0, by: new Map() };
      assets.set(h.asset, asset);
    }
    if (h.output_t !== null) asset.output = Math.max(asset.output ?? 0, h.output_t);
    if (h.equity_share === null) continue;
    asset.equity += h.equity_share;
    if (h.owner_country !== null)
      asset.by.set(h.owner_country, (asset.by.get(h.owner_country) ?? 0) + h.equity_share);
  }
  const withoutOutput = [...assets].filter(([, a]) => a.output === null).map(([name]) => name);
  let sum = 0;
  for (const a of assets.values()) sum += a.output ?? 0;
  const by = new Map<string, number>();
  if (output_t === null || Math.max(output_t, sum) <= 0)
    return { by, unknown: 0, unattributed: 1, assets_t: sum, scaled: false, withoutOutput };

  const denominator = Math.max(output_t, sum);
  let unknown = 0;
  for (const a of assets.values()) {
    const part = (a.output ?? 0) / denominator;
    if (part === 0) continue;
    const whole = Math.max(1, a.equity);
    let known = 0;
    for (const [owner, equity] of a.by) {
      by.set(owner, (by.get(owner) ?? 0) + (part * equity) / whole);
      known += equity / whole;
    }
    unknown += part * Math.max(0, 1 - known);
  }
  return {
    by,
    unknown,
    unattributed: Math.max(0, 1 - sum / denominator),
    assets_t: sum,
    scaled: sum > output_t,
    withoutOutput,
  };
}

/**
 * A consumer's supply by the home of whoever holds the mines and plants it comes from.
 * `S_w = Σ_h s_h · κ_hw`, plus, for w = h, the host's unattributed part, which stays at home and is marked.
 * `low = S_w`; `high` adds whatever unattributed or unknown output elsewhere, and unknown owners at home, could turn out
 * to be w's. Equity, operation, offtake and finance are different channels and are never added.
 * @param supply shares s_h of the consumer's supply by host country (declared or traced)
 * @param outputOf national output P_h in t of that mineral and stage, null where unknown
 */
export function control(
  supply: ReadonlyMap<string, number>,
  holdings: readonly Holding[],
  outputOf: (host: string) => number | null,
  channel = 'equity',
): Control {
  const hosts = new Map<string, HostControl>();
  const share = new Map<string, number>();
  const atHome = new Map<string, number>();
  let open = 0;
  let unknown = 0;
  const add = (to: Map<string, number>, key: string, s: number) => to.set(key, (to.get(key) ?? 0) + s);
  const ofHost = byHost(holdings);
  for (const [host, s] of supply) {
    const k = hostControl(ofHost.get(host) ?? [], outputOf(host), channel);
    hosts.set(host, k);
    for (const [owner, part] of k.by) add(share, owner, s * part);
    if (k.unattributed > 0) {
      add(share, host, s * k.unattributed);
      atHome.set(host, s * k.unattributed);
    }
    unknown += s * k.unknown;
    open += s * (k.unattributed + k.unknown);
  }
  // who is known only by an asset without output may still hold up to all that is open
  for (const h of holdings)
    if (
      h.channel === channel &&
      h.owner_country !== null &&
      supply.has(h.country) &&
      !share.has(h.owner_country)
    )
      share.set(h.owner_country, 0);
  const owners = [...share].map(([country, s]): Controlled => {
    const own = atHome.get(country) ?? 0;
    return { country, share: s, unattributed: own, low: s, high: Math.min(1, s + open - own) };
  });
  owners.sort((a, b) => b.share - a.share || b.high - a.high || (a.country < b.country ? -1 : 1));
  return { owners, unknown, open: Math.min(1, open), hosts };
}

function byHost(holdings: readonly Holding[]): Map<string, Holding[]> {
  const by = new Map<string, Holding[]>();
  for (const h of holdings) {
    const list = by.get(h.country);
    if (list) list.push(h);
    else by.set(h.country, [h]);
  }
  return by;
}
