import { DataError } from '../../errors.ts';
import { fieldsOf, jsonOf } from './answers.ts';
import type { Task } from './connector.ts';

const API = 'https://api.worldbank.org';
const perPage = 10_000;

export interface IndicatorValue {
  readonly iso3: string;
  readonly country: string;
  readonly year: string;
  readonly value: number | null;
}

/** The service says errors with status 200: a list whose only member holds messages. */
function pageOf(bytes: Uint8Array, url: string): { head: Record<string, unknown>; rows: unknown[] } {
  const answer = jsonOf(bytes, url);
  const first = Array.isArray(answer) ? (answer[0] as Record<string, unknown> | undefined) : undefined;
  if (first === undefined)
    throw new DataError(`the answer is not the World Bank's list of a head and rows: "${url}"`);
  if (first.message !== undefined) {
    const said = (first.message as { value?: string }[]).map(({ value }) => value).join('; ');
    throw new DataError(`the World Bank refuses: ${said}: "${url}"`);
  }
  const head = fieldsOf(first, ['page', 'pages', 'total'], url);
  return { head, rows: ((answer as unknown[])[1] as unknown[] | null) ?? [] };
}

/** Every value of an indicator, all countries and regions, page by page; with the date of its last update. */
export async function indicator(
  task: Task,
  code: string,
  query = '',
): Promise<{ values: IndicatorValue[]; updated: string }> {
  const values: IndicatorValue[] = [];
  let pages = 1;
  let total = 0;
  let updated = '';
  for (let n = 1; n <= pages; n++) {
    const url = `${API}/v2/country/all/indicator/${code}?format=json&per_page=${perPage}&page=${n}${query}`;
    let page: ReturnType<typeof pageOf> | undefined;
    await task.session.page(`pages/${code}-${n}.json`, url, {
      expected: 'JSON',
      check: (bytes) => {
        page = pageOf(bytes, url);
      },
    });
    const { head, rows } = page!;
    if (n > 1 && Number(head.total) !== total)
      throw new DataError(`the publisher's data changed between two pages; fetch again: "${url}"`);
    pages = Number(head.pages);
    total = Number(head.total);
    updated = String(head.lastupdated ?? '');
    for (const row of rows) {
      const cells = fieldsOf(row, ['country', 'countryiso3code', 'date', 'value'], url);
      values.push({
        iso3: String(cells.countryiso3code),
        country: String((cells.country as { value?: string }).value ?? ''),
        year: String(cells.date),
        value: cells.value as number | null,
      });
    }
  }
  if (values.length !== total)
    throw new DataError(
      `${code}: ${values.length} rows came, but the publisher counts ${total}; fetch again`,
    );
  return { values, updated };
}

/** The date of an indicator's last update, by asking for one row. */
export async function lastUpdate(task: Task, code: string, query = ''): Promise<string> {
  const url = `${API}/v2/country/all/indicator/${code}?format=json&per_page=1&page=1${query}`;
  let updated = '';
  await task.session.page(`pages/${code}-head.json`, url, {
    expected: 'JSON',
    check: (bytes) => {
      updated = String(pageOf(bytes, url).head.lastupdated ?? '');
    },
  });
  return updated;
}
