import type { Answer, AnswerColumn, AnswerRow, Value } from '../question.ts';

/** One part of a brief: a question, its parameters as typed, and the columns of its answer that are shown. */
export interface Section {
  readonly title: string;
  readonly question: string;
  readonly typed: Readonly<Record<string, readonly string[]>>;
  readonly columns: readonly string[];
  /** the column whose shares are drawn as bars, and the one that names the bars */
  readonly bars?: readonly [value: string, label: string];
  /** rows shown; the whole answer is one command away */
  readonly most: number;
}

export interface Answered {
  readonly section: Section;
  readonly answer: Answer;
}

/** The command that gives a section's answer in full. */
export const commandOf = (section: Section): string =>
  [
    'headwater',
    section.question,
    ...Object.entries(section.typed).map(([name, values]) => `--${name} ${values.join(',')}`),
  ].join(' ');

/** A cell as it is read: shares as per cent, tonnes and money in thousands, nothing for what is not known. */
export function cellText(value: Value | undefined, column: AnswerColumn | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return String(value);
  if (column?.unit === '1') return `${(100 * value).toFixed(1)} %`;
  if (column?.unit)
    return value.toLocaleString('en-GB', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
  return String(Math.round(value * 1e4) / 1e4);
}

/** Rows shown of an answer, with their columns in the order asked for. */
export function shown({ section, answer }: Answered): { columns: AnswerColumn[]; rows: AnswerRow[] } {
  const columns = section.columns.flatMap((name) => answer.columns.find((c) => c.name === name) ?? []);
  return { columns, rows: answer.rows.slice(0, section.most) };
}
