import * as policy from '../../tables/policy.ts';
import * as quantities from '../../tables/quantities.ts';
import { corrector } from '../corrections.ts';
import { countryNames, mineralNames } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';
import { world2025 } from './read-2025.ts';
import { isWorld, lines2026, world2026 } from './read-2026.ts';
import { worldFiles } from './read-world-files.ts';
import { salientRows } from './salient.ts';
import { seriesOf } from './series.ts';
import { type WorldRow, worldRows } from './world.ts';

/**
 * To update: put the new data release beside the others, add a reader where its layout is new, give every new series
 * label a row in reference/usgs-series.csv (the build lists the labels it does not know), and take out of
 * reference/corrections.csv what the publisher has repaired (the build says so).
 */
export const usgsMcs: Source = {
  id: 'usgs_mcs',
  title: 'Mineral Commodity Summaries',
  publisher: 'U.S. Geological Survey, National Minerals Information Center',
  release: '2026 (6 February 2026); earlier years from the editions 2022 to 2025',
  licence: 'CC0 1.0 (US Government public domain)',
  citation:
    'U.S. Geological Survey, 2026, Mineral Commodity Summaries 2026 data release, https://doi.org/10.5066/P1WKQ63T',
  url: 'https://doi.org/10.5066/P1WKQ63T',
  cadence: 'every year, end of January',
  folder: 'usgs-mcs-2026',
  harvest: (raw, reference) => {
    const count = tally();
    const lines = lines2026(raw);
    const countryOf = countryNames(reference);
    const files = [
      ...['2022', '2023', '2024'].flatMap((edition) => worldFiles(raw, edition)),
      world2025(raw),
      world2026(lines.filter(isWorld)),
    ];
    count.read(files.reduce((sum, file) => sum + file.figures.length, 0));
    const rows = worldRows(files, {
      seriesOf: seriesOf(reference),
      nameOf: countryOf,
      corrector: (edition) => corrector(reference, 'usgs_mcs', edition),
      tally: count,
    });
    const salient = salientRows(lines, mineralNames(reference), countryOf, count);
    return count.harvest([
      harvested(quantities.production, rows.filter((row) => row.table === 'production').map(production)),
      harvested(quantities.reserves, rows.filter((row) => row.table === 'reserves').map(reserves)),
      harvested(quantities.capacity, rows.filter((row) => row.table === 'capacity').map(capacity)),
      harvested(policy.salient, salient),
    ]);
  },
};

const key = ({ year, country, mineral, stage }: WorldRow) => ({
  year,
  country,
  mineral,
  stage,
  source: 'usgs_mcs',
});

const production = (row: WorldRow): quantities.Production => ({
  ...key(row),
  quantity_t: row.quantity_t,
  share: null,
  status: row.status,
  basis: row.basis,
  series: row.series,
  edition: row.edition,
  period: null,
  limit: row.limit,
  note: row.note || null,
  revised: row.revised || null,
});

const reserves = (row: WorldRow): quantities.Reserves => ({
  ...key(row),
  quantity_t: row.quantity_t,
  status: row.status,
  basis: row.basis,
  edition: row.edition,
  limit: row.limit,
  note: row.note || null,
});

const capacity = (row: WorldRow): quantities.Capacity => ({
  ...key(row),
  quantity_t: row.quantity_t,
  low_t: null,
  high_t: null,
  status: row.status,
  basis: row.basis,
  form: row.series,
  reference: `Mineral Commodity Summaries ${row.edition}`,
  url: 'https://doi.org/10.5066/P1WKQ63T',
  confidence: 'high',
  note: row.note || null,
});
