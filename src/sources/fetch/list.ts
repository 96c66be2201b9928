import { fetchBaci } from '../baci/fetch.ts';
import { fetchBgs } from '../bgs-wms/fetch.ts';
import { fetchEurostatComext } from '../eurostat-comext/fetch.ts';
import { fetchHmrcOts } from '../hmrc-ots/fetch.ts';
import { fetchIea } from '../iea-cm/fetch.ts';
import { fetchComtrade } from '../un-comtrade/fetch.ts';
import { fetchUsgsMcs } from '../usgs-mcs/fetch.ts';
import { fetchWdi } from '../wdi/fetch.ts';
import { fetchWgi } from '../wgi/fetch.ts';
import type { Connector } from './connector.ts';

/** Every publisher whose files can be fetched, or fetched by hand; in the order in which they are listed. */
export const connectors: readonly Connector[] = [
  fetchBaci,
  fetchHmrcOts,
  fetchEurostatComext,
  fetchComtrade,
  fetchUsgsMcs,
  fetchBgs,
  fetchIea,
  fetchWgi,
  fetchWdi,
];
