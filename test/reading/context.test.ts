import { describe, expect, it } from 'vitest';
import { mentionsIn } from '../../src/reading/gazetteer.ts';
import { tokensOf } from '../../src/reading/tokens.ts';
import { gazetteer } from './said.ts';

const named = (text: string) => mentionsIn(gazetteer, tokensOf(text)).map((m) => m.id);

describe('words that are also something else', () => {
  it.each([
    ['Turkey mines borates', ['TUR', 'boron']],
    ['a turkey dinner, and Turkey sandwiches', []],
    ['Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea', ['GIN', 'GNB', 'GNQ', 'PNG']],
    ['a guinea pig and a Guinea fowl in the Gulf of Guinea', []],
    ['Georgia exports manganese', ['GEO', 'manganese']],
    ['Georgia’s governor in Atlanta', []],
    ['Michael Jordan and Chad Smith', []],
    ['In Jordan, potash; in Chad, gold', ['JOR', 'potash', 'TCD', 'gold']],
    ['Niger and Nigeria, not the Niger Delta', ['NER', 'NGA']],
    [
      'the Democratic Republic of the Congo, the Republic of the Congo, DR Congo and Congo',
      ['COD', 'COG', 'COD', 'COD'],
    ],
    ['tell us about the US and the U.S.', ['USA', 'USA']],
    ['tin from Indonesia', ['tin', 'IDN']],
    ['a tin-pot regime, a tin of paint and tin cans', []],
    ['Tin can be recycled', ['tin']],
    ['zinc and lead from Peru', ['zinc', 'lead', 'PER']],
    ['refined lead and lead ore', ['lead', 'lead']],
    ['they lead to ruin, take the lead in the lead-up, a lead author', []],
    ['China leads the world', ['CHN']],
    ['signed in London, said London', ['GBR']],
    ['gold medals and the gold standard', []],
    ['profits made at Norilsk Nickel fell sharply in Russia', ['RUS']],
    ['bauxite, alumina and aluminum', ['aluminium', 'aluminium', 'aluminium']],
    ['lithium-ion batteries', []],
    ['rare-earth elements and REEs', ['rare_earths', 'rare_earths']],
    ['Côte d’Ivoire’s manganese', ['CIV', 'manganese']],
    ['South China Morning Post', []],
    ['Silicon Valley', []],
  ] as const)('%s', (text, ids) => expect(named(text)).toEqual(ids));

  it('with own data knows only what the data list', async () => {
    const { buildGazetteer } = await import('../../src/reading/gazetteer.ts');
    const own = buildGazetteer(
      [{ id: 'XQA', name: 'Quartzia' }],
      [{ id: 'unobtainium', name: 'Unobtainium' }],
      true,
    );
    const ids = mentionsIn(own, tokensOf('Quartzia mines unobtainium; China mines copper')).map((m) => m.id);
    expect(ids).toEqual(['XQA', 'unobtainium']);
  });
});
