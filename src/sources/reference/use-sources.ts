import { elasticity, endUse, recycling } from '../../tables/policy.ts';
import type { Source } from '../source.ts';
import { curatedSource } from './curated-source.ts';

const uses = [{ table: endUse, file: 'end-use', ownRows: true }];
const rates = [{ table: recycling, file: 'recycling', ownRows: true }];
const responses = [{ table: elasticity, file: 'elasticities', ownRows: true }];

/** End uses, recycling, substitution, elasticities: several works each, one source id per work. */
export const useSources: readonly Source[] = [
  curatedSource({
    id: 'iea_cm_2024',
    title: 'Critical Minerals Data Explorer 2024, uses of total demand',
    publisher: 'International Energy Agency',
    release: '2024',
    licence: 'CC BY 4.0',
    citation: 'IEA, Critical Minerals Data Explorer 2024, CC BY 4.0',
    url: 'https://www.iea.org/data-and-statistics/data-tools/critical-minerals-data-explorer',
    files: uses,
  }),
  curatedSource({
    id: 'end_use_reported',
    title: 'Uses of minerals as reported',
    citation: 'Each row names its address; many name a use without a share',
    files: uses,
  }),
  curatedSource({
    id: 'end_use_orders_of_magnitude',
    title: 'Uses of minerals, orders of magnitude',
    citation: 'Headwater: orders of magnitude, not confirmed in a document',
    files: uses,
  }),
  curatedSource({
    id: 'eu_crm_2023_recycling',
    title: 'End-of-life recycling input rates of the EU study 2023',
    publisher: 'European Commission',
    release: '2023',
    licence: 'CC BY 4.0',
    citation: 'European Commission, Study on the critical raw materials for the EU 2023, DOI 10.2873/725585',
    url: 'https://doi.org/10.2873/725585',
    files: rates,
  }),
  curatedSource({
    id: 'jrc_green_deal_2025',
    title: 'Recycling input rates in bands, assessment of Green Deal targets',
    publisher: 'European Commission, Joint Research Centre',
    release: '2025',
    licence: 'European Commission reuse policy (CC BY 4.0)',
    citation: 'European Commission, Joint Research Centre, assessment of Green Deal targets, 2025',
    files: rates,
  }),
  curatedSource({
    id: 'nassar_2015',
    title: 'Part of supply that is a by-product of other metals',
    release: '2015',
    citation:
      'After Nassar, Graedel and Harper (2015), By-product metals are technologically essential but have problematic supply, Science Advances 1, e1400180, and USGS',
    files: rates,
  }),
  curatedSource({
    id: 'recycling_recalled',
    title: 'Recycling input rates not confirmed in a document',
    citation: 'Headwater: values of EU studies as recalled, not confirmed',
    files: rates,
  }),
  curatedSource({
    id: 'substitution_classes',
    title: 'How hard a mineral is to replace, in three classes',
    citation: 'Classes made from the substitution indices of the EU study 2023, DOI 10.2873/725585',
    files: [{ table: recycling, file: 'substitution' }],
  }),
  curatedSource({
    id: 'elasticity_priors',
    title: 'Price elasticities, stated assumptions with ranges',
    citation: 'Headwater: assumptions, to be replaced where a better figure is known',
    files: responses,
  }),
  curatedSource({
    id: 'boer_2021',
    title: 'Supply elasticities of four energy-transition metals',
    release: '2021',
    citation: 'Boer, Pescatori and Stuermer (2021), Energy Transition Metals, IMF Working Paper 21/243',
    url: 'https://voxeu.org/article/metals-may-become-new-oil-net-zero-emissions-scenario',
    files: responses,
  }),
];
