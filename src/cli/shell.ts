import type { Command } from 'commander';
import type { Listed } from '../questions/list.ts';
import type { World } from '../store/world.ts';

export interface OpenOptions {
  readonly data?: string;
  readonly with?: string;
  readonly store?: string;
  readonly storePassword?: string;
  readonly partial?: boolean;
  /** a snapshot other than the package's own */
  readonly snapshotDir?: string;
  readonly now?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, what: string) => void;
}

/** A world that several requests share, each with its own signal. */
export interface SharedWorld extends World {
  readonly for?: (waiting: { readonly signal?: AbortSignal; readonly progress?: World['progress'] }) => World;
  readonly close: () => void | Promise<void>;
}

export type OpenWorld = (options: OpenOptions) => Promise<SharedWorld>;

/** All of the outside that the command line touches; tests pass their own. */
export interface Shell {
  readonly out: (text: string) => void | Promise<void>;
  readonly err: (text: string) => void;
  /** the terminal's width, null where stdout is not a terminal */
  readonly columns: number | null;
  readonly errIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: () => Promise<string>;
  readonly signal: AbortSignal;
  readonly questions: readonly Listed[];
  readonly openWorld: OpenWorld;
  /** commands that are not questions */
  readonly commands: readonly OtherCommand[];
}

/** A command that is not a question: serve, build … */
export interface OtherCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly { readonly flags: string; readonly about: string }[];
  /** arguments without an option name, as commander writes them: `<zip>`, `[source...]` */
  readonly arguments?: readonly { readonly name: string; readonly about: string }[];
  /** true where it takes --data and --with */
  readonly readsData: boolean;
  /** adds arguments, and options that depend on the words typed */
  readonly extend?: (command: Command, words: readonly string[], shell: Shell) => Promise<void>;
  readonly run: (
    options: Readonly<Record<string, string | undefined>>,
    shell: Shell,
    words?: readonly string[],
  ) => Promise<void>;
}
