/**
 * Comma-separated text (RFC 4180) in pieces, as it arrives: lines end in LF or CRLF, cells may be quoted, a quoted
 * cell may hold commas, doubled quotes and line breaks. Records carry the line of the text on which they begin.
 */
export interface CsvReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

export interface CsvEvents {
  readonly record: (line: number, cells: readonly string[]) => void;
  /** a record that is not CSV; `cell` is its 0-based place */
  readonly malformed: (line: number, cell: number, why: string) => void;
}

/** A record longer than this (in UTF-16 units) is given up: it is an unclosed quote or no CSV at all. */
const longestRecord = 16_000_000;

type Scan = { readonly cells: string[]; readonly why: string | null };

const open = 'a quote that is never closed';

/** Splits one record that holds quotes. On failure `cells` are those before the bad one. */
function scan(text: string): Scan {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const comma = text.indexOf(',', at);
      const cell = comma < 0 ? text.slice(at) : text.slice(at, comma);
      if (cell.includes('"')) return { cells, why: 'a quote inside a cell that is not quoted' };
      cells.push(cell);
      if (comma < 0) return { cells, why: null };
      at = comma + 1;
      continue;
    }
    let cell = '';
    let from = at + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return { cells, why: open };
      cell += text.slice(from, quote);
      from = quote + 1;
      if (text[from] !== '"') break;
      cell += '"';
      from++;
    }
    cells.push(cell);
    if (from === text.length) return { cells, why: null };
    if (text[from] !== ',') {
      cells.pop();
      return { cells, why: 'text after a closing quote' };
    }
    at = from + 1;
  }
}

const oddQuotes = (text: string): boolean => {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
};

export function csvReader({ record, malformed }: CsvEvents): CsvReader {
  let rest = '';
  let line = 0;
  /** lines of a record whose quote is still open */
  let pending: string[] = [];
  let pendingLine = 0;
  let pendingLength = 0;
  let givenUp = false;

  const emit = (start: number, text: string) => {
    if (!text.includes('"')) {
      const cr = text.indexOf('\r');
      if (cr >= 0)
        malformed(start, text.slice(0, cr).split(',').length - 1, 'a carriage return that ends no line');
      else record(start, text.split(','));
      return;
    }
    const { cells, why } = scan(text);
    if (why === null) record(start, cells);
    else malformed(start, cells.length, why);
  };
  const giveUp = (start: number, text: string) => {
    givenUp = true;
    malformed(start, scan(text).cells.length, 'a cell over 1 MB, or a quote that is never closed');
  };
  const take = (raw: string) => {
    line++;
    if (pending.length > 0) {
      pending.push(raw);
      pendingLength += raw.length;
      if (pendingLength > longestRecord) giveUp(pendingLine, pending.join('\n'));
      else if (oddQuotes(raw)) {
        const text = pending.join('\n');
        pending = [];
        emit(pendingLine, text.endsWith('\r') ? text.slice(0, -1) : text);
      }
      return;
    }
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (text === '') return;
    if (oddQuotes(text) && scan(text).why === open) {
      pending = [raw];
      pendingLine = line;
      pendingLength = raw.length;
    } else emit(line, text);
  };

  return {
    push(text) {
      if (givenUp) return;
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const each of lines) {
        take(each);
        if (givenUp) return;
      }
      if (rest.length > longestRecord) giveUp(line + 1, rest);
    },
    end() {
      if (givenUp) return;
      if (rest !== '') take(rest);
      rest = '';
      if (pending.length > 0) malformed(pendingLine, scan(pending.join('\n')).cells.length, open);
    },
  };
}
