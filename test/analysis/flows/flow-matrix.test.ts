import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containedTonnes, tonneBasis, valueOfMineral } from '../../../src/analysis/flows/contained.ts';
import { type FlowMatrix, flowMatrix, transposed } from '../../../src/analysis/flows/flow-matrix.ts';
import { mirrorDiscrepancy, mirrored } from '../../../src/analysis/flows/mirror.ts';
import { pairwiseNet } from '../../../src/analysis/flows/net-flows.ts';

const dense = ({ n, start, to, amount }: FlowMatrix) => {
  const rows = Array.from({ length: n }, () => Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) for (let e = start[j]!; e < start[j + 1]!; e++) rows[j]![to[e]!] = amount[e]!;
  return rows;
};
const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 0, max: 100 })), { maxLength: 40 });
const matrixOf = (list: [number, number, number][]) =>
  flowMatrix(
    6,
    list.map((e) => e[0]),
    list.map((e) => e[1]),
    list.map((e) => e[2]),
  );

describe('flow matrix', () => {
  it('adds up what a pair has several times and leaves out flows to self (second route: dense)', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const expected = Array.from({ length: 6 }, () => Array<number>(6).fill(0));
        for (const [j, k, z] of list) if (j !== k) expected[j]![k]! += z;
        expect(dense(matrixOf(list))).toEqual(expected);
      }),
    );
  });
  it('transposes', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const m = matrixOf(list);
        const t = dense(transposed(m));
        expect(t).toEqual(dense(m).map((_, j, all) => all.map((row) => row[j])));
      }),
    );
  });
  it('pairwise net is max(Z − Zᵀ, 0)', () => {
    fc.assert(
      fc.property(edges, (list) => {
        const z = dense(matrixOf(list));
        expect(dense(pairwiseNet(matrixOf(list)))).toEqual(
          z.map((row, j) => row.map((v, k) => Math.max(v - z[k]![j]!, 0))),
        );
      }),
    );
  });
});

describe('tonnes contained in a flow', () => {
  it('gross times content times share of code', () =>
    expect(containedTonnes(200, { metal_content: 0.25, share_of_code: 0.5 })).toBe(25));
  it('gross where the content is unknown, null where the tonnes are', () => {
    expect(containedTonnes(200, { metal_content: null, share_of_code: 1 })).toBe(200);
    expect(containedTonnes(null, { metal_content: 0.5, share_of_code: 1 })).toBeNull();
  });
  it('value takes the share of the code, not the content', () =>
    expect(valueOfMineral(100, { metal_content: 0.5, share_of_code: 0.5 })).toBe(50));
  it('codes with and without a known content do not add up', () => {
    const [known, unknown] = [0.5, null].map((metal_content) => ({ metal_content, share_of_code: 1 }));
    expect(tonneBasis([known!])).toBe('contained');
    expect(tonneBasis([unknown!])).toBe('gross');
    expect(tonneBasis([known!, unknown!])).toBe('mixed');
  });
});

describe('mirror reports', () => {
  const pair = { exporter: 'A', importer: 'B', byImporter: 80, byExporter: 100 };
  it('takes the side asked for, or the one that speaks', () => {
    expect(mirrored(pair, 'importer')).toBe(80);
    expect(mirrored(pair, 'exporter')).toBe(100);
    expect(mirrored(pair, 'larger')).toBe(100);
    expect(mirrored({ ...pair, byImporter: null }, 'importer')).toBe(100);
    expect(mirrored({ ...pair, byImporter: null, byExporter: null }, 'importer')).toBeNull();
  });
  it('discrepancy is the difference over the larger, and unknown where one is silent', () => {
    expect(mirrorDiscrepancy(pair)).toBe(0.2);
    expect(mirrorDiscrepancy({ ...pair, byExporter: null })).toBeNull();
    expect(mirrorDiscrepancy({ ...pair, byImporter: 0, byExporter: 0 })).toBe(0);
  });
});
