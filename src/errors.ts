/** A person's mistake in what they asked: exit 2, HTTP 400. The message names the culprit and the way out. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Data that cannot be used: exit 3, HTTP 503. Carries every problem found, one line each. */
export class DataError extends Error {
  override name = 'DataError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[] | string) {
    const all = typeof problems === 'string' ? [problems] : problems;
    super(all.join('\n'));
    this.problems = all;
  }
}
