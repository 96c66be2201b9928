import { describe, expect, it } from 'vitest';
import { originsQuestion } from '../../src/questions/origins.ts';
import type { Answer } from '../../src/questions/question.ts';
import { openWorld } from '../../src/store/open.ts';
import { folder, removeFoldersAfterwards } from '../support/folder.ts';

removeFoldersAfterwards();

const countries = ['COD', 'CHN', 'BEL', 'GBR', 'DEU'];
const base = {
  'country.csv': `country,name\n${countries.map((c) => `${c},${c} land`).join('\n')}\n`,
  'mineral.csv': 'mineral,name,symbol\nblue_ore,Blue ore,Bl\n',
  'hs6_mineral.csv':
    'hs6,mineral,stage,metal_content,share_of_code\n810520,blue_ore,refine,0.5,1\n260500,blue_ore,mine,1,1\n',
};
/** the worked five-country case, in gross tonnes of which half is metal */
const refinedFlows: [string, string, number][] = [
  ['COD', 'CHN', 70],
  ['COD', 'BEL', 20],
  ['CHN', 'BEL', 10],
  ['CHN', 'GBR', 15],
  ['CHN', 'DEU', 5],
  ['BEL', 'GBR', 12],
  ['BEL', 'DEU', 10],
  ['GBR', 'DEU', 3],
  ['DEU', 'BEL', 1],
  ['DEU', 'GBR', 2],
];
const flowsCsv = (extra = '') =>
  `year,exporter,importer,hs6,value_usd,quantity_t\n${refinedFlows
    .map(([e, i, t]) => `2023,${e},${i},810520,${t * 1000},${t * 2}`)
    .join('\n')}\n${extra}`;
const production =
  'year,country,mineral,stage,quantity_t\n2023,COD,blue_ore,refine,100\n2023,CHN,blue_ore,refine,20\n';

async function ask(files: Record<string, string>, params: Record<string, unknown>): Promise<Answer> {
  const world = await openWorld({ data: folder({ ...base, ...files }), now: '2026-01-01' });
  try {
    return await originsQuestion.answer(originsQuestion.params.parse(params), world);
  } finally {
    world.close();
  }
}
const five = { 'trade_flow.csv': flowsCsv(), 'production.csv': production };
const asked = { for: ['GBR'], mineral: ['Bl'], stage: ['refine'] };
const byCountry = (answer: Answer, column: string) =>
  Object.fromEntries(answer.rows.map((r) => [r.country, r[column]]));
const note = (answer: Answer, code: string) => answer.notes.find((n) => n.code === code);

describe('origins', () => {
  it('worked five-country case: CD 84.47 % of what GB uses, though GB buys nothing there', async () => {
    const answer = await ask(five, asked);
    expect(byCountry(answer, 'traced_share').COD).toBeCloseTo(0.8447138906615614, 12);
    expect(byCountry(answer, 'traced_t').CHN).toBeCloseTo(4.0374388427994035, 12);
    expect(byCountry(answer, 'direct_t')).toEqual({ COD: 0, CHN: 15, BEL: 12, DEU: 2 });
    expect(byCountry(answer, 'direct_share').CHN).toBe(15 / 29);
    expect(note(answer, 'consumption')!.value).toBe(26);
    expect(note(answer, 'world_unrecorded_share')!.value).toBe(0);
    expect(note(answer, 'residual')!.value).toBeLessThanOrEqual(1e-12);
    expect(note(answer, 'solver')).toBeDefined();
    expect(answer.columns.map((c) => c.name)).toEqual(Object.keys(answer.rows[0]!));
  });

  it('--method net changes the trace, not the direct imports', async () => {
    const answer = await ask(five, { ...asked, method: 'net' });
    expect(byCountry(answer, 'traced_share').COD).toBeCloseTo(0.8436213991769547, 12);
    expect(byCountry(answer, 'direct_t').DEU).toBe(2);
  });

  it('--weight value follows USD, with output valued at the unit value of trade', async () => {
    const answer = await ask(five, { ...asked, weight: 'value' });
    expect(note(answer, 'valued_at')!.value).toBe(1000);
    expect(byCountry(answer, 'traced_usd').COD).toBeCloseTo(21962.5611572006, 8);
    expect(byCountry(answer, 'traced_share').COD).toBeCloseTo(0.8447138906615614, 12);
  });

  it('several importers give rows with for, mineral, stage and year; --top keeps the largest of each', async () => {
    const answer = await ask(five, { ...asked, for: ['GBR', 'DEU'], top: 1 });
    expect(answer.rows.map((r) => [r.for, r.mineral, r.stage, r.year, r.country])).toEqual([
      ['GBR', 'blue_ore', 'refine', 2023, 'COD'],
      ['DEU', 'blue_ore', 'refine', 2023, 'COD'],
    ]);
    expect(answer.rows[1]!.traced_share).toBeCloseTo(0.870240374388428, 12);
    const [gbr, deu] = answer.notes.filter((n) => n.code === 'consumption');
    expect([gbr!.value, deu!.value]).toEqual([26, 15]);
    expect([gbr!.rows, deu!.rows]).toEqual([[0], [1]]);
  });

  it('--year all traces every year that has both trade and output; left out, the newest', async () => {
    const years = (list: number[], rows: (y: number) => string) => list.map(rows).join('');
    const files = {
      'trade_flow.csv': `year,exporter,importer,hs6,quantity_t\n${years([2021, 2022, 2023], (y) => `${y},COD,GBR,810520,${y}\n`)}`,
      'production.csv': `year,country,mineral,stage,quantity_t\n${years([2021, 2023, 2024], (y) => `${y},COD,blue_ore,refine,5000\n`)}`,
    };
    const all = await ask(files, { ...asked, year: ['all'] });
    expect(all.rows.map((r) => [r.year, r.traced_t])).toEqual([
      [2021, 1010.5],
      [2023, 1011.5],
    ]);
    expect((await ask(files, asked)).rows.map((r) => r.year)).toEqual([2023]);
  });

  it('shows unrecorded supply and never spreads it over the others', async () => {
    const answer = await ask(
      {
        'trade_flow.csv':
          'year,exporter,importer,hs6,quantity_t\n2023,COD,BEL,810520,60\n2023,BEL,GBR,810520,90\n',
        'production.csv': 'year,country,mineral,stage,quantity_t\n2023,COD,blue_ore,refine,50\n',
      },
      asked,
    );
    expect(byCountry(answer, 'traced_t')).toEqual({ COD: 30, BEL: 15 });
    expect(byCountry(answer, 'unrecorded_t')).toEqual({ COD: 0, BEL: 15 });
    expect(note(answer, 'world_unrecorded_share')!.value).toBe(0.3);
  });

  it('without output in tonnes says why instead of tracing, and still shows who sells', async () => {
    const answer = await ask({ 'trade_flow.csv': flowsCsv() }, asked);
    expect(byCountry(answer, 'traced_share')).toEqual({ CHN: null, BEL: null, DEU: null });
    expect(byCountry(answer, 'direct_t').CHN).toBe(15);
    expect(note(answer, 'no_production')!.rows).toEqual([0, 1, 2]);
  });

  it('an importer that ships on all it has used nothing: 0 t, and no share', async () => {
    const extra = '2023,GBR,DEU,260500,1,1\n';
    const answer = await ask(
      {
        'trade_flow.csv': `${flowsCsv()}2023,GBR,COD,810520,90000,180\n${extra}`,
        'production.csv': production,
      },
      asked,
    );
    expect(note(answer, 'consumption')!.value).toBe(0);
    expect(answer.rows[0]).toMatchObject({ country: 'CHN', direct_t: 15, traced_t: 0, traced_share: null });
    expect(note(answer, 'no_supply')!.rows).toEqual([0, 1, 2]);
  });

  it('origin rows stand in where no reconciled rows are; dispatch rows never do', async () => {
    const trade = (basis: string) =>
      `year,exporter,importer,hs6,basis,quantity_t\n2023,COD,GBR,810520,${basis},10\n2023,BEL,GBR,810520,dispatch,10\n`;
    const one = await ask({ 'trade_flow.csv': trade('origin'), 'production.csv': production }, asked);
    expect(byCountry(one, 'direct_t')).toEqual({ COD: 5 });
    const both = await ask(
      {
        'trade_flow.csv': `${trade('origin')}2023,CHN,GBR,810520,reconciled,4\n`,
        'production.csv': production,
      },
      asked,
    );
    expect(byCountry(both, 'direct_t')).toEqual({ CHN: 2 });
  });
});

/** three makers and their ore: the worked case across stages */
const chain = {
  'country.csv': 'country,name\nAAA,A\nBBB,B\nCCC,C\nXXX,X\nYYY,Y\nZZZ,Z\nGBR,UK\n',
  'trade_flow.csv': `year,exporter,importer,hs6,quantity_t
2023,AAA,GBR,810520,110
2023,BBB,GBR,810520,50
2023,CCC,GBR,810520,40
2023,XXX,AAA,260500,10
2023,YYY,AAA,260500,80
2023,ZZZ,AAA,260500,10
2023,YYY,BBB,260500,30
2023,ZZZ,BBB,260500,70
2023,XXX,CCC,260500,5
`,
  'production.csv': `year,country,mineral,stage,quantity_t
2023,AAA,blue_ore,refine,55
2023,BBB,blue_ore,refine,25
2023,CCC,blue_ore,refine,20
2023,XXX,blue_ore,mine,15
2023,YYY,blue_ore,mine,110
2023,ZZZ,blue_ore,mine,80
`,
};

describe('origins through an earlier stage', () => {
  it('worked: (.255, .515, .230), one tonne of ore per tonne where no yield is known', async () => {
    const answer = await ask(chain, { ...asked, through: 'mine' });
    const shares = byCountry(answer, 'traced_share');
    for (const [c, s] of Object.entries({ XXX: 0.255, YYY: 0.515, ZZZ: 0.23 }))
      expect(shares[c]).toBeCloseTo(s, 12);
    expect(byCountry(answer, 'direct_t').AAA).toBe(55);
    expect(byCountry(answer, 'traced_t').AAA).toBe(0);
  });
  it('worked with yields 1.2, 1.0, 1.5: (.3025, .4983, .1992), in tonnes of ore', async () => {
    const answer = await ask(
      {
        ...chain,
        'yield.csv':
          'mineral,from_stage,to_stage,country,t_per_t\nblue_ore,mine,refine,AAA,1.2\nblue_ore,mine,refine,,1.5\nblue_ore,mine,refine,BBB,1\n',
      },
      { ...asked, through: 'mine' },
    );
    const shares = byCountry(answer, 'traced_share');
    for (const [c, s] of Object.entries({
      XXX: 0.30247933884297523,
      YYY: 0.4983471074380165,
      ZZZ: 0.19917355371900827,
    }))
      expect(shares[c]).toBeCloseTo(s, 12);
    const total = answer.rows.reduce((s, r) => s + (r.traced_t as number), 0);
    expect(total).toBeCloseTo(55 * 1.2 + 25 + 20 * 1.5, 10);
  });
  it('keeps with the maker what cannot be followed, and says so', async () => {
    const noOreForC = {
      ...chain,
      'trade_flow.csv': chain['trade_flow.csv'].replace('2023,XXX,CCC,260500,5\n', ''),
    };
    const answer = await ask(noOreForC, { ...asked, through: 'mine' });
    expect(byCountry(answer, 'traced_share').CCC).toBeCloseTo(0.2, 12);
    const stopped = note(answer, 'not_traced_beyond')!;
    expect(stopped.value).toBeCloseTo(0.2, 12);
    expect(stopped.rows!.map((k) => answer.rows[k]!.country)).toEqual(['CCC']);
    const sum = answer.rows.reduce((s, r) => s + (r.traced_share as number), 0);
    expect(sum).toBeCloseTo(1, 12);
  });
});

describe('the paths from mine to maker', () => {
  const ways = (answer: Answer) =>
    Object.fromEntries(answer.rows.map((r) => [`${r.country} ${r.through_country}`, r.traced_share]));
  const yields =
    'mineral,from_stage,to_stage,country,t_per_t\nblue_ore,mine,refine,AAA,1.2\nblue_ore,mine,refine,CCC,1.5\n';
  const through = { ...asked, through: 'mine' };

  it('are S_k · y_k · O_kj by mine and refiner, in tonnes of ore, and add up to the origins', async () => {
    const files = { ...chain, 'yield.csv': yields };
    const paths = await ask(files, { ...through, paths: true });
    // refined 55, 25, 20 t; ore of A 10 % X 80 % Y 10 % Z, of B 30 % Y 70 % Z, of C all X; 121 t of ore
    const tonnes = {
      'XXX AAA': 6.6,
      'YYY AAA': 52.8,
      'ZZZ AAA': 6.6,
      'YYY BBB': 7.5,
      'ZZZ BBB': 17.5,
      'XXX CCC': 30,
    };
    expect(Object.keys(ways(paths)).sort()).toEqual(Object.keys(tonnes).sort());
    for (const r of paths.rows) {
      const t = tonnes[`${r.country} ${r.through_country}` as keyof typeof tonnes];
      expect(r.traced_t).toBeCloseTo(t, 10);
      expect(r.traced_share).toBeCloseTo(t / 121, 12);
      expect(r.followed).toBe(true);
    }
    const origins = byCountry(await ask(files, through), 'traced_t');
    for (const mine of ['XXX', 'YYY', 'ZZZ']) {
      const sum = paths.rows
        .filter((r) => r.country === mine)
        .reduce((s, r) => s + (r.traced_t as number), 0);
      expect(sum).toBeCloseTo(origins[mine] as number, 10);
    }
    expect(paths.columns.map((c) => c.name)).toEqual(Object.keys(paths.rows[0]!));
  });
  it('end at a maker whose ore is not known, and say so', async () => {
    const trade = chain['trade_flow.csv'].replace('2023,XXX,CCC,260500,5\n', '');
    const paths = await ask({ ...chain, 'trade_flow.csv': trade }, { ...through, paths: true });
    const stopped = note(paths, 'not_traced_beyond')!;
    expect(stopped.rows!.map((k) => paths.rows[k])).toMatchObject([
      { country: 'CCC', through_country: 'CCC', followed: false, traced_t: 20 },
    ]);
  });
  it('keep the largest with --top, largest first', async () => {
    const paths = await ask(chain, { ...through, paths: true, top: 2 });
    expect(paths.rows.map((r) => [r.country, r.through_country])).toEqual([
      ['YYY', 'AAA'],
      ['XXX', 'CCC'],
    ]);
  });
  it.each([
    [{ ...asked, paths: true }, /"--paths"/],
    [{ ...through, paths: true, lens: 'controlled' }, /"--paths --lens controlled"/],
    [{ ...through, stage: ['mine'], paths: true }, /"--stage mine --through mine"/],
  ])('%o is refused', async (params, message) => {
    await expect(ask(chain, params)).rejects.toThrow(message);
  });
});

describe('origins by control', () => {
  it('worked: .644, .156, .2 with range .704 for A', async () => {
    const answer = await ask(
      {
        'country.csv': 'country,name\nAAA,A\nBBB,B\nCCC,C\nGBR,UK\n',
        'trade_flow.csv':
          'year,exporter,importer,hs6,quantity_t\n2023,AAA,GBR,810520,100\n2023,BBB,GBR,810520,60\n2023,CCC,GBR,810520,40\n',
        'production.csv':
          'year,country,mineral,stage,quantity_t\n2023,AAA,blue_ore,refine,100\n2023,BBB,blue_ore,refine,100\n2023,CCC,blue_ore,refine,100\n',
        'ownership.csv': `asset,owner,country,mineral,stage,owner_country,equity_share,output_t
a,one,AAA,blue_ore,refine,AAA,1,100
b,one,BBB,blue_ore,refine,AAA,0.6,80
b,two,BBB,blue_ore,refine,BBB,0.4,80
c,three,CCC,blue_ore,refine,CCC,1,100
`,
      },
      { ...asked, lens: 'controlled' },
    );
    const share = byCountry(answer, 'traced_share');
    expect(share.AAA).toBeCloseTo(0.644, 12);
    expect(share.BBB).toBeCloseTo(0.156, 12);
    expect(share.CCC).toBeCloseTo(0.2, 12);
    expect(byCountry(answer, 'high_share').AAA).toBeCloseTo(0.704, 12);
    expect(byCountry(answer, 'unattributed_share').BBB).toBeCloseTo(0.06, 12);
    expect(byCountry(answer, 'located_share').AAA).toBeCloseTo(0.5, 12);
  });
});

describe('how origins reads', () => {
  it('every row says whose, of what and when, also of one trace', async () => {
    const answer = await ask(five, asked);
    for (const row of answer.rows)
      expect(row).toMatchObject({ for: 'GBR', mineral: 'blue_ore', stage: 'refine', year: 2023 });
  });

  it('opens with the largest origins and the amount they are shares of, and shows no crumbs', async () => {
    const answer = await ask(five, asked);
    const { headline, sections } = answer.view!;
    const text = headline!.join(' ');
    expect(text).toMatch(/^GBR land, blue ore \(refine\), 2023: .* t, was born in COD 84 %, CHN 16 %\.$/);
    const shown = sections!.flatMap((s) => s.rows.map((k) => answer.rows[k]!));
    for (const row of shown)
      expect(Math.max(Number(row.traced_share), Number(row.direct_share))).toBeGreaterThanOrEqual(0.0005);
    expect(shown.map((r) => r.country)).toEqual(expect.arrayContaining(['COD', 'CHN', 'BEL', 'DEU']));
  });

  it('does not call a country where supply merely appears its birthplace', async () => {
    const files = {
      'trade_flow.csv':
        'year,exporter,importer,hs6,quantity_t\n2023,COD,BEL,810520,60\n2023,BEL,GBR,810520,90\n',
      'production.csv': 'year,country,mineral,stage,quantity_t\n2023,COD,blue_ore,refine,50\n',
    };
    const { headline } = (await ask(files, asked)).view!;
    expect(headline).toEqual([
      'GBR land, blue ore (refine), 2023: what is used, 45 t, was born in COD 67 %; 33 % of it is supply that nobody reports making, which appears in BEL 33 %.',
    ]);
    const held = (await ask(files, { ...asked, lens: 'controlled' })).view!;
    expect(held.headline).toEqual([
      'GBR land, blue ore (refine), 2023: of what is used, 45 t, 100 % has no known owner and stands with the country it is in (COD 67 %, BEL 33 %).',
    ]);
  });

  it('where nothing can be traced it names the sellers, and a code that would tell where nobody trades', async () => {
    const silent = await ask(
      { ...five, 'production.csv': 'year,country,mineral,stage,quantity_t\n2023,COD,blue_ore,mine,1\n' },
      { ...asked, stage: ['refine', 'mine'], year: ['2023'] },
    );
    const text = [...silent.view!.headline!, ...silent.view!.after!].join(' ');
    expect(text).toMatch(
      /\(refine\), 2023: bought from CHN 52 %, BEL 41 %, DEU 6.9 %; where it was made cannot be traced\./,
    );
    expect(text).toMatch(/\(mine\), 2023 is not traced: .*; trade of 2023 in 260500 would tell\./);
    expect(silent.view!.heads!.country).toBe('bought from');
    expect(silent.view!.sections!.every((s) => s.rows.length > 0)).toBe(true);
  });

  it('says why where nothing can be traced', async () => {
    const answer = await ask({ ...five, 'production.csv': 'year,country,mineral,stage,quantity_t\n' }, asked);
    expect(answer.view!.after!.join(' ')).toMatch(/is not traced: no source gives tonnes of output/);
  });
});

describe('what origins refuses', () => {
  it.each([
    [{ ...asked, mineral: ['blu_ore'] }, /unknown mineral: "blu_ore"/],
    [{ ...asked, stage: ['smelt'] }, /unknown stage: "smelt"/],
    [{ ...asked, year: ['1999'] }, /unknown year: "1999"/],
    [{ ...asked, for: ['ZZQ'] }, /unknown country: "ZZQ"/],
    [{ ...asked, through: 'mines' }, /unknown stage: "mines"/],
  ])('%o', async (params, message) => {
    await expect(ask(five, params)).rejects.toThrow(message);
  });
});
