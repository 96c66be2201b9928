/** What is to be supplied, who offers what at which cost, and the limits to be kept. Quantities in t, money in USD. */

/** What a row of a plan calls its kind where it is about a stock. */
export const stockKind = 'stock';

export type Kind = 'import' | 'domestic' | 'recycled';
export const kinds: readonly Kind[] = ['import', 'domestic', 'recycled'];

/** What a cap on one country counts: the seller’s country, where the goods were born, or the owner’s home. */
export type CapOn = 'declared' | 'traced' | 'controlled';

export interface Need {
  readonly mineral: string;
  readonly stage: string;
  readonly year: number;
  readonly quantity_t: number;
  /** what a tonne counts in the aggregate of all minerals, e.g. its price; 1 = tonnes */
  readonly weight: number;
}

export interface Offer {
  readonly supplier: string;
  readonly kind: Kind;
  readonly country: string;
  readonly mineral: string;
  readonly stage: string;
  /** null = valid in every year */
  readonly year: number | null;
  /** per year */
  readonly available_t: number;
  readonly cost_usd_per_t: number;
  /** share of the offer born in each country; what is missing to 1 is of no known origin */
  readonly origins: ReadonlyMap<string, number>;
  /** share of the offer by the home of those who own its mines and plants */
  readonly owners: ReadonlyMap<string, number>;
  /** bought today, per year; null = not known */
  readonly current_t: number | null;
  /** the project or agreement without which there is no such offer */
  readonly project: string | null;
}

/** Something that is done or not: a project that is built, an agreement that is used. Its offers open in its first year. */
export interface Project {
  readonly project: string;
  readonly kind: 'project' | 'agreement';
  /** paid once, in the year of its start */
  readonly fixed_cost_usd: number;
  /** the first year in which it can start */
  readonly from_year: number;
}

/** Tonnes of a mineral at a stage that may be held from one year to the next: bought ahead and drawn later. */
export interface Stock {
  readonly mineral: string;
  readonly stage: string;
  /** held when the plan begins */
  readonly opening_t: number;
  /** the most that may be held at the end of a year; null = any amount */
  readonly most_t: number | null;
  /** to be held at least at the end of the plan */
  readonly end_t: number;
  /** what holding a tonne for a year costs */
  readonly holding_usd_per_t: number;
}

export interface Bloc {
  readonly bloc: string;
  readonly members: ReadonlySet<string>;
  /** largest share of demand from all members together */
  readonly cap: number;
}

/** Every limit may be left out (null). Shares are of demand. */
export interface Limits {
  readonly cap: number | null;
  readonly capOn: CapOn;
  /** the cap on one country over all minerals together */
  readonly aggregateCap: number | null;
  readonly domesticMin: number | null;
  readonly recycledMin: number | null;
  /** share of demand that may be missing after the loss of any one country */
  readonly nMinus1: number | null;
  /** after a loss the other suppliers deliver up to (1 + surge) times their planned tonnes */
  readonly surge: number;
  readonly blocs: readonly Bloc[];
  /** largest rise of one supplier from year to year, as a share of demand */
  readonly ramp: number | null;
  /** for the whole plan, undiscounted */
  readonly budgetUsd: number | null;
}

export interface Problem {
  /** the consumer’s own countries: origin and ownership there count for no cap */
  readonly home: ReadonlySet<string>;
  readonly needs: readonly Need[];
  readonly offers: readonly Offer[];
  readonly projects: readonly Project[];
  readonly limits: Limits;
  /** at most one for a mineral and stage; left out: what is bought in a year is used in it */
  readonly stocks?: readonly Stock[];
}

export const noLimits: Limits = {
  cap: null,
  capOn: 'declared',
  aggregateCap: null,
  domesticMin: null,
  recycledMin: null,
  nMinus1: null,
  surge: 0,
  blocs: [],
  ramp: null,
  budgetUsd: null,
};

/**
 * Shares of an import by the country that a cap counts. Domestic and recycled supply is in no cap; nor is what was
 * born or is owned at home.
 */
export function countedBy(
  offer: Pick<Offer, 'kind' | 'country' | 'origins' | 'owners'>,
  capOn: CapOn,
  home: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  if (offer.kind !== 'import') return new Map();
  if (capOn === 'declared') return new Map([[offer.country, 1]]);
  const shares = capOn === 'traced' ? offer.origins : offer.owners;
  return new Map([...shares].filter(([country, share]) => share > 0 && !home.has(country)));
}
