import { agreement, criticalList, restriction, target } from '../../tables/policy.ts';
import type { Source } from '../source.ts';
import { curatedSource } from './curated-source.ts';

/** Lists, rules, agreements, restrictions. */
export const policySources: readonly Source[] = [
  curatedSource({
    id: 'critical_lists',
    title: 'Published lists of critical minerals',
    citation:
      'Members of lists published by the UK, EU, US, India, Australia, Canada, Japan, Korea and NATO; each row names its document',
    files: [{ table: criticalList, file: 'critical-lists' }],
  }),
  curatedSource({
    id: 'policy_targets',
    title: 'Published limits and goals for critical minerals',
    citation:
      'UK Vision 2035, Regulation (EU) 2024/1252, Regulation (EU) 2023/1542 and others; each row names its document',
    files: [{ table: target, file: 'targets', lists: { minerals: 'mineral' } }],
  }),
  curatedSource({
    id: 'policy_agreements',
    title: 'Agreements on critical minerals and UK trade agreements',
    citation:
      'Each row names its document; trade agreements from HMRC, Trade Tariff, © Crown copyright, Open Government Licence v3.0',
    licence: 'MIT (compilation); OGL v3.0 (trade agreements)',
    files: [
      {
        table: agreement,
        file: 'agreements',
        lists: { minerals: 'mineral', party: 'country', partner: 'country' },
      },
    ],
  }),
  curatedSource({
    id: 'export_restrictions',
    title: 'Export restrictions on minerals, a register with dates',
    citation: 'Announcements of the governments and press reports of them; each row names its document',
    files: [{ table: restriction, file: 'restrictions', lists: { minerals: 'mineral', target: 'country' } }],
  }),
];
