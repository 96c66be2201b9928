import { DataError } from '../../errors.ts';

/** A web page where data should be: a maintenance notice, a consent page, a block. */
export function webPageTitle(bytes: Uint8Array): string | null {
  const start = new TextDecoder()
    .decode(bytes.subarray(0, 4096))
    .replace(/^\ufeff/, '')
    .trimStart();
  if (!/^<(!doctype html|html|head|body|!--)/i.test(start)) return null;
  return /<title[^>]*>([^<]*)/i.exec(start)?.[1]?.trim() ?? 'no title';
}

/** DataError where the bytes are a web page. */
export function notAWebPage(bytes: Uint8Array, url: string, expected: string): void {
  const title = webPageTitle(bytes);
  if (title !== null)
    throw new DataError(
      `a web page came instead of ${expected} ("${title}"); open the address in a browser to see why: "${url}"`,
    );
}

/** The answer as JSON; DataError where it is a web page or no JSON. */
export function jsonOf(bytes: Uint8Array, url: string): unknown {
  notAWebPage(bytes, url, 'JSON');
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new DataError(`the answer is not JSON, or is cut short: "${url}"`);
  }
}

/** The first line of a CSV answer must hold these columns; DataError tells what is missing and what is there. */
export function csvHeader(bytes: Uint8Array, url: string, columns: readonly string[]): void {
  notAWebPage(bytes, url, 'CSV');
  const line = new TextDecoder()
    .decode(bytes.subarray(0, 8192))
    .replace(/^\ufeff/, '')
    .split(/\r?\n/, 1)[0]!;
  const names = line.split(',').map((name) => name.replace(/^"|"$/g, ''));
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new DataError(
      `the publisher's columns have changed: no ${missing.join(', ')} among ${line.slice(0, 300)}: "${url}"`,
    );
}

/** A record of fields that must be there; DataError names what is missing, so that a changed format is told and not guessed. */
export function fieldsOf<const F extends string>(
  record: unknown,
  fields: readonly F[],
  url: string,
): Readonly<Record<F, unknown>> {
  const found = typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : {};
  const missing = fields.filter((field) => !(field in found));
  if (missing.length > 0)
    throw new DataError(
      `the publisher's fields have changed: no ${missing.join(', ')} among ${Object.keys(found).join(', ')}: "${url}"`,
    );
  return found as Record<F, unknown>;
}
