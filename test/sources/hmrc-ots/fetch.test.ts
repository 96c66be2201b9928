import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchHmrcOts } from '../../../src/sources/hmrc-ots/fetch.ts';
import { monthsFetched } from '../../../src/sources/hmrc-ots/fetched.ts';
import { rawFolder } from '../../../src/store/raw-folder.ts';
import { fetching, reference } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { json, publisher, text } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const API = 'https://api.uktradeinfo.com';
const mirrors = { [API]: server.origin, 'https://data-api.ecb.europa.eu': server.origin };
const row = (
  month: number,
  flow: number,
  code: number,
  country: number,
  port: number,
  value: number,
  mass: number,
) => ({
  MonthId: month,
  FlowTypeId: flow,
  SuppressionIndex: 0,
  CommodityId: code,
  CommoditySitcId: 68212,
  CountryId: country,
  PortId: port,
  Value: value,
  NetMass: mass,
  SuppUnit: 0,
});
const countries = [
  {
    CountryId: 3,
    CountryCodeNumeric: '003',
    CountryCodeAlpha: 'NL',
    CountryName: 'Netherlands',
    Area1: 'EU',
  },
  {
    CountryId: 389,
    CountryCodeNumeric: '389',
    CountryCodeAlpha: 'NA',
    CountryName: 'Namibia',
    Area1: 'NON-EU',
  },
  {
    CountryId: 959,
    CountryCodeNumeric: '959',
    CountryCodeAlpha: 'QY',
    CountryName: 'Confidential',
    Area1: 'NON-EU',
  },
];
const pages = [
  [
    row(202501, 1, 72029300, 3, 1, 1000, 60),
    row(202501, 1, 72029300, 3, 2, 500, 40),
    row(202501, 3, 72029300, 389, 1, 70, 5),
  ],
  [
    row(202501, 3, 72029300, 959, 1, 9, 1),
    row(202501, 2, 72029300, 3, 1, 30, 2),
    row(202501, 1, -72029300, 3, 1, 4, 4),
  ],
];
const rates = (currency: string, rate: number) =>
  `KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nEXR.M.${currency}.EUR.SP00.A,M,${currency},EUR,SP00,A,2025-01,${rate},A\n`;
const service =
  (change: (page: object, n: number) => object = (page) => page): typeof server.answer =>
  (_, response, url) => {
    const path = decodeURIComponent(url.pathname);
    if (path === '/Country')
      return json(response, { '@odata.context': `${API}/$metadata#Country`, value: countries });
    if (path.includes('/EXR/M.GBP')) return text(response, rates('GBP', 0.84));
    if (path.includes('/EXR/M.USD')) return text(response, rates('USD', 1.05));
    const n = Number(url.searchParams.get('$skip') ?? 0) / 40_000;
    const next =
      n < pages.length - 1 ? { '@odata.nextLink': `${API}/OTS?$filter=x&$skip=${(n + 1) * 40_000}` } : {};
    json(response, change({ '@odata.context': `${API}/$metadata#OTS`, value: pages[n], ...next }, n));
  };
const wanted = { years: [2025, 2025] as const, codes: ['720293'] };

describe('headwater fetch hmrc_ots', () => {
  it('follows the publisher’s links, adds ports, keeps dispatch apart by country', async () => {
    server.answer = service();
    server.asked.length = 0;
    const to = folder();
    const log = await fetching(fetchHmrcOts, to, mirrors, { wanted });
    expect(log).toMatchObject({ release: '2025-01 to 2025-01', licence: 'Open Government Licence v3.0' });
    const ots = server.asked.map(({ path }) => path).filter((path) => path.startsWith('/OTS'));
    expect(ots).toHaveLength(2);
    expect(ots[0]).toContain('MonthId ge 202501 and MonthId le 202512');
    expect(ots[0]).toContain('(CommodityId ge 72029300 and CommodityId le 72029399)');
    expect(readFileSync(join(to, 'hmrc-ots/ots.csv'), 'utf8')).toBe(
      [
        'month,flow,cn8,partner,partner_name,value_gbp,net_mass_kg',
        '202501,export,72029300,NL,Netherlands,30,2',
        '202501,import,72029300,NA,Namibia,70,5',
        '202501,import,72029300,NL,Netherlands,1500,100',
        '202501,import,72029300,QY,Confidential,9,1',
        '',
      ].join('\n'),
    );
    const { months, read } = monthsFetched(rawFolder(to).raw, reference);
    expect(read).toBe(4);
    expect(months.map((m) => [m.partner, m.flow, m.value_gbp, m.quantity_t, m.status])).toEqual([
      ['NLD', 'export', 30, 0.002, null],
      ['NAM', 'import', 70, 0.005, null],
      ['NLD', 'import', 1500, 0.1, null],
      ['XXX', 'import', 9, 0.001, 'confidential'],
    ]);
    // 1500 GBP = 1500 / 0.84 EUR = 1785.714 EUR = 1875 USD
    expect(months[2]!.value_usd).toBeCloseTo(1875, 9);
  });

  it('notices fields that were renamed', async () => {
    server.answer = service((page) =>
      JSON.parse(JSON.stringify(page).replaceAll('"NetMass"', '"NetWeight"')),
    );
    await expect(fetching(fetchHmrcOts, folder(), mirrors, { wanted })).rejects.toThrow(
      /fields have changed: no NetMass among .*NetWeight/,
    );
  });

  it('notices a web page with status 200', async () => {
    server.answer = (request, response, url) =>
      url.pathname === '/OTS'
        ? text(response, '<!DOCTYPE html><title>Service unavailable</title>', 'text/html')
        : service()(request, response, url);
    await expect(fetching(fetchHmrcOts, folder(), mirrors, { wanted })).rejects.toThrow(
      'a web page came instead of JSON ("Service unavailable")',
    );
  });

  it('takes up the pages of an interrupted run', async () => {
    const to = folder();
    server.answer = (request, response, url) =>
      url.searchParams.get('$skip')
        ? text(response, '', 'text/html', 500)
        : service()(request, response, url);
    await expect(fetching(fetchHmrcOts, to, mirrors, { wanted })).rejects.toThrow('status 500');
    server.answer = service();
    server.asked.length = 0;
    await fetching(fetchHmrcOts, to, mirrors, { wanted });
    expect(server.asked.filter(({ path }) => path.startsWith('/OTS'))).toHaveLength(1);
  });

  it('asks for the codes that only it would tell', async () => {
    server.answer = service();
    server.asked.length = 0;
    await fetching(fetchHmrcOts, folder(), mirrors);
    const only = reference.csv('hs6-minerals').filter((r) => r.fetch_from === 'hmrc_ots');
    const all = server.asked.map(({ path }) => path).join();
    for (const { hs6 } of only) expect(all).toContain(`CommodityId ge ${Number(`${hs6}00`)}`);
    expect(Math.max(...server.asked.map(({ path }) => path.length))).toBeLessThan(2000);
  });
});
