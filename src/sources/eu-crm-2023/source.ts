import * as policy from '../../tables/policy.ts';
import * as quantities from '../../tables/quantities.ts';
import { corrector } from '../corrections.ts';
import { countryNames } from '../names.ts';
import { harvested, type Source } from '../source.ts';
import { tally } from '../tally.ts';
import { endUseRows } from './end-uses.ts';
import { materialsOf } from './materials.ts';
import { parameterRows } from './parameters.ts';
import { shareRows } from './shares.ts';

/** To update: put the tables of the next study beside these; spellings go to reference/eu-crm-materials.csv. */
export const euCrm2023: Source = {
  id: 'eu_crm_2023',
  title: 'Study on the critical raw materials for the EU 2023',
  publisher: 'European Commission',
  release: '2023 (shares are means of 2016 to 2020)',
  licence: 'CC BY 4.0',
  citation:
    'European Commission, Study on the critical raw materials for the EU 2023, https://doi.org/10.2873/725585; data files by Erik Emilsson (CC BY 4.0)',
  url: 'https://doi.org/10.2873/725585',
  cadence: 'every three years',
  folder: 'eu-crm-2023',
  harvest: (raw, reference) => {
    const count = tally();
    const materialOf = materialsOf(reference);
    const corrections = corrector(reference, 'eu_crm_2023', '2023');
    const shares = shareRows(raw, materialOf, countryNames(reference), corrections, count);
    const parameters = parameterRows(raw, materialOf, count);
    const uses = endUseRows(raw, materialOf, count, reference);
    return count.harvest([
      harvested(quantities.production, shares.production),
      harvested(policy.euSupplyShare, shares.supply),
      harvested(policy.euParameter, parameters),
      harvested(policy.endUse, uses),
    ]);
  },
};
