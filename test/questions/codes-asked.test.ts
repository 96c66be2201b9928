import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { boardQuestion } from '../../src/questions/board.ts';
import { hs6Of } from '../../src/questions/codes-asked.ts';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { Question } from '../../src/questions/question.ts';
import { readParams } from '../../src/questions/read-params.ts';
import { openWorld } from '../../src/store/open.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();
/** oranges (080510) are in no map; copper cathodes are, beside another copper code */
const world = await openWorld({
  data: folder({
    'country.csv': 'country,name\nGBR,United Kingdom\nESP,Spain\nZAF,South Africa\nCHL,Chile\n',
    'mineral.csv': 'mineral,name\ncopper,Copper\n',
    'hs6_mineral.csv': 'hs6,mineral,stage\n740311,copper,refine\n740319,copper,refine\n',
    'trade_flow.csv':
      'year,exporter,importer,hs6,value_usd,quantity_t\n2024,ESP,GBR,080510,75,3\n2024,ZAF,GBR,080510,25,1\n2024,CHL,GBR,740311,10,1\n2024,ESP,GBR,740319,90,9\n',
  }),
});
const ask = (question: unknown, options: Record<string, string[]>) => {
  const q = question as Question;
  return q.answer(
    readParams(q, options, (f) => `--${f.option}`),
    world,
  );
};

describe('any customs code', () => {
  it('on the board: a code in no map stands for itself, stage unknown', async () => {
    const { rows } = await ask(boardQuestion, { hs6: ['080510'] });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      mineral: '080510',
      stage: 'unknown',
      hs6: '080510',
      top_country: 'ESP',
      top_share: 0.75,
      supply_usd: 100,
    });
  });
  it('on the board: a mapped code alone, without the others of its mineral', async () => {
    const { rows } = await ask(boardQuestion, { hs6: ['7403.11'] });
    expect(rows.map((r) => [r.mineral, r.hs6, r.top_country])).toEqual([['copper', '740311', 'CHL']]);
  });
  it('several at once', async () => {
    const { rows } = await ask(boardQuestion, { hs6: ['740311,080510'] });
    expect(rows.map((r) => r.hs6).sort()).toEqual(['080510', '740311']);
  });
  it('in origins: direct shares, and no trace where nobody reports output', async () => {
    const { rows, notes } = await ask(originsQuestion, { hs6: ['080510'] });
    expect(rows.map((r) => [r.country, r.direct_share, r.traced_share])).toEqual([
      ['ESP', 0.75, null],
      ['ZAF', 0.25, null],
    ]);
    expect(notes.map((n) => n.code)).toContain('no_production');
  });
  it('without trade says how to have it', async () => {
    await expect(ask(boardQuestion, { hs6: ['999999'] })).rejects.toThrow(/"999999"; headwater fetch baci/);
  });
  it('is six digits', () => {
    expect(hs6Of(['0805.10', '740311,740311'])).toEqual(['080510', '740311']);
    expect(() => hs6Of(['7403'])).toThrow(UsageError);
  });
});
