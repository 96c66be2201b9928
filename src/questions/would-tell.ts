import type { StageData } from './stage-data.ts';

/** Which customs codes of which year would tell of a stage's trade, and which source brings them: `…; trade of 2024 in 260500 would tell: headwater fetch baci`. */
export function tradeWouldTell({ codes, flows, mineral, stage, year }: StageData): string {
  if (!codes.length) return `no customs code holds ${mineral.replaceAll('_', ' ')} (${stage}) alone`;
  const silent = codes.filter((c) => !flows.some((f) => f.hs6 === c.hs6));
  if (!silent.length) return '';
  const from = [...new Set(silent.flatMap((c) => c.fetch_from ?? []))];
  return `trade of ${year} in ${silent.map((c) => c.hs6).join(', ')} would tell${from.length ? `: headwater fetch ${from.join(', ')}` : ''}`;
}
