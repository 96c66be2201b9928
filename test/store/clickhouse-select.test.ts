import { describe, expect, it } from 'vitest';
import { createStatements, quotedText } from '../../src/store/clickhouse/ddl.ts';
import type { Manifest } from '../../src/store/clickhouse/loads.ts';
import { selection } from '../../src/store/clickhouse/select.ts';
import { tables } from '../../src/tables/list.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { country } from '../../src/tables/world.ts';

const on = (manifest: Partial<Manifest>) => ({
  load: 'L',
  database: 'd',
  manifest: {
    rows: { trade_flow: 5, country: 2 },
    data: 'own',
    cluster: 'c',
    slots: 3,
    ...manifest,
  } as Manifest,
});

describe('what a store is asked', () => {
  it('is ordered by the key and reads nothing that the filter says already', () => {
    const { sql, read, pinned } = selection(
      tradeFlow,
      { year: [2024], hs6: ['282520', '282690'] },
      on({}),
      false,
    )!;
    expect(sql).toBe(
      "SELECT `exporter`, `importer`, `hs6`, `basis`, `source`, `value_usd`, `quantity_t`, `period`, `status` FROM `d`.`trade_flow_L` WHERE `year` IN (2024) AND `hs6` IN ('282520', '282690') ORDER BY `exporter` ASC NULLS FIRST, `importer` ASC NULLS FIRST, `hs6` ASC NULLS FIRST, `basis` ASC NULLS FIRST, `source` ASC NULLS FIRST",
    );
    expect(read).not.toContain('year');
    expect([...pinned]).toEqual([['year', 2024]]);
  });
  it('asks for the marks of the shards where a part may be missing, and leaves them out elsewhere', () => {
    expect(selection(tradeFlow, { hs6: ['282520'] }, on({}), true)!.sql).toContain(
      "WHERE (`hs6` IN ('282520')) OR `hs6` IN ('#0', '#1', '#2')",
    );
    expect(selection(tradeFlow, { year: [2024] }, on({}), false)!.sql).toContain(
      "`year` IN (2024) AND NOT (`hs6` LIKE '#%')",
    );
    expect(selection(country, {}, on({}), true)!.marked).toBeNull();
  });
  it('reads the codes that a whole release keeps apart only where they are asked for', () => {
    const store = on({ rows: { trade_flow: 5, trade_flow_wider: 9 }, held: ['282520'] });
    expect(selection(tradeFlow, { hs6: ['282520'] }, store, false)!.sql).not.toContain('wider');
    const { sql, marked } = selection(tradeFlow, { hs6: ['282520', '010121'] }, store, true)!;
    expect(sql).toContain('`trade_flow_wider_L`');
    expect([...marked!.slots]).toEqual([
      ['#0', 0],
      ['#1', 1],
      ['#2', 2],
      ['##0', 0],
      ['##1', 1],
      ['##2', 2],
    ]);
  });
  it('asks nothing that no row can meet', () => {
    expect(selection(tradeFlow, { year: [2024.5] }, on({}), false)).toBeNull();
    expect(selection(tables.find((t) => t.name === 'price')!, {}, on({}), false)).toBeNull();
  });
  it('quotes whatever a text holds', () => {
    expect(quotedText("a'); DROP TABLE x --\\\0")).toBe("'a\\'); DROP TABLE x --\\\\\\0'");
  });
  it('has statements for every table, none of which sorts by a column that may be null', () => {
    for (const table of tables) {
      const nullable = Object.entries(table.columns)
        .filter(([, c]) => c.nullable)
        .map(([n]) => `\`${n}\``);
      for (const sql of createStatements(table, 'L', { database: 'd', cluster: 'c' })) {
        const order = /ORDER BY (.*)$/.exec(sql)?.[1] ?? '';
        for (const name of nullable) expect(order.split(/[(), ]+/), table.name).not.toContain(name);
      }
    }
  });
});
