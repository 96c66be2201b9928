import { escapeHtml } from '../check/mark-up.ts';
import type { AnswerColumn, AnswerRow, CitedSource } from '../question.ts';
import {
  type Answered,
  cellText,
  claimCell,
  commandOf,
  explainOf,
  leftOut,
  type Names,
  shown,
} from './section.ts';

/** A document: what it says in short, its parts, what to ask next, and the sources. */
export interface Brief {
  readonly title: string;
  /** sentences, each with the command behind it */
  readonly short: readonly { readonly text: string; readonly command: string }[];
  readonly sections: readonly Answered[];
  readonly next: readonly { readonly text: string; readonly command: string }[];
  readonly sources: readonly CitedSource[];
  readonly names: Names;
}

/** A brief as Markdown and as one self-contained page: the same sections, figures, notes and sources. */
export const briefDocument = (brief: Brief): { md: string; html: string } => ({
  md: markdown(brief),
  html: page(brief),
});

const flat = (text: string) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
const heading = (name: string) => name.replaceAll('_', ' ');
const textOf = (row: AnswerRow, c: AnswerColumn, names: Names): string =>
  c.name === 'claimed' || c.name === 'found' ? claimCell(row, c.name) : cellText(row[c.name], c, names);

/** Which question gave the figures of a part. */
const behind = (part: Answered): string[] => {
  const { section } = part;
  const explain = explainOf(part);
  return [
    `From: \`${commandOf(section)}\``,
    ...(explain ? [`Why a figure is what it is: \`${explain}\``] : []),
  ];
};

function markdown({ title, short, sections, next, sources, names }: Brief): string {
  const out = [`# ${title}`];
  if (short.length > 0) out.push('', '## In short', '');
  for (const line of short) out.push(`- ${flat(line.text)} (\`${line.command}\`)`);
  for (const part of sections) {
    const { columns, rows } = shown(part);
    out.push('', `## ${part.section.title}`, '');
    if (rows.length === 0) out.push('Nothing in the data.');
    else {
      out.push(
        `| ${columns.map((c) => heading(c.name)).join(' | ')} |`,
        `|${columns.map(() => ' --- |').join('')}`,
      );
      for (const row of rows) out.push(`| ${columns.map((c) => flat(textOf(row, c, names))).join(' | ')} |`);
    }
    for (const line of [...leftOut(part), ...behind(part)]) out.push('', line);
    for (const note of part.answer.notes.slice(0, 6)) out.push('', `> ${flat(note.text)}`);
  }
  if (next.length > 0) out.push('', '## What to ask next', '');
  for (const line of next) out.push(`- ${line.text}: \`${line.command}\``);
  out.push('', '## Sources', '', '| source | release | licence | citation |', '| --- | --- | --- | --- |');
  for (const s of sources)
    out.push(`| ${[s.title, s.release, s.licence, s.citation].map(flat).join(' | ')} |`);
  return `${out.join('\n')}\n`;
}

const style = `body{margin:0 auto;padding:2rem 1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:#1c2430;background:#fff}
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #d5dae1;vertical-align:top}
.wide{overflow-x:auto}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.from{font-size:.85rem;margin:.3rem 0;opacity:.85}code{font-size:.8rem;overflow-wrap:anywhere}
td.supported{color:#1a7f4b}td.contradicted{color:#b42318}td.outdated,td.overstated,td.understated{color:#b25e00}h2{margin:2rem 0 .5rem}blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid #98a2b3;font-size:.85rem}
svg{max-width:100%;height:auto;display:block;margin:.5rem 0}svg text{font:12px system-ui,sans-serif;fill:currentColor}svg rect{fill:#2f6f9f}svg line{stroke:#b42318;stroke-width:2;stroke-dasharray:4 3}figure{margin:.5rem 0}figcaption{font-size:.85rem;opacity:.85}
@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}th,td{border-color:#39424f}td.supported{color:#6fce9a}td.contradicted{color:#f2938b}td.outdated,td.overstated,td.understated{color:#f0b061}svg rect{fill:#6fb1e0}}`;

/** Text with its `commands` as code. */
const withCode = (text: string) => escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>');
const list = (heading: string, lines: readonly { text: string; command: string }[]) =>
  lines.length === 0
    ? ''
    : `<section><h2>${heading}</h2><ul>${lines.map((l) => `<li>${escapeHtml(l.text)} <code>${escapeHtml(l.command)}</code></li>`).join('')}</ul></section>`;

function page({ title, short, sections, next, sources, names }: Brief): string {
  const parts = sections.map((part) => {
    const { columns, rows } = shown(part);
    const head = columns
      .map(
        (c) =>
          `<th scope="col"${c.about ? ` title="${escapeHtml(c.about)}"` : ''}>${escapeHtml(heading(c.name))}</th>`,
      )
      .join('');
    const cells = (row: (typeof rows)[number]) =>
      columns
        .map(
          (c) =>
            `<td${typeof row[c.name] === 'number' ? ' class="n"' : c.name === 'verdict' ? ` class="${escapeHtml(String(row[c.name]))}"` : ''}>${escapeHtml(textOf(row, c, names))}</td>`,
        )
        .join('');
    const table =
      rows.length === 0
        ? '<p>Nothing in the data.</p>'
        : `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table></div>`;
    const lines = [...leftOut(part), ...behind(part)].map((l) => `<p class="from">${withCode(l)}</p>`);
    const notes = part.answer.notes.slice(0, 6).map((n) => `<blockquote>${escapeHtml(n.text)}</blockquote>`);
    return `<section><h2>${escapeHtml(part.section.title)}</h2>${bars(part, names)}${table}${lines.join('')}${notes.join('')}</section>`;
  });
  const cited = sources
    .map(
      (s) =>
        `<tr>${[s.title, s.release, s.licence, s.citation].map((t) => `<td>${escapeHtml(t)}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${list('In short', short)}${parts.join('')}${list('What to ask next', next)}<section><h2>Sources</h2><div class="wide"><table><thead><tr><th scope="col">source</th><th scope="col">release</th><th scope="col">licence</th><th scope="col">citation</th></tr></thead><tbody>${cited}</tbody></table></div></section></main></body></html>
`;
}

/** Shares as bars, one per row, on a scale from 0 to 100 %, the limit as a line where there is one. */
function bars(part: Answered, names: Names): string {
  const { bars: drawn, title } = part.section;
  if (!drawn) return '';
  const [value, label] = drawn;
  const rows = shown(part)
    .rows.filter((r) => typeof r[value] === 'number')
    .slice(0, 12);
  if (rows.length === 0) return '';
  const height = 22;
  const cap =
    part.section.question === 'board' &&
    rows.every((r) => typeof r.cap === 'number' && r.cap === rows[0]!.cap)
      ? rows[0]!.cap
      : null;
  const about = part.answer.columns.find((c) => c.name === value)?.about ?? heading(value);
  const marks = rows.map((r, k) => {
    const share = Math.max(0, Math.min(1, r[value] as number));
    const words = [
      names.mineral(String(r.mineral ?? '')),
      r.stage,
      cellText(r[label], { name: 'country', unit: '', about: '' }, names),
      r.hs6 ? `HS ${r.hs6}` : null,
    ];
    const name = words.filter((v, i, all) => v && all.indexOf(v) === i).join(' ');
    const y = k * height;
    return `<text x="284" y="${y + 15}" text-anchor="end">${escapeHtml(name.length > 46 ? `${name.slice(0, 45)}…` : name)}</text><rect x="290" y="${y + 3}" width="${(share * 330).toFixed(1)}" height="16"/><text x="${(296 + share * 330).toFixed(1)}" y="${y + 15}">${(share * 100).toFixed(1)} %</text>`;
  });
  const end = rows.length * height;
  const line =
    typeof cap === 'number'
      ? `<line x1="${290 + cap * 330}" x2="${290 + cap * 330}" y1="0" y2="${end}"/><text x="${290 + cap * 330}" y="${end + 14}" text-anchor="middle">limit ${(100 * cap).toFixed(0)} %</text>`
      : '';
  return `<figure><svg viewBox="0 0 680 ${end + (line ? 18 : 0)}" role="img" aria-label="${escapeHtml(`${title}: ${about}`)}">${marks.join('')}${line}</svg><figcaption>${escapeHtml(about)}</figcaption></figure>`;
}
