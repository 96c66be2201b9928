import type { z } from 'zod';
import type { Question } from './question.ts';

/** A question by name; its module is read only when it is asked, so that the command line starts at once. */
export interface Listed {
  readonly name: string;
  /** the same sentence as in the question itself */
  readonly asks: string;
  readonly load: () => Promise<Question>;
}

const listed = <P extends z.ZodObject>(
  name: string,
  asks: string,
  load: () => Promise<Question<P>>,
): Listed => ({ name, asks, load: load as unknown as () => Promise<Question> });

/** Every question, in the order in which help, docs and the API list them. */
export const questions: readonly Listed[] = [];

void listed;
