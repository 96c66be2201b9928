import type { AnswerRow, Note, View } from '../question.ts';
import { count, plainly, positions, possessive, sentence, tonnes } from '../wording.ts';
import { headline, scarce } from './headline.ts';
import { caseOf, isReal, type Loss, lossesOf, shareMissing } from './losses.ts';
import { repeats } from './repeats.ts';
import { nameIn, type ShockScope } from './view-scope.ts';

/** Countries shown where all were asked about. */
const mostCountries = 20;

/** Minerals and stages whose months, uses and remarks are shown one by one; of more the worst month of each. */
const mostCases = 3;

/** Notes that the sentences above and below the table tell. */
const told = [
  'stockpile',
  'months_bought',
  'drawn_total',
  'sector',
  'untouched',
  'price_out_of_range',
  'struck_share',
  'not_in_data',
  'tornado',
  'no_network',
  'users_unknown',
];

/** How a shock is best read: who lacks how much in words, then month by month, or the countries hit hardest. */
export function shockView(rows: readonly AnswerRow[], notes: readonly Note[], scope: ShockScope): View {
  const losses = lossesOf(rows);
  const real = losses
    .filter(isReal)
    .sort((a, b) => shareMissing(b) - shareMissing(a) || b.shortfall - a.shortfall);
  const many = new Set(losses.map((l) => caseOf(l.first))).size > mostCases;
  const whole = !scope.parties
    ? everyone(losses, scope)
    : many && scope.model === 'months'
      ? [{ title: 'The worst month of each mineral', rows: real.map((l) => l.worst) }]
      : asked(rows, losses, real, scope);
  // a month that prints like the one before says nothing new
  const again =
    scope.parties && scope.model === 'months' && !many ? whole.map((s) => repeats(rows, s.rows)) : [];
  const sections = whole.map((s, i) => ({ ...s, rows: again[i]?.kept ?? s.rows }));
  const shown = new Set(whole.flatMap((s) => s.rows));
  const countries = new Set([...shown].map((k) => rows[k]!.country));
  const several = notes.filter((n) => n.code === 'stockpile').length > 1;
  const remedies =
    several && !many
      ? notes.filter(
          (n) => Number(n.value) > 0 && ['stockpile', 'months_bought', 'drawn_total'].includes(n.code),
        )
      : [];
  return {
    headline: headline(rows, notes, real, losses, scope),
    columns: [
      ...(countries.size > 1 || countries.has('WLD') ? ['country'] : []),
      ...(many && scope.parties ? ['mineral', 'stage'] : []),
      ...(scope.model === 'months' ? ['month'] : []),
      'shortfall_share',
      'shortfall_t',
      'baseline_t',
      'supply_t',
      ...(rows.some((r) => Number(r.stock_used_t) > 0) ? ['stock_used_t'] : []),
      ...(scarce(notes) ? [] : ['price_ratio']),
      'p05',
      'p95',
      'output_baseline_t',
      'output_t',
      'import_change_t',
      'export_change_t',
    ],
    heads: {
      shortfall_share: 'missing',
      shortfall_t: 'missing t',
      baseline_t: 'of t',
      supply_t: 'gets t',
      stock_used_t: 'stock t',
      price_ratio: 'price ×',
      p05: '5 % t',
      p95: '95 % t',
      output_baseline_t: 'made t',
      output_t: 'makes t',
      import_change_t: 'imports ±t',
      export_change_t: 'exports ±t',
    },
    bar: { share: 'shortfall_share' },
    sections,
    after: [
      ...again.flatMap((r) => r.sentences),
      ...remedies.map((n) => `${sentence(n.text)}.`),
      ...(many ? [] : sectorLines(notes, scope)),
      ...(many
        ? [
            'What is assumed and what is not known of each mineral: --format json, or one at a time by --mineral.',
          ]
        : []),
      ...leftOut(rows, losses, real, shown, scope),
    ],
    inSections: true,
    quietNotes: many ? [...new Set(notes.flatMap((n) => (n.mineral ? [n.code] : told)))] : told,
  };
}

/** Those asked about: month by month, a section each; models without time in one section a mineral. */
function asked(
  rows: readonly AnswerRow[],
  losses: readonly Loss[],
  real: readonly Loss[],
  scope: ShockScope,
) {
  // where nothing is missing twelve rows of zeros say no more than the headline
  const shown = losses.filter((l) => real.includes(l) || l.stock > 0);
  if (scope.model === 'months')
    return shown.map((l) => ({
      title: losses.length > 1 ? `${nameIn(scope, l.first.country)}: ${caseOf(l.first)}` : '',
      rows: l.rows,
    }));
  const cases = [...new Set(shown.map((l) => caseOf(l.first)))];
  return cases.map((title) => ({
    title: cases.length > 1 ? title : '',
    rows: positions(rows, (r) => caseOf(r) === title && shown.some((l) => l.first === r)),
  }));
}

/** All countries: each by its worst month, those that lack most first. */
function everyone(losses: readonly Loss[], scope: ShockScope) {
  const cases = [...new Set(losses.map((l) => caseOf(l.first)))];
  return cases
    .map((name) => {
      const of = losses
        .filter((l) => caseOf(l.first) === name && l.first.country !== 'WLD' && isReal(l))
        .sort((a, b) => b.shortfall - a.shortfall)
        .slice(0, mostCountries);
      const title =
        scope.model === 'months'
          ? 'The worst month of each country, largest losses first'
          : 'Largest losses first';
      return {
        title: cases.length > 1 ? `${name}: ${title.toLowerCase()}` : title,
        rows: of.map((l) => l.worst),
      };
    })
    .filter((s) => s.rows.length > 0);
}

const whose: Record<string, string> = { GBR: 'British use', WLD: 'use in the world', EUU: 'use in the EU' };

/** Uses that go without, in one sentence a country and mineral. */
function sectorLines(notes: readonly Note[], scope: ShockScope): string[] {
  const of = notes.filter((n) => n.code === 'sector' && Number(n.value) > 1e-9);
  const groups = new Map<string, Note[]>();
  for (const n of of) {
    const key = `${n.country} ${n.mineral} ${n.stage}`;
    groups.set(key, [...(groups.get(key) ?? []), n]);
  }
  return [...groups.values()].map((all) => {
    const first = all[0]!;
    const parts = all
      .toSorted((a, b) => Number(b.value) - Number(a.value))
      .map((n) => `${plainly(n.sector)} ${tonnes(n.value as number)}`);
    const how = first.alike ? 'if all uses are cut alike' : 'with those named served first';
    const shares = whose[String(first.scope)] ?? `use in ${nameIn(scope, first.scope)}`;
    return `What ${possessive(nameIn(scope, first.country))} uses of ${plainly(first.mineral)} (${plainly(first.stage)}) lack ${how}: ${parts.join(', ')} (shares of ${shares}: ${plainly(first.source)}).`;
  });
}

function leftOut(
  rows: readonly AnswerRow[],
  losses: readonly Loss[],
  real: readonly Loss[],
  shown: ReadonlySet<number>,
  scope: ShockScope,
): string[] {
  const rest = real.filter((l) => !l.rows.some((k) => shown.has(k)) && l.first.country !== 'WLD');
  const spared = losses.filter((l) => l.known && !real.includes(l) && l.first.country !== 'WLD');
  const unshown = rows.length > shown.size;
  return [
    ...(rest.length
      ? [`${count(rest.length, 'more country', 'more countries')} with smaller losses: --format csv or json.`]
      : !scope.parties && unshown && scope.model === 'months' && losses.some((l) => l.known)
        ? ['Every month of every country: --format csv or json.']
        : []),
    ...(scope.parties && real.length && spared.length
      ? [
          `Nothing missing: ${spared.map((l) => `${nameIn(scope, l.first.country)}, ${caseOf(l.first)}${l.baseline > 0 ? '' : ' (not known to use any)'}`).join('; ')}.`,
        ]
      : []),
  ];
}
