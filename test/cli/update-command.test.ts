import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { updateCommand } from '../../src/cli/update-command.ts';
import { openWorld } from '../../src/store/open.ts';
import { packageRoot } from '../../src/store/package-root.ts';
import { sourceTable } from '../../src/tables/policy.ts';
import { production, tradeFlow } from '../../src/tables/quantities.ts';
import { economy, governance } from '../../src/tables/world.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { json, publisher } from '../support/publisher.ts';
import { testShell } from '../support/shell.ts';

removeFoldersAfterwards();
/** every figure of the shipped table, as the service would page it, with GDP of the newest year raised by one dollar */
const shipped = await openWorld();
const rows = await shipped.load(economy);
const code = {
  'NY.GDP.MKTP.CD': 'gdp_usd',
  'NY.GDP.PCAP.CD': 'gdp_per_head_usd',
  'LP.LPI.OVRL.XQ': 'logistics_index',
} as const;
const updated = '2026-11-01';
let kept = (_: number) => true;
const server = await publisher((_, response, url) => {
  const column = code[url.pathname.split('/').at(-1) as keyof typeof code];
  const values = rows.filter((r, n) => r[column] !== null && kept(n));
  const size = Number(url.searchParams.get('per_page'));
  const page = Number(url.searchParams.get('page'));
  json(response, [
    {
      page,
      pages: Math.ceil(values.length / size),
      per_page: String(size),
      total: values.length,
      lastupdated: updated,
    },
    values.slice((page - 1) * size, page * size).map((r) => ({
      country: { id: '', value: r.country },
      countryiso3code: r.country,
      date: String(r.year),
      value: r[column]! + (r.country === 'GBR' && r.year === 2024 && column === 'gdp_usd' ? 1 : 0),
    })),
  ]);
});
const shell = () =>
  testShell({
    commands: [updateCommand],
    env: { HEADWATER_MIRRORS: `https://api.worldbank.org=${server.origin}` },
  });

describe('headwater update', () => {
  it('tells what is newer without fetching it', async () => {
    const to = folder();
    const s = shell();
    expect(await run(['update', 'wdi', '--check', '--to', to], s)).toBe(0);
    expect(s.printed.out).toBe(`wdi: newer: as of ${updated}; here: as of 1 July 2026\n`);
    expect(existsSync(join(to, 'raw'))).toBe(false);
    expect(server.asked.splice(0)).toHaveLength(1);
  });

  it('renews one source in a snapshot of its own; all else is as shipped', async () => {
    const to = folder();
    const s = shell();
    expect(await run(['update', 'wdi', '--to', to], s), s.printed.err).toBe(0);
    expect(s.printed.err).toContain(`HEADWATER_SNAPSHOT=${join(to, 'snapshot')}`);
    const world = await openWorld({ data: join(to, 'snapshot') });
    try {
      expect(world.dataVersion).not.toBe(shipped.dataVersion);
      const gdp = (all: typeof rows) => all.find((r) => r.country === 'GBR' && r.year === 2024)!.gdp_usd!;
      expect(gdp(await world.load(economy)) - gdp(rows)).toBe(1);
      for (const table of [production, tradeFlow, governance])
        expect(await world.load(table)).toEqual(await shipped.load(table));
      const [wdi] = await world.load(sourceTable, { source: ['wdi'] });
      expect(wdi!.release).toBe(`as of ${updated}`);
      expect((await world.load(sourceTable)).length).toBe((await shipped.load(sourceTable)).length);
    } finally {
      world.close();
    }
    // what is newest is here by now
    server.asked.length = 0;
    const again = shell();
    expect(await run(['update', 'wdi', '--to', to], again)).toBe(0);
    expect(again.printed.err).toContain('nothing is newer');
    expect(server.asked).toHaveLength(1);
  });

  it('builds nothing from a release that lost 5 % of its rows, unless told to', async () => {
    const to = folder();
    kept = (n) => n % 20 !== 0;
    const s = shell();
    expect(await run(['update', 'wdi', '--to', to], s)).toBe(3);
    expect(s.printed.err).toMatch(/rows vanished from economy, wdi: \d+ of \d+ \(5\.0 %\)/);
    expect(existsSync(join(to, 'snapshot'))).toBe(false);
    expect(await run(['update', 'wdi', '--to', to, '--accept-missing'], shell())).toBe(0);
    expect(readFileSync(join(to, 'snapshot/build-report.md'), 'utf8')).toContain(
      'rows vanished from economy, wdi',
    );
    kept = () => true;
  });

  it('does not take sources that a person must look at first', async () => {
    const s = shell();
    expect(await run(['update', 'usgs_mcs', '--to', folder()], s)).toBe(2);
    expect(s.printed.err).toContain('headwater fetch usgs_mcs');
  });

  it('leaves the package’s data alone', () => {
    const pack = JSON.parse(readFileSync(join(packageRoot(), 'data/datapackage.json'), 'utf8'));
    expect(pack.data_version).toBe(shipped.dataVersion);
  });
});
