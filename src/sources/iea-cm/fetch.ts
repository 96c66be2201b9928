import { UsageError } from '../../errors.ts';
import type { Connector } from '../fetch/connector.ts';

/** The agency gives its workbook to people who sign in: nobody can fetch it for them. */
export const fetchIea: Connector = {
  id: 'iea_cm',
  title: 'Critical Minerals Dataset',
  publisher: 'International Energy Agency',
  licence: 'CC BY 4.0',
  citation: 'IEA, Critical Minerals Data Explorer, licence CC BY 4.0',
  url: 'https://www.iea.org/data-and-statistics/data-product/critical-minerals-dataset',
  cadence: 'every year, in May or later',
  folder: 'iea-critical-minerals-2025',
  about: 'mining, refining and demand to 2050; you download it yourself, with a free account',
  takes: [],
  async fetch() {
    throw new UsageError(
      [
        'the agency gives its file only to people who sign in, so this one is yours to fetch:',
        `1. open ${this.url} and sign in (a free account)`,
        '2. download CM_Data_Explorer.xlsx; its licence is CC BY 4.0',
        `3. put it into the folder ${this.folder} of your raw folder, and name the edition in a SOURCE.md beside it`,
        'the reader here takes the JSON form of the 2025 edition (iea.json); a newer workbook needs its sheets looked at first',
      ].join('\n'),
    );
  },
};
