import { tokensOf } from './tokens.ts';

/** Words that make up about a third of any English text and are rare in other languages written in Latin letters. */
const frequent = new Set(
  'the of and to in is are was were for that it with on by from its as has have this than which or at be not their'.split(
    ' ',
  ),
);

/** False where a text of some length lacks the small words of English; a few words are given the benefit of the doubt. */
export function seemsEnglish(text: string): boolean {
  const words = tokensOf(text.slice(0, 20_000)).filter((t) => t.kind === 'word');
  if (words.length < 12) {
    const letters = [...text.slice(0, 2_000)].filter((c) => /\p{L}/u.test(c));
    return (
      letters.length < 20 || letters.filter((c) => /\p{Script=Latin}/u.test(c)).length > letters.length / 2
    );
  }
  const small = words.filter((t) => frequent.has(t.lower)).length;
  return small / words.length >= 0.1;
}
