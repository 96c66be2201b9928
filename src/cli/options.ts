import { type Command, Option } from 'commander';
import { type Field, fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';
import type { Shell } from './shell.ts';

export const formats = ['table', 'csv', 'json', 'md', 'html'] as const;
export type Format = (typeof formats)[number];

/** What every question takes beside its own parameters. */
export interface CommonOptions {
  readonly format?: string;
  readonly data?: string;
  readonly with?: string;
  readonly store?: string;
  readonly partial?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

export const addDataOptions = (command: Command): Command =>
  command
    .option('--data <dir>', 'tables of your own (CSV or Parquet, one file each) instead of the snapshot')
    .option('--with <dir>', 'the same, laid over the snapshot or a store; your rows win and are marked')
    .option('--store <url>', 'tables in ClickHouse instead: clickhouse://user:password@host:8123/database')
    .option('--partial', 'answers, so marked, from the shards of the store that are there');

export const addCommonOptions = (command: Command): Command =>
  addDataOptions(command.option('--format <format>', `${formats.join(', ')}; table when left out`))
    .option('--quiet', 'only the answer, no notes or progress on stderr')
    .option('--debug', 'where an error came from');

/** Gathers every text given for an option; what several mean is decided where parameters are read. */
const gather = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

/** A question's parameters as options of its command; positional ones are arguments too. */
export function addQuestionOptions(command: Command, question: Question): Command {
  for (const field of fieldsOf(question.params)) command.addOption(optionOf(field));
  addArguments(command, question);
  return command;
}

function addArguments(command: Command, question: Question): void {
  const positional = question.positional ?? [];
  for (const [i, name] of positional.entries()) {
    const field = fieldsOf(question.params).find((f) => f.name === name)!;
    const last = i === positional.length - 1;
    command.argument(field.list && last ? `[${field.option}...]` : `[${field.option}]`, field.about);
  }
}

/**
 * `explain board --for GBR`, `explain profile Kazakhstan`: the options and arguments of the question explained are taken
 * too, and handed on to it.
 *
 * @returns their names in `params`, and which of them are arguments
 */
export async function addPassedOptions(
  command: Command,
  words: readonly string[],
  shell: Pick<Shell, 'questions'>,
): Promise<{ names: readonly string[]; positional: readonly string[] }> {
  const listed = shell.questions.find((q) => q.name !== 'explain' && words.includes(q.name));
  if (!listed) return { names: [], positional: [] };
  const inner = await listed.load();
  const fields = fieldsOf(inner.params).filter(
    (f) => !command.options.some((o) => o.long === `--${f.option}`),
  );
  for (const field of fields) command.addOption(optionOf(field));
  addArguments(command, inner);
  return { names: fields.map((f) => f.name), positional: inner.positional ?? [] };
}

function optionOf(field: Field): Option {
  const isFlag = field.kind === 'boolean';
  const flags = isFlag ? `--${field.option}` : `--${field.option} <${placeholder(field)}>`;
  const extra = [
    field.choices.length > 0 && field.choices.join(', '),
    field.range,
    field.list && 'may be repeated',
    field.required && 'required',
    !isFlag && field.fallback !== undefined && `default ${[field.fallback].flat().map(shown).join(',')}`,
  ].filter(Boolean);
  const option = new Option(flags, extra.length > 0 ? `${field.about} (${extra.join('; ')})` : field.about);
  return isFlag ? option : option.argParser(gather);
}

const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function placeholder(field: Field): string {
  const one = {
    text: 'text',
    number: 'number',
    integer: 'number',
    boolean: '',
    choice: 'choice',
    json: 'json',
  };
  return field.list ? `${one[field.kind]},…` : one[field.kind];
}
