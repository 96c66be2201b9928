import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/errors.ts';
import { sources } from '../../src/sources/list.ts';
import type { Harvest, Raw, Source } from '../../src/sources/source.ts';
import { rawFolder } from '../../src/store/raw-folder.ts';
import { referenceFolder } from '../../src/store/reference-folder.ts';

/** Damage as files meet it: a byte of another value, a cut end, a line gone or twice, a page in place of data. */
const damage = fc.oneof(
  fc.record({
    kind: fc.constant('byte' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.nat(255),
  }),
  fc.record({
    kind: fc.constantFrom('cut' as const, 'gone' as const, 'twice' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('put' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.constantFrom('"', ',', '\n', '-', 'NaN', '1e999', '%', '\0', 'é', '<html>'),
  }),
  fc.constant({ kind: 'page' as const }),
  fc.constant({ kind: 'empty' as const }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, how: Damage): Buffer {
  const whole = Buffer.from(bytes);
  if (how.kind === 'page') return Buffer.from('<!doctype html><html><body>Service unavailable</body></html>');
  if (how.kind === 'empty') return Buffer.alloc(0);
  const at = Math.min(whole.length - 1, Math.floor(how.at * whole.length));
  if (how.kind === 'byte') {
    whole[at] = how.byte;
    return whole;
  }
  if (how.kind === 'cut') return whole.subarray(0, at);
  if (how.kind === 'put')
    return Buffer.concat([whole.subarray(0, at), Buffer.from(how.text), whole.subarray(at)]);
  const lines = whole.toString('latin1').split('\n');
  const line = 1 + Math.floor(how.at * (lines.length - 1));
  lines.splice(line, how.kind === 'gone' ? 1 : 0, ...(how.kind === 'twice' ? [lines[line] ?? ''] : []));
  return Buffer.from(lines.join('\n'), 'latin1');
}

const reference = referenceFolder('reference');
const tried: readonly (readonly [Source, string, string])[] = readdirSync('test/fixtures').flatMap(
  (fixture) => {
    const { raw } = rawFolder(`test/fixtures/${fixture}`);
    return sources.flatMap((source) => {
      const read: string[] = [];
      const noting: Raw = {
        ...raw,
        read(path) {
          read.push(path);
          return raw.read(path);
        },
      };
      try {
        source.harvest(noting, reference);
      } catch {
        return [];
      }
      return [...new Set(read)].map((path) => [source, fixture, path] as const);
    });
  },
);

describe('a damaged file', () => {
  it('is tried of every source that has a fixture', () => {
    expect(new Set(tried.map(([source]) => source.id)).size).toBeGreaterThan(9);
  });

  it.each(tried.map(([source, fixture, path]) => ({ id: source.id, source, fixture, path })))(
    '$path of $id is read, or refused by name; no row is lost without a word and no figure is none',
    ({ source, fixture, path }) => {
      const { raw } = rawFolder(`test/fixtures/${fixture}`);
      const sound = source.harvest(raw, reference);
      fc.assert(
        fc.property(damage, (how) => {
          const bad: Raw = { ...raw, read: (p) => (p === path ? damaged(raw.read(p), how) : raw.read(p)) };
          let harvest: Harvest;
          try {
            harvest = source.harvest(bad, reference);
          } catch (error) {
            if (!(error instanceof DataError)) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            return;
          }
          const kept = (of: Harvest) => of.tables.reduce((sum, t) => sum + t.rows.length, 0);
          const refused = (of: Harvest) => of.refused.reduce((sum, r) => sum + r.rows, 0);
          // as many lines as before and fewer rows: the account says where they went
          if (harvest.rowsRead === sound.rowsRead && kept(harvest) < kept(sound))
            expect(refused(harvest) > refused(sound) || harvest.remarks.length > sound.remarks.length).toBe(
              true,
            );
          for (const { table, rows } of harvest.tables)
            for (const row of rows)
              for (const [name, column] of Object.entries(table.columns)) {
                const value = (row as Record<string, unknown>)[name];
                if (column.type === 'number' || column.type === 'integer')
                  expect(value === null || Number.isFinite(value)).toBe(true);
              }
        }),
        { numRuns: source.id === 'usgs_mcs' ? 15 : 60 },
      );
    },
  );
});
