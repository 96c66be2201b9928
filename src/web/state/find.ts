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

/**
 * What a typed word may mean: minerals, countries, pages, questions. Words that begin with it come first, then those
 * that hold it; every word typed must be found.
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
          kind: 'country',
          page: 'country',
          params: { country: c },
        },
        words: `${countryName(names, c)} ${names.countries[c]} ${c}`,
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
    if (!wanted.every((w) => text.includes(w))) return [];
    const begins = text.startsWith(` ${wanted[0]}`) ? 0 : text.includes(` ${wanted[0]}`) ? 1 : 2;
    return [{ finding, begins }];
  });
  return ranked
    .sort((a, b) => a.begins - b.begins)
    .slice(0, most)
    .map((r) => r.finding);
}
