import {
  type Kind,
  type Limits,
  noLimits,
  type Offer,
  type Problem,
} from '../../../src/analysis/sourcing/problem.ts';

export const offer = (
  supplier: string,
  kind: Kind,
  country: string,
  available_t: number,
  cost_usd_per_t: number,
  more: Partial<Offer> = {},
): Offer => {
  const origins = more.origins ?? new Map([[country, 1]]);
  return {
    supplier,
    kind,
    country,
    mineral: 'testium',
    stage: 'refine',
    year: null,
    available_t,
    cost_usd_per_t,
    origins,
    owners: origins,
    current_t: null,
    project: null,
    ...more,
  };
};

export const problem = (
  offers: readonly Offer[],
  limits: Partial<Limits> = {},
  more: Partial<Problem> = {},
): Problem => ({
  home: new Set(['GBR']),
  needs: [{ mineral: 'testium', stage: 'refine', year: 2035, quantity_t: 100, weight: 1 }],
  offers,
  projects: [],
  limits: { ...noLimits, ...limits },
  ...more,
});

/** Six suppliers of 100 t: the cheapest is far the largest. */
export const sixOffers: readonly Offer[] = [
  offer('CN', 'import', 'CHN', 500, 100, { current_t: 85 }),
  offer('AU', 'import', 'AUS', 40, 130, { current_t: 5 }),
  offer('CL', 'import', 'CHL', 30, 120, { current_t: 5 }),
  offer('ZA', 'import', 'ZAF', 60, 140, { current_t: 0 }),
  offer('UK mine', 'domestic', 'GBR', 10, 180, { current_t: 2 }),
  offer('UK recycled', 'recycled', 'GBR', 20, 150, { current_t: 3 }),
];

/** Hubs that sell what was born elsewhere. */
export const hubs: readonly Offer[] = [
  offer('CN refiner', 'import', 'CHN', 500, 100, {
    origins: new Map([
      ['CHN', 0.9],
      ['AUS', 0.1],
    ]),
  }),
  offer('AU', 'import', 'AUS', 50, 130),
  offer('Hub A', 'import', 'XAA', 60, 105, {
    origins: new Map([
      ['CHN', 0.4],
      ['AUS', 0.3],
      ['CHL', 0.3],
    ]),
  }),
  offer('Hub B', 'import', 'XAB', 60, 102, {
    origins: new Map([
      ['CHN', 0.7],
      ['ZAF', 0.3],
    ]),
  }),
  offer('UK', 'domestic', 'GBR', 10, 180),
];
