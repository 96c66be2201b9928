import type { AnswerColumn, AnswerRow, Value, View } from '../questions/question.ts';

/** What stands where nothing is known. */
export const unknownMark = '–';

const shareName =
  /(^|_)(share|shares|cap|headroom|coverage|cr1|cr3|reliance|rir|p05|p50|p95|could_move|change_per_year|low|high)$/;

/** True for columns printed as per cent: shares (unit 1) and what is compared with them. */
export const isShare = (column: AnswerColumn): boolean =>
  column.unit === '1' && (shareName.test(column.name) || /(^|_)share(_|$)/.test(column.name));

/** The column as this row means it, where the unit changes from row to row; a unit `share` is read as a share. */
export function meaning(column: AnswerColumn, row: AnswerRow, view: View): AnswerColumn {
  const mixed = view.mixed;
  if (!mixed || ![mixed.value].flat().includes(column.name)) return column;
  const unit = String(row[mixed.unit] ?? '');
  if (unit === 'share') return { ...column, name: 'share', unit: '1' };
  if (unit === 'rank' || unit === 'count') return { ...column, unit: '' };
  return { ...column, name: String(row[mixed.name] ?? ''), unit };
}

const isYear = (column: AnswerColumn) => /(^|_)year$/.test(column.name) || column.unit === 'year';

/** A value as a person reads it: three significant figures, per cent for shares, – for unknown. */
export function cellText(value: Value | undefined, column: AnswerColumn): string {
  if (value === null || value === undefined || value === '') return unknownMark;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replace(/\s+/g, ' ');
  if (isShare(column)) return perCent(value);
  if (isYear(column)) return String(value);
  return column.unit === '' ? integerOrFigures(value) : figures(value);
}

/** 0.7634 → `76.3 %`; a share below 0.05 % that is not zero is `<0.1 %`. */
export function perCent(share: number): string {
  if (share !== 0 && Math.abs(share) < 0.0005) return share < 0 ? '>−0.1 %' : '<0.1 %';
  // a sum of shares may miss 1 by its last binary digits
  if (share < 1 - 1e-9 && share > 0.9995) return '>99.9 %';
  return `${minus((share * 100).toFixed(1).replace(/^(-?)100\.0$/, '$1100'))} %`;
}

const integerOrFigures = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e6 ? grouped(value) : figures(value);

/** Three significant figures; millions as m, thousands of millions as bn: 6543210 → `6.54 m`, 104321 → `104,000`. */
export function figures(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size >= 1e15) return minus(rounded.toExponential(2));
  if (size >= 1e9) return `${significant(rounded / 1e9)} bn`;
  if (size >= 1e6) return `${significant(rounded / 1e6)} m`;
  if (size >= 1000 || size === 0) return grouped(rounded);
  if (size < 1e-4) return minus(rounded.toExponential(2));
  return significant(rounded);
}

const significant = (value: number): string =>
  Math.abs(value) >= 1000 ? grouped(Math.round(value)) : minus(value.toPrecision(3));

const grouped = (value: number): string => {
  const [whole = '', part] = minus(String(value)).split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part ? `${groups}.${part}` : groups;
};

const minus = (text: string): string => text.replace(/^-/, '−');

/** The head of a column: its short name, then its unit. */
export function headText(column: AnswerColumn, heads: Readonly<Record<string, string>> = {}): string {
  const name = heads[column.name];
  if (name !== undefined) return name;
  const plainName = column.name.replace(/_(usd|t|km)$/, '').replaceAll('_', ' ');
  if (isShare(column) || column.unit === '' || column.unit === '1' || column.unit === 'year')
    return plainName;
  return `${plainName}, ${column.unit}`;
}
