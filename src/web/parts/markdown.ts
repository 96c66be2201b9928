/** Just enough Markdown for our own documents, as blocks that a page writes out as text: no HTML is ever made here. */

export interface Span {
  readonly text: string;
  readonly kind: 'text' | 'strong' | 'em' | 'code' | 'link';
  readonly href?: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

const marks = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const m of text.matchAll(marks)) {
    if (m.index > at) spans.push({ kind: 'text', text: text.slice(at, m.index) });
    if (m[1] !== undefined) spans.push({ kind: 'code', text: m[1] });
    else if (m[2] !== undefined) spans.push({ kind: 'strong', text: m[2] });
    else if (m[3] !== undefined) spans.push({ kind: 'em', text: m[3] });
    else if (/^https?:\/\//.test(m[5]!)) spans.push({ kind: 'link', text: m[4]!, href: m[5]! });
    else spans.push({ kind: 'text', text: m[4]! });
    at = m.index + m[0].length;
  }
  if (at < text.length) spans.push({ kind: 'text', text: text.slice(at) });
  return spans;
}

const cells = (line: string) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((c) => c.trim().replace(/[`*]/g, ''));

export function blocksOf(markdown: string): Block[] {
  const lines = markdown.replace(/\r/g, '').split('\n');
  const blocks: Block[] = [];
  let i = 0;
  const while_ = (test: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (i < lines.length && test(lines[i]!)) taken.push(lines[i++]!);
    return taken;
  };
  while (i < lines.length) {
    const line = lines[i]!;
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    if (line.trim() === '') i++;
    else if (line.startsWith('```')) {
      i++;
      blocks.push({ kind: 'code', text: while_((l) => !l.startsWith('```')).join('\n') });
      i++;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, spans: spansOf(heading[2]!) });
      i++;
    } else if (/^\s*\|/.test(line)) {
      const [head = '', , ...rows] = while_((l) => /^\s*\|/.test(l));
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
    } else if (/^\s*[-*]\s/.test(line)) {
      const items: string[] = [];
      for (const l of while_((x) => x.trim() !== '' && !x.startsWith('#')))
        if (/^\s*[-*]\s/.test(l)) items.push(l.replace(/^\s*[-*]\s+/, ''));
        else items.push(`${items.pop()} ${l.trim()}`);
      blocks.push({ kind: 'list', items: items.map(spansOf) });
    } else {
      const text = while_((l) => l.trim() !== '' && !/^(#{1,4}\s|```|\s*\||\s*[-*]\s)/.test(l));
      if (text.length === 0) text.push(lines[i++]!);
      blocks.push({ kind: 'paragraph', spans: spansOf(text.join(' ')) });
    }
  }
  return blocks;
}
