import type { AnswerRow, View } from './question.ts';
import { byMineral, count, distinct, named, plainly, positions } from './wording.ts';

/** Rows beyond which coverage is told table by table. */
const mostShown = 80;

/** How coverage is best read: of one mineral every series; of all a sentence for each table, and what is missing. */
export function coverageView(rows: readonly AnswerRow[], asked: { readonly missing: boolean }): View {
  const absent = rows.filter((r) => r.missing !== null);
  const there = rows.filter((r) => r.missing === null);
  const headline = asked.missing
    ? [`${count(absent.length, 'thing is', 'things are')} missing in the data in use.`, ...fillers(absent)]
    : [
        `${count(there.length, 'series', 'series')} in the data in use, of ${count(distinct(there, 'mineral'), 'mineral')} from ${count(distinct(there, 'source'), 'source')}; ${count(absent.length, 'thing is', 'things are')} missing.`,
        ...fillers(absent),
      ];
  const base = { headline, inSections: true, group: 'table', quietNotes: ['missing'] };
  if (rows.length > mostShown) return { ...base, sections: [], after: tableLines(rows) };
  if (asked.missing)
    return {
      ...base,
      columns: ['table', 'mineral', 'stage', 'hs6', 'missing', 'fetch_from'],
      heads: { fetch_from: 'fetch' },
    };
  return {
    ...base,
    columns: [
      'table',
      'stage',
      'hs6',
      'source',
      'from_year',
      'to_year',
      'countries',
      'known',
      'complete',
      'mineral',
    ],
    heads: { from_year: 'from', to_year: 'to', known: 'figures' },
    least: { source: 12, stage: 8 },
    sections: [{ title: '', rows: positions(rows, (r) => r.missing === null) }].filter(
      (s) => s.rows.length > 0,
    ),
    after: absent.length
      ? [
          `Missing: ${named(absent.map((r) => `${r.missing}${r.fetch_from === null ? '' : ` (headwater fetch ${r.fetch_from})`}`))}.`,
        ]
      : [],
  };
}

/** Which source would bring how many of the missing. */
function fillers(absent: readonly AnswerRow[]): string[] {
  const by = new Map<string, number>();
  for (const r of absent)
    if (r.fetch_from !== null) by.set(String(r.fetch_from), (by.get(String(r.fetch_from)) ?? 0) + 1);
  const parts = [...by]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([source, n]) => `${source} ${n}`);
  return parts.length ? [`Of these a fetch would bring: ${named(parts)}.`] : [];
}

function tableLines(rows: readonly AnswerRow[]): string[] {
  const tables = [...new Set(rows.map((r) => String(r.table)))];
  return tables.map((table) => {
    const of = rows.filter((r) => r.table === table);
    const there = of.filter((r) => r.missing === null);
    const absent = of.filter((r) => r.missing !== null);
    const years = there.flatMap((r) => [r.from_year, r.to_year]).filter((y) => typeof y === 'number');
    const span = years.length ? `, ${Math.min(...years)} to ${Math.max(...years)}` : '';
    const has = there.length
      ? `${count(there.length, 'series', 'series')} of ${count(distinct(there, 'mineral'), 'mineral')}${span}`
      : '';
    const lacks = absent.length ? `missing for ${byMineral(absent)}` : '';
    return `${plainly(table)}: ${[has, lacks].filter(Boolean).join('; ')}.`;
  });
}
