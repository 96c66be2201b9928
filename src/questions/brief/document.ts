import { escapeHtml } from '../check/mark-up.ts';
import type { CitedSource } from '../question.ts';
import { type Answered, cellText, commandOf, shown } from './section.ts';

/** A brief as Markdown and as one self-contained page: the same sections, figures, notes and sources. */
export function briefDocument(
  title: string,
  sections: readonly Answered[],
  sources: readonly CitedSource[],
): { md: string; html: string } {
  return { md: markdown(title, sections, sources), html: page(title, sections, sources) };
}

const flat = (text: string) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
const heading = (name: string) => name.replaceAll('_', ' ');
const rest = ({ section, answer }: Answered) =>
  answer.rows.length > section.most
    ? `${answer.rows.length - section.most} more: \`${commandOf(section)}\``
    : '';

function markdown(title: string, sections: readonly Answered[], sources: readonly CitedSource[]): string {
  const out = [`# ${title}`];
  for (const part of sections) {
    const { columns, rows } = shown(part);
    out.push('', `## ${part.section.title}`, '');
    if (rows.length === 0) out.push('Nothing in the data.');
    else {
      out.push(
        `| ${columns.map((c) => heading(c.name)).join(' | ')} |`,
        `|${columns.map(() => ' --- |').join('')}`,
      );
      for (const row of rows)
        out.push(`| ${columns.map((c) => flat(cellText(row[c.name], c))).join(' | ')} |`);
    }
    if (rest(part)) out.push('', rest(part));
    for (const note of part.answer.notes.slice(0, 6)) out.push('', `> ${flat(note.text)}`);
  }
  out.push('', '## Sources', '', '| source | release | licence | citation |', '| --- | --- | --- | --- |');
  for (const s of sources)
    out.push(`| ${[s.title, s.release, s.licence, s.citation].map(flat).join(' | ')} |`);
  return `${out.join('\n')}\n`;
}

const style = `body{margin:0 auto;padding:2rem 1rem;max-width:60rem;font:1rem/1.5 system-ui,sans-serif;color:#1c2430;background:#fff}
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #d5dae1;vertical-align:top}
.wide{overflow-x:auto}blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid #98a2b3;font-size:.85rem}
svg{max-width:100%;height:auto;display:block;margin:.5rem 0}svg text{font:12px system-ui,sans-serif;fill:currentColor}svg rect{fill:#2f6f9f}
@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}th,td{border-color:#39424f}svg rect{fill:#6fb1e0}}`;

function page(title: string, sections: readonly Answered[], sources: readonly CitedSource[]): string {
  const parts = sections.map((part) => {
    const { columns, rows } = shown(part);
    const table =
      rows.length === 0
        ? '<p>Nothing in the data.</p>'
        : `<div class="wide"><table><thead><tr>${columns.map((c) => `<th scope="col">${escapeHtml(heading(c.name))}</th>`).join('')}</tr></thead><tbody>${rows
            .map(
              (row) =>
                `<tr>${columns.map((c) => `<td>${escapeHtml(cellText(row[c.name], c))}</td>`).join('')}</tr>`,
            )
            .join('')}</tbody></table></div>`;
    const more = rest(part) ? `<p>${escapeHtml(rest(part).replaceAll('`', ''))}</p>` : '';
    const notes = part.answer.notes.slice(0, 6).map((n) => `<blockquote>${escapeHtml(n.text)}</blockquote>`);
    return `<section><h2>${escapeHtml(part.section.title)}</h2>${bars(part)}${table}${more}${notes.join('')}</section>`;
  });
  const cited = sources
    .map(
      (s) =>
        `<tr>${[s.title, s.release, s.licence, s.citation].map((t) => `<td>${escapeHtml(t)}</td>`).join('')}</tr>`,
    )
    .join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${parts.join('')}<section><h2>Sources</h2><div class="wide"><table><thead><tr><th scope="col">source</th><th scope="col">release</th><th scope="col">licence</th><th scope="col">citation</th></tr></thead><tbody>${cited}</tbody></table></div></section></main></body></html>
`;
}

/** Shares as bars, one per row, on a scale from 0 to 100 %. */
function bars(part: Answered): string {
  const { bars: drawn, title, most } = part.section;
  if (!drawn) return '';
  const [value, label] = drawn;
  const rows = part.answer.rows.filter((r) => typeof r[value] === 'number').slice(0, Math.min(most, 12));
  if (rows.length === 0) return '';
  const height = 22;
  const marks = rows.map((r, k) => {
    const share = Math.max(0, Math.min(1, r[value] as number));
    const name = [r.mineral, r.stage, r[label]]
      .filter((v, i, all) => v !== null && v !== undefined && all.indexOf(v) === i)
      .join(' ');
    const y = k * height;
    return `<text x="214" y="${y + 15}" text-anchor="end">${escapeHtml(name.slice(0, 34))}</text><rect x="220" y="${y + 3}" width="${(share * 380).toFixed(1)}" height="16"/><text x="${(226 + share * 380).toFixed(1)}" y="${y + 15}">${(share * 100).toFixed(1)} %</text>`;
  });
  return `<svg viewBox="0 0 680 ${rows.length * height}" role="img" aria-label="${escapeHtml(title)}">${marks.join('')}</svg>`;
}
