import type { World } from '../store/world.ts';
import { target } from '../tables/policy.ts';
import { production, tradeFlow } from '../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import { capRule } from './cap-rule.ts';
import { hs6Of, unknownStage, withCodes } from './codes-asked.ts';
import type { Weight } from './declared-supply.ts';
import { preferredSource } from './preferred-source.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { namesOf, type Party } from './resolve.ts';
import { type TradeBehind, tradeBehind } from './trade-behind.ts';
import { said, worked } from './worked.ts';

/** What of the board's own parameters decides what stands behind a cell. */
interface Asked {
  readonly for: string;
  readonly hs6?: readonly string[] | undefined;
  readonly weight?: Weight | undefined;
  readonly cap?: number | undefined;
}

/**
 * What stands behind a cell of the board. A share by declared origin or by dispatch is worked from its customs rows; one
 * that is traced or controlled is solved in a network of world trade, which `origins` shows.
 */
export async function explainBoard(
  { row: position, column }: Cell,
  answer: Answer,
  params: Asked,
  given: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  const { world } = params.hs6 ? await withCodes(given, hs6Of([...params.hs6])) : { world: given };
  const party = (await namesOf(world)).party(params.for);
  const beside = /^(declared|dispatch|traced|controlled)_/.exec(column)?.[1];
  const lens = beside ?? String(row.lens);
  const inNetwork = lens === 'traced' || lens === 'controlled';
  const origins = () => originsCommand(row, lens, party, params, world);
  if ((row[column] ?? null) === null) {
    if (beside && inNetwork) return said(`Not known: ${origins()} says why.`, { sources: [] });
    return said(`Not known${row.note && !beside ? `: ${row.note}` : ''}.`, { sources: [] });
  }
  const derived = derivedCells[column]?.(row);
  if (derived) return { ...derived, inputs: [] };
  if (column === 'cap') return await explainCap(row, party, params, world);
  if (column === 'domestic_t') return await explainOutput(row, party, world);
  const risk = riskCommand[column];
  if (risk)
    return said(
      `headwater risk ${risk(party.id)} --mineral ${row.mineral} --stage ${row.stage} shows its parts.`,
    );

  if (!beside && !ofTheShares.has(column)) return said('It says what the row is of.');
  if (inNetwork && row.year === null)
    return said(`It could not be followed${row.note ? `: ${row.note}` : ''}.`);
  if (inNetwork) return said(solved(row, column, lens, params, origins()));
  const trade = await tradeOf(
    row,
    party,
    lens === 'dispatch' ? 'dispatch' : 'origin',
    beside !== undefined,
    world,
  );
  if (!trade) return said('No row of the table trade_flow stands behind it.', { sources: [] });
  return {
    ...explainTrade(row, column, beside ?? null, params.weight ?? 'value', trade),
    inputs: trade.inputs.filter(
      (i) => i.table !== hs6Mineral.name || i.rows.length > 1 || /^supply_/.test(column),
    ),
    sources: trade.sources,
  };
}

/** Cells that follow from others of their row. */
const derivedCells: Readonly<Record<string, (row: AnswerRow) => Pick<Explanation, 'formula' | 'behind'>>> = {
  headroom: (row) =>
    worked(
      row,
      'headroom',
      'cap − top_share',
      Number(row.cap) - Number(row.top_share),
      `${row.cap} − ${row.top_share}`,
    ),
  over_cap: (row) =>
    worked(
      row,
      'over_cap',
      'top_share > cap',
      Number(row.top_share) > Number(row.cap),
      `${row.top_share} > ${row.cap}`,
    ),
  verdict: (row) => ({
    formula: null,
    behind: `The share of the largest supplier that the limit counts against the cap of ${row.cap}: over where all of its range is above, within where none is, depends where the range spans it${row.note ? `. Of this row: ${row.note}` : ''}.`,
  }),
  over_lenses: byLens,
  verdict_depends: byLens,
};

/** The largest supplier by each lens, which the limit may or may not count. */
function byLens(row: AnswerRow): Pick<Explanation, 'formula' | 'behind'> {
  const known = ['declared', 'dispatch', 'traced', 'controlled'].filter(
    (lens) => typeof row[`${lens}_share`] === 'number',
  );
  const largest = known.map((lens) => `${lens} ${row[`${lens}_country`]} ${row[`${lens}_share`]}`);
  return {
    formula: null,
    behind: `The largest supplier that the limit counts, by each lens, against the cap of ${row.cap}. The largest of all: ${largest.join(', ')}; where that is the importer itself, which no limit counts, the next one decides.`,
  };
}

/** Columns of the lens of the row, not of one beside it. */
const ofTheShares = new Set(
  'top_country top_share second_country second_share third_country third_share hhi suppliers supply_usd supply_t top_low top_high year period source weight evidence depends_on'.split(
    ' ',
  ),
);

const riskCommand: Readonly<Record<string, (importer: string) => string>> = {
  geopolrisk: (importer) => `--method geopolrisk --for ${importer}`,
  geopolrisk_year: (importer) => `--method geopolrisk --for ${importer}`,
  eu_sr: () => '--method eu_sr',
  remaining_share: () => '--method n_minus_1',
};

async function explainCap(row: AnswerRow, party: Party, { cap }: Asked, world: World): Promise<Explanation> {
  const { rule, source } = await capRule(world, party, cap);
  if (rule === null || rule === 'given') return said('It was given with --cap.', { sources: [] });
  const rules = await world.load(target, { jurisdiction: [party.id], metric: ['single_country_share_max'] });
  const own = rules.find((r) => r.target === rule)!;
  return {
    ...worked(row, 'cap', `value of the rule ${rule}`, own.value!),
    inputs: [{ table: target.name, rows: [own as unknown as AnswerRow] }],
    sources: source === null ? [] : [source],
  };
}

async function explainOutput(row: AnswerRow, party: Party, world: World): Promise<Explanation> {
  const rows = await world.load(production, {
    country: [party.id],
    mineral: [String(row.mineral)],
    year: [Number(row.year)],
  });
  const ofStage = rows.filter((r) => r.stage === row.stage);
  const own = ofStage.find((r) => r.source === preferredSource(ofStage));
  if (own?.quantity_t == null) return said('No row of the table production stands behind it.');
  return {
    ...worked(row, 'domestic_t', 'quantity_t of the row below', own.quantity_t),
    inputs: [{ table: production.name, rows: [own as unknown as AnswerRow] }],
    sources: [own.source],
  };
}

/** The command that shows a traced or controlled lens whole. */
function originsCommand(row: AnswerRow, lens: string, party: Party, { weight }: Asked, world: World): string {
  const what =
    row.stage === unknownStage ? `--hs6 ${row.hs6}` : `--mineral ${row.mineral} --stage ${row.stage}`;
  const year = row.year === null ? '' : ` --year ${row.year}`;
  const by = weight === 'value' ? ' --weight value' : '';
  const held = lens === 'controlled' ? ' --lens controlled' : '';
  const sameData = world.data === 'snapshot' ? '' : ', asked of the same own tables,';
  return `headwater origins --for ${party.id} ${what}${year}${by}${held}${sameData}`;
}

/** How a share is found that no sum of rows gives. */
function solved(row: AnswerRow, column: string, lens: string, { weight }: Asked, command: string): string {
  const by =
    lens === 'traced' ? 'where it was born' : 'the home of whoever holds the mines and plants it was born in';
  const range = /_(low|high)$/.test(column)
    ? ' The range is what gross and net trade, tonnes and value, and supply of unknown birth or owner leave open.'
    : '';
  const held =
    range && lens === 'controlled'
      ? 'the range of one method and weight, --method net and --weight the others'
      : 'it with its amounts';
  return `No sum of rows gives it: apparent consumption by ${by}, solved in a network of the world’s output and trade of the whole stage in ${row.year}, by ${weight === 'value' ? 'value' : 'tonnes'}.${range} ${command} shows ${held}.`;
}

/** The customs rows of the row's own lens, or of the one beside it, for its code or for all codes of its stage. */
async function tradeOf(
  row: AnswerRow,
  party: Party,
  basis: 'origin' | 'dispatch',
  beside: boolean,
  world: World,
): Promise<TradeBehind | null> {
  const all = await world.load(hs6Mineral);
  const ofStage = all.filter((c) => c.mineral === row.mineral && c.stage === row.stage);
  const whole = row.lens === 'traced' || row.lens === 'controlled';
  const codes = whole ? ofStage : ofStage.filter((c) => c.hs6 === row.hs6);
  const year = !beside
    ? row.year
    : basis === 'origin'
      ? row.declared_year
      : await yearOfPeriod(String(row.dispatch_period), codes, party, world);
  return typeof year === 'number' ? await tradeBehind(world, party, codes, basis, year) : null;
}

/** The year under which the table has the months of a dispatch share. */
async function yearOfPeriod(
  period: string,
  codes: readonly Hs6Mineral[],
  party: Party,
  world: World,
): Promise<number | null> {
  if (/^\d{4}$/.test(period)) return Number(period);
  const flows = await world.load(tradeFlow, {
    hs6: codes.map((c) => c.hs6),
    basis: ['dispatch'],
    importer: [party.id],
  });
  return flows.find((f) => f.period === period)?.year ?? null;
}

const places: Readonly<Record<string, number>> = { top: 0, second: 1, third: 2, declared: 0, dispatch: 0 };

function explainTrade(
  row: AnswerRow,
  column: string,
  beside: string | null,
  wanted: Weight,
  trade: TradeBehind,
): Pick<Explanation, 'formula' | 'behind'> {
  const has = (w: Weight) => trade.of(w).total > 0;
  const other: Weight = wanted === 'value' ? 'quantity' : 'value';
  const weight = has(wanted) || !has(other) ? wanted : other;
  const { by, total } = trade.of(weight);
  const dispatched = (beside ?? row.lens) === 'dispatch' ? ' dispatched' : '';
  const when = trade.period ?? String(trade.year);
  const amount = weight === 'value' ? 'USD' : 't';
  const place = /^(top|second|third|declared|dispatch)_(share|country)$/.exec(column);
  if (place) {
    const country = String(row[`${place[1]}_country`]);
    const part = by.get(country) ?? 0;
    if (place[2] === 'country') {
      const behind = `Number ${places[place[1]!]! + 1} by ${amount} of imports${dispatched} in the rows below, ${when}: ${part} of ${total} ${amount}.`;
      return { formula: null, behind };
    }
    const words = `${amount} of imports${dispatched} from ${country} / ${amount} of all imports, ${when}`;
    return worked(row, column, words, part / total, `${part} / ${total}`);
  }
  const sizes = [...by.values()].filter((size) => size > 0);
  switch (column) {
    case 'hhi': {
      const square = sizes.reduce((sum, size) => sum + (size / total) ** 2, 0);
      return worked(
        row,
        column,
        `Σ (${amount} of imports${dispatched} from a country / ${total} ${amount})² over the countries of the rows below`,
        square,
      );
    }
    case 'suppliers':
      return worked(row, column, 'countries with imports above 0 in the rows below', sizes.length);
    case 'supply_usd':
      return worked(
        row,
        column,
        'Σ value_usd × share_of_code over the rows below, a part not known as 1',
        trade.of('value').total,
      );
    case 'supply_t':
      return worked(
        row,
        column,
        'Σ quantity_t × share_of_code × metal_content over the rows below, a part not known as 1',
        trade.of('quantity').total,
      );
    case 'top_low': {
      const part = by.get(String(row.top_country)) ?? 0;
      const words = `USD of imports from ${row.top_country} / (USD of all imports + what the truncated series may lack at most)`;
      return trade.cutUsd === null
        ? said('What the truncated series lacks is not known.')
        : worked(row, column, words, part / (total + trade.cutUsd), `${part} / (${total} + ${trade.cutUsd})`);
    }
    case 'top_high':
      return worked(row, column, 'top_share', Number(row.top_share));
    default:
      return {
        formula: null,
        behind: `It says of the rows below what they are${trade.period ? ` (${trade.period})` : ''}.`,
      };
  }
}
