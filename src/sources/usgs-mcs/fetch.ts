import { DataError } from '../../errors.ts';
import { csvHeader, fieldsOf, jsonOf } from '../fetch/answers.ts';
import type { Connector, Task } from '../fetch/connector.ts';

const HOST = 'https://www.sciencebase.gov';
const SEARCH = `${HOST}/catalog/items?q=${encodeURIComponent('"Mineral Commodity Summaries" data release')}&format=json&max=100&fields=title,files`;
const TITLE = /Mineral Commodity Summaries (20\d\d)\b.*data release/i;
const TABLE = /^MCS(20\d\d)_Commodities_Data\.csv$/i;
/** the newest edition whose traps (units, labels, withheld figures) are known here */
export const newestReadEdition = 2026;

interface Item {
  readonly title: string;
  readonly files: readonly {
    readonly name: string;
    readonly url?: string;
    readonly downloadUri?: string;
    readonly size?: number;
  }[];
}

/** The editions on offer that hold the one long table, newest first. */
async function editions({ session }: Task): Promise<{ year: number; table: Item['files'][number] }[]> {
  let items: Item[] = [];
  await session.page('pages/search.json', SEARCH, {
    expected: 'JSON',
    check: (bytes) => {
      items = fieldsOf(jsonOf(bytes, SEARCH), ['items'], SEARCH).items as Item[];
    },
  });
  return items
    .flatMap((item) => {
      const year = Number(TITLE.exec(item.title ?? '')?.[1]);
      const table = item.files?.find(({ name }) => Number(TABLE.exec(name)?.[1]) === year);
      return table ? [{ year, table }] : [];
    })
    .sort((a, b) => b.year - a.year);
}

export const fetchUsgsMcs: Connector = {
  id: 'usgs_mcs',
  title: 'Mineral Commodity Summaries, data release',
  publisher: 'U.S. Geological Survey',
  licence: 'public domain (CC0 1.0)',
  citation: 'U.S. Geological Survey, Mineral Commodity Summaries data release',
  url: 'https://www.usgs.gov/centers/national-minerals-information-center/mineral-commodity-summaries',
  cadence: 'every year, end of January or February',
  folder: 'usgs-mcs',
  about: 'output, capacity and reserves of 89 commodities; one table of some 2 MB',
  takes: ['release'],
  newest: async (task) => {
    const newest = (await editions(task))[0];
    return newest ? String(newest.year) : null;
  },
  async fetch(task) {
    const all = await editions(task);
    const { release } = task.wanted;
    const edition = release === undefined ? all[0] : all.find(({ year }) => String(year) === release);
    const url = edition?.table.downloadUri ?? edition?.table.url;
    if (!edition || url === undefined)
      throw new DataError(
        `no data release with one table of all commodities ${release ? `for ${release} ` : ''}among those on offer (${all.map(({ year }) => year).join(', ') || 'none'}): "${SEARCH}"`,
      );
    if (!url.startsWith(`${HOST}/`))
      throw new DataError(`the publisher's file is at another place than expected: "${url}"`);
    const bytes = await task.session.page(edition.table.name, url, {
      expected: 'CSV',
      check: (table) => {
        csvHeader(table, url, [
          'MCS chapter',
          'Section',
          'Commodity',
          'Country',
          'Statistics',
          'Statistics_detail',
          'Unit',
          'Year',
          'Value',
        ]);
        const { size } = edition.table;
        if (size !== undefined && size !== table.length)
          throw new DataError(`cut short: ${table.length} of ${size} bytes came; fetch again: "${url}"`);
      },
    });
    const remarks = [`${bytes.length} bytes`];
    if (edition.year > newestReadEdition)
      remarks.push(
        `edition ${edition.year} is newer than the reader of this source (${newestReadEdition}): its units and labels must be looked at before its figures are used`,
      );
    return { release: String(edition.year), remarks };
  },
};
