import type { Production } from '../../tables/quantities.ts';
import * as quantities from '../../tables/quantities.ts';
import { numberIn } from '../csv.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';

const file = 'reference/uranium-wna.csv';

/** Uranium mined, from the figures kept in reference/uranium-wna.csv: shares for 2022 and 2023, tonnes for 2024. */
export const wna: Source = {
  id: 'wna',
  title: 'World Uranium Mining Production',
  publisher: 'World Nuclear Association',
  release: '2025 (figures to 2024)',
  licence: 'figures cited from a public page',
  citation: 'World Nuclear Association, World Uranium Mining Production',
  url: 'https://world-nuclear.org/information-library/nuclear-fuel-cycle/mining-of-uranium/world-uranium-mining-production',
  cadence: 'every year',
  folder: 'uranium-wna',
  harvest: (_raw, reference) => {
    const count = tally();
    const read = reference.csv('uranium-wna');
    count.read(read.length);
    const rows = new Map<string, Production>();
    read.forEach((cells, index) => {
      const number = (cell: string | undefined) => numberIn(cell ?? '', file, index + 2);
      const year = Number(cells.year);
      const quantity = number(cells.quantity_t_u);
      const world = number(cells.world_t_u);
      count.use();
      rows.set(`${year} ${cells.country}`, row(year, cells.country!, quantity, number(cells.share)));
      if (world !== null) rows.set(`${year} WLD`, row(year, 'WLD', world, null));
    });
    return count.harvest([harvested(quantities.production, [...rows.values()])]);
  },
};

/** The share is kept only where no tonnes are published, so that there is one route to a share. */
function row(year: number, country: string, quantity_t: number | null, share: number | null): Production {
  return {
    year,
    country,
    mineral: 'uranium',
    stage: 'mine',
    source: 'wna',
    quantity_t,
    share: quantity_t === null ? share : null,
    status: quantity_t === null && share === null ? 'not_available' : 'reported',
    basis: 'uranium content',
    series: 'uranium mine production',
    edition: null,
    period: null,
    limit: null,
    note: quantity_t === null ? 'only the share of the world is kept' : null,
    revised: null,
  };
}
