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

/**
 * How an answer is best read by a person. Shells that print for people follow it; JSON and CSV ignore it.
 * Without it the table shows the columns that fit, in their order.
 */
export interface View {
  /** the answer in a sentence or two, with its number and year */
  readonly headline?: readonly string[];
  /** columns to show, the ones that may be dropped first standing last */
  readonly columns?: readonly string[];
  /** rows made for a person, shown in place of the answer's own (which sections and columns then do not mean) */
  readonly digest?: { readonly columns: readonly AnswerColumn[]; readonly rows: readonly AnswerRow[] };
  /** short heads, by column name */
  readonly heads?: Readonly<Record<string, string>>;
  /** share columns printed in the cell of a name: column of names → column of shares, e.g. `BRA 75.8 %` */
  readonly pairs?: Readonly<Record<string, string>>;
  /** the column whose figure stands, with its unit, where the column named has none */
  readonly instead?: Readonly<Record<string, { readonly column: string; readonly unit: string }>>;
  /** widths to which text columns may shrink where that is less than usual, by column name */
  readonly least?: Readonly<Record<string, number>>;
  /** text columns that go on in further lines where they do not fit, never cut, with the width that is always enough */
  readonly wraps?: Readonly<Record<string, number>>;
  /** what is said where there are no rows, if that is an answer too */
  readonly empty?: string;
  /** a column whose value is printed only where it changes */
  readonly group?: string;
  /** rows under titles, in this order; rows in no section are not shown, but counted unless `after` speaks of them */
  readonly sections?: readonly { readonly title: string; readonly rows: readonly number[] }[];
  /** draws a bar for a share (0…1), a second one beside it and a mark at a limit, from the columns named */
  readonly bar?: { readonly share: string; readonly second?: string; readonly limit?: string };
  /** a boolean column that marks rows in the warning colour */
  readonly warn?: string;
  /** sentences under the table, for rows that are in no section */
  readonly after?: readonly string[];
  /** lists under the table, each entry as long as it has to be: for answers that are read, not compared */
  readonly lists?: readonly { readonly title: string; readonly entries: readonly string[] }[];
  /** where the unit changes from row to row: the columns of figures, and those that name and unit them */
  readonly mixed?: {
    readonly value: string | readonly string[];
    readonly name: string;
    readonly unit: string;
  };
  /** Markdown shows the sections under their titles too, and only the rows in them */
  readonly inSections?: boolean;
  /** codes of notes that are not worth a line on screen (they stay in JSON) */
  readonly quietNotes?: readonly string[];
}

/** The cell of an answer somebody asks about. */
export interface Cell {
  /** 0-based position in `answer.rows` */
  readonly row: number;
  readonly column: string;
}

/**
 * Where a cell comes from: the formula with this cell's numbers in it, and the rows that went in. Only rows that really
 * stand behind the cell are inputs, each one whole.
 */
export interface Explanation {
  /**
   * e.g. `top_share = USD of imports from CHN / USD of all imports = 6543210 / 7900000 = 0.828`, which the inputs or the
   * figures in it give again; null where they do not
   */
  readonly formula: string | null;
  /** in sentences: what the cell rests on and the command that shows it; said wherever there is no formula */
  readonly behind?: string;
  /** rows of canonical tables, named by table */
  readonly inputs: readonly { readonly table: string; readonly rows: readonly AnswerRow[] }[];
  /** ids of the sources behind this cell; left out = those of its row */
  readonly sources?: readonly string[];
}

/** What a question returns; `sources` may be empty only for people's own data, which are then named there too. */
export interface Answer {
  readonly rows: AnswerRow[];
  readonly columns: readonly AnswerColumn[];
  readonly notes: readonly Note[];
  readonly sources: readonly CitedSource[];
  /** the answer as a finished document, for questions whose answer is one (brief) */
  readonly document?: { readonly md: string; readonly html: string };
  readonly view?: View;
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
  /**
   * the parameter that is a whole file or the body of a POST (check, plan options, scenarios): a terminal is given
   * the file's name, or `-`, and passes its text, parsed as JSON unless the parameter is a string
   */
  readonly body?: keyof z.infer<P> & string;
  /** what a name given instead of a file for the body stands for (a shipped scenario); undefined = no such name */
  readonly named?: (name: string) => unknown;
  /** the parameter that asks for the answer as a document, where it is not always one; set by `--format html` */
  readonly documentBy?: keyof z.infer<P> & string;
  /** an example command line that works on the snapshot */
  readonly example: string;
  readonly answer: (params: z.infer<P>, world: World) => Promise<Answer>;
  /** what the question `explain` says of one cell beyond its notes and sources */
  readonly explain?: (cell: Cell, answer: Answer, params: z.infer<P>, world: World) => Promise<Explanation>;
}

export const defineQuestion = <P extends z.ZodObject>(question: Question<P>): Question<P> => question;
