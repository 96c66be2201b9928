import type { CellValue } from '../../tables/check.ts';
import type { Column } from '../../tables/define.ts';
import type { Rows } from '../duckdb.ts';
import { columnType } from './ddl.ts';

/**
 * ClickHouse's columnar format `Native`, of the four types that tables have and their nullable forms: numbers travel
 * as they are held, so that not one bit of them changes, which old servers' text does not promise.
 *
 * A block is: number of columns, number of rows (both as variable-length integers); then each column: name, type (both
 * as length and bytes), one byte per row that is 1 for null where the type is nullable, and the values.
 */

class Writer {
  bytes = Buffer.allocUnsafe(1 << 16);
  length = 0;

  room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(wider, 0, 0, this.length);
    this.bytes = wider;
  }
  count(value: number): void {
    this.room(10);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }
  text(value: string): void {
    const { length } = value;
    this.room(3 * length + 10);
    // nearly every text is a short code: written here, without a call for each
    if (length < 0x80) {
      let i = 0;
      for (; i < length; i++) {
        const code = value.charCodeAt(i);
        if (code >= 0x80) break;
        this.bytes[this.length + 1 + i] = code;
      }
      if (i === length) {
        this.bytes[this.length] = length;
        this.length += 1 + length;
        return;
      }
    }
    this.count(Buffer.byteLength(value));
    this.length += this.bytes.write(value, this.length);
  }
}

/** Columns of equal length as one block. Null in a column that may not be null is a mistake of the caller. */
export function encodeBlock(
  columns: readonly (readonly [name: string, column: Pick<Column, 'type' | 'nullable'>])[],
  values: readonly (readonly CellValue[])[],
  rows: number,
): Uint8Array {
  const out = new Writer();
  out.count(columns.length);
  out.count(rows);
  for (const [c, [name, column]] of columns.entries()) {
    const cells = values[c]!;
    out.text(name);
    out.text(columnType(column));
    if (column.nullable) {
      out.room(rows);
      for (let i = 0; i < rows; i++) out.bytes[out.length++] = cells[i] === null ? 1 : 0;
    }
    switch (column.type) {
      case 'text':
        for (let i = 0; i < rows; i++) out.text((cells[i] ?? '') as string);
        break;
      case 'integer':
        out.room(4 * rows);
        for (let i = 0; i < rows; i++)
          out.length = out.bytes.writeInt32LE((cells[i] ?? 0) as number, out.length);
        break;
      case 'number':
        out.room(8 * rows);
        for (let i = 0; i < rows; i++)
          out.length = out.bytes.writeDoubleLE((cells[i] ?? 0) as number, out.length);
        break;
      case 'boolean':
        out.room(rows);
        for (let i = 0; i < rows; i++) out.bytes[out.length++] = cells[i] ? 1 : 0;
        break;
    }
  }
  return out.bytes.subarray(0, out.length);
}

/** Short texts (codes of countries and products, sources) come over and over: each is made once. */
function textReader(bytes: Buffer) {
  const known = new Map<number, string>();
  return (at: number, length: number): string => {
    if (length > 6) return bytes.toString('utf8', at, at + length);
    let key = length;
    for (let i = at; i < at + length; i++) key = key * 256 + bytes[i]!;
    const same = known.get(key);
    if (same !== undefined) return same;
    const text = bytes.toString('utf8', at, at + length);
    known.set(key, text);
    return text;
  };
}

/** Blocks one after another as one set of rows. Throws where the bytes are not whole blocks of these types. */
export function decodeBlocks(bytes: Buffer): Rows {
  let at = 0;
  const broken = (why: string) => new Error(`not whole blocks of rows (${why})`);
  const need = (more: number) => {
    if (at + more > bytes.length) throw broken(`${bytes.length} bytes end within a value`);
  };
  const count = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      need(1);
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const shortText = textReader(bytes);
  const text = (): string => {
    const length = count();
    need(length);
    at += length;
    return shortText(at - length, length);
  };
  const names: string[] = [];
  const columns: CellValue[][] = [];
  let length = 0;
  while (at < bytes.length) {
    const [width, rows] = [count(), count()];
    for (let c = 0; c < width; c++) {
      const name = text();
      if (names[c] === undefined) {
        names.push(name);
        columns.push([]);
      } else if (names[c] !== name) throw broken(`column ${name} where ${names[c]} was before`);
      const declared = text();
      const inner = /^Nullable\((\w+)\)$/.exec(declared)?.[1];
      const type = inner ?? declared;
      const column = columns[c]!;
      let nulls = -1;
      if (inner) {
        need(rows);
        nulls = at;
        at += rows;
      }
      const isNull = (i: number) => nulls >= 0 && bytes[nulls + i] === 1;
      const fixed = (size: number, read: (from: number) => CellValue) => {
        need(size * rows);
        for (let i = 0; i < rows; i++) column.push(isNull(i) ? null : read(at + size * i));
        at += size * rows;
      };
      if (type === 'String')
        for (let i = 0; i < rows; i++) {
          const value = text();
          column.push(isNull(i) ? null : value);
        }
      else if (type === 'Int32') fixed(4, (from) => bytes.readInt32LE(from));
      else if (type === 'Float64') fixed(8, (from) => bytes.readDoubleLE(from));
      else if (type === 'UInt8') fixed(1, (from) => bytes[from]! === 1);
      else if (type === 'UInt64') fixed(8, (from) => Number(bytes.readBigUInt64LE(from)));
      else throw broken(`values of the type ${declared.slice(0, 40)}`);
    }
    length += rows;
  }
  return { names, columns, length };
}
