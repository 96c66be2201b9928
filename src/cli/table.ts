import type { Answer, AnswerColumn, AnswerRow, Note, View } from '../questions/question.ts';
import { bar, barWidth } from './bar.ts';
import { cellText, headText, unknownMark } from './cell.ts';
import type { Style } from './style.ts';
import { pad, truncate, widthOf, wrap } from './wrap.ts';

/** A column as laid out: text columns may shrink to `least`, others keep their width or go. */
interface Laid {
  readonly column: AnswerColumn;
  readonly head: string;
  readonly right: boolean;
  readonly shrinks: boolean;
  readonly drawn: boolean;
  width: number;
}

const gap = '  ';
const least = 12;

/**
 * An answer for a person at a terminal: what was found in a sentence, the columns that fit, notes, sources.
 *
 * @param columns width of the terminal
 */
export function tableText(asks: string, answer: Answer, columns: number, style: Style): string {
  const view = answer.view ?? {};
  const marks = marksOf(answer.notes, view);
  const lines: string[] = [];
  for (const sentence of view.headline ?? [asks])
    lines.push(...wrap(sentence, columns).map((l) => style.strong(l)));
  lines.push('');
  if (answer.rows.length === 0) lines.push('Nothing in the data answers this.');
  else lines.push(...tableLines(answer, view, marks, columns, style));
  lines.push(...noteLines(answer.notes, view, marks, columns, style));
  lines.push(...sourceLines(answer, columns, style));
  return `${lines.map((l) => l.trimEnd()).join('\n')}\n`;
}

/** Numbers of the notes that belong to rows: superscripts beside the cell. */
interface Marks {
  readonly of: (row: number) => string;
  readonly numberOf: (note: Note) => string;
}

function marksOf(notes: readonly Note[], view: View): Marks {
  const rows = new Map<number, string[]>();
  const numbers = new Map<Note, string>();
  for (const note of notes) {
    if (!note.rows?.length || view.quietNotes?.includes(note.code)) continue;
    const mark = superscript(numbers.size + 1);
    numbers.set(note, mark);
    for (const row of note.rows) rows.set(row, [...(rows.get(row) ?? []), mark]);
  }
  return { of: (row) => (rows.get(row) ?? []).join('˒'), numberOf: (note) => numbers.get(note) ?? '' };
}

const superscript = (n: number): string => String(n).replace(/\d/g, (d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]!);

function tableLines(answer: Answer, view: View, marks: Marks, columns: number, style: Style): string[] {
  const sections = view.sections ?? [{ title: '', rows: answer.rows.map((_, i) => i) }];
  const shown = sections.flatMap((s) => s.rows);
  const chosen = columnsOf(answer, view);
  // a note's mark stands at the row's first unknown cell, else at its first cell
  const text = (row: number, column: AnswerColumn): string => {
    const cell = (c: AnswerColumn) => cellText(answer.rows[row]![c.name], c);
    const marked = chosen.find((c) => c !== barColumn && cell(c) === unknownMark) ?? chosen[0];
    return column === marked ? cell(column) + marks.of(row) : cell(column);
  };
  const laid = squeeze(
    chosen.map((column) => lay(column, view, answer.rows, shown, text)),
    columns,
  );
  const dropped = chosen.filter((c) => !laid.some((l) => l.column === c));

  const lines = [laid.map((l) => style.faint(pad(truncate(l.head, l.width), l.width, l.right))).join(gap)];
  for (const section of sections) {
    if (section.title) lines.push('', style.strong(section.title));
    let before: unknown;
    for (const row of section.rows) {
      const group = view.group && answer.rows[row]![view.group];
      const repeated = view.group !== undefined && group === before;
      before = group;
      lines.push(rowLine(answer.rows[row]!, row, laid, view, repeated, text, style));
    }
  }
  const missing = answer.rows.length - shown.length;
  const left: string[] = [];
  if (missing > 0) left.push(`${missing} more row${missing === 1 ? '' : 's'}`);
  if (dropped.length > 0)
    left.push(
      `${dropped.length} more column${dropped.length === 1 ? '' : 's'} (${dropped.map((c) => c.name).join(', ')})`,
    );
  if (left.length > 0)
    lines.push(
      '',
      ...wrap(`${left.join(' and ')} with --format csv or json.`, columns).map((l) => style.faint(l)),
    );
  return lines;
}

function rowLine(
  row: AnswerRow,
  index: number,
  laid: readonly Laid[],
  view: View,
  repeated: boolean,
  text: (row: number, column: AnswerColumn) => string,
  style: Style,
): string {
  const warned = view.warn !== undefined && row[view.warn] === true;
  return laid
    .map((l) => {
      if (l.drawn)
        return bar(
          share(row, view.bar!.share),
          share(row, view.bar!.second),
          share(row, view.bar!.limit),
          style,
        );
      if (repeated && l.column.name === view.group) return ' '.repeat(l.width);
      const cell = pad(truncate(text(index, l.column), l.width), l.width, l.right);
      return warned && l.column.name === view.bar?.share ? style.warn(cell) : cell;
    })
    .join(gap);
}

const share = (row: AnswerRow, name: string | undefined): number | null => {
  const value = name === undefined ? null : row[name];
  return typeof value === 'number' ? value : null;
};

const barColumn: AnswerColumn = { name: ' bar', unit: '', about: '' };

function columnsOf(answer: Answer, view: View): AnswerColumn[] {
  const named = new Map(answer.columns.map((c) => [c.name, c]));
  const chosen = view.columns
    ? view.columns.flatMap((name) => named.get(name) ?? [])
    : answer.columns.filter((c) => answer.rows.some((r) => r[c.name] !== null && r[c.name] !== undefined));
  if (!view.bar) return chosen;
  const at = chosen.findIndex((c) => c.name === view.bar!.share);
  return at < 0 ? chosen : [...chosen.slice(0, at + 1), barColumn, ...chosen.slice(at + 1)];
}

function lay(
  column: AnswerColumn,
  view: View,
  rows: readonly AnswerRow[],
  shown: readonly number[],
  text: (row: number, column: AnswerColumn) => string,
): Laid {
  if (column === barColumn)
    return {
      column,
      head: view.bar!.limit ? '0 %   (│ limit) 100 %' : '0 %            100 %',
      right: false,
      shrinks: false,
      drawn: true,
      width: barWidth,
    };
  const isText = !rows.some((r) => typeof r[column.name] === 'number');
  const head = headText(column, view.heads);
  const natural = Math.max(...shown.map((r) => widthOf(text(r, column))), 1);
  const width = Math.max(natural, Math.min(widthOf(head), isText ? least : 99));
  return { column, head, right: !isText, shrinks: isText, drawn: false, width };
}

/** Shrinks text columns, then drops columns from the end, until the rest fits. */
function squeeze(laid: Laid[], columns: number): Laid[] {
  const total = (all: readonly Laid[]) => all.reduce((sum, l) => sum + l.width + gap.length, -gap.length);
  const kept = [...laid];
  for (;;) {
    let over = total(kept) - columns;
    if (over <= 0) return kept;
    const room = kept.filter((l) => l.shrinks).reduce((sum, l) => sum + Math.max(0, l.width - least), 0);
    if (room >= over || kept.length === 1) {
      while (over > 0) {
        const widest = kept.filter((l) => l.shrinks && l.width > 4).sort((a, b) => b.width - a.width)[0];
        if (!widest) return kept;
        widest.width--;
        over--;
      }
      return kept;
    }
    kept.pop();
  }
}

function noteLines(
  notes: readonly Note[],
  view: View,
  marks: Marks,
  columns: number,
  style: Style,
): string[] {
  const shown = notes.filter((n) => !view.quietNotes?.includes(n.code));
  if (shown.length === 0) return [];
  return [
    '',
    ...shown.flatMap((note) => {
      const mark = marks.numberOf(note) || '·';
      return wrap(`${mark} ${note.text}`, columns, '  ').map((l) => style.faint(l));
    }),
  ];
}

function sourceLines(answer: Answer, columns: number, style: Style): string[] {
  if (answer.sources.length === 0) return [];
  const cited = answer.sources.map((s) => `${s.title}, ${s.release} (${s.licence})`).join('; ');
  return ['', ...wrap(`Sources: ${cited}.`, columns, '  ').map((l) => style.faint(l))];
}
