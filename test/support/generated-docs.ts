import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionsDoc, sourcesDoc, tablesDoc, withBoard } from '../../src/cli/docs.ts';
import { run } from '../../src/cli/run.ts';
import { questions } from '../../src/questions/list.ts';
import { openWorld } from '../../src/store/open.ts';
import { tables } from '../../src/tables/list.ts';
import { sourceTable } from '../../src/tables/policy.ts';
import { testShell } from './shell.ts';

/** The files made from the lists and the snapshot, as they should be now, by path. */
export async function generatedDocs(): Promise<[path: string, text: string][]> {
  const world = await openWorld();
  const sources = await world.load(sourceTable);
  world.close();
  const shell = testShell({ questions, openWorld });
  const exit = await run(['board', '--for', 'GBR', '--list', 'uk-2024'], shell);
  if (exit !== 0) throw new Error(shell.printed.err);
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  return [
    ['docs/questions.md', questionsDoc(await Promise.all(questions.map((q) => q.load())))],
    ['docs/tables.md', tablesDoc(tables)],
    ['docs/sources.md', sourcesDoc(sources)],
    ['README.md', withBoard(readme, shell.printed.out)],
  ];
}
