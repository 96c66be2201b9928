import type { Answer, AnswerColumn, AnswerRow, Note, View } from '../questions/question.ts';
import { bar, barWidth, leastBar } from './bar.ts';
import { cellText, headText, meaning, perCent, unknownMark } from './cell.ts';
import type { Style } from './style.ts';
import { pad, truncate, widthOf, wrap } from './wrap.ts';

/** A column as laid out: text columns may shrink to `least`, others keep their width or go. */
interface Laid {
  readonly column: AnswerColumn;
  readonly head: string;
  readonly right: boolean;
  /** width below which it is not shrunk; null where it keeps its width */
  readonly least: number | null;
  readonly drawn: boolean;
  /** true where a text too long goes on in further lines */
  readonly wraps: boolean;
  width: number;
}

const gap = '  ';
const leastName = 12;
const leastSentence = 24;

/**
 * An answer for a person at a terminal: what was found in a sentence, the columns that fit, notes, sources.
 *
 * @param columns width of the terminal
 */
export function tableText(asks: string, answer: Answer, columns: number, style: Style): string {
  const view = answer.view ?? {};
  // rows of a digest are not those that notes name
  const own = view.digest ? answer.notes.map(({ rows: _, ...n }) => n as Note) : answer.notes;
  const marks = marksOf(own, view, answer.rows.length);
  const lines: string[] = [];
  for (const sentence of view.headline ?? [asks])
    lines.push(...wrap(sentence, columns).map((l) => style.strong(l)));
  lines.push('');
  if (answer.rows.length === 0)
    lines.push(...wrap(view.empty ?? 'Nothing in the data answers this.', columns));
  else lines.push(...tableLines({ ...answer, ...view.digest }, view, marks, columns, style));
  lines.push(...noteLines(own, view, marks, columns, style));
  lines.push(...sourceLines(answer, columns, style));
  // no-break spaces kept figures and their units on one line; what is printed can be searched
  const printed = lines.map((l) => l.trimEnd().replaceAll('\u00a0', ' '));
  return `${printed.filter((l, k) => l !== '' || printed[k - 1] !== '').join('\n')}\n`;
}

/** Numbers of the notes that belong to rows: superscripts beside the cell. */
interface Marks {
  readonly of: (row: number) => string;
  readonly numberOf: (note: Note) => string;
}

function marksOf(notes: readonly Note[], view: View, all: number): Marks {
  const rows = new Map<number, string[]>();
  const numbers = new Map<Note, string>();
  const onScreen = view.sections && new Set(view.sections.flatMap((s) => s.rows));
  for (const note of notes) {
    if (!note.rows?.length || view.quietNotes?.includes(note.code)) continue;
    const marked = new Set(onScreen ? note.rows.filter((r) => onScreen.has(r)) : note.rows).size;
    // a mark on every row tells no row apart
    if (marked === 0 || (marked > 1 && marked === (onScreen?.size ?? all))) continue;
    const mark = superscript(numbers.size + 1);
    numbers.set(note, mark);
    for (const row of note.rows) rows.set(row, [...(rows.get(row) ?? []), mark]);
  }
  return {
    of: (row) => (rows.get(row) ?? []).join(numbers.size > 9 ? '˒' : ''),
    numberOf: (note) => numbers.get(note) ?? '',
  };
}

const superscript = (n: number): string => String(n).replace(/\d/g, (d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(d)]!);

function tableLines(
  answer: Pick<Answer, 'columns'> & { readonly rows: readonly AnswerRow[] },
  view: View,
  marks: Marks,
  columns: number,
  style: Style,
): string[] {
  const sections = view.sections ?? [{ title: '', rows: answer.rows.map((_, i) => i) }];
  const shown = sections.flatMap((s) => s.rows);
  const chosen = columnsOf(answer, view);
  // the marks of a row's notes stand at its first cell, also where that repeats the row above and is left blank
  const text = (row: number, column: AnswerColumn, blank = false): string => {
    const cell = blank ? '' : cellOf(answer.rows[row]!, column, view);
    return column === chosen[0] ? cell + marks.of(row) : cell;
  };
  const laid = squeeze(
    chosen.map((column) => lay(column, view, answer.rows, shown, text)),
    columns,
  );
  const dropped = chosen
    .filter((c) => !laid.some((l) => l.column === c) && c !== barColumn)
    .flatMap((c) => [c.name, ...(view.pairs?.[c.name] ? [view.pairs[c.name]!] : [])]);

  const headOf = (l: Laid) => (l.drawn ? barHead(answer.rows, view, l.width) : truncate(l.head, l.width));
  // an answer that is all sentences has no rows on screen, so no heads
  const lines = shown.length
    ? [laid.map((l) => style.faint(pad(headOf(l), l.width, l.right))).join(gap)]
    : [];
  for (const section of sections) {
    if (section.title) lines.push('', style.strong(section.title));
    let before: unknown;
    for (const row of section.rows) {
      const group = view.group && answer.rows[row]![view.group];
      const repeated = view.group !== undefined && group === before;
      before = group;
      lines.push(...rowLines(answer.rows[row]!, row, laid, view, repeated, text, style));
    }
  }
  const missing = answer.rows.length - shown.length;
  const left: string[] = [];
  if (missing > 0 && !view.after?.length && !view.lists?.length)
    left.push(`${missing} more row${missing === 1 ? '' : 's'}`);
  if (dropped.length > 0 && shown.length > 0)
    left.push(`${dropped.length} more column${dropped.length === 1 ? '' : 's'} (${dropped.join(', ')})`);
  for (const sentence of view.after ?? []) lines.push('', ...wrap(sentence, columns));
  for (const list of view.lists ?? []) {
    lines.push('', ...wrap(list.title, columns).map((l) => style.strong(l)));
    for (const entry of list.entries) lines.push(...wrap(entry, columns, '  '));
  }
  if (left.length > 0)
    lines.push(
      '',
      ...wrap(`${left.join(' and ')} with --format csv or json.`, columns).map((l) => style.faint(l)),
    );
  return lines;
}

/** A cell as printed; a name and its share in one where the view pairs them. */
function cellOf(row: AnswerRow, column: AnswerColumn, view: View): string {
  const paired = view.pairs?.[column.name];
  const other = view.instead?.[column.name];
  if (other && row[column.name] === null && typeof row[other.column] === 'number')
    return `${cellText(row[other.column], { ...column, name: other.column, unit: other.unit })} ${other.unit}`;
  if (paired === undefined) return cellText(row[column.name], meaning(column, row, view));
  const value = row[paired];
  const name = row[column.name];
  if (typeof value !== 'number') return typeof name === 'string' ? name : unknownMark;
  return `${name ?? unknownMark} ${perCent(value).padStart(6)}`;
}

/** A text in lines; ids in a list stand apart, and one wider than a line goes on after an underscore. */
function cellLines(text: string, width: number): string[] {
  const parts = new RegExp(`.{1,${width - 1}}_|.{1,${width}}`, 'gu');
  return wrap(text.replace(/;(?=\S)/g, '; '), width).flatMap((line) =>
    widthOf(line) > width ? (line.match(parts) ?? []) : [line],
  );
}

/** One line, or several where a cell goes on. */
function rowLines(
  row: AnswerRow,
  index: number,
  laid: readonly Laid[],
  view: View,
  repeated: boolean,
  text: (row: number, column: AnswerColumn, blank?: boolean) => string,
  style: Style,
): string[] {
  const warned = view.warn !== undefined && row[view.warn] === true;
  const cells = laid.map((l) => {
    if (l.drawn)
      return [
        bar(
          share(row, view.bar!.share),
          share(row, view.bar!.second),
          share(row, view.bar!.limit),
          style,
          l.width,
        ),
      ];
    const whole = text(index, l.column, repeated && l.column.name === view.group);
    return (l.wraps ? cellLines(whole, l.width) : [truncate(whole, l.width)]).map((part) => {
      const cell = pad(part, l.width, l.right);
      return warned && showsShare(l.column, view) ? style.warn(cell) : cell;
    });
  });
  return Array.from({ length: Math.max(...cells.map((c) => c.length)) }, (_, line) =>
    cells.map((c, k) => c[line] ?? ' '.repeat(laid[k]!.width)).join(gap),
  );
}

const share = (row: AnswerRow, name: string | undefined): number | null => {
  const value = name === undefined ? null : row[name];
  return typeof value === 'number' ? value : null;
};

/** True for the column that prints the share of the bar, alone or beside a name. */
const showsShare = (column: AnswerColumn, view: View): boolean =>
  view.bar !== undefined && (view.pairs?.[column.name] ?? column.name) === view.bar.share;

const barColumn: AnswerColumn = { name: ' bar', unit: '', about: '' };

function columnsOf(
  answer: Pick<Answer, 'columns'> & { readonly rows: readonly AnswerRow[] },
  view: View,
): AnswerColumn[] {
  const named = new Map(answer.columns.map((c) => [c.name, c]));
  const wanted = view.columns ? view.columns.flatMap((name) => named.get(name) ?? []) : answer.columns;
  const chosen = wanted.filter((c) => answer.rows.some((r) => r[c.name] !== null && r[c.name] !== undefined));
  if (chosen.length === 0) return [...answer.columns.slice(0, 1)];
  if (!view.bar) return chosen;
  const at = chosen.findIndex((c) => showsShare(c, view));
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
      head: barHead(rows, view, barWidth),
      right: false,
      least: leastBar,
      drawn: true,
      wraps: false,
      width: barWidth,
    };
  const isText = !rows.some((r) => typeof r[column.name] === 'number');
  const head = headText(column, view.heads);
  const enough = view.wraps?.[column.name] ?? Infinity;
  const natural = Math.min(enough, Math.max(...shown.map((r) => widthOf(text(r, column))), 1));
  const least = isText ? (view.least?.[column.name] ?? (natural > 30 ? leastSentence : leastName)) : null;
  const width = Math.max(natural, Math.min(widthOf(head), least ?? Infinity));
  const wraps = isText && view.wraps?.[column.name] !== undefined;
  return { column, head, right: !isText, least, drawn: false, wraps, width };
}

/** 0 and 100 % at the ends and, where it is the same in every row, the limit above its mark; alone if room is short. */
function barHead(rows: readonly AnswerRow[], view: View, width: number): string {
  const limits = new Set(rows.map((r) => share(r, view.bar!.limit)).filter((l) => l !== null));
  const head = [...pad('0', width - 5, false), ...'100 %'];
  const [limit] = limits;
  if (limits.size !== 1 || limit === undefined) return head.join('');
  const label = `${Number((limit * 100).toFixed(1))} %`;
  const at = Math.round(limit * width) - 2;
  const fits = at >= 2 && at + label.length <= width - 6;
  if (!fits && width === barWidth) return head.join('');
  const place = fits ? at : Math.max(0, Math.min(width - label.length, at));
  const under = fits ? head : [...' '.repeat(width)];
  under.splice(place, label.length, ...label);
  return under.join('');
}

/** Shrinks text columns, then drops columns from the end, until the rest fits. */
function squeeze(laid: Laid[], columns: number): Laid[] {
  const total = (all: readonly Laid[]) => all.reduce((sum, l) => sum + l.width + gap.length, -gap.length);
  const kept = [...laid];
  const room = (l: Laid) => (l.least === null ? 0 : Math.max(0, l.width - l.least));
  while (total(kept) > columns) {
    const over = total(kept) - columns;
    if (kept.reduce((sum, l) => sum + room(l), 0) < over && kept.length > 1) {
      kept.pop();
      continue;
    }
    const [widest] = kept.toSorted((x, y) => room(y) - room(x) || y.width - x.width);
    if (widest === undefined || widest.width <= 4) return kept;
    widest.width--;
  }
  return kept;
}

function noteLines(
  notes: readonly Note[],
  view: View,
  marks: Marks,
  columns: number,
  style: Style,
): string[] {
  const onScreen = view.sections && new Set(view.sections.flatMap((s) => s.rows));
  const shown = notes.filter(
    (n) =>
      !view.quietNotes?.includes(n.code) &&
      (!onScreen || !n.rows?.length || n.rows.some((r) => onScreen.has(r))),
  );
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
