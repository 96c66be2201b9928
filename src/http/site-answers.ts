import type { Names } from './names.ts';

type Params = Readonly<Record<string, string | number | boolean | undefined>>;

/** Whose boards a static export holds. */
const importers = ['GBR', 'EUU', 'USA', 'JPN', 'KOR', 'DEU', 'FRA', 'IND', 'CAN', 'AUS'];
const lenses = [undefined, 'dispatch', 'traced', 'controlled'];
/** Steps of the shock's slider for the minerals that it opens with. */
const severities = Array.from({ length: 21 }, (_, i) => i * 5);
const shockedWhole = ['gallium', 'magnesium', 'rare_earths', 'cobalt', 'graphite', 'tungsten'];

/** The name under which a page asks, the parameters in order: as the pages write it. */
function addressOf(question: string, params: Params): string {
  const query = Object.entries(params)
    .filter(([, v]) => v !== undefined && v !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v)).replaceAll('%2C', ',')}`)
    .join('&');
  return query === '' ? question : `${question}?${query}`;
}

/**
 * What a static export answers: what the pages ask when they are opened from the masthead, for every mineral of one
 * list and every country that makes one, with the switches of the board and the slider of the shock.
 */
export function siteAnswers(names: Names, listed: readonly string[], countries: readonly string[]): string[] {
  const asked: string[] = ['', 'names'];
  const add = (question: string, params: Params = {}) => asked.push(addressOf(question, params));
  for (const importer of importers)
    for (const lens of lenses)
      add('board', { for: importer, list: importer === 'GBR' ? 'uk-2024' : undefined, lens });
  for (const mineral of listed) {
    add('concentration', { mineral });
    add('concentration', { mineral, breakdown: true });
    add('concentration', { mineral, year: '2010-2025' });
    add('board', { for: 'GBR', mineral });
    add('timeline', { mineral, for: 'GBR' });
    add('timeline', { mineral });
    add('alternatives', { mineral, for: 'GBR', top: 5 });
    add('prices', { mineral, year: 'all' });
    add('risk', { mineral, for: 'GBR' });
    for (const method of ['eu_sr', 'eu_ei', 'n_minus_1']) add('risk', { method, mineral });
    add('risk', { method: 'usgs_2020', mineral, for: 'USA' });
    for (const stage of names.minerals.find((m) => m.id === mineral)?.stages ?? []) {
      add('origins', { for: 'GBR', mineral, stage });
      // 2020: the newest year of what is known from means of three years alone
      for (const year of [2024, 2020]) {
        add('origins', { for: 'GBR', mineral, stage, year });
        add('origins', { for: 'GBR', mineral, stage, year, lens: 'controlled' });
      }
      if (stage === 'mine' || stage === 'scrap') continue;
      const back = { for: 'GBR', mineral, stage, through: 'mine', paths: true };
      add('origins', back);
      add('origins', { ...back, year: 2024 });
    }
    for (const severity of shockedWhole.includes(mineral) ? severities : [100]) {
      const stop = severity === 100 ? 'CHN' : `CHN:${severity / 100}`;
      add('shock', { mineral, stop });
      add('shock', { mineral, stop, for: 'GBR' });
    }
    add('plan', { for: 'GBR', mineral });
    add('plan', { for: 'GBR', mineral, frontier: 'cap', points: 12 });
  }
  for (const country of countries) {
    add('profile', { country, list: 'uk-2024' });
    if (country !== 'GBR') add('profile', { country, list: 'uk-2024', lens: 'traced', for: 'GBR' });
    add('timeline', { country, trade: undefined });
    if (country !== 'GBR') add('agreement', { partner: country, for: 'GBR', list: 'uk-2024' });
  }
  for (const { id } of names.agreements.filter((a) => a.id.startsWith('uk-'))) add('agreement', { id });
  for (const importer of ['GBR', 'EUU']) {
    add('outlook', { for: importer });
    add('targets', { for: importer, lens: 'declared' });
  }
  add('risk', { method: 'compare', for: 'GBR' });
  add('timeline', { for: 'GBR' });
  add('timeline');
  add('coverage');
  add('sources');
  add('lists', { list: 'uk-2024' });
  add('lists');
  return [...new Set(asked)];
}
