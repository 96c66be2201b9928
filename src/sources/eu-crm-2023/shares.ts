import type { EuSupplyShare } from '../../tables/policy.ts';
import type { Production } from '../../tables/quantities.ts';
import type { Corrector } from '../corrections.ts';
import { numberIn, readCsv } from '../csv.ts';
import { type NameOf, unknowns } from '../names.ts';
import type { Raw } from '../source.ts';
import type { Tally } from '../tally.ts';
import { euShare, euStage, type Material, stageOf } from './materials.ts';

const folder = 'eu-crm-2023';
const files = {
  global: `${folder}/fact_GlobalSupplyShares&t.csv`,
  eu: `${folder}/fact_EUSupplyShares&t.csv`,
} as const;

export interface Shares {
  readonly supply: readonly EuSupplyShare[];
  readonly production: readonly Production[];
}

/**
 * Shares of world supply and of EU sourcing with the trade parameter t. The shares of world supply also stand in
 * `production` as shares without tonnes, year 2020, mean of 2016–2020. `<0.1%` is kept as 0.001 with the limit
 * `less_than`: a bound, not a value.
 */
export function shareRows(
  raw: Raw,
  materialOf: (label: string) => Material | undefined,
  countryOf: NameOf,
  corrector: Corrector,
  tally: Tally,
): Shares {
  const supply: EuSupplyShare[] = [];
  const production: Production[] = [];
  const labels = unknowns(folder);
  for (const scope of ['global', 'eu'] as const) {
    const file = files[scope];
    const rows = readCsv(raw.read(file), file, ['Material', 'Stage', 'Country', 'Share', 't'], {
      encoding: 'windows-1252',
    });
    tally.read(rows.length);
    for (const { line, cells: printed } of rows) {
      const cells = corrector.correct(file.slice(folder.length + 1), printed);
      const stage = euStage(cells.Stage, file, line);
      const material = materialOf(cells.Material);
      labels.known('material', cells.Material, material?.mineral);
      const country = labels.known('country', cells.Country, countryOf(cells.Country));
      const share = euShare(cells.Share);
      if (!share) labels.known('share', cells.Share, undefined);
      if (!material || country === '' || !share) continue;
      tally.use();
      supply.push({
        mineral: material.mineral,
        stage: stageOf[stage],
        scope,
        country,
        ...share,
        t: numberIn(cells.t, file, line),
        source: 'eu_crm_2023',
      });
      const place = material.production[stage];
      if (scope === 'global' && place) production.push(productionRow(place, country, share, cells, stage));
    }
  }
  labels.settle();
  tally.remark(...corrector.settle());
  return { supply, production };
}

function productionRow(
  place: { mineral: string; stage: string },
  country: string,
  { share, limit }: { share: number; limit: 'less_than' | 'more_than' | null },
  cells: { readonly Material: string },
  stage: 'E' | 'P',
): Production {
  return {
    year: 2020,
    country,
    ...place,
    source: 'eu_crm_2023',
    quantity_t: null,
    share,
    status: 'reported',
    basis: 'share of world supply by weight',
    series: `${cells.Material}, ${stage === 'E' ? 'extraction' : 'processing'}`,
    edition: '2023',
    period: '2016-2020',
    limit,
    note: limit ? 'the share is a bound' : null,
    revised: null,
  };
}
