import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { connectors } from '../../../src/sources/fetch/list.ts';
import { fetchIea } from '../../../src/sources/iea-cm/fetch.ts';
import { fetchUsgsMcs } from '../../../src/sources/usgs-mcs/fetch.ts';
import { fetching, reference } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { json, publisher, text } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const HOST = 'https://www.sciencebase.gov';
const mirrors = { [HOST]: server.origin };
const table =
  'MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,Is critical mineral 2025,Other notes\nCobalt,World mine production and reserves,Cobalt,Congo (Kinshasa),Production,Mine production,metric tons,2024,"226,000",,Yes,\n';
const item = (title: string, file: string, id: string, size = table.length) => ({
  id,
  title,
  files: [
    { name: `${file}.xml`, url: `${HOST}/catalog/file/get/${id}?f=x`, size: 10 },
    {
      name: file,
      contentType: 'text/csv',
      url: `${HOST}/catalog/file/get/${id}?f=y`,
      downloadUri: `${HOST}/catalog/file/get/${id}?f=y`,
      size,
    },
  ],
});
const service =
  (items: object[], content = table): typeof server.answer =>
  (_, response, url) =>
    url.pathname === '/catalog/items'
      ? json(response, { total: items.length, items })
      : text(response, content);
const offers = [
  item('Mineral Commodity Summaries 2025 Data Release (ver. 2.0, April 2025)', 'MCS2025_World_Data.csv', 'a'),
  item(
    'U.S. Geological Survey Mineral Commodity Summaries 2026 Data Release',
    'MCS2026_Commodities_Data.csv',
    'b',
  ),
];

describe('headwater fetch usgs_mcs', () => {
  it('finds the newest release with the one table and brings it as it is', async () => {
    server.answer = service(offers);
    const to = folder();
    const log = await fetching(fetchUsgsMcs, to, mirrors);
    expect(log.release).toBe('2026');
    expect(readFileSync(join(to, 'usgs-mcs/MCS2026_Commodities_Data.csv'), 'utf8')).toBe(table);
  });
  it('warns of an edition whose traps nobody has looked at', async () => {
    server.answer = service([
      ...offers,
      item('Mineral Commodity Summaries 2031 Data Release', 'MCS2031_Commodities_Data.csv', 'c'),
    ]);
    const log = await fetching(fetchUsgsMcs, folder(), mirrors);
    expect(log.release).toBe('2031');
    expect(log.remarks.at(-1)).toContain('must be looked at before');
  });
  it('says what is on offer where the edition asked for is not', async () => {
    server.answer = service(offers);
    await expect(fetching(fetchUsgsMcs, folder(), mirrors, { wanted: { release: '2019' } })).rejects.toThrow(
      'for 2019 among those on offer (2026)',
    );
  });
  it('notices a table cut short, and renamed columns', async () => {
    server.answer = service(offers, table.slice(0, -20));
    await expect(fetching(fetchUsgsMcs, folder(), mirrors)).rejects.toThrow('cut short');
    const renamed = table.replace('Statistics_detail', 'Statistics_notes!');
    server.answer = service(offers, renamed);
    await expect(fetching(fetchUsgsMcs, folder(), mirrors)).rejects.toThrow('no Statistics_detail among');
  });
});

describe('headwater fetch iea_cm', () => {
  it('tells people how to fetch it themselves', async () => {
    const run = fetching(fetchIea, folder(), {});
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(/sign in.*CM_Data_Explorer/s);
  });
});

describe('the list of connectors', () => {
  it('has every source that the map of codes names', () => {
    const named = new Set(
      reference
        .csv('hs6-minerals')
        .map((row) => row.fetch_from!)
        .filter((id) => id !== ''),
    );
    expect(named.size).toBeGreaterThan(0);
    for (const id of named) expect(connectors.map((c) => c.id)).toContain(id);
  });
  it('names each once, with its licence', () => {
    expect(new Set(connectors.map((c) => c.id)).size).toBe(connectors.length);
    expect(new Set(connectors.map((c) => c.folder)).size).toBe(connectors.length);
    for (const c of connectors) expect(c.licence.length * c.citation.length).toBeGreaterThan(0);
  });
});
