import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FETCHED, fetchEurostatComext } from '../../../src/sources/eurostat-comext/fetch.ts';
import { fetching } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { publisher, text } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const mirrors = { 'https://ec.europa.eu': server.origin, 'https://data-api.ecb.europa.eu': server.origin };
const HEADER = 'DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE';
const row = (reporter: string, partner: string, product: string, value: number) =>
  `ESTAT:DS-045409(1.0),15/09/26 11:00:00,A,${reporter},${partner},${product},1,VALUE_IN_EUROS,2024,${value}`;
const rates =
  'KEY,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\nEXR.M.USD.EUR.SP00.A,USD,EUR,2024-01,1.09\n';
/** answers for the products of the key; more than `most` of them are refused as the service does */
const service =
  (most = 99, header = HEADER): typeof server.answer =>
  (_, response, url) => {
    if (url.pathname.includes('/EXR/')) return text(response, rates);
    const products = decodeURIComponent(url.pathname).split('/').at(-1)!.split('.')[3]!.split('+');
    if (products.length > most)
      return text(
        response,
        '<?xml version="1.0"?><S:Fault><faultcode>413</faultcode><faultstring>EXTRACTION_TOO_BIG: The requested extraction is too big</faultstring></S:Fault>',
        'application/xml',
        413,
      );
    const lines = products.flatMap((product) => [
      row('EL', 'NA', product, 11),
      row('DE', 'WORLD', product, 99),
      row('EU27_2020', 'CN', product, 50),
      row('DE', 'CN', product, 40),
    ]);
    text(response, `${[header, ...lines].join('\n')}\n`);
  };
const wanted = { years: [2024, 2024] as const, codes: ['25041000', '81052000', '28053010'] };

describe('headwater fetch eurostat_comext', () => {
  it('keeps members and countries, leaves totals', async () => {
    server.answer = service();
    const to = folder();
    const log = await fetching(fetchEurostatComext, to, mirrors, { wanted });
    expect(log).toMatchObject({ release: '2024–2024, annual', licence: 'CC BY 4.0' });
    const table = readFileSync(join(to, 'eurostat-comext', FETCHED), 'utf8')
      .trim()
      .split('\n');
    expect(table).toEqual([
      'DECLARANT_ISO,PARTNER_ISO,PRODUCT_NC,FLOW,PERIOD,VALUE_IN_EUROS',
      'DE,CN,25041000,1,2024,40',
      'DE,CN,28053010,1,2024,40',
      'DE,CN,81052000,1,2024,40',
      'GR,NA,25041000,1,2024,11',
      'GR,NA,28053010,1,2024,11',
      'GR,NA,81052000,1,2024,11',
    ]);
  });

  it('asks for half where the service finds it too big', async () => {
    server.answer = service(1);
    server.asked.length = 0;
    const log = await fetching(fetchEurostatComext, folder(), mirrors, { wanted });
    expect(log.remarks).toEqual(['6 rows']);
    expect(server.asked.filter(({ path }) => path.includes('DS-045409'))).toHaveLength(5);
  });

  it('notices a changed header', async () => {
    server.answer = service(99, HEADER.replace('OBS_VALUE', 'VALUE'));
    await expect(fetching(fetchEurostatComext, folder(), mirrors, { wanted })).rejects.toThrow(
      /columns have changed: no OBS_VALUE among/,
    );
  });
});
