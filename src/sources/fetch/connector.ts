import type { Reference } from '../source.ts';
import type { Session } from './session.ts';

/** What may be asked of a connector; each says which of it it understands. */
export interface Wanted {
  /** first and last year */
  readonly years?: readonly [from: number, to: number];
  /** a release by its name, instead of the newest */
  readonly release?: string;
  /** customs codes instead of those of the map of minerals */
  readonly codes?: readonly string[];
  /** whose reports, ISO3 */
  readonly country?: string;
}

export interface Task {
  readonly session: Session;
  readonly wanted: Wanted;
  readonly reference: Reference;
  /** the person's own key, where there is one */
  readonly key: string | undefined;
  /** today as YYYY-MM-DD */
  readonly today: string;
}

export interface Fetched {
  /** the publisher's name of what was fetched: V202601, "as of 2026-07-01" … */
  readonly release: string;
  readonly remarks: readonly string[];
}

/** How the files of one publisher come here. Nothing is asked of anybody before `fetch` is called. */
export interface Connector {
  /** the source's id: `headwater fetch <id>` */
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly citation: string;
  /** page for people */
  readonly url: string;
  readonly cadence: string;
  /** folder below the raw folder */
  readonly folder: string;
  /** how much it is, and what it brings */
  readonly about: string;
  /** which parts of `Wanted` it understands */
  readonly takes: readonly (keyof Wanted)[];
  readonly key?: {
    /** environment variable that holds it */
    readonly env: string;
    readonly required: boolean;
    /** where people get one */
    readonly from: string;
  };
  /** the release that would be fetched now, asked with as few requests as can be; null where only fetching tells */
  readonly newest?: (task: Task) => Promise<string | null>;
  /** throws UsageError where people must do it themselves, and says how */
  readonly fetch: (task: Task) => Promise<Fetched>;
}
