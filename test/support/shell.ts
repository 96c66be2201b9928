import { z } from 'zod';
import type { Shell } from '../../src/cli/shell.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import type { Listed } from '../../src/questions/list.ts';
import { type Answer, defineQuestion, type Question } from '../../src/questions/question.ts';
import type { World } from '../../src/store/world.ts';

/** A world that holds nothing, for questions that do not load. */
export const emptyWorld = (): World & { close: () => void } => ({
  load: async () => [],
  now: '2026-01-15',
  dataVersion: 'test-data',
  data: 'own',
  own: new Set(),
  solve: () => Promise.reject(new Error('no solver')),
  progress: () => {},
  signal: new AbortController().signal,
  close: () => {},
});

/** Invented figures with every kind of cell a shell has to show. */
export const riverAnswer: Answer = {
  rows: [
    {
      mineral: 'quartzite',
      country: 'XAA',
      year: 2024,
      supply_usd: 6543210.25,
      top_share: 0.7634,
      cap: 0.6,
      over_cap: true,
    },
    {
      mineral: 'quartzite',
      country: '=2+3',
      year: 2024,
      supply_usd: -1200,
      top_share: 0.00001,
      cap: 0.6,
      over_cap: false,
    },
    { mineral: 'flint, "grey"', country: 'XAC', year: 2023, supply_usd: null, top_share: null, cap: null },
  ],
  columns: [
    { name: 'mineral', unit: '', about: 'mineral' },
    { name: 'country', unit: '', about: 'supplier' },
    { name: 'year', unit: 'year', about: 'year' },
    { name: 'supply_usd', unit: 'USD', about: 'value of imports' },
    { name: 'top_share', unit: '1', about: 'share of imports by value' },
    { name: 'cap', unit: '1', about: 'limit' },
    { name: 'over_cap', unit: '', about: 'share over limit' },
  ],
  notes: [{ code: 'withheld', text: 'withheld by the publisher', rows: [2] }],
  sources: [
    {
      id: 'river',
      title: 'River Survey',
      release: '2025',
      licence: 'CC0-1.0',
      citation: 'River Survey, 2025',
    },
  ],
};

export const riverQuestion = defineQuestion({
  name: 'river',
  asks: 'Where does the river rise?',
  about: 'An invented question with a parameter of every kind.',
  params: z.object({
    for: z.string().describe('whose supply'),
    mineral: z.array(z.string()).optional().describe('minerals'),
    lens: z.enum(['declared', 'traced']).default('declared').describe('which lens'),
    cap: z.number().gt(0).lte(1).optional().describe('limit'),
    severity: z.number().min(0).max(1).default(1).describe('how hard'),
    months: z.number().int().min(1).max(60).default(12).describe('how long'),
    breakdown: z.boolean().default(false).describe('row by row'),
    nMinus1: z.boolean().default(false).describe('without the largest'),
    fails: z.string().optional().describe('usage, data, bug or wait'),
    options: z
      .object({ demand: z.array(z.object({ quantity_t: z.number() })) })
      .optional()
      .describe('a file'),
  }),
  positional: ['mineral'],
  body: 'options',
  example: 'headwater river --for GBR',
  async answer(params, world) {
    if (params.fails === 'usage') throw new UsageError('unknown mineral: "litium"; did you mean lithium?');
    if (params.fails === 'data')
      throw new DataError(['a.csv line 2: not a number: "x"', 'a.csv line 3: no year']);
    if (params.fails === 'bug') throw new TypeError('cannot read the river');
    if (params.fails === 'wait')
      await new Promise((_, stop) => world.signal.addEventListener('abort', () => stop(world.signal.reason)));
    return riverAnswer;
  },
});

export const riverList: Listed[] = [
  {
    name: 'river',
    asks: riverQuestion.asks,
    load: async () => riverQuestion as unknown as Question,
  },
];

/** A shell that remembers what was printed. */
export function testShell(changes: Partial<Shell> = {}): Shell & { printed: { out: string; err: string } } {
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    columns: null,
    errIsTerminal: false,
    env: {},
    stdin: async () => '',
    signal: new AbortController().signal,
    questions: riverList,
    openWorld: async (options) => ({ ...emptyWorld(), ...(options.signal && { signal: options.signal }) }),
    commands: [],
    ...changes,
  };
}
