import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { fetchComtrade } from '../../../src/sources/un-comtrade/fetch.ts';
import { fetching } from '../../support/fetching.ts';
import { folder, removeFoldersAfterwards } from '../../support/folder.ts';
import { json, publisher } from '../../support/publisher.ts';

removeFoldersAfterwards();
const server = await publisher();
const mirrors = { 'https://comtradeapi.un.org': server.origin };
const row = (partner: number, code: string, value: number, flowCode = 'M') => ({
  typeCode: 'C',
  freqCode: 'A',
  refPeriodId: 20240101,
  refYear: 2024,
  period: '2024',
  reporterCode: 826,
  reporterISO: null,
  flowCode,
  partnerCode: partner,
  partner2Code: 0,
  classificationCode: 'H6',
  cmdCode: code,
  customsCode: 'C00',
  motCode: 0,
  qty: 5,
  netWgt: 5,
  cifvalue: value,
  fobvalue: null,
  primaryValue: value,
  isReported: false,
});
const wanted = { years: [2024, 2024] as const, codes: ['250410', '810520'] };

describe('headwater fetch un_comtrade', () => {
  it('uses the open preview code by code where there is no key', async () => {
    server.asked.length = 0;
    server.answer = (_, response, url) => {
      const code = url.searchParams.get('cmdCode')!;
      json(response, {
        elapsedTime: '0.1 secs',
        count: 2,
        data: [row(0, code, 30), row(156, code, 20)],
        error: '',
      });
    };
    const to = folder();
    await fetching(fetchComtrade, to, mirrors, { wanted });
    expect(server.asked.map(({ path }) => path.split('?')[0])).toEqual(
      Array(2).fill('/public/v1/preview/C/A/HS'),
    );
    expect(server.asked[0]!.headers['ocp-apim-subscription-key']).toBeUndefined();
    expect(server.asked[0]!.path).toContain('reporterCode=826&period=2024&cmdCode=250410&flowCode=M,X');
    expect(readFileSync(join(to, 'un-comtrade/reported_trade.csv'), 'utf8').split('\n')[1]).toBe(
      '2024,826,import,0,250410,30,5',
    );
  });

  it('sends the key in a header only: it stands in no address, file or log', async () => {
    server.asked.length = 0;
    server.answer = (_, response) => json(response, { count: 1, data: [row(156, '250410', 20)], error: '' });
    const to = folder();
    await fetching(fetchComtrade, to, mirrors, { wanted, key: 'se-cret' });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]!.path).toMatch(/^\/data\/v1\/get\/C\/A\/HS\?/);
    expect(server.asked[0]!.headers['ocp-apim-subscription-key']).toBe('se-cret');
    expect(server.asked[0]!.path).not.toContain('se-cret');
    expect(readFileSync(join(to, 'un-comtrade/fetch-log.json'), 'utf8')).not.toContain('se-cret');
  });

  it('says where to get a key when the one given is not known, and how to do without', async () => {
    server.answer = (_, response) =>
      json(
        response,
        {
          statusCode: 401,
          message:
            'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
        },
        401,
      );
    const run = fetching(fetchComtrade, folder(), mirrors, { wanted, key: 'x' });
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(/COMTRADE_API_KEY.*comtradedeveloper/);
  });

  it('keeps what came when the day’s allowance is used up', async () => {
    server.answer = (_, response) =>
      json(
        response,
        { statusCode: 403, message: 'Out of call volume quota. Quota will be replenished in 10:00:00.' },
        403,
      );
    await expect(fetching(fetchComtrade, folder(), mirrors, { wanted, key: 'x' })).rejects.toThrow(
      /allowance.*replenished in 10:00:00.*tomorrow/,
    );
  });

  it('does not take an answer that was cut off for a whole one', async () => {
    server.answer = (_, response) =>
      json(response, {
        count: 500,
        data: Array.from({ length: 500 }, (_, n) => row(n, '250410', n)),
        error: '',
      });
    await expect(fetching(fetchComtrade, folder(), mirrors, { wanted })).rejects.toThrow(
      /cuts answers off after 500 rows; with a key of your own/,
    );
  });
});
