import { DataError } from '../../errors.ts';
import { csvHeader, fieldsOf, jsonOf } from '../fetch/answers.ts';
import type { Connector, Task } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';
import { groupsOf } from '../fetch/groups.ts';
import { yearsOf } from '../fetch/years.ts';
import { FETCHED, FETCHED_COLUMNS } from './fetched.ts';

const API = 'https://api.uktradeinfo.com';
const BANK = 'https://data-api.ecb.europa.eu';
/** one request a second is the publisher's limit of sixty a minute */
const interval = 1100;
/** codes in one filter: addresses beyond some 2,000 characters are cut off on the way */
const codesAtOnce = 20;

const FIELDS = [
  'MonthId',
  'FlowTypeId',
  'SuppressionIndex',
  'CommodityId',
  'CountryId',
  'Value',
  'NetMass',
] as const;

/** Six-digit codes as a filter on eight-digit ones, which the service holds as numbers. */
const within = (hs6: string): string =>
  `(CommodityId ge ${Number(`${hs6}00`)} and CommodityId le ${Number(`${hs6}99`)})`;

/** The codes people asked for, else those known by eight digits and those that only this source would tell. */
function codesOf({ wanted, reference }: Task): string[] {
  if (wanted.codes) return [...new Set(wanted.codes.map((code) => code.slice(0, 6)))].sort();
  const eight = reference.csv('cn8-minerals').map((row) => row.cn8!.slice(0, 6));
  const only = reference.csv('hs6-minerals').filter((row) => row.fetch_from === 'hmrc_ots');
  return [...new Set([...eight, ...only.map((row) => row.hs6!)])].sort();
}

interface Page {
  readonly value: readonly unknown[];
  readonly '@odata.nextLink'?: string;
}

/** All pages of a query, each kept as it came; the publisher says where the next one is. */
async function* pages(task: Task, name: string, query: string): AsyncGenerator<readonly unknown[]> {
  let url: string | undefined = `${API}/${query}`;
  const seen = new Set<string>();
  for (let n = 1; url !== undefined; n++) {
    if (seen.has(url)) throw new DataError(`the publisher's pages go round in a circle: "${url}"`);
    seen.add(url);
    const at: string = url;
    let page: Page | undefined;
    await task.session.page(`pages/${name}-${n}.json`, at, {
      expected: 'JSON',
      interval,
      check: (bytes) => {
        page = fieldsOf(jsonOf(bytes, at), ['value'], at) as unknown as Page;
        if (!Array.isArray(page.value)) throw new DataError(`the answer holds no list of rows: "${at}"`);
        if (page.value.length > 0 && name !== 'country') fieldsOf(page.value[0], FIELDS, at);
      },
    });
    yield page!.value;
    url = page!['@odata.nextLink'];
    if (url !== undefined && !url.startsWith(`${API}/`))
      throw new DataError(`the publisher's next page is at another place: "${url}"`);
  }
}

const FLOWS: Readonly<Record<number, 'import' | 'export'>> = {
  1: 'import',
  2: 'export',
  3: 'import',
  4: 'export',
};

/** UK customs by month, eight-digit code and country of dispatch, with the exchange rates to state it in dollars. */
export const fetchHmrcOts: Connector = {
  id: 'hmrc_ots',
  title: 'UK overseas trade in goods statistics',
  publisher: 'HM Revenue & Customs',
  licence: 'Open Government Licence v3.0',
  citation: 'Contains HMRC data © Crown copyright, OGL v3.0; exchange rates: European Central Bank',
  url: 'https://www.uktradeinfo.com',
  cadence: 'monthly',
  folder: 'hmrc-ots',
  about:
    'UK imports and exports by month and eight-digit code, from 2024 unless --years says otherwise; some minutes',
  takes: ['years', 'codes'],
  async fetch(task) {
    const [from, to] = yearsOf(task, 2024);
    const countries = new Map<number, [code: string, name: string]>();
    for await (const rows of pages(task, 'country', 'Country'))
      for (const row of rows) {
        const c = fieldsOf(row, ['CountryId', 'CountryCodeAlpha', 'CountryName'], `${API}/Country`);
        countries.set(Number(c.CountryId), [
          String(c.CountryCodeAlpha ?? '').trim(),
          String(c.CountryName ?? '').trim(),
        ]);
      }
    const sums = new Map<string, { key: string[]; value: number; mass: number }>();
    const groups = groupsOf(codesOf(task), codesAtOnce);
    let months: string[] = [];
    for (const [g, group] of groups.entries()) {
      const filter = `MonthId ge ${from}01 and MonthId le ${to}12 and (${group.map(within).join(' or ')})`;
      for await (const rows of pages(
        task,
        `ots-${from}-${to}-${group[0]}`,
        `OTS?$filter=${encodeURIComponent(filter)}`,
      )) {
        for (const row of rows) add(sums, row as Record<(typeof FIELDS)[number], number | null>, countries);
        task.session.progress(g / groups.length, `UK customs, codes from ${group[0]}: ${sums.size} sums`);
      }
    }
    const table = [...sums.values()].sort((a, b) => (a.key.join() < b.key.join() ? -1 : 1));
    if (table.length === 0) throw new DataError(`no trade in these codes and years: "${from}-${to}"`);
    task.session.write(
      FETCHED,
      csvText(
        FETCHED_COLUMNS,
        table.map(({ key, value, mass }) => [...key, value, mass]),
      ),
    );
    months = [...new Set(table.map(({ key }) => key[0]!))].sort();
    for (const currency of ['gbp', 'usd'] as const) {
      const url = `${BANK}/service/data/EXR/M.${currency.toUpperCase()}.EUR.SP00.A?format=csvdata`;
      await task.session.page(`ecb_fx_${currency}_per_eur_monthly.csv`, url, {
        expected: 'CSV',
        check: (bytes) => csvHeader(bytes, url, ['CURRENCY', 'CURRENCY_DENOM', 'TIME_PERIOD', 'OBS_VALUE']),
      });
    }
    return {
      release: `${hyphened(months[0]!)} to ${hyphened(months.at(-1)!)}`,
      remarks: [`${table.length} rows of a month, flow, code and partner`],
    };
  },
};

const hyphened = (month: string): string => `${month.slice(0, 4)}-${month.slice(4)}`;

/** Ports are added up; suppressed rows (negative codes) belong to no eight-digit code. */
function add(
  sums: Map<string, { key: string[]; value: number; mass: number }>,
  row: Readonly<Record<(typeof FIELDS)[number], number | null>>,
  countries: ReadonlyMap<number, readonly [string, string]>,
): void {
  const commodity = Number(row.CommodityId);
  const flow = FLOWS[Number(row.FlowTypeId)];
  if (flow === undefined) throw new DataError(`${API}/OTS: unknown kind of flow: "${row.FlowTypeId}"`);
  if (commodity <= 0) return;
  const [alpha, name] = countries.get(Number(row.CountryId)) ?? ['', `country ${row.CountryId}`];
  const key = [String(row.MonthId), flow, String(commodity).padStart(8, '0'), alpha, name];
  const id = key.join('|');
  const sum = sums.get(id) ?? { key, value: 0, mass: 0 };
  sum.value += Number(row.Value ?? 0);
  sum.mass += Number(row.NetMass ?? 0);
  sums.set(id, sum);
}
