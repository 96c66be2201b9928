import type { Raw } from '../source.ts';
import { type Figure, type FigureFile, seriesLabel, worldPart } from './figure.ts';
import { readGrid } from './grid.ts';

/**
 * The releases up to 2024: a file per commodity, quantity, unit and year in the header (`Prod_kt_est_2022`,
 * `Reserves_ore_kt`, `Cap_Sponge_t_2021`). The first three columns are source, country and type whatever their header.
 */
export function worldFiles(raw: Raw, edition: string): FigureFile[] {
  const folder = `usgs-mcs-${edition}/world`;
  return raw
    .list(folder)
    .filter((name) => name.endsWith('_world.csv'))
    .map((name) => ({ edition, file: name, figures: figuresOf(raw, `${folder}/${name}`, name, edition) }));
}

function figuresOf(raw: Raw, path: string, name: string, edition: string): Figure[] {
  const code = /mcs\d{4}-(.+)_world/.exec(name)?.[1] ?? name;
  const [header = [], ...records] = readGrid(raw.read(path), path);
  const columns = header.flatMap((text, at) => {
    const column = quantityColumn(text, edition);
    return column ? [{ ...column, at }] : [];
  });
  const notesAt = header.findIndex((text) => /^prod_notes?$/i.test(text.trim()));
  const figures: Figure[] = [];
  for (const record of records) {
    const country = (record[1] ?? '').trim();
    const type = record[2] ?? '';
    if (country === '') continue;
    for (const { table, unit, year, at } of columns) {
      const value = (record[at] ?? '').trim();
      if (value === '' && table !== 'production') continue;
      figures.push({
        series: seriesLabel(`${code} | ${type}${worldPart(country)}`),
        country,
        table,
        year,
        unit,
        value,
        notes: record[notesAt] ?? '',
        title: type.trim(),
        chapterNotes: '',
      });
    }
  }
  return figures;
}

const tables = { prod: 'production', cap: 'capacity', reserves: 'reserves' } as const;

function quantityColumn(text: string, edition: string): Pick<Figure, 'table' | 'unit' | 'year'> | undefined {
  const match =
    /^(prod|cap|reserves)_(?:sponge_|pigment_|ore_|ore_k2o_equiv_)?([a-z]+?)(?:_est)?(?:_(\d{4}))?$/i.exec(
      text.trim(),
    );
  if (!match || /^notes?$/i.test(match[2]!)) return undefined;
  const table = tables[match[1]!.toLowerCase() as keyof typeof tables];
  return { table, unit: match[2]!.toLowerCase(), year: match[3] ?? String(Number(edition) - 1) };
}
