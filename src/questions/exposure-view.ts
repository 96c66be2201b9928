import type { AnswerRow, View } from './question.ts';
import {
  byMineral,
  count,
  dollars,
  named,
  plainly,
  positions,
  possessive,
  shareOf,
  yearsOfRows,
} from './wording.ts';

/** Whose imports, against which limit, and whether single sectors were asked for. */
export interface ExposureScope {
  readonly name: string;
  readonly cap: number | null;
  readonly sectors: readonly string[] | undefined;
  /** minerals asked for by name: what each is used for is then the answer */
  readonly minerals: readonly string[] | undefined;
  readonly nameOf: (country: string) => string;
}

/** How exposure is best read: sectors by their imports; of one sector the minerals it uses. */
export function exposureView(rows: readonly AnswerRow[], scope: ExposureScope): View {
  const whole = positions(rows, (r) => r.mineral === null);
  const known = whole.filter((k) => rows[k]!.top_share !== null);
  const silent = whole.filter((k) => rows[k]!.top_share === null).map((k) => plainly(rows[k]!.sector));
  const single = scope.sectors !== undefined && scope.sectors.length > 0;
  const minerals = positions(rows, (r) => r.mineral !== null && r.top_share !== null);
  const without = rows.filter((r) => r.mineral !== null && r.top_share === null);
  const years = yearsOfRows(rows.filter((r) => r.mineral !== null));
  const sections = single
    ? known.map((k) => ({
        title: known.length > 1 ? plainly(rows[k]!.sector) : '',
        rows: minerals.filter((i) => rows[i]!.sector === rows[k]!.sector),
      }))
    : [{ title: '', rows: known }];
  return {
    headline: [
      ...(single ? [] : (scope.minerals ?? []).map((m) => usesOf(rows, m))),
      ...(single
        ? known.map((k) => sectorLine(rows, k, scope, years))
        : known.length || !scope.minerals
          ? overview(rows, known, scope, years)
          : [
              `There are no open figures of what ${scope.name} imports of ${scope.minerals.length > 1 ? 'them' : 'it'}.`,
            ]),
      'Use shares are the EU’s or the world’s: exposure if the sector used minerals as there.',
    ],
    columns: single
      ? [
          'mineral',
          'stage',
          'use_share',
          'top_country',
          'second_country',
          'supply_usd',
          'year',
          'use_scope',
          'sector',
        ]
      : ['sector', 'top_country', 'supply_usd', 'minerals_over_cap', 'second_country', 'minerals'],
    heads: {
      top_country: 'top',
      second_country: 'second',
      supply_usd: 'of USD',
      use_share: 'of use',
      use_scope: 'in',
      minerals_over_cap: 'over limit',
    },
    pairs: { top_country: 'top_share', second_country: 'second_share' },
    bar: { share: 'top_share', second: 'second_share', limit: 'cap' },
    warn: 'over_cap',
    least: { mineral: 11, stage: 8, sector: 15 },
    sections: sections.filter((s) => s.rows.length > 0),
    after: [
      ...(silent.length ? [`No open figures of the imports, or of how much is used: ${named(silent)}.`] : []),
      ...(single && without.length ? [`Used, but no open figures of imports: ${byMineral(without)}.`] : []),
      ...(single
        ? []
        : [
            'Of USD: imports of the sector’s minerals times its part of their use. headwater exposure --sector SECTOR shows them one by one.',
          ]),
    ],
    inSections: true,
    quietNotes: ['use_shares', 'no_share'],
  };
}

/** `Yttrium is used in construction (76 % of use in EUU), …; also named: aerospace.` */
function usesOf(rows: readonly AnswerRow[], mineral: string): string {
  const uses = rows.filter((r) => r.mineral === mineral);
  const counted = uses
    .filter((r) => typeof r.use_share === 'number')
    .sort((a, b) => Number(b.use_share) - Number(a.use_share));
  const others = uses.filter((r) => r.use_share === null);
  const share = (r: AnswerRow) => `${plainly(r.sector)} (${shareOf(r.use_share as number)})`;
  const where = counted[0]?.use_scope === 'EUU' ? ' in the EU' : '';
  const weak = [...counted, ...others].some((r) => r.confidence === 'low') ? ', of low confidence' : '';
  const name = plainly(mineral);
  const parts = [
    ...(counted.length ? [`goes into ${named(counted.map(share), 6)} of its use${where}`] : []),
    ...(others.length
      ? [`is ${counted.length ? 'also ' : ''}named for ${named(others.map((r) => plainly(r.sector)))}`]
      : []),
  ];
  return parts.length
    ? `${name[0]!.toUpperCase()}${name.slice(1)} ${parts.join(' and ')}${weak}.`
    : `No open figures of what ${name} is used for.`;
}

function overview(
  rows: readonly AnswerRow[],
  known: readonly number[],
  { name, cap, nameOf }: ExposureScope,
  years: string,
): string[] {
  if (known.length === 0) return [`${name}: no sector with figures of its imports.`];
  const of = known.map((k) => rows[k]!);
  const share = (r: AnswerRow) =>
    `${plainly(r.sector)} (${shareOf(r.top_share as number, cap)} from ${nameOf(String(r.top_country))})`;
  const most = of.toSorted((a, b) => (b.top_share as number) - (a.top_share as number));
  const over = most.filter((r) => r.over_cap === true);
  const largest = of.toSorted((a, b) => Number(b.supply_usd) - Number(a.supply_usd))[0]!;
  return [
    cap === null
      ? `${name}, ${count(of.length, 'sector')} with figures: the most dependent on one country by value of imports of ${years} are ${named(most.slice(0, 3).map(share))}.`
      : `${name}: ${over.length} of ${count(of.length, 'sector')} with figures depend for more than ${shareOf(cap)} on one country, by value of imports of ${years}${over.length ? `: ${named(over.map(share), 5)}` : `; the most dependent is ${share(most[0]!)}`}.`,
    `The largest imports are those behind ${plainly(largest.sector)}: ${dollars(largest.supply_usd as number)}, ${shareOf(largest.top_share as number, cap)} from ${nameOf(String(largest.top_country))}.`,
  ];
}

function sectorLine(rows: readonly AnswerRow[], k: number, scope: ExposureScope, years: string): string {
  const r = rows[k]!;
  const over = Number(r.minerals_over_cap ?? 0);
  const limit =
    scope.cap === null
      ? ''
      : `; of its minerals ${over} ${over === 1 ? 'is' : 'are'} over ${shareOf(scope.cap)}`;
  return `${plainly(r.sector)}: ${shareOf(r.top_share as number, scope.cap)} of ${possessive(scope.name)} imports behind it (${dollars(r.supply_usd as number)}, ${years}) come from ${scope.nameOf(String(r.top_country))}${limit}.`;
}
