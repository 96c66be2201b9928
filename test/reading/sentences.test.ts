import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/reading/sentences.ts';

const cut = (text: string) => sentencesOf(text).map((s) => text.slice(s.start, s.end));

describe('sentences', () => {
  it.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    [
      'It was 4.5 per cent. The U.S. mined it. Mr. Smith of Acme Inc. agreed.',
      ['It was 4.5 per cent.', 'The U.S. mined it.', 'Mr. Smith of Acme Inc. agreed.'],
    ],
    ['Sold to the U.S. The rest stayed.', ['Sold to the U.S.', 'The rest stayed.']],
    ['He said: “It is so.” Then he left.', ['He said: “It is so.”', 'Then he left.']],
    ['Cobalt in focus\nThe DRC mines it.', ['Cobalt in focus', 'The DRC mines it.']],
    [
      'A line that was wrapped by its writer somewhere near\nthe margin goes on. Next.',
      ['A line that was wrapped by its writer somewhere near\nthe margin goes on.', 'Next.'],
    ],
    ['- first\n- second', ['- first', '- second']],
    ['One\n\nTwo', ['One', 'Two']],
    ['', []],
    ['   \n ', []],
  ])('%j', (text, expected) => expect(cut(text)).toEqual(expected));

  it('loses nothing but spaces, keeps the order and never overlaps', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', '.', '!', '”', ' ', '\n', '5', 'é', '-', '(') }),
        (text) => {
          let at = 0;
          for (const s of sentencesOf(text)) {
            expect(text.slice(at, s.start).trim()).toBe('');
            expect(s.end).toBeGreaterThan(s.start);
            at = s.end;
          }
          expect(text.slice(at).trim()).toBe('');
        },
      ),
    );
  });
});
