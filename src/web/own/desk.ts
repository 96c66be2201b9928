import type { Question } from '../../questions/question.ts';
import type { Reply } from '../../questions/reply.ts';
import { reply } from '../../questions/reply.ts';
import type { CellValue } from '../../tables/check.ts';
import { type CheckedFile, checkFiles, type Dropped } from './check-files.ts';
import { ownWorld } from './own-world.ts';

/** Questions that are answered from dropped files without any server. */
const answers: Readonly<Record<string, () => Promise<Question>>> = {
  board: async () => (await import('../../questions/board.ts')).boardQuestion as unknown as Question,
  concentration: async () =>
    (await import('../../questions/concentration.ts')).concentrationQuestion as unknown as Question,
  origins: async () => (await import('../../questions/origins.ts')).originsQuestion as unknown as Question,
};

export type Order =
  | {
      readonly kind: 'check';
      readonly files: readonly Dropped[];
      readonly countries: readonly string[];
      readonly minerals: readonly string[];
    }
  | {
      readonly kind: 'ask';
      readonly question: string;
      readonly params: Record<string, unknown>;
      readonly now: string;
    };

/** What the page shows of a checked file: its rows stay at the desk. */
export interface FileReport extends Omit<CheckedFile, 'rows'> {
  readonly rows: number;
}

export type Done = readonly FileReport[] | Reply;

/** Holds dropped rows and answers from them; lives in a worker, or in the page where it may have none. */
export function desk() {
  const held = new Map<string, readonly Record<string, CellValue>[]>();
  return async (order: Order): Promise<Done> => {
    if (order.kind === 'check') {
      held.clear();
      const checked = checkFiles(order.files, {
        countries: new Set(order.countries),
        minerals: new Set(order.minerals),
      });
      for (const file of checked)
        if (file.table !== null && file.problems.length === 0) held.set(file.table, file.rows);
      return checked.map(({ rows, ...rest }) => ({ ...rest, rows: rows.length }));
    }
    const question = await answers[order.question]!();
    const params = question.params.parse(order.params);
    const answer = await question.answer(params, ownWorld(held, order.now));
    return reply(order.question, params, answer, 'own rows, in this page only');
  };
}
