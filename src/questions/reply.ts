import { codeVersion } from './code-version.ts';
import type { Answer, AnswerRow, Value } from './question.ts';

/** The JSON of every answer, the same from every shell. */
export interface Reply {
  readonly question: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly rows: readonly AnswerRow[];
  readonly columns: Answer['columns'];
  readonly notes: Answer['notes'];
  /** the answer in a sentence or two, where the question says it in words */
  readonly headline?: readonly string[];
  readonly sources: Answer['sources'];
  readonly document?: Answer['document'];
  readonly data_version: string;
  readonly code_version: string;
}

/** An answer with its question and versions; every row has every column, in the columns' order, null if unknown. */
export const reply = (
  question: string,
  params: Readonly<Record<string, unknown>>,
  answer: Answer,
  dataVersion: string,
): Reply => ({
  question,
  params,
  rows: answer.rows.map((row) =>
    Object.fromEntries(answer.columns.map((c) => [c.name, known(row[c.name], c.name)])),
  ),
  columns: answer.columns,
  notes: answer.notes,
  ...(answer.view?.headline && { headline: answer.view.headline }),
  sources: answer.sources,
  ...(answer.document && { document: answer.document }),
  data_version: dataVersion,
  code_version: codeVersion,
});

/** JSON has no NaN: one in an answer is a mistake in the code, not something to hide as null. */
function known(value: Value | undefined, column: string): Value {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${column} is ${value}`);
  return value ?? null;
}
