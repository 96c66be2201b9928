import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/sources/csv.ts';
import { fetchWdi } from '../../../src/sources/wdi/fetch.ts';
import { wdi } from '../../../src/sources/wdi/source.ts';
import { FETCHED, fetchWgi } from '../../../src/sources/wgi/fetch.ts';
import { wgi } from '../../../src/sources/wgi/source.ts';
import { rawFolder } from '../../../src/store/raw-folder.ts';
import { fetching, reference } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { json, publisher } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const mirrors = { 'https://api.worldbank.org': server.origin };
const value = (iso3: string, name: string, date: string, v: number | null, code: string) => ({
  indicator: { id: code, value: code },
  country: { id: iso3.slice(0, 2), value: name },
  countryiso3code: iso3,
  date,
  value: v,
  unit: '',
  obs_status: '',
  decimal: 0,
});
const head = (page: number, pages: number, total: number) => ({
  page,
  pages,
  per_page: '10000',
  total,
  sourceid: '3',
  lastupdated: '2026-09-24',
});
const twoPages =
  (total = 3): typeof server.answer =>
  (_, response, url) => {
    const code = url.pathname.split('/').at(-1)!;
    const n = Number(url.searchParams.get('page'));
    const size = code.endsWith('.SE') ? 0.1 : 1;
    const rows =
      n === 1
        ? [
            value('COD', 'Congo, Dem. Rep.', '2023', -1.5 * size, code),
            value('', 'Arab World', '2023', 9, code),
          ]
        : [value('NAM', 'Namibia', '2023', 0.5 * size, code)];
    json(response, [head(n, 2, total), rows]);
  };

describe('headwater fetch wgi and wdi', () => {
  it('reads every page; the table is one that the reader of the source takes', async () => {
    server.answer = twoPages();
    const to = folder();
    const log = await fetching(fetchWgi, to, mirrors);
    expect(log.release).toBe('as of 2026-09-24, to 2023');
    const paths = server.asked.map(({ path }) => path);
    expect(paths).toHaveLength(24);
    expect(paths[0]).toBe(
      '/v2/country/all/indicator/GOV_WGI_VA.EST?format=json&per_page=10000&page=1&source=3',
    );
    const raw = rawFolder(to).raw;
    const columns = ['code', 'year', 'indicator', 'estimate', 'stddev'] as const;
    const rows = readCsv(raw.read(`worldbank-wgi/${FETCHED}`), FETCHED, columns, { ignore: true });
    expect(rows).toHaveLength(12);
    const [first] = wgi.harvest(raw, reference).tables;
    expect(first!.rows.find((r) => r.country === 'NAM' && r.dimension === 'rl')).toMatchObject({
      year: 2023,
      estimate: 0.5,
      standard_error: 0.05,
    });
  });

  it('writes the development indicators as their reader takes them', async () => {
    server.answer = twoPages();
    const to = folder();
    await fetching(fetchWdi, to, mirrors);
    const { tables } = wdi.harvest(rawFolder(to).raw, reference);
    expect(tables[0]!.rows.map((r) => [r.country, r.gdp_usd])).toEqual([
      ['COD', -1.5],
      ['NAM', 0.5],
    ]);
  });

  it('tells an error that comes with status 200', async () => {
    server.answer = (_, response) =>
      json(response, [
        { message: [{ id: '175', key: 'Invalid format', value: 'The indicator was not found' }] },
      ]);
    await expect(fetching(fetchWgi, folder(), mirrors)).rejects.toThrow(
      'the World Bank refuses: The indicator was not found',
    );
  });

  it('stops where fewer rows come than the publisher counts', async () => {
    server.answer = twoPages(4);
    await expect(fetching(fetchWdi, folder(), mirrors)).rejects.toThrow(
      '3 rows came, but the publisher counts 4',
    );
  });

  it('stops where a page holds no list', async () => {
    server.answer = (_, response) => json(response, { error: 'x' });
    const to = folder();
    await expect(fetching(fetchWdi, to, mirrors)).rejects.toThrow('list of a head and rows');
    expect(rawFolder(to).raw.has(join('worldbank-wdi'))).toBe(false);
  });
});
