import type { AnswerRow, CitedSource } from '../question.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c]!);

/** Worst first: a sentence with several claims is shown as its worst. */
const order = [
  'contradicted',
  'overstated',
  'understated',
  'outdated',
  'not_in_data',
  'not_checkable',
  'supported',
];

const style = `body{margin:0 auto;padding:2rem 1rem;max-width:46rem;font:1rem/1.6 system-ui,sans-serif;color:#1c2430;background:#fff}
mark{background:none;color:inherit;border-bottom:3px solid #98a2b3;padding-bottom:1px}
mark.supported{border-color:#1a7f4b}mark.outdated,mark.overstated,mark.understated{border-color:#b25e00}
mark.contradicted{border-color:#b42318}mark.not_in_data,mark.not_checkable{border-bottom-style:dotted}
ul.claims{list-style:none;margin:.4rem 0 1rem;padding:.5rem .8rem;background:#f4f6f9;border-left:3px solid #98a2b3;font-size:.9rem}
.verdict{font-weight:600}footer{margin-top:2rem;font-size:.85rem}
@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}ul.claims{background:#1c222b}}`;

/** The text with each sentence that makes a claim marked, its verdicts below it, and the sources at the end. */
export function markUp(
  text: string,
  rows: readonly AnswerRow[],
  sources: readonly CitedSource[],
): { md: string; html: string } {
  const bySentence = new Map<number, AnswerRow[]>();
  for (const row of rows) {
    const start = row.start as number;
    bySentence.set(start, [...(bySentence.get(start) ?? []), row]);
  }
  const html: string[] = [];
  const md: string[] = [];
  let at = 0;
  for (const [start, claims] of [...bySentence].sort(([a], [b]) => a - b)) {
    const end = claims[0]!.end as number;
    const worst = order.find((v) => claims.some((c) => c.verdict === v)) ?? 'not_checkable';
    html.push(paragraphs(text.slice(at, start)));
    html.push(
      `<mark class="${worst}" id="claim-${claims[0]!.n}">${escapeHtml(text.slice(start, end))}</mark>`,
    );
    html.push(
      `<ul class="claims">${claims.map((c) => `<li>${line(c, escapeHtml, (v) => `<span class="verdict">${v}</span>`)}</li>`).join('')}</ul>`,
    );
    md.push(text.slice(at, start), `**${text.slice(start, end).replace(/\s+/g, ' ')}**`, '\n\n');
    md.push(
      claims
        .map(
          (c) =>
            `> ${line(
              c,
              (t) => t,
              (v) => `*${v}*`,
            )}`,
        )
        .join('\n>\n'),
      '\n\n',
    );
    at = end;
  }
  html.push(paragraphs(text.slice(at)));
  md.push(text.slice(at).trimStart());
  const cited = sources.map((s) => `${s.title}, ${s.release}, ${s.licence}: ${s.citation}`);
  return {
    md: `${md.join('').trim()}\n\n## Sources\n\n${cited.map((c) => `- ${c}`).join('\n')}\n`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Claims checked</title><style>${style}</style></head>
<body><main>${html.join('')}</main><footer><h2>Sources</h2><ul>${cited.map((c) => `<li>${escapeHtml(c)}</li>`).join('')}</ul></footer></body></html>
`,
  };
}

const paragraphs = (text: string) => escapeHtml(text).replace(/\n\s*\n/g, '<br><br>');

const line = (c: AnswerRow, safe: (text: string) => string, verdict: (v: string) => string): string => {
  const about = [c.kind, c.country, c.mineral, c.stage].filter(Boolean).join(' · ');
  return `${safe(about)}: ${verdict(String(c.verdict).replaceAll('_', ' '))}. ${safe(String(c.why ?? ''))}`;
};
