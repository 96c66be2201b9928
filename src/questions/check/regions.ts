import type { Country } from '../../tables/world.ts';

/** Regions as texts name them → UN region or sub-region of the table `country`. Others are not known, so nothing is said of them. */
const regions: Readonly<Record<string, readonly ['region' | 'subregion', string]>> = {
  africa: ['region', 'Africa'],
  african: ['region', 'Africa'],
  asia: ['region', 'Asia'],
  asian: ['region', 'Asia'],
  oceania: ['region', 'Oceania'],
  'sub saharan africa': ['subregion', 'Sub-Saharan Africa'],
  'latin america': ['subregion', 'Latin America and the Caribbean'],
  'latin american': ['subregion', 'Latin America and the Caribbean'],
  'central asia': ['subregion', 'Central Asia'],
  'central asian': ['subregion', 'Central Asia'],
  'southeast asia': ['subregion', 'South-eastern Asia'],
  'south east asia': ['subregion', 'South-eastern Asia'],
  'north america': ['subregion', 'Northern America'],
};

export const isRegion = (region: string): boolean => region in regions;

/** Whether a country lies in a region that a text names. */
export function regionsOf(countries: readonly Country[]): (country: string, region: string) => boolean {
  const byId = new Map(countries.map((c) => [c.country, c]));
  return (country, region) => {
    const named = regions[region];
    return named !== undefined && byId.get(country)?.[named[0]] === named[1];
  };
}
