import { baselineOf } from './baseline.ts';
import type { ShockNetwork } from './shock.ts';

/** Trade without flows from a country to itself, and what a cascade through it starts from. */
export interface Paths {
  readonly n: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly flow: Float64Array;
  /** positions in the network of the flows kept */
  readonly origin: Int32Array;
  /** `touch[touches[j] … touches[j + 1]]` are the flows that leave or reach j, ascending */
  readonly touches: Int32Array;
  readonly touch: Int32Array;
  readonly netSupply: Float64Array;
}

export function pathsOf(network: ShockNetwork): Paths {
  const n = network.countries.length;
  const origin = Int32Array.from(
    Array.from(network.flow, (_, e) => e).filter((e) => network.from[e] !== network.to[e]),
  );
  const from = origin.map((e) => network.from[e]!);
  const to = origin.map((e) => network.to[e]!);
  const touches = new Int32Array(n + 1);
  for (const ends of [from, to]) for (const j of ends) touches[j + 1]!++;
  for (let j = 0; j < n; j++) touches[j + 1]! += touches[j]!;
  const touch = new Int32Array(2 * origin.length);
  const filled = touches.slice();
  for (let e = 0; e < origin.length; e++) {
    touch[filled[from[e]!]!++] = e;
    touch[filled[to[e]!]!++] = e;
  }
  return {
    n,
    from,
    to,
    flow: Float64Array.from(origin, (e) => network.flow[e]!),
    origin,
    touches,
    touch,
    netSupply: baselineOf(network).netSupply,
  };
}

/** Buffers of a cascade, so that a hundred thousand draws allocate once. */
export const cascadeRoom = ({ n, flow }: Paths) => ({
  /** R, and what is left of it; filled by whoever starts the cascade */
  reserves: new Float64Array(n),
  /** ΔS′ of this round and of the next, t ≤ 0; the first is filled by whoever starts the cascade */
  shock: new Float64Array(n),
  next: new Float64Array(n),
  /** ΔR and ΔC per country, ΔF per flow kept */
  stockChange: new Float64Array(n),
  consumptionChange: new Float64Array(n),
  flowChange: new Float64Array(flow.length),
  flow: new Float64Array(flow.length),
  supply: new Float64Array(n),
  free: new Uint8Array(n),
  residual: new Float64Array(n),
  passed: new Float64Array(n),
  /** positions of the countries with a shock in this round and in the next */
  hit: new Int32Array(n),
  hitNext: new Int32Array(n),
  isHit: new Uint8Array(n),
  /** a bit for each flow that changes in this round */
  moving: new Int32Array((flow.length >> 5) + 1),
});
export type CascadeRoom = ReturnType<typeof cascadeRoom>;

export interface CascadeRules {
  readonly consumptionBuffer: number;
  readonly alpha: number;
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** The rules where nothing else is asked for; `CascadeOptions` says what they are. */
export const cascadeRules: CascadeRules = {
  consumptionBuffer: 0,
  alpha: 1e-5,
  tolerance: 1e-8,
  maxIterations: 50,
};

/**
 * The rounds of a cascade (see `cascade` for the rules). Only countries with a shock and flows at countries that
 * pass one on are visited, flows in ascending order: the numbers are those of visiting all.
 */
export function runCascade(paths: Paths, rules: CascadeRules, room: CascadeRoom) {
  const { n, from, to, touches, touch } = paths;
  const { reserves, stockChange, consumptionChange, flowChange } = room;
  const { flow, supply, free, residual, passed, isHit, moving } = room;
  const { consumptionBuffer, alpha, tolerance, maxIterations } = rules;
  let { shock, next, hit, hitNext } = room;
  stockChange.fill(0);
  consumptionChange.fill(0);
  flowChange.fill(0);
  flow.set(paths.flow);
  supply.set(paths.netSupply);
  free.fill(1);
  next.fill(0);
  passed.fill(0);
  let hits = 0;
  for (let j = 0; j < n; j++) if (shock[j] !== 0) hit[hits++] = j;

  let iterations = 0;
  let struck = anyBelow(shock, hit, hits, -tolerance);
  while (iterations < maxIterations && struck) {
    iterations++;
    for (let i = 0; i < hits; i++) {
      const j = hit[i]!;
      const s = shock[j]!;
      const has = -reserves[j]!;
      const short = s < has;
      const drawn = short ? has : s;
      if (short) free[j] = 0;
      reserves[j]! += drawn;
      stockChange[j]! += drawn;
      residual[j] = s - drawn;
    }
    let passing = false;
    for (let i = 0; i < hits; i++) {
      const j = hit[i]!;
      const left = residual[j]!;
      let balance = 0;
      if (left < 0) {
        const offered = left * (1 - consumptionBuffer);
        let volume = 0;
        for (let x = touches[j]!; x < touches[j + 1]!; x++) {
          const e = touch[x]!;
          const exporter = from[e]!;
          if (exporter === j || free[exporter]) volume += flow[e]!;
        }
        if (volume > 0 && !(Math.abs(offered) < alpha * supply[j]!)) {
          balance = Math.max(offered, -volume);
          const part = balance / volume;
          if (part !== 0) {
            passed[j] = part;
            passing = true;
            for (let x = touches[j]!; x < touches[j + 1]!; x++)
              moving[touch[x]! >> 5]! |= 1 << (touch[x]! & 31);
          }
        }
      }
      consumptionChange[j]! += left - balance;
      supply[j]! += shock[j]! - balance;
    }
    let hitsNext = 0;
    if (passing)
      for (let w = 0; w < moving.length; w++) {
        let bits = moving[w]!;
        moving[w] = 0;
        while (bits !== 0) {
          const lowest = bits & -bits;
          bits ^= lowest;
          const e = (w << 5) + 31 - Math.clz32(lowest);
          const j = from[e]!;
          const k = to[e]!;
          const f = flow[e]!;
          next[k]! += passed[j]! * f;
          if (isHit[k] === 0) {
            isHit[k] = 1;
            hitNext[hitsNext++] = k;
          }
          let change = passed[j]!;
          if (free[j]) {
            next[j]! += passed[k]! * f;
            change -= passed[k]!;
            if (isHit[j] === 0) {
              isHit[j] = 1;
              hitNext[hitsNext++] = j;
            }
          }
          flow[e] = f + change * f;
          flowChange[e]! += change * f;
        }
      }
    for (let i = 0; i < hits; i++) {
      passed[hit[i]!] = 0;
      shock[hit[i]!] = 0;
    }
    for (let i = 0; i < hitsNext; i++) isHit[hitNext[i]!] = 0;
    [shock, next] = [next, shock];
    [hit, hitNext] = [hitNext, hit];
    hits = hitsNext;
    struck = anyBelow(shock, hit, hits, -tolerance);
  }
  let unsettled = 0;
  for (let j = 0; j < n; j++) {
    // what is left has left a partner's account and must arrive somewhere, else tonnes would vanish
    consumptionChange[j]! += shock[j]!;
    unsettled += shock[j]!;
  }
  // whoever starts the next cascade fills `shock`: the buffer handed in, emptied of this one
  shock.fill(0);
  return { iterations, converged: !struck, unsettled };
}

function anyBelow(values: Float64Array, at: Int32Array, count: number, level: number): boolean {
  for (let i = 0; i < count; i++) if (values[at[i]!]! < level) return true;
  return false;
}
