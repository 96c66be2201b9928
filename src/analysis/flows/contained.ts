/** What a tonne of an HS code holds of one mineral. */
export interface CodeContent {
  /** t contained per t gross; null = unknown */
  readonly metal_content: number | null;
  /** part of the code that is this mineral; 1 unless a basket, null = unknown */
  readonly share_of_code: number | null;
}

/** What the tonnes of a sum over codes are: all contained, all gross, or some of each. */
export type TonneBasis = 'contained' | 'gross' | 'mixed';

/**
 * Tonnes of a mineral in a flow: `quantity × metal content × share of code`, t. Where the content is unknown the
 * gross tonnes stand, which the answer must say. Null where the flow has no tonnes.
 */
export function containedTonnes(quantity_t: number | null, code: CodeContent): number | null {
  return quantity_t === null ? null : quantity_t * (code.metal_content ?? 1) * (code.share_of_code ?? 1);
}

/** Value of a mineral in a flow: `value × share of code`, USD. Null where the flow has no value. */
export function valueOfMineral(value_usd: number | null, code: CodeContent): number | null {
  return value_usd === null ? null : value_usd * (code.share_of_code ?? 1);
}

/**
 * Which basis tonnes summed over these codes have. `mixed` means contained and gross tonnes would be added: weigh by
 * value instead, or keep to the codes whose content is known.
 */
export function tonneBasis(codes: Iterable<CodeContent>): TonneBasis {
  let known = 0;
  let unknown = 0;
  for (const c of codes)
    if (c.metal_content === null) unknown++;
    else known++;
  return unknown === 0 ? 'contained' : known === 0 ? 'gross' : 'mixed';
}
