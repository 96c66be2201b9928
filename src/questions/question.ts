import type { z } from 'zod';
import type { World } from '../store/world.ts';

export type Value = string | number | boolean | null;
export type AnswerRow = Record<string, Value>;

export interface AnswerColumn {
  readonly name: string;
  /** as printed: 1 (a share), t, USD … ; empty for text */
  readonly unit: string;
  readonly about: string;
}

/** A remark about the answer; `rows` are 0-based positions in `rows`, `value` a number that belongs to it. */
export interface Note {
  readonly code: string;
  readonly text: string;
  readonly rows?: readonly number[];
  readonly value?: number | null;
  readonly [extra: string]: unknown;
}

export interface CitedSource {
  readonly id: string;
  readonly title: string;
  readonly release: string;
  readonly licence: string;
  readonly citation: string;
}

/** What a question returns; `sources` may be empty only for people's own data, which are then named there too. */
export interface Answer {
  readonly rows: AnswerRow[];
  readonly columns: readonly AnswerColumn[];
  readonly notes: readonly Note[];
  readonly sources: readonly CitedSource[];
  /** the answer as a finished document, for questions whose answer is one (brief) */
  readonly document?: { readonly md: string; readonly html: string };
}

export interface Question<P extends z.ZodObject = z.ZodObject> {
  /** command, route and tool name */
  readonly name: string;
  /** the sentence it answers, ending in a question mark */
  readonly asks: string;
  /** a paragraph for help, docs and tools */
  readonly about: string;
  /** keys in camelCase; shells derive --kebab-case. Every key has `.describe()` */
  readonly params: P;
  /** parameter names that may be given without an option name, in order */
  readonly positional?: readonly (keyof z.infer<P> & string)[];
  /** true where the body of a POST is the input (check, plan options, scenarios) */
  readonly body?: keyof z.infer<P> & string;
  /** an example command line that works on the snapshot */
  readonly example: string;
  readonly answer: (params: z.infer<P>, world: World) => Promise<Answer>;
}

export const defineQuestion = <P extends z.ZodObject>(question: Question<P>): Question<P> => question;
