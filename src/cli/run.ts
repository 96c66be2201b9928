import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { codeVersion } from '../questions/code-version.ts';
import type { Listed } from '../questions/list.ts';
import type { Question } from '../questions/question.ts';
import type { Typed } from '../questions/read-params.ts';
import { didYouMean } from '../tables/nearest.ts';
import type { CommonOptions } from './options.ts';
import { exits, problemsOf } from './problems.ts';
import type { OtherCommand, Shell } from './shell.ts';

/**
 * Runs one command line (without node and script).
 *
 * @returns the exit code: 0 answered, 1 a bug, 2 usage, 3 data, 130 interrupted
 */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  try {
    await dispatch(argv, shell);
    return exits.answered;
  } catch (error) {
    const { lines, exit } = problemsOf(error, argv.includes('--debug'), shell.signal.aborted);
    for (const line of lines) shell.err(`headwater: ${line}\n`);
    return exit;
  }
}

const valued = ['--format', '--data', '--with', '--store'];

/** The position of the command: the first word that is neither an option nor an option's value. */
function commandAt(argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (valued.includes(word)) i++;
    else if (!word.startsWith('-')) return i;
  }
  return -1;
}

async function dispatch(argv: readonly string[], shell: Shell): Promise<void> {
  const at = commandAt(argv);
  const name = argv[at];
  if (name === undefined) return await general(argv, shell);
  // options may stand before the command too
  const words = [...argv.slice(0, at), ...argv.slice(at + 1)];
  if (name === 'help') return await dispatch(words.length > 0 ? [...words, '--help'] : ['--help'], shell);
  const listed = shell.questions.find((q) => q.name === name);
  if (listed) return await runQuestion(await listed.load(), words, shell);
  const other = shell.commands.find((c) => c.name === name);
  if (other) return await runOther(other, words, shell);
  const names = [...shell.questions, ...shell.commands].map((c) => c.name);
  const wayOut = didYouMean(name, names) || '; headwater --help lists them';
  throw new UsageError(`unknown command: "${name}"${wayOut}`);
}

async function general(argv: readonly string[], shell: Shell): Promise<void> {
  const wanted = argv.find((a) => !['--help', '-h', '--debug', '--quiet'].includes(a));
  if (wanted === '--version' || wanted === '-V') return await shell.out(`${codeVersion}\n`);
  if (wanted !== undefined) {
    const isCommon = valued.includes(wanted.split('=')[0]!);
    throw new UsageError(
      isCommon
        ? `no question asked; headwater --help lists them: "${argv.join(' ')}"`
        : `unknown option: "${wanted}"; headwater --help lists the commands`,
    );
  }
  await shell.out(overview(shell.questions, shell.commands));
}

/** What `headwater --help` prints; made from the list alone, so that nothing else has to be read. */
function overview(questions: readonly Listed[], commands: readonly OtherCommand[]): string {
  const names = [...questions, ...commands].map((c) => c.name.length);
  const width = Math.max(...names, 8) + 2;
  const line = (name: string, about: string) => `  ${name.padEnd(width)}${about}`;
  return `${[
    'headwater <question> [options]',
    '',
    'Who really supplies us? How far is that from the limit? What breaks if they stop?',
    '',
    'Questions',
    ...questions.map((q) => line(q.name, q.asks)),
    '',
    ...(commands.length > 0 ? ['Other commands', ...commands.map((c) => line(c.name, c.about)), ''] : []),
    'Every question takes --format table|csv|json|md (html for documents), --data DIR, --with DIR, --store URL,',
    '--quiet and --debug;',
    'headwater <question> --help tells its own options. For instance:',
    '',
    '  npx headwater board --for GBR --list uk-2024',
  ].join('\n')}\n`;
}

async function runQuestion(question: Question, words: readonly string[], shell: Shell): Promise<void> {
  const { addCommonOptions, addPassedOptions, addQuestionOptions } = await import('./options.ts');
  const command = bare(question.name, shell).description(`${question.asks}\n\n${question.about}`);
  addCommonOptions(addQuestionOptions(command, question));
  const passed =
    question.name === 'explain'
      ? await addPassedOptions(command, words, shell)
      : { names: [], positional: [] };
  command.addHelpText('after', `\nFor instance:\n  npx ${question.example.replace(/^npx /, '')}\n`);
  if (!(await parse(command, words))) return;
  const given = command.opts<Record<string, string[] | boolean>>();
  const { format, data, with: laid, store, partial, quiet, debug, ...own } = given;
  const typed: Record<string, string[]> = {};
  for (const [key, value] of Object.entries(own))
    typed[key] = value === true ? ['true'] : (value as string[]);
  for (const [i, key] of [...(question.positional ?? []), ...passed.positional].entries()) {
    const value: unknown = command.processedArgs[i];
    const texts = value === undefined ? [] : ([value].flat() as string[]);
    if (texts.length > 0) typed[key] = [...(typed[key] ?? []), ...texts];
  }
  const handed = passed.names.filter((key) => typed[key] !== undefined);
  if (handed.length > 0) {
    typed.params = [JSON.stringify(Object.fromEntries(handed.map((key) => [key, typed[key]])))];
    for (const key of handed) delete typed[key];
  }
  const { ask } = await import('./ask.ts');
  await ask(
    question,
    typed satisfies Typed,
    { format, data, with: laid, store, partial, quiet, debug } as unknown as CommonOptions,
    shell,
  );
}

async function runOther(other: OtherCommand, words: readonly string[], shell: Shell): Promise<void> {
  const { addDataOptions } = await import('./options.ts');
  const command = bare(other.name, shell).description(other.about);
  for (const o of other.options) command.option(o.flags, o.about);
  for (const a of other.arguments ?? []) command.argument(a.name, a.about);
  if (other.readsData) addDataOptions(command);
  command.option('--quiet', 'nothing on stderr but errors').option('--debug', 'where an error came from');
  await other.extend?.(command, words, shell);
  if (await parse(command, words)) await other.run(command.opts(), shell, command.args);
}

/** A command that neither prints nor exits by itself, except for help. */
const bare = (name: string, shell: Shell): Command =>
  new Command(`headwater ${name}`)
    .helpOption('-h, --help', 'this help')
    .configureHelp({ helpWidth: Math.min(shell.columns ?? 80, 110) })
    .configureOutput({ writeOut: (text) => void shell.out(text), writeErr: () => {} })
    .exitOverride();

/** @returns false where help was asked for and printed */
async function parse(command: Command, words: readonly string[]): Promise<boolean> {
  // an action so that commander checks for arguments too many
  command.action(() => {});
  try {
    await command.parseAsync(words, { from: 'user' });
    return true;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return false;
    throw new UsageError(inWords(error, command));
  }
}

function inWords(error: CommanderError, command: Command): string {
  const quoted = /'(.*?)'/s.exec(error.message)?.[1] ?? '';
  const known = command.options.map((o) => o.long ?? '');
  switch (error.code) {
    case 'commander.unknownOption': {
      const name = quoted.split('=')[0]!;
      return `unknown option: "${quoted}"${didYouMean(name, known) || `; ${command.name()} --help lists them`}`;
    }
    case 'commander.optionMissingArgument':
      return `${quoted.split(' ')[0]} needs a value: "${quoted}"`;
    case 'commander.excessArguments':
      return `${command.name()} takes ${command.registeredArguments.length || 'no'} argument${command.registeredArguments.length === 1 ? '' : 's'}: "${command.args.join(' ')}"`;
    default:
      return error.message.replace(/^error: /, '');
  }
}
