import { describe, expect, it } from 'vitest';
import { saysRevised } from '../../../src/sources/usgs-mcs/revised.ts';

const antimony =
  '(Data in metric tons) -- Significant revisions were made to 2024 production for China, Iran Kazakhstan, and Russia based on company reports. Reserves for Australia, China, and Tajikistan were revised based on Government reports.';

describe('what a chapter says that it revised', () => {
  it.each([
    ['China', 2024, true],
    ['Kazakhstan', 2024, true],
    ['Russia', 2025, false],
    ['Tajikistan', 2024, false],
    ['Australia', 2024, false],
  ])('%s %i: %s, by the sentence on production', (country, year, expected) => {
    expect(saysRevised(antimony, country, year)).toBe(expected);
  });

  it.each([
    ['A significant revision was made to Malaysia’s 2024 production based on reports.', 'Malaysia'],
    ['Production in 2024 for Congo (Kinshasa) was revised significantly.', 'Congo (Kinshasa)'],
    [
      'Significant revisions were made to the 2024 production for the Republic of Korea.',
      'Korea, Republic of',
    ],
    ['Mine production data for China, Finland, and Mexico were revised.', 'Finland'],
    ['Significant revisions were made to the 2024 production for some countries.', 'Anywhere'],
  ])('%s names %s', (sentence, country) => expect(saysRevised(sentence, country, 2024)).toBe(true));

  it.each([
    ['Significant revisions were made to the 2024 production for Nigeria.', 'Niger'],
    ['Significant revisions were made to the 2024 production for Papua New Guinea.', 'Guinea'],
    ['Capacity data for the United States and China were revised.', 'China'],
    ['World Mine Production and Reserves: Reserves for Peru were revised.', 'Peru'],
    ['', 'Peru'],
  ])('%s does not name %s', (sentence, country) => expect(saysRevised(sentence, country, 2024)).toBe(false));
});
