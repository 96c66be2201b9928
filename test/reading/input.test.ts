import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/reading/html.ts';
import { readInput, readText } from '../../src/reading/input.ts';
import { sentencesOf } from '../../src/reading/sentences.ts';
import { growth, linear } from './growth.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const codes = (text: string) => readText(text, 'x').notes.map((n) => n.code);

describe('input', () => {
  it('takes HTML apart: no scripts, no styles, entities decoded, blocks apart', () => {
    const page = `<!doctype html><html><head><title>t</title><script>var a = "<p>China mines 9%</p>";</script></head>
      <body><h1>Cobalt &amp; copper</h1><p>Congo&#39;s <b>cobalt</b>: 75&nbsp;%&hellip;</p><style>p{}</style><p>Next<br>line</p></body></html>`;
    expect(readText(page, 'a.html').text).toBe("Cobalt & copper\n\nCongo's cobalt: 75 %…\n\nNext\nline");
  });
  it('takes Markdown apart', () => {
    const { text, format } = readText(
      '# Cobalt\n\n**Congo** mines [most](https://a.b/c_d) of it.\n\n```\ncode 5%\n```\n- one *item*',
      'a.md',
    );
    expect(format).toBe('markdown');
    expect(text).toBe('Cobalt\n\nCongo mines most of it.\n\none item');
  });
  it('survives broken HTML of any kind', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '/', 'p', 'script', '"', '=', '&', ';', '!', '-', ' ', 'a'),
        }),
        (text) => {
          expect(typeof htmlToText(text)).toBe('string');
        },
      ),
    );
  });
  it('takes work in proportion to the length of unclosed tags', () => {
    expect(growth('<p '.repeat(20_000), htmlToText)).toBeLessThan(linear);
    expect(growth('<script>'.repeat(10_000), htmlToText)).toBeLessThan(linear);
  });
  it('keeps the offsets of a plain text with any line ends', () => {
    const raw = '🪨 Ore!\r\n\r\nChile 🇨🇱 mines copper.\r\nPeru does\r\ntoo.\r\n';
    const { text } = readText(raw, 'a.txt');
    expect(text).toBe(raw);
    const cut = sentencesOf(text).map((s) => raw.slice(s.start, s.end));
    expect(cut).toEqual(['🪨 Ore!', 'Chile 🇨🇱 mines copper.', 'Peru does\r\ntoo.']);
  });
  it('refuses empty, binary and huge input, naming it', () => {
    expect(() => readText(' \n', 'a.txt')).toThrow(/empty text.*a\.txt/);
    expect(() => readText('<script>x</script><p></p>', 'a.html')).toThrow(/nothing to read/);
    expect(() => readInput(new Uint8Array([1, 0, 2, 0, 255, 254, 0]), 'a.bin')).toThrow(
      /not a text file.*a\.bin/,
    );
    expect(() => readText('a\u0000b', 'a.bin')).toThrow(/not a text file.*a\.bin/);
    expect(() => readInput(new Uint8Array(50_000_000).fill(97), 'big.txt')).toThrow(
      /at most 20 MB.*big\.txt.*50\.0 MB/,
    );
  });
  it('reads UTF-16 with a mark and windows-1252, and says what it guessed', () => {
    expect(readInput(new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'a').text).toBe('a');
    const latin = readInput(new Uint8Array([...bytes('The price of the mine is '), 0xa3, 0x35]), 'a');
    expect(latin.text).toContain('£5');
    expect(latin.notes.map((n) => n.code)).toContain('encoding');
  });
  it('says when a text is not English', () => {
    const french =
      'La République démocratique du Congo produit environ trois quarts du cobalt mondial et reste un acteur majeur du cuivre en Afrique centrale.';
    expect(codes(french)).toEqual(['language']);
    expect(codes('Конго добывает три четверти мирового кобальта, сообщает агентство.')).toEqual(['language']);
    expect(
      codes(
        'The Congo mines three quarters of the cobalt of the world, and it is a major producer of copper in Africa.',
      ),
    ).toEqual([]);
    expect(codes('Cobalt')).toEqual([]);
  });
});
