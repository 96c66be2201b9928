interface Cited {
  readonly id: string;
  readonly title: string;
  readonly release: string;
}

/**
 * The line of sources under a chart: those of the answer that the drawn rows name (`a;b` names two), or all of them
 * where rows name none. Never only the first few: the figures drawn may be from the others.
 */
export function cited(sources: readonly Cited[] = [], drawn: readonly unknown[] = []): string {
  const ids = new Set(drawn.flatMap((id) => (typeof id === 'string' ? id.split(';') : [])));
  const named = sources.filter((s) => ids.has(s.id));
  const words = (named.length > 0 ? named : sources).map((s) => `${s.title.split(':')[0]}, ${s.release}`);
  return `Sources: ${[...new Set(words)].join('; ')}.`;
}
