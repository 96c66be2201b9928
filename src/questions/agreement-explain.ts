import { hostControl } from '../analysis/flows/control.ts';
import { holdingsInUse } from '../analysis/policy/holdings.ts';
import type { World } from '../store/world.ts';
import { agreement, ownership } from '../tables/policy.ts';
import { hs6Mineral } from '../tables/world.ts';
import { found, sides } from './agreement/sides.ts';
import { outputBehind, wholeOf } from './output-behind.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { registerSource } from './register-source.ts';
import { namesOf, type Party } from './resolve.ts';
import { tradeBehind } from './trade-behind.ts';
import { said, worked } from './worked.ts';

interface Asked {
  readonly id?: string | undefined;
  readonly partner?: string | undefined;
  readonly for?: string | undefined;
  readonly take: number;
}

type Formula = Pick<Explanation, 'formula' | 'behind'>;
/** What stands behind what an agreement could change: rows of output, owners and imports, and how its bounds follow. */
export async function explainAgreement(
  { row: position, column }: Cell,
  answer: Answer,
  params: Asked,
  world: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  if ((row[column] ?? null) === null) return said(`Not known${row.note ? `: ${row.note}` : ''}.`);
  const register = await world.load(agreement);
  const named = params.id === undefined ? null : found(register, params.id);
  const { party, partner } = sides(named, params, await namesOf(world));
  if (ofOutput.has(column)) return await explainOutput(row, column, partner, world);
  if (ofOwners.has(column)) return await explainOwners(row, column, party, partner, world);
  if (column === 'free_t') return { ...free(row), inputs: [] };
  if (ofSupply.has(column)) return await explainSupply(row, column, party, partner, params.take, world);
  if (column === 'own_use_t')
    return said(
      `min(output, max(0, output + imports − exports)) of ${partner} in ${row.supply_year}, in tonnes contained, of all codes of the stage. headwater board --for ${partner} --mineral ${row.mineral} --weight quantity shows its imports.`,
    );
  return said(
    'Only the description of the column can be given: it says of the row what is signed, by whom, or how it is known.',
  );
}

const ofOutput = new Set(['partner_output_t', 'partner_share', 'output_year', 'source', 'can_touch']);
const ofOwners = new Set(['controllers', 'controlled_elsewhere_share', 'committed_t']);
const ofSupply = new Set(
  'demand_t supply_year weight supply_from_partner_share top_country top_share top_share_if_10 top_share_if_50 top_share_if top_share_pro_rata top_share_at_best most_it_could_move moved_t over_cap over_cap_if'.split(
    ' ',
  ),
);

/** The stage that the output is of: a refined statistic may cover metal and chemicals together. */
const madeAt = (row: AnswerRow): string =>
  /refined metal and chemicals together/.test(String(row.note)) ? 'refine' : String(row.stage);

async function explainOutput(
  row: AnswerRow,
  column: string,
  partner: string,
  world: World,
): Promise<Explanation> {
  const of = { mineral: row.mineral!, stage: madeAt(row), year: row.output_year!, source: row.source! };
  const output = await outputBehind(of, world);
  if (!output) return said('No row of the table production stands behind it.');
  const size = output.named.find((r) => r.country === partner)?.size ?? 0;
  const words = `${output.measure} of ${partner} / ${wholeOf(output)}`;
  const formula: Formula =
    column === 'partner_output_t'
      ? worked(row, column, `quantity_t of the row ${partner} below`, size)
      : column === 'partner_share'
        ? worked(row, column, words, size / output.total, `${size} / ${output.total}`)
        : { formula: null, behind: 'It says what the rows below are of.' };
  return { ...formula, inputs: output.inputs, sources: [String(row.source)] };
}

async function explainOwners(
  row: AnswerRow,
  column: string,
  party: Party,
  partner: string,
  world: World,
): Promise<Explanation> {
  const output = row.partner_output_t as number | null;
  const rows = holdingsInUse(await world.load(ownership, { country: [partner] }), () => output).filter(
    (h) => h.mineral === row.mineral && h.stage === madeAt(row),
  );
  const home = new Set([partner, party.id, ...party.members(Number(row.output_year))]);
  const abroad = (channel: string) =>
    [...hostControl(rows, output, channel).by].reduce(
      (sum, [owner, part]) => (home.has(owner) ? sum : sum + part),
      0,
    );
  const [equity, offtake] = [abroad('equity'), abroad('offtake')];
  const held =
    'Σ equity_share × output_t of what third countries hold / the larger of partner_output_t and Σ output_t of its assets';
  const formula: Formula =
    column === 'committed_t' && rows.length === 0
      ? worked(row, column, 'nothing, as the register has no owner or buyer of it', 0)
      : column === 'committed_t'
        ? worked(
            row,
            column,
            'partner_output_t × the larger of the parts held and bought by third countries',
            Number(output) * Math.max(equity, offtake),
            `${output} × max(${equity}, ${offtake})`,
          )
        : column === 'controlled_elsewhere_share'
          ? worked(row, column, held, equity)
          : {
              formula: null,
              behind: 'The rows below, by home of the owner, each by its part of the output.',
            };
  return {
    ...formula,
    inputs: rows.length ? [{ table: ownership.name, rows: rows as unknown as AnswerRow[] }] : [],
    sources: [registerSource(world, ownership.name, 'ownership_register'), String(row.source)],
  };
}

const free = (row: AnswerRow): Formula => {
  const [output, committed, use] = [row.partner_output_t, row.committed_t, row.own_use_t].map((v) =>
    Number(v ?? 0),
  );
  return worked(
    row,
    'free_t',
    `max(0, partner_output_t − committed_t − own_use_t${row.own_use_t === null ? ', which is not known and taken as 0' : ''})`,
    Math.max(0, output! - committed! - use!),
    `max(0, ${output} − ${committed} − ${use})`,
  );
};

async function explainSupply(
  row: AnswerRow,
  column: string,
  party: Party,
  partner: string,
  take: number,
  world: World,
): Promise<Explanation> {
  const codes = (await world.load(hs6Mineral)).filter(
    (c) => c.mineral === row.mineral && c.stage === row.stage,
  );
  const trade = await tradeBehind(world, party, codes, 'origin', Number(row.supply_year));
  if (!trade) return said('No row of the table trade_flow stands behind it.');
  const { by, total } = trade.of(row.weight === 'value' ? 'value' : 'quantity');
  const shares = [...by]
    .filter(([country, size]) => country !== party.id && size > 0)
    .map(([country, size]) => ({ country, share: size / total }))
    .sort((a, b) => b.share - a.share || (a.country < b.country ? -1 : 1));
  const unit = row.weight === 'value' ? 'USD' : 't';
  const top = shares[0]!;
  const own = shares.find((s) => s.country === partner)?.share ?? 0;
  const second = shares.find((s) => s !== top && s.country !== partner)?.share ?? 0;
  const of = (country: string) =>
    `${unit} of imports from ${country} / ${unit} of all imports, ${trade.period ?? trade.year}`;
  const bound = bounds({ row, column, take, top: top.share, own, second, isTop: top.country === partner });
  const formula: Formula =
    bound ??
    (column === 'demand_t'
      ? worked(
          row,
          column,
          'Σ quantity_t × share_of_code × metal_content of the rows below, a part not known as 1',
          total,
        )
      : column === 'top_share'
        ? worked(row, column, of(top.country), top.share, `${by.get(top.country)} / ${total}`)
        : column === 'supply_from_partner_share'
          ? worked(row, column, of(partner), own, `${by.get(partner) ?? 0} / ${total}`)
          : { formula: null, behind: 'It says of the imports below whose they are, in what and when.' });
  return { ...formula, inputs: trade.inputs, sources: trade.sources };
}

/** How far the top share could fall: cells that follow from what is free, imports, and the shares today. */
function bounds(of: {
  readonly row: AnswerRow;
  readonly column: string;
  readonly take: number;
  readonly top: number;
  readonly own: number;
  readonly second: number;
  /** the partner is the largest supplier already, and can displace nobody above it */
  readonly isTop: boolean;
}): Formula | null {
  const { row, column, take, top, own, second, isTop } = of;
  const [freeT, demand, cap] = [Number(row.free_t), Number(row.demand_t), Number(row.cap)];
  const part: Readonly<Record<string, number>> = { top_share_if_10: 0.1, top_share_if_50: 0.5 };
  const taken = Math.min(((part[column] ?? take) * freeT) / demand, 1 - own);
  const words = `x being the smaller of ${part[column] ?? take} × free_t / demand_t and 1 − the partner’s share`;
  switch (column) {
    case 'top_share_if_10':
    case 'top_share_if_50':
    case 'top_share_if':
      return isTop
        ? worked(row, column, 'top_share, as the partner is the largest already', top)
        : worked(
            row,
            column,
            `max(top_share − x, the next supplier’s share, the partner’s share + x), ${words}`,
            Math.max(0, top - taken, second, own + taken),
            `max(0, ${top} − ${taken}, ${second}, ${own} + ${taken})`,
          );
    case 'top_share_pro_rata':
      return isTop
        ? worked(row, column, 'top_share, as the partner is the largest already', top)
        : worked(
            row,
            column,
            `max(top_share × (1 − the partner’s share − x) / (1 − the partner’s share), the partner’s share + x), ${words}`,
            Math.max((top * (1 - own - taken)) / (1 - own), own + taken),
            `max(${top} × (1 − ${own} − ${taken}) / (1 − ${own}), ${own} + ${taken})`,
          );
    case 'most_it_could_move':
      return isTop || row.partner_output_t === 0
        ? worked(
            row,
            column,
            isTop ? 'nothing, as the partner is the largest already' : 'nothing, as the partner makes none',
            0,
          )
        : worked(
            row,
            column,
            `min(x, (top_share − the partner’s share) / 2, top_share − the next supplier’s share), ${words}`,
            Math.min(taken, (top - own) / 2, top - second),
            `min(${taken}, (${top} − ${own}) / 2, ${top} − ${second})`,
          );
    case 'moved_t': {
      const most = Number(row.most_it_could_move);
      return worked(row, column, 'most_it_could_move × demand_t', most * demand, `${most} × ${demand}`);
    }
    case 'top_share_at_best': {
      const [share, most] = [Number(row.top_share), Number(row.most_it_could_move)];
      return worked(row, column, 'top_share − most_it_could_move', share - most, `${share} − ${most}`);
    }
    case 'over_cap':
      return worked(row, column, 'top_share > cap', top > cap, `${row.top_share} > ${cap}`);
    case 'over_cap_if':
      return worked(
        row,
        column,
        'top_share_at_best > cap',
        Number(row.top_share_at_best) > cap,
        `${row.top_share_at_best} > ${cap}`,
      );
    default:
      return null;
  }
}
