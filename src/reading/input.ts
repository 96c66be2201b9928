import { UsageError } from '../errors.ts';
import { htmlToText, looksLikeHtml } from './html.ts';
import { seemsEnglish } from './language.ts';
import { looksLikeMarkdown, markdownToText } from './markdown.ts';

/** Text that can be read, and what had to be done to it. Offsets of everything found are into `text`, in UTF-16 units. */
export interface PlainText {
  readonly text: string;
  readonly format: 'text' | 'html' | 'markdown';
  /** remarks such as the encoding guessed or a language that is not read; code and sentence */
  readonly notes: readonly { readonly code: string; readonly text: string }[];
}

/** Longest input: about fifteen times a long book. */
const mostBytes = 20_000_000;

/**
 * Bytes of a text, HTML or Markdown file as plain text. UTF-8 and UTF-16 with a mark are read as such; other bytes are
 * taken as windows-1252, with a note. Empty, binary and very large input is refused.
 */
export function readInput(bytes: Uint8Array, name: string): PlainText {
  if (bytes.length > mostBytes)
    throw new UsageError(
      `text too long: at most ${mostBytes / 1e6} MB can be read, ${name} has ${(bytes.length / 1e6).toFixed(1)} MB`,
    );
  const { raw, note } = decode(bytes, name);
  return readText(raw, name, note ? [note] : []);
}

/** The same for text that is decoded already. */
export function readText(
  raw: string,
  name: string,
  before: readonly { code: string; text: string }[] = [],
): PlainText {
  if (raw.length > mostBytes)
    throw new UsageError(`text too long: at most ${mostBytes / 1e6} million characters can be read: ${name}`);
  if (raw.includes('\0')) throw new UsageError(`not a text file; give text, HTML or Markdown: ${name}`);
  const marked = raw
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(/^\uFEFF/, '');
  // plain text keeps its length and its line ends, so that offsets are those of the file
  const asWritten = raw.replace(/^\uFEFF/, ' ').replace(/\r(?!\n)/g, '\n');
  const format = looksLikeHtml(marked)
    ? 'html'
    : /\.(md|markdown)$/i.test(name) || looksLikeMarkdown(marked)
      ? 'markdown'
      : 'text';
  const text =
    format === 'html' ? htmlToText(marked) : format === 'markdown' ? markdownToText(marked) : asWritten;
  if (text.trim() === '')
    throw new UsageError(
      raw.trim() === ''
        ? `empty text; give an article to check: ${name}`
        : `nothing to read once the markup is gone: ${name}`,
    );
  const notes = [...before];
  if (!seemsEnglish(text))
    notes.push({
      code: 'language',
      text: 'this does not seem to be English: claims are read in English only, so most were probably missed',
    });
  return { text, format, notes };
}

function decode(bytes: Uint8Array, name: string): { raw: string; note?: { code: string; text: string } } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { raw: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { raw: new TextDecoder('utf-16be').decode(bytes) };
  const sample = bytes.subarray(0, 65_536);
  let control = 0;
  for (const byte of sample) if (byte === 0 || (byte < 32 && (byte < 8 || byte > 13))) control++;
  if (sample.includes(0) || control > sample.length / 100)
    throw new UsageError(`not a text file; give text, HTML or Markdown: ${name}`);
  try {
    return { raw: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {
      raw: new TextDecoder('windows-1252').decode(bytes),
      note: { code: 'encoding', text: 'not valid UTF-8; read as windows-1252, so some signs may be wrong' },
    };
  }
}
