import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../src/questions/list.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

/** What `--year all` means, the same for every question that takes years. */
let world: OpenWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ofOneYear = ['exposure', 'outlook', 'targets'];
const withYears = (await Promise.all(questions.map((q) => q.load()))).filter((q) => 'year' in q.params.shape);
const typed: Record<string, string[]> = {
  mineral: ['magnesium'],
  stage: ['refine'],
  country: ['CHN'],
  stop: ['CHN'],
  for: ['GBR'],
  method: ['trade'],
};

function ask(question: (typeof withYears)[number], year: string) {
  const given = Object.entries(typed).filter(
    ([name]) =>
      name in question.params.shape &&
      (name !== 'method' || question.name === 'risk') &&
      (name !== 'for' || question.name !== 'profile'),
  );
  const params = readParams(question, { ...Object.fromEntries(given), year: [year] }, (f) => `--${f.option}`);
  return question.answer(params, world);
}

describe('--year all', () => {
  it('is a parameter of some questions', () => {
    expect(withYears.map((q) => q.name)).toEqual(expect.arrayContaining([...ofOneYear, 'origins', 'board']));
  });
  for (const question of withYears) {
    if (ofOneYear.includes(question.name))
      it(`${question.name} answers for one year, and says so`, async () => {
        for (const year of ['all', '2022-2024'])
          await expect(ask(question, year)).rejects.toThrow(
            `${question.name} answers for one year: name one, or leave it out for the newest: "${year}"`,
          );
        expect((await ask(question, '2024')).rows.length).toBeGreaterThan(0);
      });
    else
      it(`${question.name}: every year with data, each as when it is asked for alone`, async () => {
        const { rows } = await ask(question, 'all');
        const count = new Map<number, number>();
        for (const { year } of rows)
          if (typeof year === 'number') count.set(year, (count.get(year) ?? 0) + 1);
        expect(count.size).toBeGreaterThan(1);
        for (const year of [...count.keys()].slice(-2)) {
          const alone = (await ask(question, String(year))).rows.filter((r) => r.year === year);
          // codes and series without data in a year have a row that says so where the year is named
          const known = alone.filter((r) => r.evidence !== 'none');
          expect([year, known.length]).toEqual([
            year,
            rows.filter((r) => r.year === year && r.evidence !== 'none').length,
          ]);
        }
      });
  }
});
