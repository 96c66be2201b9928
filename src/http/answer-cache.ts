/** Answers given before, by ETag: within a number of bytes, the longest unused forgotten first. */
export interface AnswerCache {
  readonly get: (etag: string) => string | undefined;
  readonly set: (etag: string, body: string) => void;
  readonly bytes: () => number;
}

/** @param most bytes in all (UTF-16, two per unit); an answer of more than an eighth of that is not kept */
export function answerCache(most: number): AnswerCache {
  const kept = new Map<string, string>();
  let size = 0;
  const sizeOf = (body: string) => 2 * body.length;
  return {
    get(etag) {
      const body = kept.get(etag);
      if (body === undefined) return undefined;
      kept.delete(etag);
      kept.set(etag, body);
      return body;
    },
    set(etag, body) {
      if (kept.has(etag) || sizeOf(body) > most / 8) return;
      kept.set(etag, body);
      size += sizeOf(body);
      for (const [old, text] of kept) {
        if (size <= most) break;
        kept.delete(old);
        size -= sizeOf(text);
      }
    },
    bytes: () => size,
  };
}
