import type { Shipment } from '../analysis/dependence/supply-mix.ts';
import { containedTonnes, tonneBasis, valueOfMineral } from '../analysis/flows/contained.ts';
import { type Method, type NamedFlow, type NamedNetwork, namedNetwork } from '../analysis/flows/network.ts';
import { figure, percent } from './figure.ts';
import type { Note } from './question.ts';
import type { StageData } from './stage-data.ts';
import { tradeWouldTell } from './would-tell.ts';

export { type StageData, stageData } from './stage-data.ts';
export { type TraceableYears, traceableYears } from './traceable-years.ts';

export type Weight = 'quantity' | 'value';

/** A network on one basis, and the direct flows on the same basis; or why there is none. */
export interface StageNetwork {
  readonly network: NamedNetwork | null;
  /** flows with both measures of the mineral: contained tonnes and value */
  readonly shipments: readonly Shipment[];
  readonly notes: readonly Note[];
}

const missing = (shipments: readonly Shipment[], notes: readonly Note[], code: string, text: string) => ({
  network: null,
  shipments,
  notes: [...notes, { code, text }],
});

/**
 * The network of a stage by weight. In tonnes: contained, or gross where the content of a code is unknown (said).
 * In USD: output is valued at what a tonne of its country's exports fetches, so that a producer that ships what it makes
 * is never short of output; at the world's mean or a world price where that is not known.
 *
 * @param needsOutput false: trade alone is a network too, with no output anywhere
 */
export function networkOf(data: StageData, weight: Weight, method: Method, needsOutput = true): StageNetwork {
  const key = `${weight} ${method} ${needsOutput}`;
  const before = made.get(data) ?? new Map<string, StageNetwork>();
  made.set(data, before);
  const network = before.get(key) ?? newNetwork(data, weight, method, needsOutput);
  before.set(key, network);
  return network;
}

/** Networks made of a stage's data, kept as long as the data: many consumers are traced on one. */
const made = new WeakMap<StageData, Map<string, StageNetwork>>();

/** Flows with both measures of the mineral, the same for every weight and method. */
const shipped = new WeakMap<StageData, readonly Shipment[]>();

function shipmentsOf(data: StageData): readonly Shipment[] {
  const codeOf = new Map(data.codes.map((c) => [c.hs6, c]));
  const shipments =
    shipped.get(data) ??
    data.flows.map(
      (f): Shipment => ({
        exporter: f.exporter,
        importer: f.importer,
        value_usd: valueOfMineral(f.value_usd, codeOf.get(f.hs6)!),
        quantity_t: containedTonnes(f.quantity_t, codeOf.get(f.hs6)!),
      }),
    );
  shipped.set(data, shipments);
  return shipments;
}

const flowOf = ({ exporter, importer }: Shipment, amount: number | null): NamedFlow => ({
  exporter,
  importer,
  amount: amount ?? 0,
});

function newNetwork(data: StageData, weight: Weight, method: Method, needsOutput: boolean): StageNetwork {
  const shipments = shipmentsOf(data);
  const notes: Note[] = [...data.notes];
  const what = `${data.mineral.replaceAll('_', ' ')} (${data.stage}) in ${data.year}`;
  if (!data.flows.length)
    return missing(shipments, notes, 'no_trade', `no trade data on ${what}; ${tradeWouldTell(data)}`);
  if (needsOutput && !data.output.some((r) => r.quantity_t! > 0))
    return missing(
      shipments,
      notes,
      'no_production',
      `no source gives tonnes of output of ${what}: what cannot start cannot be traced`,
    );

  let value = 0;
  let valueWithout = 0;
  let valueWith = 0;
  let tonnes = 0;
  for (const s of shipments) {
    value += s.value_usd ?? 0;
    if (s.quantity_t === null) valueWithout += s.value_usd ?? 0;
    else if (s.value_usd !== null) {
      valueWith += s.value_usd;
      tonnes += s.quantity_t;
    }
  }
  const output = new Map(data.output.map((r) => [r.country, r.quantity_t!]));
  if (weight === 'quantity') {
    const basis = tonneBasis(data.codes.filter((c) => data.flows.some((f) => f.hs6 === c.hs6)));
    if (shipments.every((s) => s.quantity_t === null))
      return missing(
        shipments,
        notes,
        'no_quantity',
        `trade in ${what} is known by value only: --weight value`,
      );
    const missingShare = value > 0 ? valueWithout / value : 0;
    if (shipments.some((s) => s.quantity_t === null))
      notes.push({
        code: 'no_quantity',
        value: missingShare,
        text: `flows without tonnes count 0 t; they are ${percent(missingShare)} of the world’s trade by value`,
      });
    if (basis !== 'contained') {
      const gross = data.codes.filter((c) => c.metal_content === null).map((c) => c.hs6);
      notes.push({
        code: 'gross_weight',
        text: `gross tonnes, as the content is not known: ${gross.join(', ')}${basis === 'mixed' ? '; added to contained tonnes of other codes, so --weight value is safer' : ''}`,
      });
      const content = data.output.find((r) => r.basis && /content/i.test(r.basis));
      if (content)
        notes.push({
          code: 'basis_mismatch',
          text: `output is counted in ${content.basis}, trade in gross tonnes: unrecorded supply is overstated`,
        });
    }
    const flows = shipments.map((s) => flowOf(s, s.quantity_t));
    return { network: namedNetwork(flows, output, method), shipments, notes };
  }

  if (shipments.every((s) => s.value_usd === null))
    return missing(
      shipments,
      notes,
      'no_value',
      `trade in ${what} is known by tonnes only: --weight quantity`,
    );
  const traded = tonnes > 0 && valueWith > 0;
  const unitValue = traded ? valueWith / tonnes : data.price_usd_per_t;
  if (unitValue === null)
    return missing(
      shipments,
      notes,
      'no_price',
      `output of ${what} cannot be valued: its trade has no tonnes and no price is known`,
    );
  notes.push({
    code: 'valued_at',
    value: unitValue,
    text: traded
      ? `output is valued at the mean of its own country’s exports; at that of the world’s trade, ${figure(unitValue)} USD/t, where it ships less than a hundredth`
      : `output is valued at the world price, ${figure(unitValue)} USD/t`,
  });
  const own = exportUnitValues(shipments);
  const worth = new Map(
    [...output].map(([c, t]) => {
      const sold = own.get(c);
      return [c, t * (sold && sold.tonnes >= leastSold * t ? sold.value / sold.tonnes : unitValue)];
    }),
  );
  const flows = shipments.map((s) => flowOf(s, s.value_usd));
  return { network: namedNetwork(flows, worth, method), shipments, notes };
}

/** Part of output that must be exported for the price of exports to stand for the output. */
const leastSold = 0.01;

/** Value and tonnes of each country's exports that have both. */
function exportUnitValues(shipments: readonly Shipment[]): Map<string, { value: number; tonnes: number }> {
  const sold = new Map<string, { value: number; tonnes: number }>();
  for (const s of shipments) {
    if (!s.value_usd || !s.quantity_t) continue;
    const of = sold.get(s.exporter) ?? { value: 0, tonnes: 0 };
    of.value += s.value_usd;
    of.tonnes += s.quantity_t;
    sold.set(s.exporter, of);
  }
  return sold;
}
