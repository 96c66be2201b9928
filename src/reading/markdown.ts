/** True where a text has headings, links, lists or emphasis written as Markdown. */
export function looksLikeMarkdown(text: string): boolean {
  const start = text.slice(0, 20_000);
  return /^#{1,6} \S/m.test(start) || /\[[^\]\n]+\]\([^)\s]+\)/.test(start) || /\*\*[^*\n]+\*\*/.test(start);
}

/** The words of a Markdown text: marks for headings, emphasis, links, code, quotes and tables are gone, lines stay. */
export function markdownToText(markdown: string): string {
  let fenced = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      lines.push('');
    } else if (fenced) lines.push('');
    else lines.push(...plainLine(line));
  }
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function plainLine(line: string): string[] {
  if (
    /^\s*([-*_]\s*){3,}$/.test(line) ||
    /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(line) ||
    /^\s*={3,}\s*$/.test(line)
  )
    return [''];
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/.exec(line);
  if (heading) return ['', inlineText(heading[1]!), ''];
  const item = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line);
  if (item) return ['', inlineText(item[1]!)];
  const quoted = line.replace(/^\s*(>\s?)+/, '');
  const cells = /^\s*\|(.*)\|\s*$/.exec(quoted);
  return cells ? ['', inlineText(cells[1]!.replaceAll('|', ' ; '))] : [inlineText(quoted)];
}

const inlineText = (text: string) =>
  text
    .replace(/!\[([^\]]*)\]\([^)\s]*(?:\s"[^"]*")?\)/g, '$1')
    .replace(/\[([^\]]+)\]\([^)\s]*(?:\s"[^"]*")?\)/g, '$1')
    .replace(/\[([^\]]+)\]\[[^\]]*\]/g, '$1')
    .replace(/\[\^[^\]]+\]/g, '')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/(\*\*\*|\*\*|__)(\S(?:[^*_]*\S)?)\1/g, '$2')
    .replace(/(^|[\s(])([*_])(\S(?:[^*_]*\S)?)\2(?=[\s).,;:!?]|$)/g, '$1$3')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!-])/g, '$1');
