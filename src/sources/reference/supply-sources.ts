import { ownership, project } from '../../tables/policy.ts';
import { capacity, demand, stock, yieldTable } from '../../tables/quantities.ts';
import type { Source } from '../source.ts';
import { curatedSource } from './curated-source.ts';

/** Owners, projects, stocks, capacities, UK use, yields. */
export const supplySources: readonly Source[] = [
  curatedSource({
    id: 'ownership_register',
    title: 'Owners of mines and plants, a register',
    citation: 'Company reports and press reports of them; each row names its document and its confidence',
    files: [{ table: ownership, file: 'ownership' }],
  }),
  curatedSource({
    id: 'project_register',
    title: 'Mines and plants planned or under construction, a register',
    citation: 'Company reports and press reports of them; each row names its document and its confidence',
    files: [
      { table: project, file: 'projects', lists: { owner_country: 'country', committed_to: 'country' } },
    ],
  }),
  curatedSource({
    id: 'stocks_register',
    title: 'Stocks and capacity, a register',
    citation:
      'US stocks and year-end capacities: USGS, Mineral Commodity Summaries 2026 (public domain); others as each row says',
    files: [
      { table: stock, file: 'stocks' },
      { table: capacity, file: 'capacities' },
    ],
  }),
  curatedSource({
    id: 'uk_demand',
    title: 'UK use of minerals by form',
    citation:
      'Net trade computed from HMRC Overseas Trade Statistics (OGL v3.0) and CEPII BACI V202601 (Etalab 2.0); published figures as each row says',
    licence: 'OGL v3.0; Etalab 2.0; MIT (compilation)',
    files: [{ table: demand, file: 'uk-demand' }],
  }),
  curatedSource({
    id: 'process_yields',
    title: 'Tonnes of one stage per tonne of the next',
    citation: 'Stoichiometry, and USGS Mineral Commodity Summaries 2026 (public domain); each row says which',
    files: [{ table: yieldTable, file: 'yields' }],
  }),
];
