import { type Concentration, concentration } from '../../analysis/concentration/concentration.ts';
import type { NamedNetwork } from '../../analysis/flows/network.ts';
import { baselineOf } from '../../analysis/shocks/baseline.ts';
import type { ShockNetwork } from '../../analysis/shocks/shock.ts';
import type { World } from '../../store/world.ts';
import { cn8Mineral, production, ukTradeMonth } from '../../tables/quantities.ts';
import { networkOf, stageData } from '../network-of.ts';
import { preferredSource } from '../preferred-source.ts';
import type { Note } from '../question.ts';
import { outputOf } from '../stage-data.ts';

/** The network of a mineral, stage and year as the models want it; null where neither output nor trade is known. */
export interface FoundNetwork {
  readonly network: ShockNetwork | null;
  readonly notes: readonly Note[];
  readonly sources: ReadonlySet<string>;
  readonly priceUsdPerT: number | null;
  /** countries whose output is published as 0 */
  readonly idle: ReadonlySet<string>;
  /** shares of the world's output as published; null where no source has any, and in people's own tables */
  readonly published: Concentration | null;
  /** false where no trade at all is known: what is made is then used by nobody knows whom; true in people's own tables */
  readonly usersKnown: boolean;
}

/**
 * Output and trade where both are known; output alone, with British imports, where trade is not open; trade alone, with
 * net exports for output, where nobody publishes output; in people's own data no output then. Each is said in a note.
 */
export async function shockNetwork(
  world: World,
  mineral: string,
  stage: string,
  year: number,
): Promise<FoundNetwork> {
  const data = await stageData(world, { mineral, stage, year });
  const own = world.data === 'own';
  const published = own ? null : await publishedOutput(world, mineral, stage, year);
  const sources = new Set(data.sources);
  const found = (network: ShockNetwork | null, notes: readonly Note[]): FoundNetwork => ({
    network,
    notes,
    sources,
    priceUsdPerT: data.price_usd_per_t,
    idle: new Set(data.output.flatMap((r) => (r.quantity_t === 0 ? r.country : []))),
    published,
    usersKnown: own || network === null || network.flow.length > 0,
  });
  const { network, notes } = networkOf(data, 'quantity', 'gross');
  if (network) return found(flat(network), notes);
  const output = data.output.filter((r) => r.quantity_t! > 0);
  if (!output.length) {
    const trade = networkOf(data, 'quantity', 'gross', false);
    // people's own tables are taken as they are: where they name no output none is put in its place
    if (own && trade.network)
      return found(flat(trade.network), [
        {
          code: 'output_unknown',
          text: `output of ${mineral} ${stage} ${year} is not in the data: use is what each country receives beyond what it ships, and no loss of output can be followed`,
        },
        ...trade.notes,
      ]);
    const alone = trade.network && tradeAlone(flat(trade.network));
    if (!alone) return found(null, notes);
    const unknown: Note = {
      code: 'output_unknown',
      measured: 'net exports',
      text: `no source gives tonnes of output of ${mineral} ${stage} ${year}: what each country ships beyond what it receives stands for it. What producers use at home is not seen, so what they make is a lower bound`,
    };
    return found(alone, [unknown, ...trade.notes]);
  }
  const uk = await ukImports(world, mineral, stage);
  if (uk === null) {
    const known = output.reduce((sum, r) => sum + r.quantity_t!, 0);
    const rest = (published?.total_t ?? 0) - known;
    // countries that the source does not name are one producer, or the world would be those it names
    const others = rest > 1e-9 * known ? [{ country: unnamed, quantity_t: rest }] : [];
    return found(pooled([...output, ...others], 0), notes);
  }
  for (const s of uk.sources) sources.add(s);
  return found(pooled(output, uk.tonnes), [
    ...notes,
    {
      code: 'world_pool',
      value: uk.tonnes,
      text: `who ships ${mineral} to whom is not openly known. What the United Kingdom imported from ${uk.from} to ${uk.to}, ${uk.tonnes.toPrecision(3)} t, is taken to come from all producers in proportion to their output, and the rest to be used where it is made: an assumption`,
    },
  ]);
}

/** All producers of the world that no source names, as one in a network without trade. */
export const unnamed = 'OTH';

/** The traced network's flows, one by one. */
function flat({ countries, production, flows }: NamedNetwork): ShockNetwork {
  const { start, to, amount } = flows;
  const from = new Int32Array(to.length);
  for (let j = 0; j < countries.length; j++) from.fill(j, start[j]!, start[j + 1]!);
  return { countries, production, from, to: Int32Array.from(to), flow: Float64Array.from(amount) };
}

/** Each country's share of the world's output by the source that decides, in tonnes or, where it has none, as it gives them. */
async function publishedOutput(
  world: World,
  mineral: string,
  stage: string,
  year: number,
): Promise<Concentration | null> {
  const outputs = await world.load(production, { mineral: [mineral], year: [year] });
  const { rows: inTonnes } = outputOf(outputs, stage);
  const ofStage = outputs.filter((r) => r.stage === stage);
  const source = preferredSource(ofStage);
  const rows = inTonnes.length ? inTonnes : ofStage.filter((r) => r.source === source);
  return rows.length ? concentration(rows) : null;
}

/** Trade with net exports for output; null where nobody ships more than it receives. */
function tradeAlone(network: ShockNetwork): ShockNetwork | null {
  const { unrecorded } = baselineOf(network);
  return unrecorded.some((u) => u > 0) ? { ...network, production: unrecorded } : null;
}

/** Producers alone; what Britain imports comes from each of them in proportion to output. */
function pooled(
  output: readonly { country: string; quantity_t: number | null }[],
  britain: number,
): ShockNetwork {
  const made = new Map(output.map((r) => [r.country, r.quantity_t!]));
  const countries = [...new Set([...made.keys(), ...(britain > 0 ? ['GBR'] : [])])].sort();
  const importer = countries.indexOf('GBR');
  const sellers =
    britain > 0 ? countries.map((_, j) => j).filter((j) => j !== importer && made.has(countries[j]!)) : [];
  const total = sellers.reduce((sum, j) => sum + made.get(countries[j]!)!, 0);
  return {
    countries,
    production: countries.map((c) => made.get(c) ?? 0),
    from: sellers,
    to: sellers.map(() => importer),
    // nobody can sell more than is made
    flow: sellers.map((j) => (Math.min(britain, total) * made.get(countries[j]!)!) / total),
  };
}

/** British imports of the newest twelve months by customs' eight-digit codes that hold this mineral alone. */
async function ukImports(world: World, mineral: string, stage: string) {
  const codes = (await world.load(cn8Mineral, { mineral: [mineral], stage: [stage] })).filter(
    (c) => !c.basket,
  );
  if (!codes.length) return null;
  const rows = await world.load(ukTradeMonth, { flow: ['import'], cn8: codes.map((c) => c.cn8) });
  const months = [...new Set((await world.load(ukTradeMonth, { flow: ['import'] })).map((r) => r.month))]
    .sort()
    .slice(-12);
  const tonnes = rows.reduce((sum, r) => sum + (months.includes(r.month) ? (r.quantity_t ?? 0) : 0), 0);
  return tonnes > 0 ? { tonnes, from: months[0]!, to: months.at(-1)!, sources: ['hmrc_ots'] } : null;
}
