import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchBgs } from '../../../src/sources/bgs-wms/fetch.ts';
import { fetching } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { json, publisher } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const mirrors = { 'https://ogcapi.bgs.ac.uk': server.origin };
const feature = (n: number) => ({
  type: 'Feature',
  id: n,
  geometry: null,
  properties: {
    bgs_commodity_trans: 'cobalt, mine',
    bgs_sub_commodity_trans: null,
    bgs_statistic_type_trans: 'Production',
    country_trans: `Country ${n}`,
    country_iso3_code: 'COD',
    year: `${2000 + (n % 20)}-01-01T00:00:00`,
    quantity: n,
    units: 'tonnes (metal content)',
    concat_table_notes_text: null,
  },
});
const total = 2300;
const service =
  (matched = () => total): typeof server.answer =>
  (_, response, url) => {
    const from = Number(url.searchParams.get('offset'));
    const limit = Number(url.searchParams.get('limit'));
    const features = Array.from({ length: Math.max(0, Math.min(limit, total - from)) }, (_, n) =>
      feature(from + n),
    );
    json(response, {
      type: 'FeatureCollection',
      features,
      numberMatched: matched(),
      numberReturned: features.length,
      links: [{ rel: 'self', href: 'x' }, ...(from + limit < total ? [{ rel: 'next', href: 'x' }] : [])],
    });
  };

describe('headwater fetch bgs_wms', () => {
  it('reads page after page and every row once', async () => {
    server.answer = service();
    const to = folder();
    const log = await fetching(fetchBgs, to, mirrors);
    expect(log).toMatchObject({ release: 'to 2019, 2300 rows', licence: 'Open Government Licence v3.0' });
    expect(server.asked).toHaveLength(3);
    const rows = readFileSync(join(to, 'bgs-wms/production.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(total + 1);
    expect(new Set(rows).size).toBe(total + 1);
  });

  it('stops where the data change between two pages', async () => {
    let n = 0;
    server.answer = service(() => total + n++);
    await expect(fetching(fetchBgs, folder(), mirrors)).rejects.toThrow('changed between two pages');
  });

  it('stops where rows are missing', async () => {
    server.answer = service(() => total + 1);
    await expect(fetching(fetchBgs, folder(), mirrors)).rejects.toThrow(
      '2300 rows came, but the publisher counts 2301',
    );
  });
});
