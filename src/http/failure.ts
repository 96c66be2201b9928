import { problemsOf } from '../cli/problems.ts';

/** Bodies larger than this are refused. */
export const bodyLimit = 2 * 1024 * 1024;

export type FailureStatus = 400 | 404 | 405 | 413 | 421 | 499 | 500 | 503 | 504;

/** The JSON of every failure. */
export const failure = (
  status: FailureStatus,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response => Response.json({ error: { code, message } }, { status, headers });

/** What went wrong as a response: 400 for what was asked, 503 for the data, 500 for a bug (which is not told in detail). */
export function failureOf(error: unknown, aborted: boolean, log: (line: string) => void): Response {
  const { lines, exit } = problemsOf(error, false, aborted);
  if (aborted) return failure(499, 'interrupted', 'the request was given up');
  if (exit === 2) return failure(400, 'bad_request', lines.join('; '));
  if (exit === 3) return failure(503, 'data', lines.join('; '));
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return failure(500, 'bug', 'this is a mistake in headwater, not in what you asked');
}
