/** What speaks for a country as an alternative supplier, each 0 (against) … 1 (for), null = not known. */
export interface Merits {
  /** output over that of the largest candidate */
  readonly output: number | null;
  /** spare capacity over the largest candidate's */
  readonly spare: number | null;
  /** reserves over the largest candidate's */
  readonly reserves: number | null;
  /** 1 − governance risk */
  readonly governance: number | null;
  /** 1 − part of its output held from the country to get away from */
  readonly independence: number | null;
  /** 1 − distance over 20 000 km, half the way round the earth */
  readonly nearness: number | null;
  /** existing share of imports, full from a tenth: whether trade is already running */
  readonly trade: number | null;
  /** 0 where it restricts exports today */
  readonly openness: number | null;
  /** 1 where an agreement stands, ½ where only one on tariffs does */
  readonly agreement: number | null;
}

export type Merit = keyof Merits;

/** How much each merit counts. A choice, not a finding: shown with every answer and changeable. */
export const defaultWeights: Readonly<Record<Merit, number>> = {
  output: 0.25,
  spare: 0.1,
  reserves: 0.1,
  governance: 0.2,
  independence: 0.1,
  nearness: 0.05,
  trade: 0.05,
  openness: 0.1,
  agreement: 0.05,
};

export interface Score {
  /** Σ w·m / Σ w over the merits that are known, 0…1; null where none is */
  readonly score: number | null;
  /** Σ w known / Σ w, 0…1: how much of the judgement rests on data */
  readonly known: number;
}

/**
 * Weighted mean of what is known of a candidate: `score = Σ_m w_m · m / Σ_m w_m`, sums over known merits only, so that a
 * missing figure counts neither for nor against; `known` says how much is missing. Ours.
 */
export function alternativeScore(
  merits: Merits,
  weights: Readonly<Record<Merit, number>> = defaultWeights,
): Score {
  let sum = 0;
  let known = 0;
  let all = 0;
  for (const [merit, weight] of Object.entries(weights) as [Merit, number][]) {
    all += weight;
    const value = merits[merit];
    if (value === null) continue;
    known += weight;
    sum += weight * value;
  }
  return { score: known > 0 ? sum / known : null, known: all > 0 ? known / all : 0 };
}
