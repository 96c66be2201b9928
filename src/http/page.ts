import { cellText, headText, isShare, unknownMark } from '../cli/cell.ts';
import { answered } from '../questions/answered.ts';
import type { Listed } from '../questions/list.ts';
import type { Answer, AnswerColumn, AnswerRow } from '../questions/question.ts';
import { readParams } from '../questions/read-params.ts';
import type { World } from '../store/world.ts';

const shownColumns = [
  'mineral',
  'stage',
  'top_country',
  'top_share',
  'second_country',
  'supply_usd',
  'year',
  'note',
];

/** A page without script: the UK board, the questions and where the API is. */
export async function firstPage(questions: readonly Listed[], world: World): Promise<string> {
  const board = await ukBoard(questions, world);
  const links = questions
    .map((q) => `<li><a href="/api/${q.name}">${escaped(q.name)}</a> <span>${escaped(q.asks)}</span></li>`)
    .join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Headwater</title>
<link rel="stylesheet" href="/headwater.css">
<link rel="icon" href="data:,">
</head>
<body>
<header>
<h1>Headwater</h1>
<p>Who really supplies us? How far is that from the limit? What breaks if they stop?</p>
</header>
<main>
${board}
<section>
<h2>Ask it from a program</h2>
<p><a href="/api">/api</a> lists the questions with their parameters; <a href="/api/openapi.json">/api/openapi.json</a>
describes them for tools. In a terminal: <code>npx headwater --help</code>.</p>
<ul class="questions">
${links}
</ul>
</section>
</main>
<footer>Data version ${escaped(world.dataVersion.slice(0, 12))}</footer>
</body>
</html>
`;
}

async function ukBoard(questions: readonly Listed[], world: World): Promise<string> {
  const listed = questions.find((q) => q.name === 'board');
  if (!listed) return '';
  const question = await listed.load();
  const typed = world.data === 'own' ? {} : { for: ['GBR'], list: ['uk-2024'] };
  try {
    const params = readParams(question, typed, (f) => f.name);
    return boardHtml(question.asks, await answered(question, params, world));
  } catch (error) {
    return `<section><h2>Board</h2><p>${escaped((error as Error).message)}</p></section>`;
  }
}

function boardHtml(asks: string, answer: Answer): string {
  const columns = shownColumns.flatMap((n) => answer.columns.find((c) => c.name === n) ?? []);
  const heads = columns
    .map(
      (c) =>
        `<th scope="col"${numeric(c)}>${escaped(headText(c))}</th>${c.name === 'top_share' ? '<th scope="col">against the limit</th>' : ''}`,
    )
    .join('');
  const rows = answer.rows
    .map(
      (row) =>
        `<tr${row.over_cap === true ? ' class="over"' : ''}>${columns.map((c) => cellHtml(row, c)).join('')}</tr>`,
    )
    .join('\n');
  const headline = answer.view?.headline ?? [asks];
  const cited = answer.sources.map(
    (s) => `<li>${escaped(`${s.title}, ${s.release}. ${s.licence}. ${s.citation}`)}</li>`,
  );
  return `<section>
<h2>${headline.map(escaped).join(' ')}</h2>
<div class="scroll" role="region" aria-label="Board" tabindex="0"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows}
</tbody>
</table></div>
<ul class="notes">${answer.notes.map((n) => `<li>${escaped(n.text)}</li>`).join('\n')}</ul>
<h3>Sources</h3>
<ul class="notes">${cited.join('\n')}</ul>
</section>`;
}

function cellHtml(row: AnswerRow, column: AnswerColumn): string {
  const text = cellText(row[column.name], column);
  const cell =
    text === unknownMark
      ? `<td class="unknown${numeric(column) && ' number'}">${column.name === 'note' ? '' : '<span title="not known">–</span>'}</td>`
      : `<td${numeric(column)}>${escaped(text)}</td>`;
  return column.name === 'top_share' ? cell + barHtml(row) : cell;
}

/** Shares and the limit drawn to scale; an unknown share is hatched, never empty. */
function barHtml(row: AnswerRow): string {
  const [share, second, cap] = [row.top_share, row.second_share, row.cap].map((v) =>
    typeof v === 'number' ? Math.max(0, Math.min(1, v)) * 100 : null,
  );
  const parts =
    share === null || share === undefined
      ? '<rect class="hatched" width="100" height="10"/>'
      : `<rect class="first" width="${share.toFixed(2)}" height="10"/><rect class="second" x="${share.toFixed(2)}" width="${Math.min(second ?? 0, 100 - share).toFixed(2)}" height="10"/>`;
  const limit =
    cap === null || cap === undefined
      ? ''
      : `<rect class="limit" x="${(cap - 0.4).toFixed(2)}" width="0.8" height="10"/>`;
  return `<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${parts}${limit}</svg></td>`;
}

const numeric = (c: AnswerColumn) =>
  isShare(c) ? ' class="number share"' : ['USD', 't'].includes(c.unit) ? ' class="number"' : '';

const escaped = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!,
  );

export const styleSheet = `:root {
  color-scheme: light dark;
  --ground: #fff; --ink: #1b1d21; --faint: #5c626b; --line: #dcdfe4; --first: #4a6fa5; --second: #b9c8de; --over: #b3541e; --unknown: #eceef1;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #14161a; --ink: #e8eaed; --faint: #a0a6b0; --line: #33373e; --first: #7fa3d8; --second: #3a4d6b; --over: #e8965a; --unknown: #23272d; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem); max-width: 76rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 1.6rem; } h2 { margin-top: 2rem; font-size: 1.2rem; } h3 { font-size: 1rem; }
header p, footer, .notes, .questions span { color: var(--faint); }
a { color: inherit; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: 500; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.unknown { color: var(--faint); }
.bar { min-width: 9rem; } .bar svg { display: block; width: 100%; height: .8rem; background: var(--unknown); }
.first { fill: var(--first); } .second { fill: var(--second); } .limit { fill: var(--ink); } .hatched { fill: var(--unknown); }
.over .first { fill: var(--over); } .over .share { color: var(--over); }
.notes { font-size: .85rem; padding-left: 1.2rem; } .questions { padding-left: 1.2rem; }
@media print { .scroll { overflow: visible; } }
`;
