/** Elasticities are estimated on changes smaller than this price ratio (docs/methods/shocks.md, tried on what happened). */
export const believable = 3;

/** Above this price ratio no price settles the gap in practice. */
const beyondAnyPrice = 100;

/** True where a price ratio is no price any more. */
export const beyondPrices = (ratio: number): boolean => ratio > beyondAnyPrice;

/** How far the price goes, as sure as the ratio lets one be. */
export function priceWords(ratio: number, what = 'The world price'): string {
  if (beyondPrices(ratio))
    return `${what} would have to rise more than ${beyondAnyPrice} times to settle the gap: it is scarce at any price.`;
  const rises = `${what} rises to ${Number(ratio.toPrecision(3))} times what it was`;
  return ratio > believable
    ? `${rises} by this model; elasticities are estimated on smaller changes, so trust the direction more than the size.`
    : `${rises}.`;
}
