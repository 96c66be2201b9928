import { join } from 'node:path';
import { DataError } from '../../errors.ts';
import type { Connector, Task } from '../fetch/connector.ts';
import { openZip } from '../fetch/zip.ts';
import { citation, publication } from './publication.ts';

const HOST = 'https://www.cepii.fr';
const PAGE = `${HOST}/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37`;
const NAME = /BACI_(HS\d\d)_V(\d{6}[a-z]?)\.zip/g;
/** The nomenclature the rest of the data speaks. */
const NOMENCLATURE = 'HS17';

/** BACI's releases on the publisher's page, newest first: V202601, V202501 … */
export function releasesIn(html: string): string[] {
  const found = [...html.matchAll(NAME)].filter((m) => m[1] === NOMENCLATURE).map((m) => `V${m[2]}`);
  return [...new Set(found)].sort().reverse();
}

async function newest({ session }: Task): Promise<string> {
  const page = await session.page('release-page.html', PAGE, {
    expected: 'the page of releases',
    webPage: true,
  });
  const release = releasesIn(new TextDecoder().decode(page))[0];
  if (release === undefined)
    throw new DataError(
      `no release of ${NOMENCLATURE} is named on the publisher's page; name one with --release V202601: "${PAGE}"`,
    );
  return release;
}

/** The archive must be whole and hold what it should: yearly files and the list of countries. */
async function looked(archive: string, release: string): Promise<string[]> {
  const zip = await openZip(archive);
  zip.close();
  const names = zip.entries.map(({ name }) => name);
  const years = names.filter((name) =>
    new RegExp(`^BACI_${NOMENCLATURE}_Y\\d{4}_${release}\\.csv$`).test(name),
  );
  if (years.length === 0 || !names.includes(`country_codes_${release}.csv`))
    throw new DataError(
      `the archive holds no yearly files of ${release} or no country_codes_${release}.csv: "${names.slice(0, 8).join(', ')}"`,
    );
  return years;
}

/** The whole release: one archive of some two gigabytes, every six-digit code, a file for each year. */
export const fetchBaci: Connector = {
  ...publication,
  id: 'baci',
  title: 'BACI: bilateral trade at product level, the whole release',
  citation: citation('(release)'),
  about:
    'every six-digit code and flow of the world; one archive of about 2 GB; afterwards: headwater load-baci',
  takes: ['release'],
  newest,
  async fetch(task) {
    const release = task.wanted.release ?? (await newest(task));
    const name = `BACI_${NOMENCLATURE}_${release}.zip`;
    let years: string[] = [];
    await task.session.file(name, `${HOST}/DATA_DOWNLOAD/baci/data/${name}`, {
      expected: 'a zip archive',
      check: async (place) => {
        years = await looked(place, release);
      },
      progress: (bytes, total) =>
        task.session.progress(
          total ? bytes / total : 0,
          `${name}: ${Math.round(bytes / 1e6)} of ${total ? Math.round(total / 1e6) : '?'} MB`,
        ),
    });
    return {
      release,
      remarks: [
        `${years.length} yearly files: ${years[0]} to ${years.at(-1)}`,
        `make tables of it: headwater load-baci ${join(this.folder, name)} --out DIR`,
      ],
    };
  },
};
