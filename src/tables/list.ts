import type { Table } from './define.ts';
import * as policy from './policy.ts';
import * as quantities from './quantities.ts';
import * as world from './world.ts';

/** Every canonical table, in the order in which they are documented. */
export const tables: readonly Table[] = [
  world.country,
  world.bloc,
  world.mineral,
  world.hs6Mineral,
  world.distance,
  world.economy,
  world.governance,
  quantities.tradeFlow,
  quantities.seriesCoverage,
  quantities.tradeHeading,
  quantities.seriesBreak,
  quantities.ukTradeMonth,
  quantities.reportedImport,
  quantities.cn8Mineral,
  quantities.production,
  quantities.reserves,
  quantities.capacity,
  quantities.demand,
  quantities.stock,
  quantities.price,
  quantities.yieldTable,
  policy.criticalList,
  policy.target,
  policy.agreement,
  policy.restriction,
  policy.ownership,
  policy.project,
  policy.endUse,
  policy.recycling,
  policy.elasticity,
  policy.euSupplyShare,
  policy.euParameter,
  policy.salient,
  policy.sourceTable,
];

export const tableNamed = (name: string): Table | undefined => tables.find((t) => t.name === name);
