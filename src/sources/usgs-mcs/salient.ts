import type { Salient } from '../../tables/policy.ts';
import { tonnesPer } from '../../tables/units.ts';
import { type NameOf, unknowns } from '../names.ts';
import type { Tally } from '../tally.ts';
import { usgsCountry } from './country.ts';
import { isWorld, type Line2026 } from './read-2026.ts';
import { usgsValue } from './value.ts';

/** The publisher’s statistics and ours; prices have a source of their own. */
const statistics: Readonly<Record<string, string>> = {
  Production: 'production',
  Import: 'imports',
  Export: 'exports',
  Consumption: 'consumption',
  Stock: 'stocks',
  'Net import reliance': 'net_import_reliance',
  'Import sources 2021-2024': 'import_source',
  Employment: 'employment',
  'Sold or used': 'sold_or_used',
  Shipment: 'shipments',
  Sales: 'sales',
  Sold: 'sold',
  Supply: 'supply',
};

/**
 * United States salient statistics 2021–2025 and import sources (mean of 2021–24, year 2024). Masses are in tonnes,
 * percentages are shares 0…1, other units stay as published. `detail` is the publisher’s, preceded by the product
 * where a mineral has several; for import sources it is `ISO3: product`.
 */
export function salientRows(
  lines: readonly Line2026[],
  mineralOf: NameOf,
  countryOf: NameOf,
  tally: Tally,
): Salient[] {
  const labels = unknowns('usgs_mcs');
  const us = lines.filter((line) => !isWorld(line));
  tally.read(us.length);
  const products = productsByMineral(us, mineralOf);
  const rows = new Map<string, Salient>();
  for (const line of us) {
    const example = `${line.commodity}: ${line.statistics}: ${line.detail} ${line.country} ${line.year}`;
    if (line.statistics === 'Price') {
      tally.refuse('price: read from the price extract', example);
      continue;
    }
    const { country } = usgsCountry(line.country, countryOf);
    if (country === 'several') {
      tally.refuse('one figure for several countries together', example);
      continue;
    }
    const mineral = labels.known('commodity', line.commodity.trim(), mineralOf(line.commodity));
    const statistic = labels.known('statistic', line.statistics, statistics[line.statistics]);
    const partner = labels.known('country', line.country, country);
    const value = salientValue(line);
    if (!value) labels.known('value', line.value, undefined);
    if (mineral === '' || statistic === '' || partner === '' || !value) continue;
    const product = (products.get(mineral) ?? 1) > 1 ? `${line.commodity.trim()}: ` : '';
    const row: Salient = {
      year: statistic === 'import_source' ? 2024 : Number(line.year),
      country: 'USA',
      mineral,
      statistic,
      detail:
        statistic === 'import_source' ? `${partner}: ${line.detail.trim()}` : product + line.detail.trim(),
      source: 'usgs_mcs',
      ...value,
    };
    const key = [row.year, row.mineral, row.statistic, row.detail].join('\t');
    if (rows.has(key)) tally.refuse('second figure under the same label', example);
    else {
      rows.set(key, row);
      tally.use();
    }
  }
  labels.settle();
  return [...rows.values()];
}

const scaled = (amount: number, factor: number): number => Number((amount * factor).toPrecision(12));

type Measured = Pick<Salient, 'value' | 'unit' | 'status' | 'limit'>;

/** A minus sign that Windows-1252 does not have is printed as `?`: stock changes of ?1 are −1. */
function salientValue(line: Line2026): Measured | undefined {
  const scale = scaleOf(line.unit);
  if (line.value.trim() === 'E') {
    return { value: null, unit: scale.unit, status: 'net_exporter', limit: null };
  }
  const lostMinus = /^\?(?=\d)/.test(line.value);
  const text = line.value.replace(/^\?(?=\d)/, '');
  const value = usgsValue(text, line.notes) ?? described(text);
  if (!value) return undefined;
  return {
    value: value.amount === null ? null : scaled(lostMinus ? -value.amount : value.amount, scale.factor),
    unit: scale.unit,
    status: value.missing ?? (/^estimated/i.test(line.notes) || value.estimated ? 'estimated' : 'reported'),
    limit: value.limit,
  };
}

/** `Variable, depending on size` and the like: a remark instead of a figure. */
const described = (text: string) =>
  /^variable/i.test(text)
    ? { amount: null, missing: 'not_available' as const, limit: null, estimated: false }
    : undefined;

/** Masses to tonnes and percentages to shares; gases in litres, prices and counts stay as they are. */
function scaleOf(unit: string): { factor: number; unit: string } {
  if (unit === 'percent') return { factor: 0.01, unit: '1' };
  const isVolume = unit === 'million cubic meters';
  const factor = isVolume ? undefined : tonnesPer[unit];
  return factor === undefined ? { factor: 1, unit } : { factor, unit: 't' };
}

function productsByMineral(lines: readonly Line2026[], mineralOf: NameOf): Map<string, number> {
  const products = new Map<string, Set<string>>();
  for (const line of lines) {
    const mineral = mineralOf(line.commodity);
    if (mineral === undefined) continue;
    const set = products.get(mineral) ?? new Set();
    products.set(mineral, set.add(line.commodity.trim().toLowerCase()));
  }
  return new Map([...products].map(([mineral, set]) => [mineral, set.size]));
}
