import { eliminator, residual } from '../analysis/flows/linear-solve.ts';
import type { NamedNetwork } from '../analysis/flows/network.ts';
import type { World } from '../store/world.ts';
import { production, tradeFlow } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { hs6Of, withCodes } from './codes-asked.ts';
import { networkOf, type Weight } from './network-of.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { namesOf } from './resolve.ts';
import { type StageData, stageData } from './stage-data.ts';
import { said, worked } from './worked.ts';

/** What of the question's own parameters decides what stands behind a cell. */
interface Asked {
  readonly hs6?: readonly string[] | undefined;
  readonly method: 'gross' | 'net';
  readonly weight: Weight;
  readonly of: 'use' | 'imports';
  readonly through?: string | undefined;
  readonly lens: 'traced' | 'controlled';
  readonly paths: boolean;
}

/**
 * What stands behind an origin: direct imports by their customs rows; a traced share by the last step of its equations,
 * what each supplier sent times the part of that supplier's own supply that was born there.
 */
export async function explainOrigins(
  { row: position, column }: Cell,
  answer: Answer,
  params: Asked,
  given: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  if ((row[column] ?? null) === null) return said('Not known: the notes say why.');
  if (typeof row[column] !== 'number' || column === 'year') return said('It says what the row is of.');
  const { world } = params.hs6
    ? await withCodes(given, hs6Of([...params.hs6]), { only: true })
    : { world: given };
  const members = (await namesOf(world)).party(String(row.for)).members(Number(row.year));
  const of = { mineral: String(row.mineral), stage: String(row.stage), year: Number(row.year) };
  const data = await stageData(world, of);
  if (column.startsWith('direct_')) return directImports(row, column, members, data, params.weight);
  const again = `headwater origins --for ${row.for} --mineral ${of.mineral} --stage ${of.stage} --year ${of.year}`;
  if (params.paths)
    return said(
      'It is one path of the whole: the rows of this answer add up to what the stage takes at the earlier one.',
    );
  if (params.through !== undefined)
    return said(
      `No sum of rows of the tables gives it: the makers’ feed is followed from stage to stage. ${again} --through ${params.through} --paths shows which maker each part came through.`,
    );
  if (params.lens === 'controlled')
    return said(
      `It is the traced share of each country times the part of its output that is held from ${row.country}. ${again} shows the first, headwater export ownership the second.`,
    );
  if (column === 'low_share' || column === 'high_share')
    return said(
      'The end of the range of traced_share by gross or net trade, by tonnes or value, and by where unrecorded supply was born; --method net and --weight value show the others.',
    );
  return tracedShare(row, column, members, data, params);
}

/** Imports from a country, of the codes that tell of the mineral, in contained tonnes where the content is known. */
function directImports(
  row: AnswerRow,
  column: string,
  members: readonly string[],
  data: StageData,
  weight: Weight,
): Explanation {
  const codeOf = new Map(data.codes.map((c) => [c.hs6, c]));
  const flows = data.flows.filter((f) => members.includes(f.importer) && !members.includes(f.exporter));
  const size = (f: (typeof flows)[number]) => {
    const { share_of_code, metal_content } = codeOf.get(f.hs6)!;
    const part = share_of_code ?? 1;
    return weight === 'value' ? (f.value_usd ?? 0) * part : (f.quantity_t ?? 0) * part * (metal_content ?? 1);
  };
  const sum = (of: typeof flows) => of.reduce((s, f) => s + size(f), 0);
  const own = sum(flows.filter((f) => f.exporter === row.country));
  const all = sum(flows);
  const what =
    weight === 'value' ? 'value_usd × share_of_code' : 'quantity_t × share_of_code × metal_content';
  const formula =
    column === 'direct_share'
      ? worked(
          row,
          column,
          `Σ ${what} from ${row.country} / Σ of all rows below`,
          own / all,
          `${own} / ${all}`,
        )
      : worked(row, column, `Σ ${what} of the rows below from ${row.country}, a part not known as 1`, own);
  const rows = flows.toSorted((a, b) => size(b) - size(a) || (a.exporter < b.exporter ? -1 : 1));
  const codes = data.codes.filter((c) => flows.some((f) => f.hs6 === c.hs6));
  return {
    ...formula,
    inputs: [
      { table: tradeFlow.name, rows: rows as unknown as AnswerRow[] },
      { table: hs6Mineral.name, rows: codes as unknown as AnswerRow[] },
    ],
    sources: [...new Set(flows.map((f) => f.source))],
  };
}

/** A pool that a consumer draws on: a seller's, or what its own members make. */
interface Draw {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
  /** part of the pool born in the country asked about */
  readonly born: number;
}

/** Part of every country's supply that was born in one: `s_k = (p_k + u_k)·[k = origin] / x_k + Σ_l Z_lk s_l / x_k`. */
function bornIn(network: NamedNetwork, origin: string): { shares: number[]; residual: number } {
  const solve = eliminator(network);
  const at = network.positionOf.get(origin);
  const made = at === undefined ? 0 : network.production[at]! + network.unrecorded[at]!;
  let worst = 0;
  const shares = network.countries.map((_, k) => {
    const one = new Float64Array(network.countries.length);
    one[k] = 1;
    const q = solve(one);
    worst = Math.max(worst, residual(network, one, q as Float64Array<ArrayBuffer>));
    return at === undefined ? 0 : q[at]! * made;
  });
  return { shares, residual: worst };
}

/** What the consumer keeps (or buys) of each pool, with the part of that pool that was born in one country. */
function drawsOf(
  network: NamedNetwork,
  members: readonly string[],
  shares: readonly number[],
  of: 'use' | 'imports',
  origin: string,
): Draw[] {
  const { flows, throughput, consumption, production: made, unrecorded, countries } = network;
  const draws: Draw[] = [];
  const inside = new Set(members.flatMap((m) => network.positionOf.get(m) ?? []));
  const kept = (i: number) =>
    of === 'imports' ? 1 : throughput[i]! > 0 ? consumption[i]! / throughput[i]! : 0;
  for (const i of inside) {
    const home = countries[i]!;
    const born = home === origin ? 1 : 0;
    if (of === 'use') {
      draws.push({ from: `output of ${home}`, to: home, amount: made[i]! * kept(i), born });
      draws.push({ from: `unrecorded supply of ${home}`, to: home, amount: unrecorded[i]! * kept(i), born });
    }
  }
  for (let k = 0; k < flows.n; k++)
    for (let e = flows.start[k]!; e < flows.start[k + 1]!; e++) {
      const i = flows.to[e]!;
      if (!inside.has(i) || (of === 'imports' && inside.has(k))) continue;
      draws.push({
        from: countries[k]!,
        to: countries[i]!,
        amount: flows.amount[e]! * kept(i),
        born: shares[k]!,
      });
    }
  return draws
    .filter((d) => d.amount > 0)
    .sort((a, b) => b.amount * b.born - a.amount * a.born || b.amount - a.amount);
}

function tracedShare(
  row: AnswerRow,
  column: string,
  members: readonly string[],
  data: StageData,
  { weight, method, of }: Asked,
): Explanation {
  const { network } = networkOf(data, weight, method);
  if (!network) return said('It could not be traced: the notes say why.');
  const origin = String(row.country);
  const unit = weight === 'value' ? 'usd' : 't';
  const { shares, residual: left } = bornIn(network, origin);
  const draws = drawsOf(network, members, shares, of, origin);
  const total = draws.reduce((s, d) => s + d.amount, 0);
  const born = draws.reduce((s, d) => s + d.amount * d.born, 0);
  const whole = of === 'imports' ? 'imports' : 'apparent consumption';
  const at = network.positionOf.get(origin);
  const [p, u] = at === undefined ? [0, 0] : [network.production[at]!, network.unrecorded[at]!];
  const took = `Σ taken_${unit} × part_born_in_${origin}`;
  const formula =
    column === 'traced_share'
      ? worked(row, column, `${took} / ${whole}`, born / total, `${born} / ${total}`)
      : column === `traced_${unit}`
        ? worked(row, column, `${took}, the rows below`, born)
        : column === `unrecorded_${unit}`
          ? p + u === 0
            ? worked(row, column, `nothing, as ${origin} has no output of its own`, 0)
            : worked(
                row,
                column,
                `traced_${unit} × unrecorded supply of ${origin} / (its output + its unrecorded supply)`,
                (born * u) / (p + u),
                `${born} × ${u} / (${p} + ${u})`,
              )
          : { formula: null, behind: 'It is worked by no formula from the rows shown.' };
  const rows = draws.map((d) => ({
    from: d.from,
    to: d.to,
    [`taken_${unit}`]: d.amount,
    [`part_born_in_${origin}`]: d.born,
  }));
  const output = data.output.filter((r) => r.country === origin || members.includes(r.country));
  const step =
    of === 'imports'
      ? 'Each seller’s exports have the origins of all that it has'
      : 'Each country’s exports, and what it keeps, have the origins of all that it has: taken is what was bought or made times the part of it kept';
  return {
    ...formula,
    behind: [
      formula.behind,
      `${step}. The parts come from the equations of the whole network of ${network.countries.length} countries, ${method} trade, which hold to ${left.toExponential(1)} of their largest term. --through with --paths follows the feed further back.`,
    ]
      .filter(Boolean)
      .join(' '),
    inputs: [
      { table: `network of ${data.mineral} (${data.stage}), ${data.year}`, rows },
      { table: production.name, rows: output as unknown as AnswerRow[] },
    ].filter((i) => i.rows.length > 0),
    sources: [...data.sources],
  };
}
