import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { DataError, UsageError } from '../../errors.ts';
import { answered } from '../../questions/answered.ts';
import { fieldsOf, kebab } from '../../questions/fields.ts';
import type { Question } from '../../questions/question.ts';
import { readParams, type Typed } from '../../questions/read-params.ts';
import { reply } from '../../questions/reply.ts';
import { optionsOfFolder } from '../../store/folder-options.ts';
import type { World } from '../../store/world.ts';
import { tableNamed, tables } from '../../tables/list.ts';
import { didYouMean } from '../../tables/nearest.ts';
import { sourceTable } from '../../tables/policy.ts';
import { dataOf, withFile } from '../ask.ts';
import { addQuestionOptions, type CommonOptions } from '../options.ts';
import type { Shell } from '../shell.ts';
import { answerSheets, sourceSheet } from './answer-sheets.ts';
import { type FileFormat, type Packed, writeFolder, writeSingle, writeWhole } from './folder.ts';
import type { Sheet } from './sheet.ts';
import { mostSheetRows, workbook } from './workbook.ts';

export const exportFormats = ['xlsx', 'parquet', 'csv'] as const;
const valued = ['--format', '--out', '--data', '--with'];

/** The question that the words ask, if they ask one: a name that is a table too means the table, unless a question's option follows. */
async function questionIn(words: readonly string[], shell: Shell): Promise<Question | null> {
  const at = words.findIndex((w, i) => !w.startsWith('-') && !valued.includes(words[i - 1] ?? ''));
  const listed = shell.questions.find((q) => q.name === words[at]);
  if (!listed) return null;
  const question = await listed.load();
  const own = fieldsOf(question.params).map((f) => `--${f.option}`);
  const asked = words.some((w) => own.includes(w.split('=')[0]!));
  return tableNamed(listed.name) && !asked ? null : question;
}

/** Adds what the words ask for: a question's options, or names of tables. */
export async function addExportWords(
  command: Command,
  words: readonly string[],
  shell: Shell,
): Promise<void> {
  const question = await questionIn(words, shell);
  command.argument('[what...]', 'a question, or names of tables; every table when left out');
  if (!question) return;
  // its arguments are those of export
  const { positional: _, ...optionsOnly } = question;
  addQuestionOptions(command, optionsOnly);
}

/** Writes what the words ask for and says on stderr what was written. */
export async function writeExport(
  options: Readonly<Record<string, string | undefined>>,
  shell: Shell,
  words: readonly string[],
): Promise<void> {
  const question = await questionIn(
    [...words, ...Object.keys(options).map((key) => `--${kebab(key)}`)],
    shell,
  );
  const format = formatOf(options.format, options.out);
  const made = question
    ? await ofAnswer(question, options, shell, words)
    : await ofTables(words, options, shell, format);
  const out = options.out ?? (format === 'xlsx' ? `${made.packed.name}.xlsx` : made.packed.name);
  const written = await write(made.sheets, format, out, made.packed);
  if (!options.quiet)
    shell.err([...made.remarks, ...written.map((file) => `wrote ${file}`)].map((l) => `${l}\n`).join(''));
}

interface Exported {
  readonly sheets: readonly Sheet[];
  readonly packed: Packed;
  readonly remarks: readonly string[];
}

/**
 * The format asked for, else the one that `out` ends in, else a workbook. Tables as csv or parquet may go to a folder,
 * whose name may have a dot in it; a workbook is one file and is never given another program's ending.
 */
function formatOf(format: string | undefined, out: string | undefined): 'xlsx' | FileFormat {
  const ending = out === undefined ? '' : extname(out).slice(1).toLowerCase();
  const named = exportFormats.find((f) => f === ending);
  const known = format === undefined ? (named ?? 'xlsx') : exportFormats.find((f) => f === format);
  if (!known)
    throw new UsageError(
      `--format must be one of ${exportFormats.join(', ')}: "${format}"${didYouMean(format ?? '', exportFormats)}`,
    );
  if (known === 'xlsx' && ending !== '' && named !== 'xlsx')
    throw new UsageError(
      format === undefined
        ? `--out must end in ${exportFormats.map((f) => `.${f}`).join(', ')}: "${out}"`
        : `--format xlsx writes a file that ends in .xlsx: "${out}"`,
    );
  if (named && named !== known)
    throw new UsageError(`--format ${known} does not write a file that ends in .${named}: "${out}"`);
  return known;
}

async function write(
  sheets: readonly Sheet[],
  format: 'xlsx' | FileFormat,
  out: string,
  packed: Packed,
): Promise<string[]> {
  if (format === 'xlsx') {
    const file = extname(out) === '' ? `${out}.xlsx` : out;
    const bytes = await workbook(sheets);
    await writeWhole(file, (draft) => writeFile(draft, bytes));
    return [file];
  }
  // one file holds one table; what goes with it is in the data package beside it
  if (extname(out) === `.${format}`) return await writeSingle(sheets[0]!, format, out, packed);
  return await writeFolder(sheets, format, out, packed);
}

async function opened<T>(
  options: Readonly<Record<string, string | undefined>>,
  shell: Shell,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const world = await shell.openWorld({ ...dataOf(options as CommonOptions, shell), signal: shell.signal });
  try {
    const openFolder = (folder: string) =>
      shell.openWorld({ ...optionsOfFolder(folder), signal: shell.signal });
    const made = await use({ ...world, openFolder });
    const missing = world.missing?.() ?? [];
    if (missing.length > 0)
      throw new DataError(
        `an export is not written from a part of the data; no answer from: "${missing.join(' and ')}"`,
      );
    return made;
  } finally {
    await world.close();
  }
}

const packedSources = async (world: World, ids: ReadonlySet<string> | null) =>
  (await world.load(sourceTable))
    .filter((s) => ids === null || ids.has(s.source))
    .map((s) => ({ ...s, id: s.source, url: s.url ?? '' }));

async function ofAnswer(
  question: Question,
  options: Readonly<Record<string, unknown>>,
  shell: Shell,
  words: readonly string[],
): Promise<Exported> {
  const { format: _, out: __, data, with: laid, store, partial, quiet: ___, debug: ____, ...own } = options;
  const typed: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(own))
    typed[key] = value === true ? ['true'] : (value as string[]);
  const rest = words.slice(1);
  const positional = question.positional ?? [];
  for (const [i, key] of positional.entries()) {
    const texts = i === positional.length - 1 ? rest.slice(i) : rest.slice(i, i + 1);
    if (texts.length > 0) typed[key] = [...(typed[key] ?? []), ...texts];
  }
  if (positional.length === 0 && rest.length > 0)
    throw new UsageError(`${question.name} takes no arguments: "${rest.join(' ')}"`);
  const { texts, values } = await withFile(question, typed satisfies Typed, shell);
  const params = readParams(question, texts, (f) => `--${f.option}`, values);
  return await opened(
    { data, with: laid, store, partial } as Record<string, string | undefined>,
    shell,
    async (world) => {
      const answer = await answered(question, params, world);
      const made = reply(question.name, params, answer, world.dataVersion);
      return {
        sheets: answerSheets(question.asks, made),
        packed: {
          name: `headwater-${question.name}`,
          title: question.asks,
          dataVersion: world.dataVersion,
          sources: await packedSources(world, new Set(answer.sources.map((s) => s.id))),
        },
        remarks: answer.notes.map((n) => `note: ${n.text.replace(/\s+/g, ' ')}`),
      };
    },
  );
}

async function ofTables(
  words: readonly string[],
  options: Readonly<Record<string, string | undefined>>,
  shell: Shell,
  format: string,
): Promise<Exported> {
  const names = [...tables.map((t) => t.name), ...shell.questions.map((q) => q.name)];
  const wanted = words.map((word) => {
    const table = tableNamed(word);
    if (!table) throw new UsageError(`neither a table nor a question: "${word}"${didYouMean(word, names)}`);
    return table;
  });
  return await opened(options, shell, async (world) => {
    const sheets: Sheet[] = [];
    const remarks: string[] = [];
    for (const table of wanted.length ? wanted : tables) {
      const rows = await world.load(table);
      if (rows.length === 0 && wanted.length === 0) continue;
      if (format === 'xlsx' && rows.length > mostSheetRows) {
        const why = `${table.name} has ${rows.length} rows, more than a workbook should hold; --format csv or parquet takes them`;
        if (wanted.length > 0) throw new UsageError(`${why}: "${table.name}"`);
        remarks.push(`left out: ${why}`);
        continue;
      }
      sheets.push({ name: table.name, about: table.about, columns: table.columns, key: table.key, rows });
    }
    const sources = await packedSources(world, null);
    // a workbook says by itself whose figures it holds
    if (format === 'xlsx' && !sheets.some((s) => s.name === 'source')) sheets.push(sourceSheet(sources));
    return {
      sheets,
      packed: {
        name: 'headwater-tables',
        title: 'Critical minerals: canonical tables',
        dataVersion: world.dataVersion,
        sources,
      },
      remarks,
    };
  });
}
