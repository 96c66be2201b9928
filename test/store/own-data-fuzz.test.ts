import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, UsageError } from '../../src/errors.ts';
import { openWorld } from '../../src/store/open.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();

const country = 'country,name\nALD,Aldmark\nBRE,Bremia\nCAR,Carn\n';
const sound = [
  'year,exporter,importer,hs6,value_usd,quantity_t,status',
  '2024,ALD,BRE,280530,1000,5,reported',
  '2024,BRE,ALD,280530,0,0,',
  '2023,CAR,BRE,012345,1e6,,estimated',
  '2022,ALD,CAR,811292,12.75,0.001,"imputed"',
].join('\n');

/** Random damage: bytes replaced, inserted, taken out, pieces repeated. */
const damage = fc.array(
  fc.record({
    at: fc.nat(sound.length),
    cut: fc.nat(1),
    put: fc.oneof(
      fc.constantFrom(
        '',
        ',',
        '"',
        '\n',
        '\r\n',
        '\r',
        '-',
        'e',
        '.',
        'NaN',
        '\0',
        '""',
        'WLD',
        '\n2024,ALD,BRE,280530,1,1,\n',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('1', '3', '7', '\n'),
      fc.constantFrom('1', '3', '7', '\n'),
    ),
    byte: fc.option(fc.integer({ min: 0, max: 255 }), { freq: 9 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** One more row that is sound. */
const addition = fc
  .double({ min: 0, max: 1e12, noNaN: true })
  .map((value) => [{ at: sound.length, cut: 0, put: `\r\n2021,ALD,BRE,280530,${value},,`, byte: null }]);

function damaged(changes: typeof damage extends fc.Arbitrary<infer T> ? T : never): Buffer {
  let bytes = Buffer.from(sound);
  for (const { at, cut, put, byte } of changes) {
    const middle = byte === null ? Buffer.from(put) : Buffer.from([byte]);
    bytes = Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + cut)]);
  }
  return bytes;
}

describe('own tables, damaged at random', () => {
  it('are read whole or refused with the file named: no crash, no row lost', async () => {
    let refused = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 3, arbitrary: damage }, { weight: 1, arbitrary: addition }),
        async (changes) => {
          const bytes = damaged(changes);
          const dir = folder({ 'country.csv': country, 'trade_flow.csv': bytes });
          try {
            const world = await openWorld({ data: dir });
            const rows = await world.load(tradeFlow);
            world.close();
            // sound files hold no quoted line break in these columns, so each line with anything on it is a row
            const lines = bytes
              .toString()
              .split(/\r?\n/)
              .filter((line) => line !== '').length;
            expect(rows.length).toBe(lines - 1);
            for (const row of rows)
              for (const value of [row.value_usd, row.quantity_t])
                expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true);
            read++;
          } catch (error) {
            if (error instanceof UsageError || !(error instanceof DataError)) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            for (const problem of error.problems) expect(problem).toMatch(/^trade_flow\.csv[: ]/);
            refused++;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(refused).toBeGreaterThan(10);
    expect(read).toBeGreaterThan(5);
  }, 60_000);
});
