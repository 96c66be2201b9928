import { seriesCoverage, tradeFlow, ukTradeMonth } from '../../tables/quantities.ts';
import { fetchedRelease } from '../fetch/fetched-release.ts';
import { type Harvest, harvested, type Raw, type Reference, type Source } from '../source.ts';
import { FETCHED, monthsFetched } from './fetched.ts';
import { monthsOf } from './months.ts';
import { coverageOf, flowsOf, windowsOf } from './twelve-months.ts';

/**
 * UK imports and exports by month and eight-digit code. The partner is the country of dispatch, not of origin:
 * the opposite of the UK in BACI from 2022. To update:
 * `headwater fetch hmrc_ots` brings the publisher's table and the ECB's monthly rates; they take the extract's place.
 */
export const hmrcOts: Source = {
  id: 'hmrc_ots',
  title: 'UK overseas trade in goods statistics',
  publisher: 'HM Revenue & Customs',
  release: '2024-06 to 2026-06',
  licence: 'Open Government Licence v3.0',
  citation: 'Contains HMRC data © Crown copyright, OGL v3.0; exchange rates: European Central Bank',
  url: 'https://www.uktradeinfo.com',
  cadence: 'monthly; the last months are provisional',
  folder: 'hmrc-ots',
  harvest,
};

function harvest(raw: Raw, reference: Reference): Harvest {
  const fetched = raw.has(`hmrc-ots/${FETCHED}`);
  const { months, read } = fetched ? monthsFetched(raw, reference) : monthsOf(raw, reference);
  const windows = windowsOf(months);
  const outside = [...new Set(months.map(({ month }) => month))]
    .filter((month) => !windows.some(({ first, last }) => first <= month && month <= last))
    .sort();
  const confidential = months.filter(({ status }) => status === 'confidential').length;
  return {
    ...fetchedRelease(raw, 'hmrc-ots'),
    tables: [
      harvested(ukTradeMonth, months),
      harvested(tradeFlow, flowsOf(months, windows)),
      harvested(seriesCoverage, coverageOf(months, windows)),
    ],
    rowsRead: read,
    refused: [
      {
        reason: 'a further row of the same month, flow, code and partner, added to the first',
        rows: read - months.length,
      },
    ],
    remarks: [
      `years of trade_flow: ${windows.map(({ year, first, last }) => `${year} = ${first} to ${last}`).join(', ')}`,
      ...(outside.length > 0 ? [`in no year: ${outside.join(', ')} (kept in uk_trade_month)`] : []),
      `${confidential} months with a confidential partner are in uk_trade_month only`,
    ],
  };
}
