import { buildCommand } from '../../src/cli/build-command.ts';
import { run } from '../../src/cli/run.ts';
import { questions } from '../../src/questions/list.ts';
import { openWorld } from '../../src/store/open.ts';
import { solveInThread } from '../../src/workers/solving.ts';
import { testShell } from './shell.ts';

/** What a command line prints and how it ends, with the real questions and data. */
export async function typed(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ exit: number; out: string; err: string }> {
  const shell = testShell({
    questions,
    env,
    commands: [buildCommand],
    openWorld: (options) => openWorld({ ...options, now: '2026-03-01', solve: solveInThread }),
  });
  const exit = await run(argv, shell);
  return { exit, ...shell.printed };
}

/** Every question's own example as words of a command line. */
export const examples = async (): Promise<{ name: string; argv: string[] }[]> =>
  Promise.all(
    questions.map(async (listed) => {
      const { name, example } = await listed.load();
      const argv = example.replace(/^(npx )?headwater /, '').match(/"[^"]*"|\S+/g) ?? [];
      return { name, argv: argv.map((word) => word.replace(/^"(.*)"$/, '$1')) };
    }),
  );
