import type { World } from '../store/world.ts';
import { target } from '../tables/policy.ts';
import { hs6Mineral } from '../tables/world.ts';
import type { Weight } from './declared-supply.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { namesOf, type Party } from './resolve.ts';
import { exemptFrom } from './rule-scope.ts';
import { tradeBehind } from './trade-behind.ts';
import { said, worked } from './worked.ts';

type Formula = Pick<Explanation, 'formula' | 'behind'>;
/** What stands behind a rule's verdict: the rule, the customs rows of a supply, and what follows from both. */
export async function explainTargets(
  { row: position, column }: Cell,
  answer: Answer,
  params: { readonly for: string; readonly weight: Weight },
  world: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  if ((row[column] ?? null) === null) return said(`Not known${row.note ? `: ${row.note}` : ''}.`);
  const party = (await namesOf(world)).party(params.for);
  const rules = (await world.load(target)).filter((r) => r.target === row.target);
  const inputs = [{ table: target.name, rows: rules as unknown as AnswerRow[] }];
  const follows = fromItsRow(row, column);
  if (follows) return { ...follows, inputs };
  if (!ofSupply.has(column)) return { ...said('It says what the rule or the row is of.'), inputs };
  const customs = row.lens === 'declared' || row.lens === 'dispatch';
  if (customs && row.scope === 'each') return await explainSupply(row, column, party, world);
  return said(elsewhere(row, params));
}

const ofSupply = new Set(
  'year top_country share status tonnes_to_move_t supply_usd supply_t to_move_usd share_other status_other low high basis evidence'.split(
    ' ',
  ),
);

/** Cells that follow from others of their row, whatever the supply. */
function fromItsRow(row: AnswerRow, column: string): Formula | null {
  const [cap, share] = [Number(row.cap), Number(row.share)];
  if (column === 'cap') return { formula: null, behind: 'The value of the rule below.' };
  if (column === 'headroom') return worked(row, column, 'cap − share', cap - share, `${cap} − ${share}`);
  if (column === 'required_change_per_year')
    return share <= cap
      ? worked(row, column, 'nothing, as the share is within the cap', 0)
      : worked(
          row,
          column,
          '(share − cap) / (target_year − year)',
          (share - cap) / (Number(row.target_year) - Number(row.year)),
          `(${share} − ${cap}) / (${row.target_year} − ${row.year})`,
        );
  if (column === 'status' && typeof row.share === 'number')
    return {
      formula: null,
      behind: `The share, ${share}, held against the rule below, whose value is ${cap}.`,
    };
  return null;
}

/** Where the supply is not one sum of rows: the command that shows it. */
function elsewhere(
  row: AnswerRow,
  { for: whose, weight }: { readonly for: string; readonly weight: Weight },
): string {
  if (row.lens === null)
    return 'A floor on own output, recycling or the study of the importer: no trade stands behind it. headwater export production, or eu_parameter and recycling, shows the published rows.';
  if (row.scope !== 'each')
    return `The supplies of the list added as the rule is written. headwater targets --for ${whose} --lens ${row.lens} shows those that it also judges one by one, headwater board each of the others.`;
  const by = `${weight === 'value' ? ' --weight value' : ''}${row.lens === 'controlled' ? ' --lens controlled' : ''}`;
  return `No sum of rows gives it: apparent consumption solved in a network of the world’s output and trade. headwater origins --for ${whose} --mineral ${row.mineral} --stage ${row.stage} --year ${row.year}${by} shows every origin with its amount.`;
}

async function explainSupply(
  row: AnswerRow,
  column: string,
  party: Party,
  world: World,
): Promise<Explanation> {
  const codes = (await world.load(hs6Mineral)).filter(
    (c) => c.mineral === row.mineral && c.stage === row.stage,
  );
  const year = Number(row.year);
  const trade = await tradeBehind(world, party, codes, row.lens === 'dispatch' ? 'dispatch' : 'origin', year);
  if (!trade) return said('No row of the table trade_flow stands behind it.');
  const exempt = exemptFrom(party, year);
  const when = trade.period ?? String(year);
  const weight: Weight = String(row.basis).startsWith('imports, tonnes') ? 'quantity' : 'value';
  const other: Weight = weight === 'value' ? 'quantity' : 'value';
  const of = (w: Weight) => {
    const { by, total } = trade.of(w);
    const counted = [...by].filter(([country]) => !exempt.has(country)).sort((a, b) => b[1] - a[1]);
    return { counted, total, unit: w === 'value' ? 'USD' : 't' };
  };
  const share = (w: Weight): Formula => {
    const { counted, total, unit } = of(w);
    const [country, size] = counted[0] ?? ['nobody', 0];
    const words = `${unit} of imports from ${country} / ${unit} of all imports, ${when}`;
    return worked(row, column, words, size / total, `${size} / ${total}`);
  };
  const sum = (w: Weight, words: string) => worked(row, column, words, trade.of(w).total);
  const formula: Formula =
    column === 'share'
      ? share(weight)
      : column === 'share_other'
        ? share(other)
        : column === 'supply_usd'
          ? sum('value', 'Σ value_usd × share_of_code of the rows below, a part not known as 1')
          : column === 'supply_t'
            ? sum(
                'quantity',
                'Σ quantity_t × share_of_code × metal_content of the rows below, a part not known as 1',
              )
            : column === 'tonnes_to_move_t' || column === 'to_move_usd'
              ? toMove(row, column, of(weight))
              : { formula: null, behind: `It says of the imports below what they are, ${when}.` };
  return { ...formula, inputs: trade.inputs, sources: trade.sources };
}

/** What is above the cap, of every country that the rule counts. */
function toMove(
  row: AnswerRow,
  column: string,
  {
    counted,
    total,
    unit,
  }: {
    readonly counted: readonly (readonly [string, number])[];
    readonly total: number;
    readonly unit: string;
  },
): Formula {
  const cap = Number(row.cap);
  const above = counted.filter(([, size], k) => k === 0 || size > cap * total);
  return worked(
    row,
    column,
    `Σ max(0, ${unit} of imports from a country − cap × ${unit} of all imports), of ${above.map(([country]) => country).join(' and ')}`,
    counted.reduce((t, [, size]) => t + Math.max(0, size - cap * total), 0),
    above.map(([, size]) => `max(0, ${size} − ${cap} × ${total})`).join(' + '),
  );
}
