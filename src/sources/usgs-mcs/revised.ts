/**
 * Whether the notes of a chapter say that its edition revised what a country made in a year: a sentence on production
 * (not on reserves or capacity) that tells of a revision, of that year or of none, and names the country as the table
 * does or with its parts turned round (`Korea, Republic of`). Where it says that some countries were revised and not
 * which, every country may be one. A sentence does not say of which product: of a chapter with several, all count.
 */
export function saysRevised(notes: string, country: string, year: number): boolean {
  return notes.split(/ -- |(?<=\.) /).some((sentence) => {
    if (!/\brevis/i.test(sentence) || !/\bproduction\b/i.test(sentence) || /\breserves\b/i.test(sentence))
      return false;
    const years = sentence.match(/\b(19|20)\d\d\b/g);
    if (years && !years.includes(String(year))) return false;
    return /\bsome countries\b/i.test(sentence) || namesIn(country).some((name) => names(sentence, name));
  });
}

/** A label without footnote figures and remarks, and turned round at its comma. */
function namesIn(label: string): string[] {
  const name = label
    .replace(/\u00a0/g, ' ')
    .replace(/\d+$/, '')
    .trim();
  const [first, second] = name.split(', ');
  return second === undefined ? [name] : [name, `${second} ${first}`];
}

/** Whether a name stands in a sentence by itself: Guinea is not in Papua New Guinea, Niger not in Nigeria. */
function names(sentence: string, name: string): boolean {
  if (name === '') return false;
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<!\\p{L}|(?:New|Equatorial|South|North) )${literal}(?![\\p{L}-])`, 'u').test(sentence);
}
