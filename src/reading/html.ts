/** Elements whose content is not text for a reader. */
const silent = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'head',
  'textarea',
  'select',
]);
/** Elements that run on within a line; every other element begins and ends a block. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  pound: '£',
  euro: '€',
  cent: '¢',
  percnt: '%',
  deg: '°',
  times: '×',
  middot: '·',
  bull: '•',
  laquo: '«',
  raquo: '»',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  eacute: 'é',
  egrave: 'è',
  ouml: 'ö',
  uuml: 'ü',
  auml: 'ä',
  ccedil: 'ç',
  oacute: 'ó',
  aacute: 'á',
  iacute: 'í',
  ocirc: 'ô',
  shy: '',
  thinsp: ' ',
  ensp: ' ',
  emsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
};

/** True where the text begins like a page or holds paragraphs marked as in one. */
export function looksLikeHtml(text: string): boolean {
  const start = text.slice(0, 4_000);
  return (
    /^\s*(<!doctype html|<html|<\?xml|<!--)/i.test(start) ||
    /<(p|div|body|article|section|br|h[1-6])(\s[^<>]*)?\/?>/i.test(start)
  );
}

/**
 * What a reader of the page sees: markup, scripts and styles gone, entities decoded, spaces run together, blocks
 * separated by blank lines. One pass over the text.
 */
export function htmlToText(html: string): string {
  const out: string[] = [];
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      out.push(plain(html.slice(at)));
      break;
    }
    if (open > at) out.push(plain(html.slice(at, open)));
    const next = html[open + 1] ?? '';
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open);
    } else if (/[a-z/!?]/i.test(next)) {
      const end = endOfTag(html, open);
      const name = /^<\/?\s*([a-z][a-z0-9-]*)/i.exec(html.slice(open, open + 40))?.[1]?.toLowerCase() ?? '';
      const closing = html[open + 1] === '/';
      if (!inline.has(name)) out.push(name === 'br' ? '\n' : name === 'td' || name === 'th' ? ' ; ' : '\n\n');
      at = end;
      if (!closing && silent.has(name) && html[end - 2] !== '/') {
        const close = lower.indexOf(`</${name}`, end);
        // an element that never closes hides nothing but itself, except a script
        if (close >= 0) at = endOfTag(html, close);
        else if (name === 'script' || name === 'style') at = html.length;
      }
    } else {
      out.push('<');
      at = open + 1;
    }
  }
  return out
    .join('')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const after = (text: string, mark: string, from: number) => {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
};

/** The end of a tag, minding `>` inside quoted attributes. */
function endOfTag(html: string, open: number): number {
  let quote = '';
  const limit = Math.min(html.length, open + 20_000);
  for (let i = open + 1; i < limit; i++) {
    const c = html[i]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && html[i - 1] === '=') quote = c;
    else if (c === '>') return i + 1;
  }
  return Math.min(after(html, '>', open), html.length);
}

/** Character data of a page: a line break is a space, entities are what they stand for. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,20});/gi, (whole, name: string) => {
      if (name[0] !== '#') return entities[name] ?? entities[name.toLowerCase()] ?? whole;
      const code =
        name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : ' ';
    });
