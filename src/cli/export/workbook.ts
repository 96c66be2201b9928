import type { Sheet } from './sheet.ts';

/** Rows that one sheet can hold without the workbook taking all memory; what is larger goes to CSV or Parquet. */
export const mostSheetRows = 100_000;

/** Excel takes no longer text in a cell. */
const longestCell = 32_767;

/**
 * Sheets as one workbook. Texts are written as texts, so that one beginning with = + - or @ is never run as a formula;
 * figures keep their full precision, unknown cells are empty.
 */
export async function workbook(sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const names = sheetNames(sheets.map((s) => s.name));
  const made = writeXlsxFile(
    sheets.map((sheet, k) => ({
      sheet: names[k]!,
      data: [
        Object.keys(sheet.columns).map((name) => ({
          value: name,
          type: String,
          fontWeight: 'bold' as const,
        })),
        ...sheet.rows.map((row) => Object.keys(sheet.columns).map((name) => cell(row[name]))),
      ],
      columns: Object.keys(sheet.columns).map((name) => ({ width: widthOf(sheet, name) })),
      stickyRowsCount: 1,
    })),
  );
  return await made.toBuffer();
}

function cell(value: unknown) {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  if (typeof value === 'boolean') return { value, type: Boolean };
  const text = String(value);
  return { value: text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text, type: String };
}

function widthOf(sheet: Sheet, name: string): number {
  const lengths = sheet.rows.slice(0, 200).map((row) => String(row[name] ?? '').length);
  return Math.min(60, Math.max(name.length, 8, ...lengths)) + 1;
}

/** Names that Excel takes: up to 31 characters, none of []:*?/\, each once whatever the case. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
    let unique = plain;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${plain.slice(0, 28)} ${n}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
