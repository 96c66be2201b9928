import { baci } from './baci/baci.ts';
import { baciCobaltChain } from './baci/cobalt-chain.ts';
import { baciHeadings } from './baci/headings.ts';
import { baciRareEarths } from './baci/rare-earths.ts';
import { baciSeries } from './baci/series.ts';
import { countryCodeList } from './country-codes/country-codes.ts';
import { eurostatComext } from './eurostat-comext/eurostat-comext.ts';
import { geodist } from './geodist/geodist.ts';
import { hmrcOts } from './hmrc-ots/hmrc-ots.ts';
import { nomenclature } from './reference/nomenclature.ts';
import type { Source } from './source.ts';

/** Who trades what with whom, how far apart they are, and what countries there are. */
export const tradeSources: readonly Source[] = [
  nomenclature,
  countryCodeList,
  geodist,
  baci,
  baciSeries,
  baciCobaltChain,
  baciHeadings,
  baciRareEarths,
  hmrcOts,
  eurostatComext,
];
