import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeFolder } from '../../src/sources/fetch/folder-swap.ts';
import { openWorld } from '../../src/store/open.ts';
import { tradeFlow } from '../../src/tables/quantities.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';
import { inventedSnapshot } from '../support/invented-snapshot.ts';
import { type Ended, run } from '../support/killed-process.ts';
import { json, publisher } from '../support/publisher.ts';
import { zipOf } from '../support/zip.ts';

removeFoldersAfterwards();
const root = join(import.meta.dirname, '../..');
const reference = join(root, 'reference');
const headwater = join(root, 'bin/headwater.js');

/**
 * Kills runs spread evenly over the time that a whole one takes; after each the folder must be the old one or the
 * new one, whole. At last a run that is left alone finishes, and nothing lies beside the folder.
 */
async function killed(
  times: number,
  of: {
    readonly parent: string;
    readonly start: (edition: number, killAfter?: number) => Promise<Ended>;
    /** which edition the folder holds, read completely; throws where it is not whole */
    readonly held: () => Promise<number>;
    /** what a killed run brought is taken up by the next, so that an edition may appear later */
    readonly resumes?: boolean;
  },
): Promise<void> {
  const whole = await of.start(1);
  expect(whole).toMatchObject({ code: 0 });
  expect(await of.held()).toBe(1);
  let old = 1;
  let ended = 0;
  for (let k = 0; k < times; k++) {
    const edition = k + 2;
    // from when the process has hardly begun to when it should be done
    const { killed } = await of.start(edition, whole.took * (0.2 + (0.9 * k) / times));
    const held = await of.held();
    const possible = of.resumes ? Array.from({ length: edition }, (_, n) => n + 1) : [old, edition];
    expect(possible).toContain(held);
    old = held;
    if (killed) ended++;
  }
  expect(ended).toBeGreaterThan(times / 3);
  const last = await of.start(1);
  expect(last.err).not.toMatch(/another process/);
  expect(last.code).toBe(0);
  if (!of.resumes) expect(await of.held()).toBe(1);
  expect(readdirSync(of.parent).filter((name) => name.startsWith('.'))).toEqual([]);
}

describe('killed at any moment, 50 times', () => {
  it('a build leaves the old snapshot or the new one', async () => {
    const parent = folder();
    const [raw, out] = [folder(), join(parent, 'data')];
    const child = join(root, 'test/support/build-in-a-process.ts');
    await killed(17, {
      parent,
      start: (edition, killAfter) =>
        run(['--import', 'tsx', child, raw, out, reference, String(edition)], {}, killAfter),
      held: async () => {
        const world = await openWorld({ snapshotDir: out });
        try {
          const flows = await world.load(tradeFlow, { exporter: ['GBR'] });
          expect(flows).toHaveLength(200);
          return flows[0]!.value_usd! - 1000;
        } finally {
          world.close();
        }
      },
    });
  }, 300_000);

  it('loading BACI leaves the old tables or the new ones', async () => {
    const parent = folder();
    const [base, out, archive] = [
      join(folder(), 'data'),
      join(parent, 'whole'),
      join(folder(), 'BACI_HS17_V202701.zip'),
    ];
    await inventedSnapshot({ raw: folder(), out: base, reference, edition: 0 });
    const release = (edition: number) => {
      const rows = Array.from(
        { length: 20_000 },
        (_, n) =>
          `2024,${[56, 152, 516][n % 3]},${n % 2 ? 826 : 490},${String(100_000 + (n >> 1)).padStart(6, '0')},${edition},1`,
      );
      return zipOf({
        'BACI_HS17_Y2024_V202701.csv': `t,i,j,k,v,q\n2024,56,826,740311,${edition},1\n${rows.join('\n')}\n`,
        'country_codes_V202701.csv':
          'country_code,country_name,country_iso2,country_iso3\n56,Belgium,BE,BEL\n152,Chile,CL,CHL\n490,"Other Asia, nes",,S19\n516,Namibia,NA,NAM\n826,United Kingdom,GB,GBR\n',
      });
    };
    await killed(17, {
      parent,
      start: (edition, killAfter) => {
        writeFileSync(archive, release(edition));
        return run(
          [headwater, 'load-baci', archive, '--out', out, '--base', base, '--accept-missing'],
          {},
          killAfter,
        );
      },
      held: async () => {
        const world = await openWorld({ data: out });
        try {
          const [copper] = await world.load(tradeFlow, { hs6: ['740311'], year: [2024], importer: ['GBR'] });
          const wider = await world.load(tradeFlow, { hs6: ['100002'] });
          expect(wider.map((f) => f.value_usd)).toEqual([copper!.value_usd, copper!.value_usd]);
          return copper!.value_usd! / 1000;
        } finally {
          world.close();
        }
      },
    });
  }, 300_000);

  it('fetching leaves the old files or the new ones', async () => {
    const to = folder();
    let edition = 1;
    const server = await publisher((_, response) =>
      json(response, [
        {
          page: 1,
          pages: 1,
          per_page: '10000',
          total: 1,
          lastupdated: `2026-07-${String(edition).padStart(2, '0')}`,
        },
        [
          {
            country: { id: 'GB', value: 'United Kingdom' },
            countryiso3code: 'GBR',
            date: '2024',
            value: edition,
          },
        ],
      ]),
    );
    await killed(16, {
      parent: to,
      resumes: true,
      start: (next, killAfter) => {
        edition = next;
        return run(
          [headwater, 'fetch', 'wdi', '--to', to],
          { HEADWATER_MIRRORS: `https://api.worldbank.org=${server.origin}` },
          killAfter,
        );
      },
      held: async () => {
        const dir = wholeFolder(join(to, 'worldbank-wdi'));
        const log = JSON.parse(readFileSync(join(dir, 'fetch-log.json'), 'utf8'));
        expect(log.state).toBe('complete');
        for (const file of log.files) expect(readFileSync(join(dir, file.path)).length).toBe(file.bytes);
        return Number(readFileSync(join(dir, 'ny.gdp.mktp.cd.csv'), 'utf8').trim().split(',').at(-1));
      },
    });
  }, 300_000);
});
