import { deviationBound } from '../sources/deviations.ts';
import type { Refusal, Source } from '../sources/source.ts';
import type { PackedTable } from '../tables/datapackage.ts';

/** An account of a build: what was read, kept and refused, and why. Same input, same text. */
export interface BuildReport {
  readonly dataVersion: string;
  readonly bytes: number;
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly bytes: number }[];
  readonly compared: {
    /** groups of rows that the release before had; null where there was none to compare with */
    readonly vanished: readonly string[] | null;
    /** shares of one output in two sources that lie far apart */
    readonly deviations: number;
    /** those without a reason in reference/accepted-deviations.csv */
    readonly unexplained: readonly string[];
    /** reasons there that nothing needs any more */
    readonly obsolete: readonly string[];
  };
  readonly sources: readonly {
    readonly source: string;
    readonly title: string;
    readonly release: string;
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
    readonly rowsRead: number;
    readonly rowsKept: number;
    readonly rows: Readonly<Record<string, number>>;
    readonly refused: readonly Refusal[];
    readonly remarks: readonly string[];
  }[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The report as a person reads it. */
export function reportText(report: BuildReport): string {
  const lines = [
    '# Build report',
    '',
    `Data version \`${report.dataVersion}\`, ${report.bytes.toLocaleString('en')} bytes.`,
    '',
    '| table | rows | bytes |',
    '| --- | ---: | ---: |',
    ...report.tables.map((t) => `| ${t.table} | ${t.rows} | ${t.bytes} |`),
  ];
  const { vanished, deviations, unexplained, obsolete } = report.compared;
  lines.push('', '## Sources against each other', '');
  lines.push(
    `${deviations} shares of one output lie more than ${100 * deviationBound} points apart in two sources; ${unexplained.length} of them without a reason in \`reference/accepted-deviations.csv\`.`,
  );
  if (unexplained.length > 0) lines.push('', ...unexplained.map((d) => `- unexplained: ${d}`));
  if (obsolete.length > 0)
    lines.push('', ...obsolete.map((d) => `- a reason that nothing needs any more: ${d}`));
  if (vanished !== null) {
    lines.push('', '## Rows against the release before', '');
    lines.push(
      ...(vanished.length > 0
        ? vanished.map((v) => `- ${v}`)
        : ['No source, year or code lost rows to speak of.']),
    );
  }
  for (const s of report.sources) {
    lines.push('', `## ${s.title} (\`${s.source}\`, ${s.release})`, '');
    lines.push(
      `Read ${s.rowsRead} rows, kept ${s.rowsKept}; wrote ${
        Object.entries(s.rows)
          .map(([table, rows]) => `${rows} to ${table}`)
          .join(', ') || 'none'
      }.`,
    );
    if (s.refused.length > 0) {
      lines.push('', '| refused | rows | for example |', '| --- | ---: | --- |');
      for (const r of s.refused) lines.push(`| ${cell(r.reason)} | ${r.rows} | ${cell(r.example ?? '')} |`);
    }
    if (s.remarks.length > 0) lines.push('', ...s.remarks.map((r) => `- ${r}`));
  }
  return `${lines.join('\n')}\n`;
}

/** Who published what is in the snapshot, under which licence, and the attribution to repeat. */
export function licencesText(
  sources: readonly {
    readonly source: Omit<Source, 'harvest' | 'cadence' | 'folder'>;
    readonly tables: readonly string[];
  }[],
): string {
  const lines = [
    '# Licences of the data',
    '',
    'Every source in this folder, its publisher, its licence and the attribution to repeat when its figures are shown.',
  ];
  for (const { source: s, tables } of sources)
    lines.push(
      '',
      `## ${s.title}`,
      '',
      `- id: \`${s.id}\``,
      `- publisher: ${s.publisher}`,
      `- release: ${s.release}`,
      `- licence: ${s.licence}`,
      `- attribution: ${s.citation}`,
      `- address: ${s.url}`,
      `- tables: ${tables.map((t) => `\`${t}\``).join(', ')}`,
    );
  return `${lines.join('\n')}\n`;
}

export const tableSizes = (packed: readonly PackedTable[]) =>
  packed.map(({ table, rows, bytes }) => ({ table: table.name, rows, bytes }));
