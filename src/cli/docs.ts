import { type Field, fieldsOf } from '../questions/fields.ts';
import type { Question } from '../questions/question.ts';
import type { Table } from '../tables/define.ts';
import type { SourceRow } from '../tables/policy.ts';

const generated = '<!-- made by scripts/docs.js; edit the lists it is made from -->';
const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** docs/questions.md: every question with its parameters and an example. */
export function questionsDoc(questions: readonly Question[]): string {
  const parts = [
    '# Questions',
    generated,
    'Each is a command (`npx headwater <question>`) and a route (`GET /api/<question>`). All take `--format table|csv|json|md`, `--data DIR`, `--with DIR`, `--quiet` and `--debug`. A parameter marked “several” may be repeated or take a comma list.',
    'JSON answers hold `question`, `params`, `rows`, `columns` (name, unit, meaning), `notes` (with `rows`, 0-based, where they are about some), `headline` (the answer in one to four sentences, with number and year, where the question says it in words), `sources` (release, licence, citation), `data_version` and `code_version`. The table and Markdown show the headline, the columns that matter and a sentence for what has no figure; JSON and CSV keep every row and column.',
  ];
  for (const q of questions) {
    parts.push(`## ${q.name}`, `*${q.asks}*`, q.about);
    if (q.positional?.length) {
      const names = q.positional.map((name) => fieldsOf(q.params).find((f) => f.name === name)!.option);
      parts.push(`Without an option name: ${names.map((n) => `\`${n}\``).join(', ')}.`);
    }
    const heads = [row(['parameter', 'values', 'left out', 'what it does']), '| --- | --- | --- | --- |'];
    parts.push([...heads, ...fieldsOf(q.params).map(parameterRow)].join('\n'));
    parts.push(`\`\`\`sh\nnpx ${q.example.replace(/^npx /, '')}\n\`\`\``);
  }
  return `${parts.join('\n\n')}\n`;
}

function parameterRow(f: Field): string {
  const values = [
    f.choices.length > 0 ? f.choices.map((c) => `\`${c}\``).join(', ') : f.kind,
    f.range,
    f.list && 'several',
  ];
  const fallback = f.fallback === undefined ? '' : `\`${[f.fallback].flat().map(shown).join(',')}\``;
  return row([
    `\`--${f.option}\``,
    values.filter(Boolean).join('; '),
    f.required ? 'required' : fallback,
    f.about,
  ]);
}

const shown = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** docs/tables.md: every canonical table with its columns. */
export function tablesDoc(tables: readonly Table[]): string {
  const parts = [
    '# Tables',
    generated,
    'Own data are one CSV or Parquet file per table, named for the table, with these columns in any order. A column that is not required may be left out.',
  ];
  for (const t of tables) {
    const rows = Object.entries(t.columns).map(([name, c]) =>
      row([
        `\`${name}\``,
        c.values ? c.values.map((v) => `\`${v}\``).join(', ') : c.type,
        c.unit ?? '',
        c.optional ? (c.fallback === undefined ? 'optional' : `optional, \`${c.fallback}\``) : 'required',
        c.about,
      ]),
    );
    parts.push(
      `## ${t.name}`,
      t.about,
      `Key: ${t.key.map((k) => `\`${k}\``).join(', ')}`,
      [row(['column', 'type', 'unit', '', 'what it is']), '| --- | --- | --- | --- | --- |', ...rows].join(
        '\n',
      ),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

/** docs/sources.md: who publishes what is in the snapshot, and how to cite it. */
export function sourcesDoc(sources: readonly SourceRow[]): string {
  const parts = [
    '# Sources',
    generated,
    'What the shipped snapshot is made from. Ids are those of the column `source` in every table and answer.',
  ];
  for (const s of sources) {
    const facts = [
      ['Publisher', s.publisher],
      ['Release', s.release],
      ['Licence', s.licence],
      ['Cite as', s.citation],
      ['Address', s.url && `<${s.url}>`],
      ['Published', s.cadence],
      ['Rows', s.rows_read === null ? null : `${s.rows_kept} kept of ${s.rows_read}`],
    ];
    parts.push(
      `## ${s.source}`,
      s.title,
      facts
        .filter(([, value]) => value)
        .map(([name, value]) => `- ${name}: ${value}`)
        .join('\n'),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

const block = /(<!-- board:[^\n]*-->\n```text\n)[\s\S]*?(```\n<!-- \/board -->)/;

/** The README with the first lines of the UK board as they are now: down to the end of its first section. */
export function withBoard(readme: string, board: string): string {
  if (!block.test(readme)) throw new Error('the README has no place for the board');
  const lines = board.split('\n');
  const starts = lines.findIndex((l) => /^(Over|Within) the limit/.test(l));
  const ends = lines.findIndex((l, i) => i > starts && l === '');
  return readme.replace(
    block,
    (_, before: string, after: string) => `${before}${lines.slice(0, ends).join('\n')}\n${after}`,
  );
}
