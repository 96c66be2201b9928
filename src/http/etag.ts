import { createHash } from 'node:crypto';

/** JSON with keys in order, so that equal parameters give equal text. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, v) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** Names an answer by what it follows from: data, code, question, parameters and the day. */
export const etagOf = (parts: readonly unknown[]): string =>
  `"${createHash('sha256').update(ordered(parts)).digest('base64url').slice(0, 27)}"`;

/** Whether one of the tags in If-None-Match is this one; comparison is weak (RFC 9110, 13.1.2). */
export const matches = (header: string | null | undefined, etag: string): boolean =>
  header?.split(',').some((t) => t.trim() === '*' || t.trim().replace(/^W\//, '') === etag) ?? false;
