import type { ModelName } from '../../analysis/shocks/draws.ts';

/** What was laid on the network, by which model, and who was asked about. */
export interface ShockScope {
  /** e.g. `output of China stops` */
  readonly what: string;
  readonly model: ModelName;
  /** those asked about; null = everyone */
  readonly parties: readonly { readonly id: string; readonly name: string }[] | null;
  /** ids of the countries whose own output is struck */
  readonly struck: readonly string[];
  readonly nameOf: (country: string) => string;
}

/** A country, or a bloc that was asked about, by its name. */
export const nameIn = (scope: ShockScope, id: unknown): string =>
  scope.parties?.find((p) => p.id === id)?.name ?? scope.nameOf(String(id));
