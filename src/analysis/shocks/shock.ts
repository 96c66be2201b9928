/**
 * What a shock is, what it strikes, and what every model answers.
 *
 * A shock is data: a kind, a place, a severity and a time. The three models (cascade, market, months) take
 * the same network and the same shocks and return the same rows, so that they can be set side by side.
 */

/** One mineral at one stage in one year: who makes how much and who ships it to whom. */
export interface ShockNetwork {
  readonly countries: readonly string[];
  /** production p_j, t per year, in the order of `countries` */
  readonly production: ArrayLike<number>;
  /** exporter of each flow, as position in `countries` */
  readonly from: ArrayLike<number>;
  /** importer of each flow */
  readonly to: ArrayLike<number>;
  /** flow F_jk, t per year */
  readonly flow: ArrayLike<number>;
}

interface Timed {
  /** first month of the shock, 1 = the first month of the run; 1 if left out */
  readonly start?: number | undefined;
  /** months it lasts; to the end of the run if left out */
  readonly months?: number | undefined;
  /** id of the mineral it strikes, where a scenario holds several */
  readonly mineral?: string | undefined;
}

/** Output of a country falls by `severity` (0…1) of what it was. */
export interface ProductionLoss extends Timed {
  readonly kind: 'production_loss';
  readonly country: string;
  readonly severity: number;
}

/** A country stops `severity` of its exports, to everyone or to those named. */
export interface ExportBan extends Timed {
  readonly kind: 'export_ban';
  readonly country: string;
  readonly to?: readonly string[] | undefined;
  readonly severity?: number | undefined;
}

/** A country's exports to each partner are held at `share` of what they were. */
export interface ExportQuota extends Timed {
  readonly kind: 'export_quota';
  readonly country: string;
  readonly share: number;
}

/** Nothing is shipped for `delay` months; afterwards `refused` of it stays unlicensed. */
export interface LicenceDelay extends Timed {
  readonly kind: 'licence_delay';
  readonly country: string;
  readonly to?: readonly string[] | undefined;
  readonly delay: number;
  readonly refused?: number | undefined;
}

/** Named pairs (exporter, importer) lose `severity` of their trade, for good or until a detour works. */
export interface CorridorClosed extends Timed {
  readonly kind: 'corridor_closed';
  readonly pairs: readonly (readonly [string, string])[];
  readonly severity?: number | undefined;
  /** months until goods come by another way; never if left out */
  readonly detour?: number | undefined;
}

/** An importer (or all) puts a duty of `rate` on goods of a country. */
export interface Tariff extends Timed {
  readonly kind: 'tariff';
  readonly country: string;
  readonly by?: readonly string[] | undefined;
  readonly rate: number;
}

export type Shock = ProductionLoss | ExportBan | ExportQuota | LicenceDelay | CorridorClosed | Tariff;

/** What is assumed about a mineral besides its network. Numbers by country are in the order of `countries`. */
export interface Assumptions {
  /** stocks that may be drawn, t */
  readonly stock: ArrayLike<number>;
  /** what each country could make, t per year; never below its production */
  readonly capacity: ArrayLike<number>;
  /** price elasticity of supply εs ≥ 0 */
  readonly supplyElasticity: number;
  /** price elasticity of demand εd ≤ 0 */
  readonly demandElasticity: number;
  /** f_c: part of a shortage that users swallow before trade passes it on, 0…1 */
  readonly consumptionBuffer: number;
  /** price before the shock, USD/t; null where none is known */
  readonly priceUsdPerT: number | null;
  /** months simulated */
  readonly months: number;
  /** months that goods are under way on one link, a whole number of at least 1 */
  readonly pipelineMonths: number;
  /** months before spare capacity starts to deliver, and months more until all of it does */
  readonly spareDelayMonths: number;
  readonly spareRampMonths: number;
  /** ρ: how far a country that runs short cuts exports to spare its own users, 0 (alike) … 1 (own users first) */
  readonly response: number;
  /** θ: how far the market spreads a gap over all users in the end, 0 (only those hit) … 1 (all alike) */
  readonly sharing: number;
  /** months until `sharing` is reached */
  readonly sharingMonths: number;
  /** part of the stock that can be drawn in one month, 0…1 */
  readonly stockDraw: number;
}

export interface ShockRow {
  readonly country: string;
  /** 1, 2 … in `months`; null in models without time */
  readonly month: number | null;
  readonly baseline_t: number;
  readonly supply_t: number;
  readonly stock_used_t: number;
  readonly shortfall_t: number;
  /** null where the country uses nothing */
  readonly shortfall_share: number | null;
  readonly price_ratio: number | null;
  readonly stock_change_t?: number;
  readonly consumption_change_t?: number;
  readonly import_change_t?: number;
  readonly export_change_t?: number;
  readonly output_baseline_t?: number;
  readonly output_t?: number;
  readonly consumer_loss_usd?: number | null;
}

export interface ShockNote {
  readonly code: string;
  readonly text: string;
  readonly value?: number;
}

export interface ShockResult {
  readonly rows: ShockRow[];
  readonly notes: ShockNote[];
}

/** The one shape of a model. */
export type ShockModel = (
  network: ShockNetwork,
  shocks: readonly Shock[],
  assumptions: Assumptions,
) => ShockResult;

/** The part of output lost per country, 0…1, when all production losses strike at once: 1 − Π(1 − s). */
export function productionLoss(network: ShockNetwork, shocks: readonly Shock[]): Float64Array {
  const lost = new Float64Array(network.countries.length);
  for (const shock of shocks) {
    if (shock.kind !== 'production_loss' || shock.severity === 0) continue;
    const j = network.countries.indexOf(shock.country);
    if (j >= 0) lost[j] = 1 - (1 - lost[j]!) * (1 - shock.severity);
  }
  return lost;
}

/** shortfall_share: null where nothing is used, so that no data does not read as no loss. */
export const shareOf = (shortfall: number, baseline: number): number | null =>
  baseline > 0 ? shortfall / baseline : null;

/** Assumptions where nothing is known of the mineral. docs/methods/shocks.md says what each rests on. */
export const defaultAssumptions = {
  supplyElasticity: 0.3,
  demandElasticity: -0.2,
  consumptionBuffer: 0,
  priceUsdPerT: null,
  months: 12,
  pipelineMonths: 1,
  spareDelayMonths: 3,
  spareRampMonths: 9,
  response: 0.5,
  sharing: 0.5,
  sharingMonths: 6,
  stockDraw: 1,
} as const;

/** A country with no row of capacity is taken to be able to make a tenth more than it does. */
export const defaultCapacityRatio = 1.1;

/** The default assumptions for a network: no stock, capacity a tenth above output. */
export function assume(network: ShockNetwork, own: Partial<Assumptions> = {}): Assumptions {
  const stock = new Float64Array(network.countries.length);
  const capacity = Float64Array.from(network.production, (p) => p * defaultCapacityRatio);
  return { ...defaultAssumptions, stock, capacity, ...own };
}
