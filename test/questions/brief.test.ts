import { beforeAll, describe, expect, it } from 'vitest';
import { briefQuestion } from '../../src/questions/brief.ts';
import { checkQuestion } from '../../src/questions/check.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

describe('brief', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-03-01' });
    return () => world.close();
  });
  const article =
    'Kazakhstan supplies more than 40% of the world’s uranium. China makes 80% of the world’s <i>magnesium</i>.';

  it('of an article holds its claims as check gives them, and the supply of the minerals it names', async () => {
    const answer = await briefQuestion.answer({ file: article, for: 'GBR' }, world);
    const check = await checkQuestion.answer({ file: article, markup: false }, world);
    expect(check.rows.length).toBe(2);
    for (const row of check.rows) expect(answer.document!.md).toContain(String(row.why).replace(/\s+/g, ' '));
    expect(answer.rows.map((r) => r.question)).toEqual([
      'check',
      'profile',
      'board',
      'concentration',
      'timeline',
    ]);
    // every figure has its question, and what to ask next can be run
    expect(answer.document!.md).toContain('## In short');
    expect(answer.document!.md.match(/From: `headwater /g)).toHaveLength(5);
    expect(answer.document!.md).toMatch(/explain profile --country [A-Z]{3} --row \d+ --column share/);
    expect(answer.document!.md).toMatch(/shock --stop CHN --mineral magnesium --stage refine --for GBR/);
    const cited = new Set(answer.sources.map((s) => s.id));
    for (const s of check.sources) expect(cited).toContain(s.id);
    expect(answer.document!.md).toContain('## Sources');
  });

  it('is a page of its own: charts drawn, nothing fetched, no markup of the article let through', async () => {
    const { document } = await briefQuestion.answer({ mineral: ['magnesium'], for: 'GBR' }, world);
    expect(document!.html).toMatch(/<svg [^>]*role="img"/);
    expect(document!.html).not.toMatch(/<script|<link|src=/);
    // BACI 2024, UK, magnesium by value: China 82 %
    expect(document!.md).toMatch(
      /\| Magnesium metal \| refine \| 810411 \| 2024 \|[^|]*\| China \| 82\.\d % \|/,
    );
  });

  it('of a country and of an agreement', async () => {
    const country = await briefQuestion.answer({ country: 'Kazakhstan', for: 'GBR' }, world);
    expect(country.rows.map((r) => r.question)).toEqual(['profile', 'board', 'timeline']);
    const agreement = await briefQuestion.answer({ agreement: 'uk-kz-2026', for: 'GBR' }, world);
    expect(agreement.rows[0]!.rows).toBeGreaterThan(0);
  });

  it('is about one thing', async () => {
    await expect(briefQuestion.answer({ for: 'GBR' }, world)).rejects.toThrow(/none was given/);
    await expect(
      briefQuestion.answer({ country: 'KAZ', mineral: ['tin'], for: 'GBR' }, world),
    ).rejects.toThrow(/not 2/);
    await expect(briefQuestion.answer({ agreement: 'none-such', for: 'GBR' }, world)).rejects.toThrow(
      /none-such/,
    );
  });
});
