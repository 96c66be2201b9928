import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchBaci, releasesIn } from '../../../src/sources/baci/fetch.ts';
import { readLog } from '../../../src/sources/fetch/session.ts';
import { fetching } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { publisher, text } from '../../support/publisher.ts';
import { zipOf } from '../../support/zip.ts';

removeFoldersAfterwards();
const server = await publisher();
const mirrors = { 'https://www.cepii.fr': server.origin };
const page = (releases: readonly string[]) =>
  `<!DOCTYPE html><html><head><title>CEPII - BACI</title></head><body>${releases
    .map(
      (r) =>
        `<a href="/DATA_DOWNLOAD/baci/data/BACI_HS17_${r}.zip">HS17</a><a href="/DATA_DOWNLOAD/baci/data/BACI_HS22_${r}.zip">HS22</a>`,
    )
    .join('')}</body></html>`;
const archive = zipOf({
  'BACI_HS17_Y2023_V202601.csv': 't,i,j,k,v,q\n2023,56,826,740311,1.5,2\n',
  'BACI_HS17_Y2024_V202601.csv': 't,i,j,k,v,q\n2024,56,826,740311,2.5,NA\n',
  'country_codes_V202601.csv': 'country_code,country_name,country_iso2,country_iso3\n56,Belgium,BE,BEL\n',
  'product_codes_HS17_V202601.csv': 'code,description\n740311,Copper cathodes\n',
});
const site =
  (zip: Buffer): typeof server.answer =>
  (_, response, url) => {
    if (url.pathname.endsWith('/bdd_modele_item.asp'))
      return text(response, page(['V202601', 'V202501']), 'text/html');
    if (url.pathname !== '/DATA_DOWNLOAD/baci/data/BACI_HS17_V202601.zip')
      return text(response, 'not found', 'text/html', 404);
    response.writeHead(200, { 'content-length': zip.length, 'content-type': 'application/zip', etag: '"1"' });
    response.end(zip);
  };

describe('headwater fetch baci', () => {
  it('knows the newest release among those on the page', () =>
    expect(releasesIn(page(['V202501', 'V202601', 'V202401b']))).toEqual(['V202601', 'V202501', 'V202401b']));

  it('brings the archive of the newest release, as it is', async () => {
    server.answer = site(archive);
    const to = folder();
    const log = await fetching(fetchBaci, to, mirrors);
    expect(log).toMatchObject({ source: 'baci', release: 'V202601', licence: 'Etalab Open Licence 2.0' });
    expect(log.remarks[0]).toContain('2 yearly files');
    expect(readFileSync(join(to, 'cepii-baci/BACI_HS17_V202601.zip')).equals(archive)).toBe(true);
  });

  it('refuses an archive that was cut short, and a later run is not misled by it', async () => {
    const to = folder();
    server.answer = site(archive.subarray(0, archive.length - 60));
    await expect(fetching(fetchBaci, to, mirrors)).rejects.toThrow(/cut short or damaged/);
    expect(existsSync(join(to, 'cepii-baci'))).toBe(false);
    server.answer = site(archive);
    expect((await fetching(fetchBaci, to, mirrors)).state).toBe('complete');
  });

  it('refuses an archive of something else', async () => {
    server.answer = site(zipOf({ 'README.txt': 'moved' }));
    await expect(fetching(fetchBaci, folder(), mirrors)).rejects.toThrow('no yearly files of V202601');
  });

  it('says when the page names no release, and takes one by name', async () => {
    server.answer = (request, response, url) =>
      url.pathname.endsWith('.asp')
        ? text(response, '<html>under construction</html>', 'text/html')
        : site(archive)(request, response, url);
    const to = folder();
    await expect(fetching(fetchBaci, to, mirrors)).rejects.toThrow('--release V202601');
    const log = await fetching(fetchBaci, to, mirrors, { wanted: { release: 'V202601' } });
    expect(readLog(join(to, 'cepii-baci'))).toEqual(log);
  });
});
