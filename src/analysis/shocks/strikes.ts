import { baselineOf } from './baseline.ts';
import { type Reach, reachOf } from './reach.ts';
import type { Shock, ShockNetwork } from './shock.ts';

/** From `first` to `last` month a country's output, or the trade on some links, is short by `share`. */
export interface Strike {
  /** position of the country whose output is struck; −1 where links are */
  readonly country: number;
  /** positions of the links that are struck, all of the exporter `from`; empty where output is */
  readonly links: Int32Array;
  readonly from: number;
  /** part lost, 0…1 */
  readonly share: number;
  readonly first: number;
  readonly last: number;
}

/**
 * A network per month, before any shock. Links are sorted by exporter; `begin[j] … begin[j+1]` are those of j.
 */
export interface Ground {
  readonly n: number;
  readonly countries: readonly string[];
  /** 0 … n − 1 */
  readonly everyone: Int32Array;
  readonly begin: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** t per month on each link */
  readonly flow: Float64Array;
  /** t per month: production, apparent consumption, exports */
  readonly production: Float64Array;
  readonly consumption: Float64Array;
  readonly exports: Float64Array;
  /** world consumption, t per month */
  readonly world: number;
}

/** The network with shocks laid on it: everything about a run that does not change between draws. */
export interface Struck extends Ground {
  readonly strikes: readonly Strike[];
  /** exporters that hold goods back, with the positions of those who may still have them */
  readonly holders: readonly { readonly country: number; readonly allowed: Int32Array }[];
  /** the part of the network that the strikes can reach */
  readonly reach: Reach;
  /** first month of any strike; Infinity where there is none */
  readonly begins: number;
}

const forever = Number.MAX_SAFE_INTEGER;

/** The share of trade a duty of `rate` costs, on the demand curve: 1 − (1 + rate)^εd. */
const chokedBy = (rate: number, demandElasticity: number) => 1 - (1 + rate) ** demandElasticity;

export function groundOf(network: ShockNetwork): Ground {
  const n = network.countries.length;
  const base = baselineOf(network);
  const order = Array.from(network.flow, (_, e) => e)
    .filter((e) => network.from[e] !== network.to[e] && network.flow[e]! > 0)
    .sort((a, b) => network.from[a]! - network.from[b]! || network.to[a]! - network.to[b]!);
  const from = Int32Array.from(order, (e) => network.from[e]!);
  const begin = new Int32Array(n + 1);
  for (const j of from) begin[j + 1]!++;
  for (let j = 0; j < n; j++) begin[j + 1]! += begin[j]!;
  const consumption = base.consumption.map((c) => c / 12);
  return {
    n,
    countries: network.countries,
    everyone: Int32Array.from(network.countries, (_, j) => j),
    begin,
    from,
    to: Int32Array.from(order, (e) => network.to[e]!),
    flow: Float64Array.from(order, (e) => network.flow[e]! / 12),
    production: Float64Array.from(network.production, (p) => p / 12),
    consumption,
    exports: base.exports.map((x) => x / 12),
    world: consumption.reduce((a, b) => a + b, 0),
  };
}

/** Lays shocks on a network. */
export const lay = (network: ShockNetwork, shocks: readonly Shock[], demandElasticity: number): Struck =>
  layOn(groundOf(network), shocks, demandElasticity);

/**
 * Lays shocks on the ground. A ban, quota, licence, closed corridor or tariff is a share of the trade on some
 * links for some months; a loss of production is a share of one country's output.
 */
export function layOn(ground: Ground, shocks: readonly Shock[], demandElasticity: number): Struck {
  const { n, begin, to } = ground;
  const at = new Map(ground.countries.map((c, j) => [c, j]));
  const linksOf = (j: number, partners?: readonly string[]) => {
    const wanted = partners && new Set(partners.map((p) => at.get(p) ?? -1));
    const links = Array.from({ length: begin[j + 1]! - begin[j]! }, (_, i) => begin[j]! + i);
    return Int32Array.from(wanted ? links.filter((e) => wanted.has(to[e]!)) : links);
  };
  const none = new Int32Array(0);
  const strikes: Strike[] = [];
  const barred = new Map<number, Uint8Array>();
  const bar = (exporter: number, importers?: Iterable<number>) => {
    const set = barred.get(exporter) ?? new Uint8Array(n);
    if (importers) for (const k of importers) set[k] = 1;
    else set.fill(1);
    set[exporter] = 0;
    barred.set(exporter, set);
  };
  for (const shock of shocks) {
    const first = shock.start ?? 1;
    const last = shock.months === undefined ? forever : first + shock.months - 1;
    const strikeExports = (
      country: string,
      partners: readonly string[] | undefined,
      share: number,
      a = first,
      b = last,
    ) => {
      const j = at.get(country);
      if (j === undefined || share <= 0 || b < a) return;
      strikes.push({ country: -1, links: linksOf(j, partners), from: j, share, first: a, last: b });
      bar(
        j,
        partners?.flatMap((p) => at.get(p) ?? []),
      );
    };
    switch (shock.kind) {
      case 'production_loss': {
        const country = at.get(shock.country);
        if (country !== undefined && shock.severity > 0)
          strikes.push({ country, links: none, from: country, share: shock.severity, first, last });
        break;
      }
      case 'export_ban':
        strikeExports(shock.country, shock.to, shock.severity ?? 1);
        break;
      case 'export_quota':
        strikeExports(shock.country, undefined, 1 - Math.min(1, shock.share));
        break;
      case 'licence_delay':
        strikeExports(shock.country, shock.to, 1, first, Math.min(last, first + shock.delay - 1));
        strikeExports(shock.country, shock.to, shock.refused ?? 0, first + shock.delay, last);
        break;
      case 'tariff':
        strikeExports(shock.country, shock.by, chokedBy(shock.rate, demandElasticity));
        break;
      case 'corridor_closed': {
        const until = shock.detour === undefined ? last : Math.min(last, first + shock.detour - 1);
        for (const [exporter, importer] of shock.pairs)
          strikeExports(exporter, [importer], shock.severity ?? 1, first, until);
      }
    }
  }

  return {
    ...ground,
    strikes,
    holders: [...barred].map(([country, set]) => ({
      country,
      allowed: ground.everyone.filter((k) => set[k] === 0),
    })),
    reach: reachOf(ground, strikes),
    begins: strikes.reduce((m, s) => Math.min(m, s.first), Number.POSITIVE_INFINITY),
  };
}

/** True of a shock that by its own numbers changes nothing: severity 0, a quota of all, a duty of 0. */
export function changesNothing(shock: Shock): boolean {
  switch (shock.kind) {
    case 'production_loss':
      return shock.severity <= 0;
    case 'export_ban':
      return (shock.severity ?? 1) <= 0;
    case 'export_quota':
      return shock.share >= 1;
    case 'licence_delay':
      return shock.delay <= 0 && (shock.refused ?? 0) <= 0;
    case 'tariff':
      return shock.rate <= 0;
    case 'corridor_closed':
      return (shock.severity ?? 1) <= 0 || shock.detour === 0;
  }
}

/**
 * True of a shock that is meant to do something but meets neither output nor trade: what it does is not known.
 *
 * @param idle countries whose output is published as 0: that they stop is known to change nothing
 */
export function cannotBeFollowed(ground: Ground, shock: Shock, idle: ReadonlySet<string>): boolean {
  if (changesNothing(shock)) return false;
  if (shock.kind === 'production_loss' && idle.has(shock.country)) return false;
  const { strikes } = layOn(ground, [shock], -1);
  return !strikes.some((s) => (s.country >= 0 ? ground.production[s.country]! > 0 : s.links.length > 0));
}
