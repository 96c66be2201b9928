import type { Column, Table } from './define.ts';

const rules: Record<NonNullable<Column['rule']>, string> = {
  country: 'a country of `country`',
  country_or_total: 'a country of `country`, WLD or OTH',
  country_code: 'three capital letters',
  mineral: 'a mineral of `mineral`',
  hs6: 'six digits',
  year: '1900–2100',
  share: '0…1',
  not_negative: '≥ 0',
  governance: '−5…5',
  date: 'YYYY-MM-DD, YYYY-MM or YYYY',
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const mayBe = (column: Column): string =>
  [column.values?.map((v) => `\`${v}\``).join(', '), column.rule && rules[column.rule]]
    .filter(Boolean)
    .join('; ');

function needed(table: Table, name: string, column: Column): string {
  if (!column.optional) return 'yes';
  if (column.fallback !== undefined) return `no: \`${column.fallback}\``;
  if (!table.main.includes(name)) return 'no';
  return table.main.length > 1 ? 'one of the main' : 'yes, cells may be empty';
}

function tableText(table: Table): string[] {
  const rows = Object.entries(table.columns).map(
    ([name, c]) =>
      `| ${table.key.includes(name) ? `**\`${name}\`**` : `\`${name}\``} | ${c.type} | ${c.unit ?? ''} | ${cell(needed(table, name, c))} | ${cell(c.about)} | ${cell(mayBe(c))} |`,
  );
  return [
    '',
    `## \`${table.name}\``,
    '',
    table.about,
    '',
    '| column | type | unit | needed | what it is | may be |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

/** The page that describes every table, from the declarations. */
export const tablesPage = (tables: readonly Table[]): string =>
  `${[
    '# Tables',
    '',
    'Generated from `src/tables`; do not edit. The same names hold in SQL, TypeScript, JSON, CSV and URLs.',
    '',
    'Own tables (`--data DIR`, `--with DIR`) are files of these names, `.csv` (UTF-8, comma, header) or `.parquet`. Columns may',
    'stand in any order; those not needed may be left out; an empty cell is null, which means unknown and never zero.',
    'Columns in **bold** are the key: they name one row, and rows are returned in their order.',
    ...tables.flatMap(tableText),
  ].join('\n')}\n`;
