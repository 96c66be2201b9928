import type { Annotated } from './annotate.ts';
import type { Claim, ClaimKind } from './claim.ts';

/** A claim of a sentence: what is not said is empty. */
export function makeClaim(s: Annotated, kind: ClaimKind, said: Partial<Claim>): Claim {
  return {
    kind,
    sentence: s.index,
    start: s.start,
    end: s.end,
    text: s.text,
    country: null,
    mineral: null,
    stage: null,
    measure: null,
    claimed: null,
    years: [],
    date: null,
    other: null,
    together: [],
    without: [],
    negated: false,
    attribution: s.attribution,
    detail: {},
    notCheckable: null,
    ...said,
  };
}
