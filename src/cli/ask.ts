import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { answered } from '../questions/answered.ts';
import { fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';
import { readParams, type Typed } from '../questions/read-params.ts';
import { reply } from '../questions/reply.ts';
import { optionsOfFolder } from '../store/folder-options.ts';
import { didYouMean } from '../tables/nearest.ts';
import type { CommonOptions, Format } from './options.ts';
import { formats } from './options.ts';
import { print, remarks } from './print.ts';
import type { OpenOptions, Shell } from './shell.ts';

/** Reads the parameters, asks the question of the data named and prints the answer. */
export async function ask(
  question: Question,
  typed: Typed,
  common: CommonOptions,
  shell: Shell,
): Promise<void> {
  const format = formatOf(common.format);
  const { texts, values } = await withFile(question, typed, shell);
  const asked = readParams(question, texts, (f) => `--${f.option}`, values);
  const params = format === 'html' && question.documentBy ? { ...asked, [question.documentBy]: true } : asked;
  const progress = progressFor(common, shell);
  const world = await shell.openWorld({
    ...dataOf(common, shell),
    signal: shell.signal,
    progress: progress.show,
  });
  try {
    const openFolder = (folder: string) =>
      shell.openWorld({ ...optionsOfFolder(folder), signal: shell.signal });
    const answer = await answered(question, params, { ...world, openFolder });
    // a long answer that was interrupted says so and holds what was done: that is printed before the end
    if (!answer.notes.some((n) => n.code === 'interrupted')) shell.signal.throwIfAborted();
    progress.clear();
    const made = reply(question.name, params, answer, world.dataVersion);
    await shell.out(print(format, question.asks, answer, made, shell));
    if (format === 'csv' && !common.quiet) shell.err(remarks(answer));
    shell.signal.throwIfAborted();
  } finally {
    progress.clear();
    await world.close();
  }
}

/** The data that the options name. A password that is in no address stays out of the list of processes. */
export function dataOf(
  common: {
    readonly [K in 'data' | 'with' | 'store']?: string | undefined;
  } & { readonly partial?: boolean | undefined },
  shell: Pick<Shell, 'env'>,
): OpenOptions {
  const password = shell.env.CLICKHOUSE_PASSWORD;
  return {
    ...(common.store !== undefined && { store: common.store, ...(password && { storePassword: password }) }),
    ...(common.partial && { partial: true }),
    ...(common.data !== undefined && { data: common.data }),
    ...(common.with !== undefined && { with: common.with }),
  };
}

function formatOf(text: string | undefined): Format {
  const format = formats.find((f) => f === (text ?? 'table'));
  if (!format)
    throw new UsageError(
      `--format must be one of ${formats.join(', ')}: "${text}"${didYouMean(text ?? '', formats)}`,
    );
  return format;
}

/** Replaces the name of a file given for the question's `body` parameter by what the file holds. */
export async function withFile(
  question: Question,
  typed: Typed,
  shell: Shell,
): Promise<{ texts: Typed; values: Record<string, unknown> }> {
  const body = question.body;
  const names = body === undefined ? undefined : typed[body];
  if (body === undefined || names === undefined || names.length === 0) return { texts: typed, values: {} };
  const { [body]: _, ...texts } = typed;
  const name = names[0]!;
  if (names.length > 1) throw new UsageError(`only one file at a time: "${names[1]}"`);
  const shipped = question.named?.(name);
  if (shipped !== undefined) return { texts, values: { [body]: shipped } };
  const text = name === '-' ? await shell.stdin() : await read(name);
  const field = fieldsOf(question.params).find((f) => f.name === body)!;
  if (field.kind !== 'json') {
    if (text.trim() === '') throw new UsageError(`empty file, nothing to read in it: "${name}"`);
    return { texts, values: { [body]: text } };
  }
  try {
    return { texts, values: { [body]: JSON.parse(text) } };
  } catch (error) {
    throw new UsageError(`not a JSON file (${(error as Error).message.split('\n')[0]}): "${name}"`);
  }
}

/** Longest file that is read as a parameter: about fifteen times a long book. */
const longest = 20_000_000;

async function read(name: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(name);
  } catch (error) {
    const why = { ENOENT: 'no such file', EISDIR: 'a folder, not a file', EACCES: 'no permission to read' };
    const code = (error as NodeJS.ErrnoException).code as keyof typeof why;
    throw new UsageError(`cannot read the file (${why[code] ?? code}): "${name}"`);
  }
  if (bytes.length > longest)
    throw new UsageError(
      `file too long: at most ${longest / 1e6} MB can be read, this has ${(bytes.length / 1e6).toFixed(1)} MB: "${name}"`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`not a text file in UTF-8, save it as UTF-8 and try again: "${name}"`);
  }
}

/** One line on stderr that is rewritten as work goes on; nothing where stderr is not a terminal. */
function progressFor(common: CommonOptions, shell: Shell) {
  let shown = false;
  const active = shell.errIsTerminal && !common.quiet;
  return {
    show: (done: number, what: string) => {
      if (!active) return;
      shown = true;
      shell.err(`\r\u001b[2K${Math.round(done * 100)} % ${what}`);
    },
    clear: () => {
      if (shown) shell.err('\r\u001b[2K');
      shown = false;
    },
  };
}
