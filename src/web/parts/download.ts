import { csvText } from '../../cli/csv.ts';
import type { AnswerRow } from '../../questions/question.ts';
import { standalone } from '../charts/colours.ts';
import type { Picture } from '../charts/svg.ts';

/** Hands a file to the browser. */
function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** `UK board, declared` → `uk-board-declared`. */
export const fileName = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'headwater';

/** Rows as the command line writes them: cells that a spreadsheet would run as formulas are made harmless. */
export const saveCsv = (names: readonly string[], rows: readonly AnswerRow[], name: string): void =>
  save(new Blob([csvText(names, rows)], { type: 'text/csv;charset=utf-8' }), `${fileName(name)}.csv`);

export const saveText = (text: string, type: string, name: string): void =>
  save(new Blob([text], { type }), name);

export const saveSvg = (picture: Picture, theme: 'light' | 'dark', name: string): void =>
  save(new Blob([standalone(picture.svg, theme)], { type: 'image/svg+xml' }), `${fileName(name)}.svg`);

/** The picture at twice its size. */
export async function savePng(picture: Picture, theme: 'light' | 'dark', name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(picture.svg, theme))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * 2;
  canvas.height = picture.height * 2;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'));
  if (blob) save(blob, `${fileName(name)}.png`);
}
