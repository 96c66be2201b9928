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
  /** which rows are worth showing, where not all are; `left` says what the others are */
  readonly keep?: (row: AnswerRow, index: number, rows: readonly AnswerRow[]) => boolean;
  readonly left?: string;
  /** the end of the answer first: what is newest */
  readonly newestFirst?: boolean;
  /** first the rows with the largest figure in this column */
  readonly largestFirst?: string;
  /** a figure of the answer taken apart, for `explain` */
  readonly figure?: string;
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
    ...(section.question === 'check' ? ['FILE'] : []),
    ...Object.entries(section.typed).map(([name, values]) =>
      values.length === 1 && values[0] === 'true' ? `--${name}` : `--${name} ${values.join(',')}`,
    ),
  ].join(' ');

/** How ids are written for people. */
export interface Names {
  readonly country: (id: string) => string;
  readonly mineral: (id: string) => string;
}
const plain: Names = { country: (id) => id, mineral: (id) => id };

const signs: Readonly<Record<string, string>> = { '>=': '≥ ', '<=': '≤ ', '~': 'about ' };

/** What a claim says and what was found, in the claim's own unit. */
export function claimCell(row: AnswerRow, name: 'claimed' | 'found'): string {
  const value = row[name];
  if (typeof value !== 'number') return value === null || value === undefined ? '' : String(value);
  const sign = name === 'claimed' ? (signs[String(row.comparator)] ?? '') : '';
  if (row.unit === 'share') return `${sign}${(100 * value).toFixed(1)} %`;
  const number = value.toLocaleString('en-GB');
  if (row.unit === 'rank') return `rank ${sign}${number}`;
  if (row.unit === 't') return `${sign}${number} t`;
  if (row.kind === 'ownership') return `${number} on record`;
  return `${sign}${number}`;
}

/** A cell as it is read: shares as per cent, tonnes and money in thousands, nothing for what is not known. */
export function cellText(
  value: Value | undefined,
  column: AnswerColumn | undefined,
  names: Names = plain,
): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'number') {
    if (/(^|_)(country|partner|origin)$/.test(column?.name ?? ''))
      return value.split(';').map(names.country).join(', ');
    if (/^minerals?$/.test(column?.name ?? '')) return value.split(';').map(names.mineral).join(', ');
    return column?.name === 'verdict' || column?.name === 'status' ? value.replaceAll('_', ' ') : value;
  }
  if (column?.unit === '1') return `${(100 * value).toFixed(1)} %`;
  if (column?.unit)
    return value.toLocaleString('en-GB', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
  return String(Math.round(value * 1e4) / 1e4);
}

/** The command that takes the first figure shown apart: rows, formula, sources. */
export function explainOf(part: Answered): string | null {
  const { section, answer } = part;
  const { figure } = section;
  const first =
    figure === undefined ? undefined : worthShowing(part).find((r) => typeof r[figure] === 'number');
  return first === undefined
    ? null
    : `${commandOf(section).replace('headwater ', 'headwater explain ')} --row ${answer.rows.indexOf(first)} --column ${figure}`;
}

/** Rows worth showing of an answer, in the order of showing, before the cut at `most`. */
export function worthShowing({ section, answer }: Answered): AnswerRow[] {
  const kept = section.keep ? answer.rows.filter(section.keep) : [...answer.rows];
  // nothing known: the rows themselves say why
  if (kept.length === 0) kept.push(...answer.rows);
  if (section.newestFirst) kept.reverse();
  const by = section.largestFirst;
  if (by) {
    const size = (r: AnswerRow) => (typeof r[by] === 'number' ? (r[by] as number) : -1);
    kept.sort((a, b) => size(b) - size(a));
  }
  return kept;
}

/** Rows shown of an answer, with their columns in the order asked for; columns empty in all of them are left out. */
export function shown(part: Answered): { columns: AnswerColumn[]; rows: AnswerRow[] } {
  const rows = worthShowing(part).slice(0, part.section.most);
  const columns = part.section.columns.flatMap(
    (name) => part.answer.columns.find((c) => c.name === name) ?? [],
  );
  return { columns: columns.filter((c) => rows.some((r) => filled(r[c.name]))), rows };
}

const filled = (value: Value | undefined) => value !== null && value !== undefined && value !== '';

/** What is not shown, and the command that shows it. */
export function leftOut(part: Answered): string[] {
  const { section, answer } = part;
  const worth = worthShowing(part).length;
  const lines: string[] = [];
  if (worth < answer.rows.length)
    lines.push(`${answer.rows.length - worth} ${section.left ?? 'more rows'} not shown.`);
  if (worth > section.most) lines.push(`${worth - section.most} more rows not shown.`);
  return lines;
}
