/** Value added of the sector that sets the scale in the 2023 study (NACE C28), million EUR. */
export const largestValueAdded2023 = 204_200;

/**
 * EU economic importance, `EI = Σ A_s·Q_s · 10/max(Q) · SI_EI`; A_s share of use 0…1, Q_s value added of the using
 * sector, both in one unit of money. Null where no use has both or the substitution index is missing. ≥ 2.8 is over
 * the threshold. Source: European Commission 2017, 10.2873/769526.
 */
export function economicImportanceEu(
  uses: readonly { share: number | null; valueAdded: number | null }[],
  largest: number,
  siEi: number | null,
): number | null {
  const known = uses.filter((u) => u.share !== null && u.valueAdded !== null);
  if (known.length === 0 || siEi === null || largest <= 0) return null;
  return ((known.reduce((sum, u) => sum + u.share! * u.valueAdded!, 0) * 10) / largest) * siEi;
}
