import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBlocks, encodeBlock } from '../../src/store/clickhouse/native.ts';
import type { CellValue } from '../../src/tables/check.ts';
import type { ColumnType } from '../../src/tables/define.ts';

const values: Record<ColumnType, fc.Arbitrary<CellValue>> = {
  text: fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom('CHN', '282520', '', '\0', "'\\\n\t", 'é'.repeat(130)),
    )
    .map((s) => Buffer.from(s).toString()),
  integer: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  number: fc.double({ noNaN: true }),
  boolean: fc.boolean(),
};
const block = fc
  .array(
    fc.record({
      type: fc.constantFrom<ColumnType>('text', 'integer', 'number', 'boolean'),
      nullable: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(
        fc.tuple(...columns.map((c) => (c.nullable ? fc.option(values[c.type]) : values[c.type]))),
        { maxLength: 40 },
      ),
    }),
  );

describe('blocks of rows', () => {
  it('come back as they were, to the last bit', () => {
    fc.assert(
      fc.property(block, fc.integer({ min: 1, max: 3 }), ({ columns, rows }, times) => {
        const named = columns.map((c, i) => [`c${i}`, c] as const);
        const cells = columns.map((_, c) => rows.map((row) => row[c]!));
        const one = encodeBlock(named, cells, rows.length);
        const back = decodeBlocks(Buffer.concat(Array.from({ length: times }, () => one)));
        expect(back.names).toEqual(named.map(([n]) => n));
        expect(back.length).toBe(times * rows.length);
        for (const [c, column] of back.columns.entries())
          expect(column.every((value, i) => Object.is(value, cells[c]![i % rows.length]))).toBe(true);
      }),
    );
  });
  it('are refused where they end too soon or are something else', () => {
    const named = [
      ['a', { type: 'text', nullable: true }],
      ['b', { type: 'number', nullable: false }],
    ] as const;
    const whole = Buffer.from(
      encodeBlock(
        named,
        [
          ['x', null],
          [1, 2],
        ],
        2,
      ),
    );
    for (let length = 1; length < whole.length; length++)
      expect(() => decodeBlocks(whole.subarray(0, length)), String(length)).toThrow('not whole blocks');
    expect(() =>
      decodeBlocks(Buffer.concat([whole, Buffer.from('Code: 159. DB::Exception: too late')])),
    ).toThrow('not whole blocks');
  });
});
