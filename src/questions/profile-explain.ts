import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { reserves, tradeFlow } from '../tables/quantities.ts';
import { outputBehind, placesIn, wholeOf, workedOutput } from './output-behind.ts';
import type { Answer, AnswerRow, Cell, Explanation } from './question.ts';
import { namesOf } from './resolve.ts';
import { chooseFlows } from './trade-rows.ts';
import { said, worked } from './worked.ts';

/** The rows behind what a country makes, holds and exports of a mineral, and the formula with its figures. */
export async function explainProfile(
  { row: position, column }: Cell,
  answer: Answer,
  params: { readonly country: string; readonly lens?: string | undefined },
  world: World,
): Promise<Explanation> {
  const row = answer.rows[position]!;
  const country = (await namesOf(world)).country(params.country);
  if ((row[column] ?? null) === null) return said(`Not known${row.note ? `: ${row.note}` : ''}.`);
  if (column.startsWith('supply_')) {
    const held = params.lens === 'controlled' ? ' --lens controlled' : '';
    return said(
      `No sum of rows gives it: it is solved in a network of the world’s output and trade of the stage. headwater origins --for ${row.for} --mineral ${row.mineral} --stage ${row.stage} --year ${row.supply_year}${held} shows it with its amounts.`,
    );
  }
  const found = column.startsWith('export_')
    ? await explainExports(row, column, country, world)
    : column.startsWith('reserves_')
      ? await explainReserves(row, column, country, world)
      : await explainOutput(row, column, country, world);
  return found ?? said('It says what the row is of, or how its evidence is known.');
}

async function explainOutput(
  row: AnswerRow,
  column: string,
  country: string,
  world: World,
): Promise<Explanation | null> {
  if (typeof row[column] !== 'number' || column === 'year') return null;
  const output = await outputBehind(row, world);
  const own = output?.inputs[0]?.rows.find((r) => r.country === country);
  if (!output || !own) return null;
  const alone = column === 'share' && output.measure === 'quantity_t' && own.quantity_t === null;
  const formula = alone
    ? worked(row, column, `share of the row ${country} below, as published`, Number(own.share))
    : workedOutput(row, column, country, output);
  return formula && { ...formula, inputs: output.inputs };
}

async function explainReserves(
  row: AnswerRow,
  column: string,
  country: string,
  world: World,
): Promise<Explanation | null> {
  const rows = await world.load(reserves, { mineral: [String(row.mineral)] });
  const ofStage = rows.filter((r) => r.stage === row.stage);
  for (const [source, ofSource] of groupBy(ofStage, (r) => r.source)) {
    const year = Math.max(...ofSource.map((r) => r.year));
    const ofYear = ofSource.filter((r) => r.year === year);
    const size = ofYear.find((r) => r.country === country)?.quantity_t ?? null;
    if (size === null) continue;
    const places = placesIn(reserves.name, ofYear);
    const formula =
      column === 'reserves_t'
        ? worked(row, column, `quantity_t of the row ${country} below`, size)
        : worked(
            row,
            column,
            `quantity_t of ${country} / ${wholeOf(places)}`,
            size / places.total,
            `${size} / ${places.total}`,
          );
    return { ...formula, inputs: places.inputs, sources: [source] };
  }
  return null;
}

async function explainExports(
  row: AnswerRow,
  column: string,
  country: string,
  world: World,
): Promise<Explanation> {
  const traded = await world.load(tradeFlow, {
    hs6: [String(row.export_hs6)],
    year: [Number(row.export_year)],
  });
  const { flows } = chooseFlows(
    traded.filter((f) => f.basis !== 'dispatch'),
    'origin',
  );
  const by = new Map<string, number>();
  for (const f of flows) by.set(f.exporter, (by.get(f.exporter) ?? 0) + (f.value_usd ?? 0));
  const all = [...by.values()].reduce((a, b) => a + b, 0);
  const own = by.get(country) ?? 0;
  const rows = flows.toSorted(
    (a, b) =>
      Number(b.exporter === country) - Number(a.exporter === country) ||
      (b.value_usd ?? 0) - (a.value_usd ?? 0),
  );
  const formula =
    column === 'export_value_usd'
      ? worked(row, column, `Σ value_usd of the rows below with exporter ${country}`, own)
      : column === 'export_share'
        ? worked(
            row,
            column,
            `USD of exports of ${country} / USD of all the rows below`,
            own / all,
            `${own} / ${all}`,
          )
        : column === 'export_rank'
          ? worked(
              row,
              column,
              `1 + exporters in the rows below with more USD than ${country}`,
              1 + [...by.values()].filter((size) => size > own).length,
            )
          : { formula: null, behind: 'It says what the rows below are.' };
  return {
    ...formula,
    inputs: [{ table: tradeFlow.name, rows: rows as unknown as AnswerRow[] }],
    sources: [String(row.export_source)],
  };
}
