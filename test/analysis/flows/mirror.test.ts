import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mirrorDiscrepancy } from '../../../src/analysis/flows/mirror.ts';
import { type OpenWorld, openWorld } from '../../../src/store/open.ts';
import { reportedImport, tradeFlow, ukTradeMonth } from '../../../src/tables/quantities.ts';
import { bloc } from '../../../src/tables/world.ts';

let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('reports of the two ends of a flow', () => {
  const page = readFileSync('docs/methods/flow-tracing.md', 'utf8');
  const printed = [...page.matchAll(/^\| (\d{6}) \| .* \| +(\d+) \| (\d\.\d\d) \| (\d\.\d\d) \|$/gm)].map(
    (m) => m.slice(1),
  );

  it('lie as far apart in the snapshot as the method page prints', async () => {
    expect(printed.length).toBeGreaterThan(0);
    const members = new Set(
      (await world.load(bloc)).flatMap((b) =>
        b.bloc === 'EUU' && (b.to_year ?? 2024) >= 2024 ? [b.country] : [],
      ),
    );
    const reports = await world.load(reportedImport, { year: [2024] });
    for (const [hs6, ...figures] of printed) {
      const flows = await world.load(tradeFlow, { hs6: [hs6!], year: [2024], source: ['baci'] });
      const reconciled = new Map(flows.map((f) => [`${f.exporter} ${f.importer}`, f.value_usd]));
      const reported = new Map<string, number>();
      for (const r of reports) {
        if (!r.cn8.startsWith(hs6!) || members.has(r.partner)) continue;
        const pair = `${r.partner} ${r.reporter}`;
        reported.set(pair, (reported.get(pair) ?? 0) + r.value_usd!);
      }
      const apart: number[] = [];
      let [difference, larger] = [0, 0];
      for (const [pair, byImporter] of reported) {
        const other = reconciled.get(pair) ?? null;
        if (other === null) continue;
        const [exporter, importer] = pair.split(' ') as [string, string];
        const d = mirrorDiscrepancy({ exporter, importer, byImporter, byExporter: other })!;
        apart.push(d);
        larger += Math.max(byImporter, other);
        difference += d * Math.max(byImporter, other);
      }
      apart.sort((a, b) => a - b);
      const half = apart.length / 2;
      const median = (apart[Math.ceil(half) - 1]! + apart[Math.floor(half)]!) / 2;
      expect([hs6, String(apart.length), (difference / larger).toFixed(2), median.toFixed(2)]).toEqual([
        hs6,
        ...figures,
      ]);
    }
  });

  it('are not both there for any whole year: so they cannot be a choice of the range', async () => {
    const months = new Map<string, Set<string>>();
    for (const { month } of await world.load(ukTradeMonth)) {
      const year = month.slice(0, 4);
      months.set(year, (months.get(year) ?? new Set()).add(month));
    }
    const whole = [...months].filter(([, m]) => m.size === 12).map(([y]) => Number(y));
    const years = new Set((await world.load(reportedImport)).map((r) => r.year));
    expect(whole.length).toBeGreaterThan(0);
    expect(years.size).toBeGreaterThan(0);
    expect(whole.filter((y) => years.has(y))).toEqual([]);
    // and nothing else in the snapshot is one end's report: flows are reconciled, or the UK's own by dispatch
    const kinds = new Set(
      (await world.load(tradeFlow, { year: [2022, 2024, 2025] })).map((f) => `${f.source} ${f.basis}`),
    );
    expect([...kinds].filter((k) => !k.endsWith(' reconciled'))).toEqual(['hmrc_ots dispatch']);
  });
});
