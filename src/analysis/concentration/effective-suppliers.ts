/**
 * Effective number of suppliers: how many equal suppliers would be as concentrated.
 * `N = 1/HHI`, 1…n. Null where the HHI is unknown or 0. Source: Adelman 1969; Hill number of order 2.
 * @example effectiveSuppliers(0.525) // 1.905
 */
export function effectiveSuppliers(hhi: number | null): number | null {
  return hhi === null || hhi <= 0 ? null : 1 / hhi;
}
