/**
 * Leverage: the importer’s share from the world’s dominant supplier times √(HHI of its imports), 0…1.
 * High where the mix is narrow *and* hangs on the country that dominates the world. Null where a part is unknown.
 */
export function leverage(shareFromDominant: number | null, importHhi: number | null): number | null {
  return shareFromDominant === null || importHhi === null ? null : shareFromDominant * Math.sqrt(importHhi);
}

/**
 * Origin gap: the top exporter’s share of world trade less its share of mine output, −1…1. Well above 0: it sells
 * what others dig. Null where a part is unknown; a country without output has a mine share of 0 only if reported.
 */
export function originGap(tradeShare: number | null, mineShare: number | null): number | null {
  return tradeShare === null || mineShare === null ? null : tradeShare - mineShare;
}
