import { cn8Mineral, seriesBreak } from '../../tables/quantities.ts';
import { bloc, hs6Mineral, mineral } from '../../tables/world.ts';
import { curatedSource } from './curated-source.ts';

/** What minerals there are, which customs codes hold them at which stage, who belongs to which bloc, where series break. */
export const nomenclature = curatedSource({
  id: 'nomenclature',
  title: 'Minerals, customs codes and blocs',
  citation:
    'Harmonized System and Combined Nomenclature; compared with JRC RMIS 2024 and the WTO–ADB list of codes; contents from IUPAC atomic weights',
  files: [
    { table: mineral, file: 'minerals', lists: { byproduct_of: 'mineral', mineral_group: 'mineral' } },
    { table: bloc, file: 'blocs' },
    { table: hs6Mineral, file: 'hs6-minerals' },
    { table: cn8Mineral, file: 'cn8-minerals' },
    { table: seriesBreak, file: 'series-breaks' },
  ],
});
