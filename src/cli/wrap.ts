/** Columns that a text takes on a terminal: letters, without marks that stand on them. */
export const widthOf = (text: string): number => [...text.normalize('NFC').replace(/\p{M}/gu, '')].length;

export const pad = (text: string, width: number, right: boolean): string => {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
};

/** The text if it fits, else its beginning and … */
export const truncate = (text: string, width: number): string =>
  widthOf(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;

/** Spaces at which a line may break: not between a number and its unit. */
const gap = /(?<!\d)[ \t\r\n]+|[ \t\r\n]+(?!(?:%|t|m|bn|km|USD)(?![\p{L}\d]))/u;

/** Lines of at most `width`, broken at spaces (not at no-break spaces); lines after the first are indented by `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(gap).filter(Boolean)) {
    const longer = line.trim() === '' ? line + word : `${line} ${word}`;
    if (widthOf(longer) > width && line.trim() !== '') {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  if (line.trim() !== '') lines.push(line);
  return lines;
}
