import { type Token, tokensOf } from './tokens.ts';

/** Words of all forms as a tree: looking up a text takes one step per token, however many forms there are. */
export interface Trie<T> {
  readonly next: Map<string, Trie<T>>;
  value: T[] | null;
}

export const newTrie = <T>(): Trie<T> => ({ next: new Map(), value: null });

/** Adds a form of one or more words; the same words may stand for several things. */
export function addForm<T>(trie: Trie<T>, form: string, value: T): void {
  let node = trie;
  for (const token of tokensOf(form)) {
    let next = node.next.get(token.lower);
    if (!next) {
      next = newTrie();
      node.next.set(token.lower, next);
    }
    node = next;
  }
  if (node === trie) return;
  if (node.value) node.value.push(value);
  else node.value = [value];
}

export interface Match<T> {
  /** first token and the one after the last */
  readonly from: number;
  readonly to: number;
  readonly values: readonly T[];
}

/** The longest form beginning at each token, left to right, without overlaps. A possessive inside a form does not match. */
export function longestMatches<T>(trie: Trie<T>, tokens: readonly Token[]): Match<T>[] {
  const found: Match<T>[] = [];
  for (let i = 0; i < tokens.length; ) {
    let node: Trie<T> | undefined = trie;
    let best: Match<T> | null = null;
    for (let j = i; j < tokens.length; j++) {
      node = node.next.get(tokens[j]!.lower);
      if (!node) break;
      if (node.value) best = { from: i, to: j + 1, values: node.value };
      if (tokens[j]!.possessive) break;
    }
    if (best) {
      found.push(best);
      i = best.to;
    } else i++;
  }
  return found;
}
