/**
 * Unit factors, the only place that holds any. Each says what it is by definition or where it is from.
 */

/** Ideal-gas density of helium at 101.325 kPa and 15 °C, the condition in which USGS measures volumes: p·M/(R·T). */
const heliumKgPerM3 = (101_325 * 4.002602e-3) / (8.314462618 * 288.15);

/** Avoirdupois pound in kilograms: exact by definition (International Yard and Pound Agreement, 1959). */
export const kgPerPound = 0.45359237;
/** Troy ounce in kilograms: exact by definition. */
export const kgPerTroyOunce = 0.0311034768;
/** Short ton in tonnes: 2,000 lb. */
export const tonnesPerShortTon = (2000 * kgPerPound) / 1000;
/** Metric carat: 0.2 g by definition (CGPM 1907). */
const tonnesPerCarat = 0.2e-6;

/** Tonnes in one of the unit, by the unit's name as publishers write it. */
export const tonnesPer: Readonly<Record<string, number>> = {
  t: 1,
  tons: 1,
  'metric tons': 1,
  kt: 1e3,
  'thousand metric tons': 1e3,
  'thousand metric dry tons': 1e3,
  mt: 1e6,
  mmt: 1e6,
  'million metric tons': 1e6,
  kg: 1e-3,
  kilograms: 1e-3,
  kct: 1e3 * tonnesPerCarat,
  'thousand carats': 1e3 * tonnesPerCarat,
  'thousands of carats': 1e3 * tonnesPerCarat,
  mct: 1e6 * tonnesPerCarat,
  'million carats': 1e6 * tonnesPerCarat,
  /** helium only: no other gas is published in this unit with its condition stated */
  mcm: (1e6 * heliumKgPerM3) / 1e3,
  'million cubic meters': (1e6 * heliumKgPerM3) / 1e3,
};

/** US dollars per tonne in one of the price unit. `mtu` and `dmtu` are a hundredth of a tonne of the oxide or iron. */
export const usdPerTonne: Readonly<Record<string, number>> = {
  'dollars per metric ton': 1,
  'dollars per ton': 1,
  'dollars per kilogram': 1e3,
  'dollars per gram': 1e6,
  'dollars per 10-grams': 1e5,
  'dollars per 25 grams': 4e4,
  'dollars per 50 grams': 2e4,
  'dollars per pound': 1e3 / kgPerPound,
  'cents per pound': 10 / kgPerPound,
  'dollars per troy ounce': 1e3 / kgPerTroyOunce,
  'dollars per short ton': 1 / tonnesPerShortTon,
  'dollars per carat': 1 / tonnesPerCarat,
  'dollars per dry metric ton unit': 100,
  'dollars per metric ton unit': 100,
  /** flask of mercury: 76 lb by trade usage, 34.473 kg (USGS, Mineral Commodity Summaries, mercury) */
  'dollars per flask': 1e3 / (76 * kgPerPound),
};

/** Tonnes of lithium in a tonne of lithium carbonate equivalent: 2 Li 6.94 in Li2CO3 73.89 (IUPAC atomic weights). */
export const lithiumInCarbonate = (2 * 6.94) / (2 * 6.94 + 12.011 + 3 * 15.999);

/** Tonnes of uranium in a tonne of U3O8: 3 U 238.029 in 3 U + 8 O 15.999 (IUPAC atomic weights), 0.848. */
export const uraniumInOxide = (3 * 238.02891) / (3 * 238.02891 + 8 * 15.999);
