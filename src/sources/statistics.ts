import { euCrm2017 } from './eu-crm-2017/source.ts';
import { euCrm2023 } from './eu-crm-2023/source.ts';
import { ieaCm, ieaDemand } from './iea-cm/source.ts';
import { imfPcps } from './imf-pcps/source.ts';
import { pinkSheet } from './pink-sheet/source.ts';
import type { Source } from './source.ts';
import { usgsMcs } from './usgs-mcs/source.ts';
import { usgsPrices } from './usgs-prices/source.ts';
import { wdi } from './wdi/source.ts';
import { wgi } from './wgi/source.ts';
import { wna } from './wna/source.ts';

/** Publishers of output, reserves, prices, governance and study results; customs data are listed elsewhere. */
export const statisticsSources: readonly Source[] = [
  usgsMcs,
  ieaCm,
  ...ieaDemand,
  euCrm2023,
  euCrm2017,
  wna,
  wgi,
  wdi,
  pinkSheet,
  imfPcps,
  usgsPrices,
];
