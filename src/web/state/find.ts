import type { Entry, Names } from './api.ts';
import { countryName, mineralName } from './names.ts';
import type { Page } from './pages.ts';

export interface Finding {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly page: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Letters without accents and case, so that "cote" finds Côte d’Ivoire. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What people call countries beside their names and codes. */
const alsoCalled: Readonly<Record<string, string>> = {
  GBR: 'uk britain great britain england',
  USA: 'us america',
  COD: 'congo drc kinshasa zaire',
  EUU: 'eu europe',
  KOR: 'korea rok',
  TUR: 'turkey',
  CZE: 'czech republic',
};

/**
 * What a typed word may mean: minerals, countries, pages, questions. Words that begin with it come first, then those
 * that hold it. What holds every word typed is found, else what holds most of them; a mineral and a country together
 * are also the question of what happens if that country stops.
 */
export function findings(
  typed: string,
  names: Names,
  pages: readonly Pick<Page, 'id' | 'title' | 'finds' | 'start'>[],
  questions: readonly Pick<Entry, 'name' | 'asks'>[],
  most = 9,
): Finding[] {
  const all: { finding: Finding; words: string }[] = [
    ...names.minerals
      .filter((m) => m.stages.length > 0)
      .map((m) => ({
        finding: {
          key: `m-${m.id}`,
          label: mineralName(names, m.id),
          kind: 'mineral',
          page: 'mineral',
          params: { mineral: m.id },
        },
        words: `${m.name} ${m.id.replaceAll('_', ' ')} ${m.symbol ?? ''}`,
      })),
    ...Object.keys(names.countries)
      .filter((c) => c.length === 3 && !c.startsWith('X'))
      .map((c) => ({
        finding: {
          key: `c-${c}`,
          label: countryName(names, c),
          ...(names.blocs.includes(c)
            ? { kind: 'bloc', page: 'board', params: { for: c } as Record<string, string> }
            : { kind: 'country', page: 'country', params: { country: c } as Record<string, string> }),
        },
        words: `${alsoCalled[c] ?? ''} ${countryName(names, c)} ${names.countries[c]} ${c}`.trim(),
      })),
    ...pages.map((p) => ({
      finding: { key: `p-${p.id}`, label: p.title, kind: 'page', page: p.id, params: p.start ?? {} },
      words: `${p.title} ${p.finds}`,
    })),
    ...questions.map((q) => ({
      finding: {
        key: `q-${q.name}`,
        label: q.asks,
        kind: q.name,
        page: 'ask',
        params: { question: q.name } as Record<string, string>,
      },
      words: `${q.name} ${q.asks}`,
    })),
  ];
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const ranked = all.flatMap(({ finding, words }) => {
    const text = ` ${folded(words)}`;
    const held = wanted.filter((w) => text.includes(w));
    if (held.length === 0) return [];
    const begins = text.startsWith(` ${held[0]}`) ? 0 : text.includes(` ${held[0]}`) ? 1 : 2;
    // words of one or two letters stand inside too many others
    const isName = held.some((w) => w.length > 2 && text.includes(` ${w}`));
    return [{ finding, begins, held: held.length, isName }];
  });
  const whole = ranked.filter((r) => r.held === wanted.length);
  const found = (whole.length > 0 ? whole : ranked.filter((r) => r.isName)).sort(
    (a, b) => b.held - a.held || a.begins - b.begins,
  );
  const first = (kind: string) => found.find((r) => r.finding.kind === kind)?.finding;
  const [mineral, country] = whole.length > 0 ? [] : [first('mineral'), first('country')];
  const together: Finding[] =
    mineral && country
      ? [
          {
            key: 'together',
            label: `What if ${country.label} stops ${mineral.label.toLowerCase()}?`,
            kind: 'shock',
            page: 'shock',
            params: { stop: country.params.country!, mineral: mineral.params.mineral! },
          },
        ]
      : [];
  return [...together, ...found.map((r) => r.finding)].slice(0, most);
}
