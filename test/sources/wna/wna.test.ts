import { describe, expect, it } from 'vitest';
import { wna } from '../../../src/sources/wna/source.ts';
import { referenceFolder } from '../../../src/store/reference-folder.ts';
import { production } from '../../../src/tables/quantities.ts';
import { rowsIn } from '../fixture.ts';

const noFiles = { read: () => new Uint8Array(), list: () => [], has: () => false };
const rows = rowsIn(wna.harvest(noFiles, referenceFolder('reference')), production);
const row = (year: number, country: string) => rows.find((r) => r.year === year && r.country === country);

describe('uranium', () => {
  it('Kazakhstan mined 42.8 % (2022), 38.8 % (2023) and 38.6 % (2024) of the world’s uranium (WNA)', () => {
    expect([row(2022, 'KAZ')?.share, row(2023, 'KAZ')?.share]).toEqual([0.428, 0.388]);
    expect(row(2024, 'KAZ')!.quantity_t! / row(2024, 'WLD')!.quantity_t!).toBeCloseTo(0.386, 3);
  });

  it('has one route to a share: none beside tonnes', () => {
    expect(row(2024, 'KAZ')?.share).toBeNull();
  });
});
