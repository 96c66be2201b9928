import { cellText, figures, headText, isShare, perCent, unknownMark } from '../cli/cell.ts';
import type { AnswerColumn } from '../questions/question.ts';

export { cellText, figures, headText, isShare, perCent, unknownMark };

/** Words that stand for the ids of a column's values. */
const words: Readonly<Record<string, string>> = {
  mine: 'mined',
  refine: 'refined',
  compound: 'compound',
  product: 'product',
  intermediate: 'intermediate',
  scrap: 'scrap',
  declared: 'declared origin',
  dispatch: 'dispatch',
  traced: 'traced',
  controlled: 'controlled',
  not_in_data: 'not in the data',
  not_checkable: 'not checkable',
};

export const wordOf = (id: unknown): string =>
  typeof id === 'string' ? (words[id] ?? id.replaceAll('_', ' ')) : unknownMark;

/** Tonnes with their unit, unknown as a dash. */
export const tonnes = (value: unknown): string =>
  typeof value === 'number' ? `${figures(value)} t` : unknownMark;

export const dollars = (value: unknown): string =>
  typeof value === 'number' ? `${figures(value)} USD` : unknownMark;

export const share = (value: unknown): string => (typeof value === 'number' ? perCent(value) : unknownMark);

/** 0.311 → `31.1 points`. */
export const points = (value: number): string => `${figures(Math.abs(value) * 100)} points`;

/** True for columns set flush right. */
export const isNumber = (column: AnswerColumn): boolean =>
  column.unit !== '' || /(^|_)(year|rank|ranked|suppliers|month|lists|rows|years)$/.test(column.name);
