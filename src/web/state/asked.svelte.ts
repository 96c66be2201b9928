import { ask, atHand, post, type Reply } from './api.ts';

type Params = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Asked {
  /** the newest answer; the one before it stays while the next is on its way */
  readonly reply: Reply | undefined;
  readonly error: string | undefined;
  /** true from the moment of asking until the answer, an error or a cancel */
  readonly busy: boolean;
  readonly cancelled: boolean;
  readonly cancel: () => void;
  readonly again: () => void;
}

/**
 * Asks whenever what `wanted` reads changes; null = nothing to ask. The question before is given up. With `json` that
 * is sent as the body (options of somebody's own), and the answer is kept nowhere.
 */
export function asked(
  wanted: () => readonly [question: string, params: Params, json?: string | undefined] | null,
): Asked {
  let reply = $state.raw<Reply | undefined>();
  let error = $state.raw<string | undefined>();
  let busy = $state(false);
  let cancelled = $state(false);
  let round = $state(0);
  let abort: AbortController | undefined;

  $effect(() => {
    const want = wanted();
    void round;
    cancelled = false;
    error = undefined;
    if (want === null) {
      reply = undefined;
      busy = false;
      return;
    }
    const [question, params, json] = want;
    const known = json === undefined ? atHand(question, params) : undefined;
    if (known) reply = known;
    const mine = new AbortController();
    abort = mine;
    busy = !known;
    const asking =
      json === undefined
        ? ask(question, params, mine.signal)
        : post(question, params, json, 'application/json', mine.signal);
    asking.then(
      (answer) => {
        if (mine.signal.aborted) return;
        reply = answer;
        busy = false;
      },
      (failure: unknown) => {
        if (mine.signal.aborted) return;
        reply = undefined;
        error = failure instanceof Error ? failure.message : 'the server does not answer';
        busy = false;
      },
    );
    return () => mine.abort();
  });

  return {
    get reply() {
      return reply;
    },
    get error() {
      return error;
    },
    get busy() {
      return busy;
    },
    get cancelled() {
      return cancelled;
    },
    cancel() {
      abort?.abort();
      busy = false;
      cancelled = true;
    },
    again() {
      round++;
    },
  };
}
