/**
 * Texts kept under a name, the least recently used going first once they hold more than `most` UTF-16 units: a page
 * that comes back to an answer gets it at once.
 */
export function kept(most: number) {
  const texts = new Map<string, string>();
  let held = 0;
  return {
    get(name: string): string | undefined {
      const text = texts.get(name);
      if (text !== undefined) {
        texts.delete(name);
        texts.set(name, text);
      }
      return text;
    },
    set(name: string, text: string): void {
      if (text.length > most / 4) return;
      held += text.length - (texts.get(name)?.length ?? 0);
      texts.delete(name);
      texts.set(name, text);
      for (const [oldest, { length }] of texts) {
        if (held <= most) break;
        texts.delete(oldest);
        held -= length;
      }
    },
  };
}
