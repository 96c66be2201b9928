import { referenceSources } from './curated.ts';
import type { Source } from './source.ts';
import { statisticsSources } from './statistics.ts';
import { tradeSources } from './trade.ts';

/** Every source of the snapshot, in the order in which they are read and listed. */
export const sources: readonly Source[] = [...referenceSources, ...tradeSources, ...statisticsSources];
