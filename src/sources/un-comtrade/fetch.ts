import { DataError, UsageError } from '../../errors.ts';
import { fieldsOf, jsonOf } from '../fetch/answers.ts';
import type { Connector, Task } from '../fetch/connector.ts';
import { csvText } from '../fetch/csv-text.ts';
import { groupsOf } from '../fetch/groups.ts';
import { Refused } from '../fetch/http.ts';
import { yearsOf } from '../fetch/years.ts';

const API = 'https://comtradeapi.un.org';
const interval = 1500;
/** without a key an answer is cut off after this many rows, with one after this many */
const mostRows = { open: 500, keyed: 100_000 };
const FIELDS = [
  'period',
  'reporterCode',
  'flowCode',
  'partnerCode',
  'cmdCode',
  'primaryValue',
  'netWgt',
] as const;
const COLUMNS = ['period', 'reporter_code', 'flow', 'partner_code', 'hs6', 'value_usd', 'net_weight_kg'];

/** The UN's numeric code of a country: ISO's except where it has its own. */
function reporterCode({ wanted, reference }: Task): string {
  const iso3 = (wanted.country ?? 'GBR').toUpperCase();
  const own: Readonly<Record<string, string>> = {
    FRA: '251',
    IND: '699',
    NOR: '579',
    CHE: '757',
    USA: '842',
    TWN: '490',
  };
  const codes = reference
    .csv('country-codes')
    .filter((row) => row.country === iso3 && /^\d+$/.test(row.code!));
  const code = own[iso3] ?? codes[0]?.code ?? numeric[iso3];
  if (code === undefined)
    throw new UsageError(
      `no UN code is known for the country; give its ISO3 code with --for: "${wanted.country}"`,
    );
  return String(Number(code));
}

/** ISO 3166-1 numeric codes of reporters most asked for. */
const numeric: Readonly<Record<string, string>> = {
  GBR: '826',
  DEU: '276',
  JPN: '392',
  KOR: '410',
  CHN: '156',
  CAN: '124',
  AUS: '36',
  ITA: '380',
  NLD: '528',
  BEL: '56',
  ESP: '724',
  POL: '616',
  SWE: '752',
  FIN: '246',
  KAZ: '398',
  ZAF: '710',
  BRA: '76',
  CHL: '152',
  IDN: '360',
  TUR: '792',
};

/** Trade as one country reports it, six-digit codes, by partner; with the person's own key or the open preview. */
export const fetchComtrade: Connector = {
  id: 'un_comtrade',
  title: 'UN Comtrade: trade as reported',
  publisher: 'United Nations Statistics Division',
  licence: 'UN Comtrade terms: use with attribution; passing the data on needs permission',
  citation: 'UN Comtrade Database, United Nations Statistics Division',
  url: 'https://comtradeplus.un.org',
  cadence: 'as countries report',
  folder: 'un-comtrade',
  about:
    'one country’s reports (--for), for your own use: not for passing on; without a key one request for each code',
  takes: ['years', 'codes', 'country'],
  key: { env: 'COMTRADE_API_KEY', required: false, from: 'https://comtradedeveloper.un.org (free)' },
  async fetch(task) {
    const { session, key, wanted, reference } = task;
    const [from, to] = yearsOf(task, Number(task.today.slice(0, 4)) - 2);
    const reporter = reporterCode(task);
    const codes = [...new Set(wanted.codes ?? reference.csv('hs6-minerals').map((row) => row.hs6!))].sort();
    const groups = groupsOf(codes, key ? 20 : 1);
    const most = key ? mostRows.keyed : mostRows.open;
    const path = key ? 'data/v1/get/C/A/HS' : 'public/v1/preview/C/A/HS';
    const rows: unknown[][] = [];
    for (let year = from; year <= to; year++)
      for (const [g, group] of groups.entries()) {
        const query = `reporterCode=${reporter}&period=${year}&cmdCode=${group.join(',')}&flowCode=M,X&partner2Code=0&customsCode=C00&motCode=0&maxRecords=${most}&includeDesc=false`;
        const url = `${API}/${path}?${query}`;
        let data: Readonly<Record<string, unknown>>[] = [];
        try {
          await session.page(`pages/${reporter}-${year}-${group[0]}-${group.length}.json`, url, {
            expected: 'JSON',
            interval,
            ...(key ? { headers: { 'ocp-apim-subscription-key': key } } : {}),
            check: (bytes) => {
              const answer = fieldsOf(jsonOf(bytes, url), ['data'], url) as Record<string, unknown>;
              if (answer.error) throw new DataError(`the publisher says: ${String(answer.error)}: "${url}"`);
              data = (answer.data ?? []) as typeof data;
              if (data[0]) fieldsOf(data[0], FIELDS, url);
            },
          });
        } catch (error) {
          throw inWords(error, key !== undefined);
        }
        if (data.length >= most)
          throw new DataError(
            `the publisher cuts answers off after ${most} rows${key ? '; ask for fewer codes with --codes' : `; with a key of your own there are more: ${this.key!.from}, then set ${this.key!.env}`}: "${url}"`,
          );
        // 0 is the sum over partners, kept apart by whoever adds
        for (const r of data)
          rows.push([
            r.period,
            r.reporterCode,
            r.flowCode === 'M' ? 'import' : 'export',
            r.partnerCode,
            r.cmdCode,
            r.primaryValue,
            r.netWgt,
          ]);
        session.progress(
          (year - from + g / groups.length) / (to - from + 1),
          `${year}, from ${group[0]}: ${rows.length} rows`,
        );
      }
    if (rows.length === 0)
      throw new DataError(`the country has reported nothing for these years: "${from}-${to}"`);
    rows.sort((a, b) => (a.join() < b.join() ? -1 : 1));
    session.write('reported_trade.csv', csvText(COLUMNS, rows));
    return {
      release: `${from}–${to}, as of ${task.today}`,
      remarks: [`${rows.length} rows; partner 0 is the whole world`],
    };
  },
};

function inWords(error: unknown, keyed: boolean): unknown {
  if (!(error instanceof Refused)) return error;
  const { env, from } = fetchComtrade.key!;
  if (error.status === 401)
    return new UsageError(
      keyed
        ? `the publisher does not know the key in ${env}; get one from ${from}, or unset it to use the open preview`
        : `the publisher asks for a key; get one from ${from} and set ${env}`,
    );
  if (error.status === 403)
    return new DataError(
      `today's allowance of the key is used up (${error.said.replace(/\s+/g, ' ').slice(0, 120)}); what came is kept, go on tomorrow`,
    );
  return error;
}
