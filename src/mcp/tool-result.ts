import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { markdownText } from '../cli/markdown.ts';
import { problemsOf } from '../cli/problems.ts';
import type { Answer, Note } from '../questions/question.ts';
import { reply } from '../questions/reply.ts';

/** The most rows that the text shows; the structured content has as many as were asked for. */
const rowsOfText = 25;

/** An answer as a tool's result: its first `maxRows` rows as structured content, the first of these as Markdown. */
export function toolResult(
  name: string,
  asks: string,
  params: Readonly<Record<string, unknown>>,
  answer: Answer,
  dataVersion: string,
  maxRows: number,
): CallToolResult {
  const kept = cut(answer, maxRows);
  const made = reply(name, params, kept, dataVersion);
  return {
    content: [{ type: 'text', text: gist(asks, kept, answer.rows.length) }],
    // through JSON once, so that what a parameter's default left undefined is absent
    structuredContent: JSON.parse(JSON.stringify(made)),
  };
}

/** What went wrong as the tool's own error, which the assistant reads and can act on. */
export function toolFailure(error: unknown, interrupted: boolean): CallToolResult {
  const { lines } = problemsOf(error, false, interrupted);
  const isBug = lines[0]?.startsWith('this is a mistake in headwater') ?? false;
  const text = isBug ? 'this is a mistake in headwater, not in what you asked' : lines.join('\n');
  return { isError: true, content: [{ type: 'text', text }] };
}

const within = (notes: readonly Note[], most: number): Note[] =>
  notes.map((n) => (n.rows ? { ...n, rows: n.rows.filter((r) => r < most) } : n));

function cut(answer: Answer, most: number): Answer {
  const { length } = answer.rows;
  if (length <= most) return answer;
  return {
    ...answer,
    rows: answer.rows.slice(0, most),
    notes: [
      ...within(answer.notes, most),
      {
        code: 'truncated',
        value: length,
        text: `the first ${most} of ${length} rows; ask for more with maxRows`,
      },
    ],
  };
}

function gist(asks: string, kept: Answer, all: number): string {
  const { length } = kept.rows;
  const shown = Math.min(length, rowsOfText);
  if (kept.document || shown === all) return markdownText(asks, kept);
  // sections name rows that are not there
  const { inSections: _, ...view } = kept.view ?? {};
  const short = markdownText(asks, {
    ...kept,
    rows: kept.rows.slice(0, shown),
    // a remark on rows that are not shown would read as one on all
    notes: within(kept.notes, shown).filter((n) => n.rows?.length !== 0),
    view,
  });
  return shown === length ? short : `${short}\n${length - shown} more rows in the structured content.\n`;
}
