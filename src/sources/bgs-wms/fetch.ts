import { DataError } from '../../errors.ts';
import { fieldsOf, jsonOf } from '../fetch/answers.ts';
import type { Connector } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';

const API = 'https://ogcapi.bgs.ac.uk/collections/world-mineral-statistics/items';
/** larger pages have been seen to break off */
const perPage = 1000;
const COLUMNS = [
  'bgs_commodity_trans',
  'bgs_sub_commodity_trans',
  'bgs_statistic_type_trans',
  'country_trans',
  'country_iso3_code',
  'year',
  'quantity',
  'units',
] as const;

interface Page {
  readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  readonly numberMatched?: number;
  readonly links?: readonly { readonly rel: string; readonly href: string }[];
}

/** Production by commodity, country and year since 1970, page by page of an OGC API. */
export const fetchBgs: Connector = {
  id: 'bgs_wms',
  title: 'World Mineral Statistics',
  publisher: 'British Geological Survey',
  licence: 'Open Government Licence v3.0',
  citation: 'Contains British Geological Survey materials © UKRI, World Mineral Statistics',
  url: 'https://www.bgs.ac.uk/mineralsuk/statistics/world-mineral-statistics/',
  cadence: 'yearly',
  folder: 'bgs-wms',
  about: 'production of some seventy commodities by country since 1970; about 130 requests',
  takes: ['years'],
  async fetch(task) {
    const query = 'f=json&bgs_statistic_type_trans=Production';
    const rows: unknown[][] = [];
    let url: string | undefined = `${API}?${query}&limit=${perPage}&offset=0`;
    let matched: number | undefined;
    let read = 0;
    for (let n = 1; url !== undefined; n++) {
      const at: string = url;
      let page: Page | undefined;
      await task.session.page(`pages/production-${n}.json`, at, {
        expected: 'JSON',
        check: (bytes) => {
          page = fieldsOf(jsonOf(bytes, at), ['features'], at) as unknown as Page;
          if (page.features[0]) fieldsOf(page.features[0].properties, COLUMNS, at);
        },
      });
      const { features, numberMatched, links } = page!;
      if (matched !== undefined && numberMatched !== undefined && numberMatched !== matched)
        throw new DataError(`the publisher's data changed between two pages; fetch again: "${at}"`);
      matched = numberMatched ?? matched;
      read += features.length;
      for (const { properties } of features) {
        const year = String(properties.year ?? '').slice(0, 4);
        const [from, to] = task.wanted.years ?? [0, 9999];
        if (Number(year) < from || Number(year) > to) continue;
        rows.push(COLUMNS.map((column) => (column === 'year' ? year : properties[column])));
      }
      task.session.progress(
        matched ? read / matched : 0,
        `mineral statistics: ${read} of ${matched ?? '?'} rows`,
      );
      const next = links?.find(({ rel }) => rel === 'next')?.href;
      const more = features.length > 0 && (matched === undefined ? next !== undefined : read < matched);
      // the link may name another host of the same service; the offset is the same either way
      url = more ? `${API}?${query}&limit=${perPage}&offset=${read}` : undefined;
    }
    if (matched !== undefined && read !== matched)
      throw new DataError(`${read} rows came, but the publisher counts ${matched}; fetch again: "${API}"`);
    if (rows.length === 0) throw new DataError(`no production came: "${API}"`);
    rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
    task.session.write('production.csv', csvText(COLUMNS, rows));
    const newest = Math.max(...new Set(rows.map((row) => Number(row[5]))));
    return {
      release: `to ${newest}, ${matched ?? read} rows`,
      remarks: [
        `${rows.length} rows of production; sub-commodities and units differ within a commodity: never add across them`,
      ],
    };
  },
};
