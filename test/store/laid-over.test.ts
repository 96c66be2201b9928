import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/duckdb.ts';
import { laidOver, mergedByKey } from '../../src/store/laid-over.ts';
import { loader } from '../../src/store/load.ts';
import { sqlName, sqlType } from '../../src/tables/ddl.ts';
import { restriction } from '../../src/tables/policy.ts';
import { tradeFlow, yieldTable } from '../../src/tables/quantities.ts';
import { rowKey } from '../../src/tables/row-key.ts';

const flow = (year: number, exporter: string, hs6: string, value_usd: number) => ({
  year,
  exporter,
  importer: 'GBR',
  hs6,
  basis: 'reconciled',
  source: 'own',
  value_usd,
  quantity_t: null,
  period: null,
  status: null,
});
const flows = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom(2023, 2024),
      // text beyond the first plane comes behind all others by its bytes, not by its UTF-16 units
      fc.constantFrom('AAA', 'ÄÄÄ', '\u{1F300}', '\uFFFD'),
      fc.constantFrom('250000', '260000'),
      fc.integer({ min: 1, max: 9 }),
    )
    .map(([year, exporter, hs6, value]) => flow(year, exporter, hs6, value)),
  { selector: (r) => rowKey(tradeFlow, r) },
);

describe('rows of one place laid over those of another', () => {
  it('are what a database makes of the same, in its order, under any filter', async () => {
    const database = await openDatabase();
    const columns = Object.entries(tradeFlow.columns);
    const declared = columns.map(([name, column]) => `${sqlName(name)} ${sqlType(column)}`).join(', ');
    const names = columns.map(([name]) => sqlName(name)).join(', ');
    const same = tradeFlow.key
      .map((k) => `o.${sqlName(k)} IS NOT DISTINCT FROM s.${sqlName(k)}`)
      .join(' AND ');
    try {
      await fc.assert(
        fc.asyncProperty(
          flows,
          flows,
          fc.option(fc.constantFrom(2023, 2024), { nil: undefined }),
          fc.option(fc.constantFrom('250000', '270000'), { nil: undefined }),
          async (under, over, year, hs6) => {
            for (const [name, rows] of [['under_t', under] as const, ['over_t', over] as const]) {
              await database.query(`CREATE OR REPLACE TABLE ${name} (${declared})`);
              const { append, end } = await database.appender(
                name,
                columns.map(([, c]) => c.type),
              );
              append(columns.map(([column]) => rows.map((r) => r[column as keyof typeof r])));
              end();
            }
            const load = (sql: string) => loader(database, () => ({ sql, parameters: [] }));
            const where = { ...(year && { year: [year] }), ...(hs6 && { hs6: [hs6] }) };
            const bySql = await load(
              `(SELECT ${names} FROM under_t s WHERE NOT EXISTS (SELECT 1 FROM over_t o WHERE ${same}) UNION ALL SELECT ${names} FROM over_t)`,
            )(tradeFlow, where);
            const own = new Set(over.map((r) => rowKey(tradeFlow, r)));
            const laid = await laidOver(load('under_t'), load('over_t'), own)(tradeFlow, where);
            expect(laid).toEqual(bySql);
          },
        ),
        { numRuns: 40 },
      );
    } finally {
      database.close();
    }
  });

  it('stand with what is empty first', () => {
    const row = (country: string | null) => ({
      mineral: 'a',
      from_stage: 'mine',
      to_stage: 'refine',
      country,
    });
    const merged = mergedByKey(yieldTable, [row('AAA'), row('CCC')], [row(null), row('BBB')]);
    expect(merged.map((r) => r.country)).toEqual([null, 'AAA', 'BBB', 'CCC']);
  });

  it('lose nothing where only one side has any', () => {
    const rows = [{ restriction: 'a' }, { restriction: 'b' }];
    expect(mergedByKey(restriction, rows, [])).toEqual(rows);
    expect(mergedByKey(restriction, [], rows)).toEqual(rows);
  });
});
