import { DataError } from '../../errors.ts';
import type { Demand, Production } from '../../tables/quantities.ts';
import * as quantities from '../../tables/quantities.ts';
import { tonnesPer } from '../../tables/units.ts';
import { countryNames, type NameOf, unknowns } from '../names.ts';
import { harvested, type Raw, type Source } from '../source.ts';
import { type Tally, tally } from '../tally.ts';

const file = 'iea-critical-minerals-2025/iea.json';
const baseYear = '2024';

/**
 * Minerals of the data set and what a tonne is. The rare earths are the four of magnets only (Nd, Pr, Dy, Tb), so
 * they are `rare_earths_magnet`: as `rare_earths` they would stand beside the oxide of all seventeen.
 */
const minerals: Readonly<Record<string, { mineral: string; mining: string; refining: string }>> = {
  Copper: { mineral: 'copper', mining: 'copper content', refining: 'refined metal, primary and secondary' },
  Cobalt: { mineral: 'cobalt', mining: 'cobalt content', refining: 'cobalt content of metal and chemicals' },
  Lithium: { mineral: 'lithium', mining: 'lithium content', refining: 'lithium content of chemicals' },
  Nickel: { mineral: 'nickel', mining: 'nickel content', refining: 'nickel content of metal and chemicals' },
  Graphite: {
    mineral: 'graphite',
    mining: 'natural graphite, gross',
    refining: 'battery-grade graphite, gross',
  },
  'Rare Earth Elements': {
    mineral: 'rare_earths_magnet',
    mining: 'Nd, Pr, Dy and Tb content',
    refining: 'Nd, Pr, Dy and Tb content',
  },
};

const stages = { mining: 'mine', refining: 'refine' } as const;

type ByYear = Readonly<Record<string, number | null>>;
type ByScenario = Readonly<Record<string, number | ByYear>>;
interface IeaFile {
  readonly supply: Readonly<
    Record<
      string,
      Readonly<Record<'mining' | 'refining', { countries: Record<string, ByYear>; total: ByYear }>>
    >
  >;
  readonly totalDemand: Readonly<Record<string, { totalDemand: ByScenario }>>;
}

const common = {
  publisher: 'International Energy Agency',
  release: 'May 2025 (base year 2024)',
  licence: 'CC BY 4.0',
  citation: 'IEA (2025), Critical Minerals Data Explorer, IEA, Paris, licence CC BY 4.0',
  url: 'https://www.iea.org/data-and-statistics/data-tools/critical-minerals-data-explorer',
  cadence: 'every year, May to July',
  folder: 'iea-critical-minerals-2025',
} as const;

/**
 * Mined and refined output by country: 2024 as the base year, 2030 to 2040 as the publisher’s base case of announced
 * projects. To update: put the new conversion of the workbook in the folder; new minerals need a row above.
 */
export const ieaCm: Source = {
  ...common,
  id: 'iea_cm',
  title: 'Critical Minerals Dataset: mined and refined output',
  harvest: (raw, reference) => {
    const count = tally();
    const rows = supplyRows(parsed(raw), countryNames(reference), count);
    return count.harvest([harvested(quantities.production, rows)]);
  },
};

/** Total demand of the world by scenario; a source per scenario, because a mineral and year has one row per source. */
const demandOf = (scenario: 'STEPS' | 'APS' | 'NZE', name: string): Source => ({
  ...common,
  id: `iea_cm_${scenario.toLowerCase()}`,
  title: `Critical Minerals Dataset: demand, ${name}`,
  harvest: (raw) => {
    const count = tally();
    return count.harvest([harvested(quantities.demand, demandRows(parsed(raw), scenario, name, count))]);
  },
});

export const ieaDemand: readonly Source[] = [
  demandOf('STEPS', 'Stated Policies Scenario'),
  demandOf('APS', 'Announced Pledges Scenario'),
  demandOf('NZE', 'Net Zero Emissions by 2050 Scenario'),
];

function parsed(raw: Raw): IeaFile {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw.read(file))) as IeaFile;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const tonnes = (kilotonnes: number): number => Number((kilotonnes * tonnesPer.kt!).toPrecision(12));

function supplyRows(data: IeaFile, countryOf: NameOf, count: Tally): Production[] {
  const labels = unknowns(file);
  const rows: Production[] = [];
  for (const [name, stagesOf] of Object.entries(data.supply)) {
    const known = minerals[name];
    labels.known('mineral', name, known?.mineral);
    for (const step of ['mining', 'refining'] as const) {
      const { countries, total } = stagesOf[step];
      for (const [label, years] of [...Object.entries(countries), ['World', total] as const]) {
        for (const [year, kilotonnes] of Object.entries(years)) {
          count.read(1);
          if (kilotonnes === null) {
            count.refuse(
              'a note of the workbook that stands among the countries',
              `${name}: ${label.slice(0, 60)}`,
            );
            continue;
          }
          const country = labels.known('country', label, totals[label] ?? countryOf(label));
          if (!known || country === '') continue;
          count.use();
          rows.push(supplyRow(Number(year), country, known, step, tonnes(kilotonnes)));
        }
      }
    }
  }
  labels.settle();
  return rows;
}

const totals: Readonly<Record<string, string>> = { World: 'WLD', 'Rest of world': 'OTH' };

function supplyRow(
  year: number,
  country: string,
  known: (typeof minerals)[string],
  step: 'mining' | 'refining',
  quantity_t: number,
): Production {
  const isBase = year === Number(baseYear);
  return {
    year,
    country,
    mineral: known.mineral,
    stage: stages[step],
    source: 'iea_cm',
    quantity_t,
    share: null,
    status: isBase ? 'reported' : 'projection',
    basis: known[step],
    series: step,
    edition: '2025',
    period: null,
    limit: null,
    note: isBase ? null : 'base case: announced projects weighted by how likely the publisher thinks them',
    revised: null,
  };
}

function demandRows(data: IeaFile, scenario: string, name: string, count: Tally): Demand[] {
  const labels = unknowns(file);
  const rows: Demand[] = [];
  for (const [label, { totalDemand }] of Object.entries(data.totalDemand)) {
    const mineral = labels.known('mineral', label, minerals[label]?.mineral);
    const later = totalDemand[scenario];
    if (typeof later !== 'object')
      throw new DataError(`${file}: ${label} has no demand for scenario ${scenario}`);
    const years: ByYear = { [baseYear]: totalDemand[baseYear] as number, ...later };
    for (const [year, kilotonnes] of Object.entries(years)) {
      count.read(1);
      if (mineral === '') continue;
      count.use();
      rows.push({
        year: Number(year),
        country: 'WLD',
        mineral,
        stage: 'refine',
        source: `iea_cm_${scenario.toLowerCase()}`,
        quantity_t: kilotonnes === null ? null : tonnes(kilotonnes),
        measure: year === baseYear ? 'consumption' : 'projection',
        period: null,
        imports_t: null,
        exports_t: null,
        production_t: null,
        growth_factor: null,
        growth_from_year: null,
        low_t: null,
        high_t: null,
        status: year === baseYear ? 'reported' : 'projection',
        basis: minerals[label]?.refining ?? null,
        form: `total demand, ${name}`,
        reference: common.release,
        url: common.url,
        confidence: year === baseYear ? 'high' : 'medium',
        note: year === baseYear ? 'base year, the same in every scenario' : null,
      });
    }
  }
  labels.settle();
  return rows;
}
