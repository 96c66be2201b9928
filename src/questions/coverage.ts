import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { didYouMean } from '../tables/nearest.ts';
import { ownership, project, sourceTable } from '../tables/policy.ts';
import {
  capacity,
  demand,
  price,
  production,
  reserves,
  seriesCoverage,
  stock,
  tradeFlow,
} from '../tables/quantities.ts';
import { governance, hs6Mineral, mineral as mineralTable } from '../tables/world.ts';
import { cite } from './cite.ts';
import { coverageView } from './coverage-view.ts';
import { minerals, stages } from './parameters.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion } from './question.ts';
import { checkKnown, namesOf } from './resolve.ts';

const column = (name: string, about: string): AnswerColumn => ({ name, unit: '', about });
const columns = [
  column('table', 'canonical table'),
  column('mineral', 'mineral; null where the table has none'),
  column('stage', 'stage; null where the table has none'),
  column('hs6', 'customs code, for trade'),
  column('source', 'source id; null where nothing is there'),
  column('from_year', 'first year with rows'),
  column('to_year', 'last year with rows'),
  column('years', 'number of years with rows'),
  column('countries', 'number of countries named; null where only the series is listed'),
  column('rows', 'number of rows; null where only the series is listed'),
  column('known', 'rows with a figure; the others say why they have none'),
  column('complete', 'true where every year holds every flow, false where small ones are cut off'),
  column('missing', 'what is not there'),
  column('fetch_from', 'source whose fetch would bring it'),
];
const blank: AnswerRow = Object.fromEntries(columns.map((c) => [c.name, null]));

const byMineral = [production, reserves, capacity, demand, stock, price] as const;
const others = ['governance', 'ownership', 'project'] as const;
const tableNames = ['trade_flow', ...byMineral.map((t) => t.name), ...others];

/** A row of any table, seen only as where and when it stands. */
interface Fact {
  readonly mineral: string | null;
  readonly stage: string | null;
  readonly hs6: string | null;
  readonly source: string | null;
  readonly year: number | null;
  readonly country: string | null;
  readonly known: boolean;
}

/** One row per mineral, stage, code and source, in that order. */
function counted(table: string, facts: readonly Fact[]): AnswerRow[] {
  const groups = new Map<string, Fact[]>();
  for (const f of facts) {
    const key = [f.mineral, f.stage, f.hs6, f.source].map((k) => k ?? '').join('\u0000');
    const group = groups.get(key);
    if (group) group.push(f);
    else groups.set(key, [f]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const years = new Set(group.flatMap((f) => f.year ?? []));
      const countries = new Set(
        group.flatMap((f) => (f.country && !/^(WLD|OTH)$/.test(f.country) ? f.country : [])),
      );
      const { mineral, stage, hs6, source } = group[0]!;
      return {
        ...blank,
        ...{ table, mineral, stage, hs6, source },
        from_year: years.size ? Math.min(...years) : null,
        to_year: years.size ? Math.max(...years) : null,
        years: years.size || null,
        countries: countries.size,
        rows: group.length,
        known: group.filter((f) => f.known).length,
      };
    });
}

export const coverageQuestion = defineQuestion({
  name: 'coverage',
  asks: 'What is known from when, from whom, and what is missing?',
  about:
    'One row per table, mineral, stage, customs code and source: first and last year, countries, how many figures are given, whether the series is complete; and a row for each thing that is missing, with the source that would fill it.',
  params: z.object({
    mineral: minerals,
    stage: stages,
    table: z
      .array(z.string())
      .optional()
      .describe(`tables: ${tableNames.join(', ')}; all when left out`),
    missing: z.boolean().default(false).describe('only what is missing'),
  }),
  positional: ['mineral'],
  example: 'headwater coverage --mineral niobium',
  async answer(params, world) {
    const names = await namesOf(world);
    const ids = names.minerals(params.mineral);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const inTable = params.table?.filter((t) => t !== 'all');
    for (const t of inTable ?? [])
      if (!tableNames.includes(t))
        throw new UsageError(
          `unknown table: "${t}"${didYouMean(t, tableNames) || `; one of ${tableNames.join(', ')}`}`,
        );
    const wants = (table: string) => !inTable?.length || inTable.includes(table);
    const where = ids ? { mineral: ids } : {};
    const isAsked = (stage: string | null) => !inStage?.length || stage === null || inStage.includes(stage);

    const rows: AnswerRow[] = [];
    const stagesSeen = new Set<string>();
    if (wants('trade_flow')) rows.push(...(await tradeCoverage(world, ids)));
    for (const table of byMineral) {
      if (!wants(table.name)) continue;
      const facts = (await world.load(table, where)) as unknown as Record<string, never>[];
      rows.push(
        ...counted(
          table.name,
          facts.map((r) => ({
            mineral: r.mineral ?? null,
            stage: r.stage ?? null,
            hs6: null,
            source: r.source ?? null,
            year: r.year ?? null,
            country: r.country ?? null,
            known: table.main.some((m) => (r[m] ?? null) !== null),
          })),
        ),
      );
    }
    if (wants('production')) rows.push(...(await withoutOutput(world, rows, ids)));
    if (wants('ownership'))
      rows.push(
        ...counted(
          'ownership',
          (await world.load(ownership, where)).map((r) => ({
            ...r,
            hs6: null,
            year: Number(r.as_of?.slice(0, 4)) || r.output_year,
            known: r.equity_share !== null,
          })),
        ),
      );
    if (wants('project'))
      rows.push(
        ...counted(
          'project',
          (await world.load(project, where)).map((r) => ({
            ...r,
            hs6: null,
            year: r.start_year,
            known: r.quantity_t !== null,
          })),
        ),
      );
    if (wants('governance') && !ids && !inStage?.length)
      rows.push(
        ...counted(
          'governance',
          (await world.load(governance)).map((r) => ({
            ...r,
            mineral: null,
            stage: null,
            hs6: null,
            known: r.estimate !== null,
          })),
        ),
      );
    for (const r of rows) if (typeof r.stage === 'string') stagesSeen.add(r.stage);
    checkKnown('stage', inStage, stagesSeen);
    const kept = rows.filter(
      (r) => isAsked(r.stage as string | null) && (!params.missing || r.missing !== null),
    );
    const absent = kept.flatMap((r, i) => (r.missing === null ? [] : [i]));
    return {
      rows: kept,
      columns,
      notes: absent.length
        ? [
            {
              code: 'missing',
              text: 'no open data in use; fetch_from names what would fill it',
              rows: absent,
            },
          ]
        : [],
      sources: await cite(world, await citable(world, kept)),
      view: coverageView(kept, { missing: params.missing }),
    };
  },
});

/** Ids that the register of sources has; curated tables name some of their sources in words. */
async function citable(world: World, rows: readonly AnswerRow[]): Promise<string[]> {
  const known = new Set((await world.load(sourceTable)).map((s) => s.source));
  const ids = new Set(rows.map((r) => String(r.source ?? '')));
  return [...ids].filter((id) => known.has(id) || id === 'own');
}

/** Trade by code: from the list of series where it has the code, else from the flows themselves. */
async function tradeCoverage(world: World, ids: readonly string[] | undefined): Promise<AnswerRow[]> {
  const codes = await world.load(hs6Mineral, ids ? { mineral: ids } : {});
  const series = await world.load(seriesCoverage, { hs6: [...new Set(codes.map((c) => c.hs6))] });
  const listed = new Set(series.map((s) => s.hs6));
  const unlisted = [...new Set(codes.map((c) => c.hs6))].filter((c) => !listed.has(c));
  const flows = unlisted.length ? await world.load(tradeFlow, { hs6: unlisted }) : [];
  return codes.flatMap((code) => {
    const { mineral, stage, hs6 } = code;
    const ofSeries = series.filter((s) => s.hs6 === hs6);
    const found = ofSeries.length
      ? counted(
          'trade_flow',
          ofSeries.map((s) => ({ ...s, mineral, stage, country: null, known: true })),
        ).map((r) => ({
          ...r,
          countries: null,
          rows: null,
          known: null,
          complete: ofSeries.every((s) => s.source !== r.source || s.complete === true),
        }))
      : counted(
          'trade_flow',
          flows
            .filter((f) => f.hs6 === hs6)
            .map((f) => ({
              ...f,
              mineral,
              stage,
              country: f.exporter,
              known: f.value_usd !== null || f.quantity_t !== null,
            })),
        );
    if (found.length) return found;
    const missing = `no trade in code ${hs6}${code.form ? ` (${code.form})` : ''}`;
    return [{ ...blank, table: 'trade_flow', mineral, stage, hs6, missing, fetch_from: code.fetch_from }];
  });
}

/** A row for every mineral of which no output is published in the data in use. */
async function withoutOutput(
  world: World,
  rows: readonly AnswerRow[],
  ids: readonly string[] | undefined,
): Promise<AnswerRow[]> {
  const seen = new Set(rows.filter((r) => r.table === 'production').map((r) => r.mineral));
  const all = ids ?? (await world.load(mineralTable)).map((m) => m.mineral);
  return all
    .filter((m) => !seen.has(m))
    .map((mineral) => ({ ...blank, table: 'production', mineral, missing: 'no published output' }));
}
