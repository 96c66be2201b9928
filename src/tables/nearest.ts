/**
 * Edits between two words: insert, delete, replace, swap neighbours (optimal string alignment,
 * Damerau 1964, Levenshtein 1966). 0 = equal; at most the longer length.
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}

/**
 * Names a person may have meant: those a third of the word's letters away or less, or that begin with
 * the word, nearest first, ties in alphabetical order, at most `most`.
 */
export function nearest(word: string, names: Iterable<string>, most = 3): string[] {
  const asked = word.trim().toLowerCase();
  if (asked === '' || asked.length > 100) return [];
  const furthest = Math.max(1, Math.floor(asked.length / 3));
  const found: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const known = name.toLowerCase();
    const begins = asked.length >= 3 && known.startsWith(asked);
    if (!begins && Math.abs(known.length - asked.length) > furthest) continue;
    const distance = begins ? Math.min(1, known.length - asked.length) : editDistance(asked, known);
    if (distance <= furthest) found.push({ name, distance });
  }
  found.sort((x, y) => x.distance - y.distance || (x.name < y.name ? -1 : x.name > y.name ? 1 : 0));
  return found.slice(0, most).map((f) => f.name);
}

/** The end of a message about an unknown name: `; did you mean lithium?`, or nothing. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const near = nearest(word, names);
  return near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`;
}
