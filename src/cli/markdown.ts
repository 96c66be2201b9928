import type { Answer } from '../questions/question.ts';
import { cellText, headText, meaning } from './cell.ts';

/** An answer as Markdown: what was found, a table, the notes, the sources with the attribution they ask for. */
export function markdownText(asks: string, answer: Answer): string {
  if (answer.document) return `${answer.document.md.trimEnd()}\n`;
  const view = answer.view ?? {};
  // names and shares that share a cell on a terminal have a column each here
  const columns = view.columns
    ? view.columns
        .flatMap((name) => [name, view.pairs?.[name]])
        .flatMap((name) => answer.columns.find((c) => c.name === name) ?? [])
    : answer.columns;
  const isNumber = columns.map((c) => answer.rows.some((r) => typeof r[c.name] === 'number'));
  const lines = [...(view.headline ?? [asks]).flatMap((s) => [escaped(s), ''])];
  const sections =
    view.inSections && view.sections
      ? view.sections
      : [{ title: '', rows: answer.rows.map((_, k) => k) }].filter((s) => s.rows.length > 0);
  for (const section of sections) {
    if (section.title) lines.push(`## ${escaped(section.title)}`, '');
    lines.push(line(columns.map((c) => headText(c, view.heads))));
    lines.push(`|${isNumber.map((n) => (n ? ' ---: ' : ' --- ')).join('|')}|`);
    for (const k of section.rows) {
      const row = answer.rows[k]!;
      lines.push(line(columns.map((c) => cellText(row[c.name], meaning(c, row, view)))));
    }
    lines.push('');
  }
  if (view.inSections) for (const sentence of view.after ?? []) lines.push(escaped(sentence), '');
  if (view.inSections)
    for (const list of view.lists ?? [])
      lines.push(`## ${escaped(list.title)}`, '', ...list.entries.map((e) => `- ${escaped(e)}`), '');
  // in sections rows have no numbers that a note could name
  const notes = answer.notes.filter((n) => !view.inSections || !view.quietNotes?.includes(n.code));
  for (const note of notes) lines.push(`- ${escaped(note.text)}${view.inSections ? '' : places(note.rows)}`);
  if (notes.length > 0) lines.push('');
  if (answer.sources.length > 0) {
    lines.push('Sources:', '');
    for (const s of answer.sources)
      lines.push(`- ${escaped(`${s.title}, ${s.release}. ${s.licence}. ${s.citation}`)}`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

const places = (rows: readonly number[] | undefined): string =>
  rows?.length ? ` (row${rows.length === 1 ? '' : 's'} ${rows.map((r) => r + 1).join(', ')})` : '';

const escaped = (text: string): string => text.replace(/[\\|<>*_`[\]]/g, '\\$&').replace(/\s+/g, ' ');
