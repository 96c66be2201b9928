import { writable } from 'svelte/store';
import type { Names } from './api.ts';

const none: Names = { countries: {}, blocs: [], minerals: [], lists: [], agreements: [], targets: [] };

/** What ids are called; empty until the server has said so, then ids show as names. */
export const names = writable<Names>(none);

/** Shorter than the register's, where a chart has little room. */
const short: Readonly<Record<string, string>> = {
  USA: 'United States',
  COD: 'DR Congo',
  GBR: 'United Kingdom',
  KOR: 'South Korea',
  RUS: 'Russia',
  EUU: 'European Union',
  WLD: 'World',
  OTH: 'Other countries',
};

/** GBR → United Kingdom; several codes joined by ; are all named; an unknown code stays as it is. */
export function countryName(of: Names, code: unknown): string {
  if (typeof code !== 'string' || code === '') return '–';
  return code
    .split(';')
    .map((c) => short[c] ?? of.countries[c] ?? c)
    .join(', ');
}

/** rare_earths → Rare earths, gallium → Gallium. */
export function mineralName(of: Names, id: unknown): string {
  if (typeof id !== 'string' || id === '') return '–';
  const known = of.minerals.find((m) => m.id === id)?.name ?? id.replaceAll('_', ' ');
  return known.charAt(0).toUpperCase() + known.slice(1);
}
