import { z } from 'zod';
import { UsageError } from '../../errors.ts';
import { minerals, stages, years } from '../parameters.ts';
import { scenario } from './scenario.ts';

export const shockParams = z.object({
  stop: z
    .array(z.string())
    .optional()
    .describe('countries whose output stops, COUNTRY or COUNTRY:SEVERITY with severity 0 to 1'),
  scenario: scenario.optional(),
  mineral: minerals.describe('mineral ids, names or symbols; those of the scenario when left out'),
  stage: stages,
  year: years,
  model: z
    .enum(['cascade', 'market', 'months'])
    .default('months')
    .describe('cascade: through trade at once; market: through the price; months: month by month'),
  for: z.array(z.string()).optional().describe('whose loss: ISO3 codes, names or blocs; all when left out'),
  months: z.number().int().min(1).max(120).default(12).describe('months simulated'),
  stockpile: z
    .number()
    .min(0)
    .optional()
    .describe('tonnes that --for would hold: how many months do they buy?'),
  bridge: z
    .number()
    .int()
    .min(1)
    .max(120)
    .optional()
    .describe('months to bridge: how large a stockpile? All when left out'),
  serveFirst: z
    .array(z.string())
    .optional()
    .describe('uses of --for served first when something is missing, in this order; all alike when left out'),
  draws: z.number().int().min(1).max(1_000_000).optional().describe('draws over what is uncertain'),
  seed: z.number().int().default(1).describe('same seed, same draws'),
  threads: z.number().int().min(0).max(64).optional().describe('worker threads; never changes the result'),
  stockUse: z.number().min(0).max(1).default(1).describe('part of the stocks that may be drawn'),
  consumptionBuffer: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('cascade: part of a shortage that users swallow before trade passes it on'),
  supplyElasticity: z.number().min(0).optional().describe('price elasticity of supply; sourced, else 0.3'),
  demandElasticity: z.number().max(0).optional().describe('price elasticity of demand; sourced, else -0.2'),
});
export type ShockParams = z.infer<typeof shockParams>;

/** Refuses what would be silently left out: questions of months to a model without time, of stocks for nobody. */
export function checkTogether(asked: ShockParams): void {
  if (!asked.stop?.length && !asked.scenario)
    throw new UsageError('say what happens: --stop COUNTRY[:SEVERITY] or --scenario FILE');
  for (const name of ['stockpile', 'bridge', 'serveFirst'] as const) {
    if (asked[name] === undefined) continue;
    const option = name === 'serveFirst' ? '--serve-first' : `--${name}`;
    if (!asked.for?.length || asked.for.includes('all'))
      throw new UsageError(`${option} needs --for: whose stock or uses are meant`);
    if (name !== 'serveFirst' && asked.model !== 'months')
      throw new UsageError(`${option} needs a model with time, --model months: "${asked.model}"`);
  }
  if (asked.bridge !== undefined && asked.bridge > asked.months)
    throw new UsageError(`--bridge is longer than the run of ${asked.months} --months: "${asked.bridge}"`);
}
