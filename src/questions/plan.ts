import { z } from 'zod';
import { axes } from '../analysis/sourcing/frontier.ts';
import { objectives } from '../analysis/sourcing/objective.ts';
import type { Bloc, Limits } from '../analysis/sourcing/problem.ts';
import { UsageError } from '../errors.ts';
import { cap, importer, list, minerals, stages } from './parameters.ts';
import { optionsFile } from './plan/options-file.ts';
import { planOfOptions } from './plan/options-plan.ts';
import { planOfData } from './plan/snapshot-plan.ts';
import { defineQuestion } from './question.ts';
import type { Names } from './resolve.ts';

const share = z.number().min(0).max(1);
const year = z.number().int().min(1900).max(2100);

const params = z.object({
  for: importer.default('GBR'),
  mineral: minerals,
  list,
  stage: stages,
  from: year.optional().describe('first year of the plan'),
  to: year.optional().describe('last year; the year of the published rule when left out'),
  cap: cap.describe(
    'largest share of demand from one country, 0 < cap ≤ 1; the published rule when left out',
  ),
  capOn: z
    .enum(['declared', 'traced', 'controlled'])
    .default('declared')
    .describe('what the cap counts: the seller’s country, where it was born, or the owner’s home'),
  domesticMin: share.optional().describe('least share of demand from domestic supply'),
  recycledMin: share.optional().describe('least share of demand from recycling'),
  nMinus1: share.optional().describe('share of demand that may be missing after the loss of any one country'),
  surge: z.number().min(0).default(0).describe('part by which the others can deliver more after such a loss'),
  ramp: z.number().min(0).optional().describe('largest yearly rise of one supplier, as a share of demand'),
  budget: z.number().min(0).optional().describe('most that the whole plan may cost, USD'),
  objective: z
    .enum(objectives as ['cost', 'hhi', 'change'])
    .default('cost')
    .describe('cost: the cheapest; hhi: the least concentrated; change: the fewest tonnes that move'),
  blocCap: z
    .array(z.string())
    .optional()
    .describe('largest share of demand from all members of a bloc together, such as EAEU=0.3'),
  capScope: z
    .enum(['each', 'aggregate'])
    .default('each')
    .describe('the cap on each mineral, or on all minerals of a year added up by value'),
  demand: z
    .number()
    .min(-0.5)
    .max(1)
    .optional()
    .describe('growth of demand a year, e.g. 0.03; published growth, else none, when left out'),
  scenario: z
    .enum(['steps', 'aps', 'nze'])
    .optional()
    .describe(
      'the world’s demand to follow where the consumer’s own growth is not published: stated policies, announced pledges, net zero; when left out such demand stands still',
    ),
  divert: share
    .default(0.1)
    .describe('part of what others buy, of idle capacity and of new projects that can be had'),
  freight: z.number().min(0).default(0.01).describe('freight, USD per tonne and km'),
  riskPremium: z.number().min(0).default(0.1).describe('part of the price added at the worst governance'),
  stock: z
    .number()
    .min(0)
    .max(10)
    .optional()
    .describe('the most that may be held from year to year, in years of use; when left out nothing is held'),
  holding: z
    .number()
    .min(0)
    .default(0.1)
    .describe('what holding a stock for a year costs, as a part of the price'),
  agreement: z.string().optional().describe('id of an agreement whose worth is to be told'),
  project: z.string().optional().describe('id of a project of the register whose worth is to be told'),
  agreementPart: share.default(0.5).describe('part of what the partner has that the agreement would open'),
  shock: z
    .string()
    .optional()
    .describe('runs a shock on today’s mix and the plan’s: a shipped scenario, or COUNTRY[:SEVERITY]'),
  frontier: z
    .enum(axes as ['cap', 'hhi', 'n-minus-1'])
    .optional()
    .describe('cost against a cap, the concentration or the loss of one country, in the last year, as notes'),
  points: z.number().int().min(3).max(200).default(20).describe('points of the frontier'),
  options: optionsFile.optional(),
});
export type PlanParams = z.infer<typeof params>;

export const planQuestion = defineQuestion({
  name: 'plan',
  asks: 'What is the cheapest way to buy within the limits, and what does each limit cost?',
  about:
    'The cheapest mix of suppliers by year within caps on one country (declared, traced or controlled), availability, floors, the loss of any one country and a budget; what each limit costs; and where there is no such mix, why not and by how much.',
  params,
  body: 'options',
  example: 'headwater plan --for GBR --mineral magnesium --to 2035 --cap 0.6 --cap-on traced',
  async answer(asked, world) {
    if (asked.from !== undefined && asked.to !== undefined && asked.from > asked.to)
      throw new UsageError(`--from is after --to: "${asked.from}"`);
    if (asked.options && asked.shock !== undefined)
      throw new UsageError(
        `--shock needs the world’s trade, and with --options only the file is used: "${asked.shock}"`,
      );
    if (asked.options)
      return await planOfOptions(asked, asked.options, world, (names) =>
        limitsOf(
          asked,
          asked.cap ?? null,
          names ? blocsOf(asked, names, asked.to ?? Number(world.now.slice(0, 4))) : [],
        ),
      );
    return await planOfData(asked, world, (allowed, names, year) =>
      limitsOf(asked, allowed, blocsOf(asked, names, year)),
    );
  },
});

function limitsOf(asked: PlanParams, allowed: number | null, blocs: readonly Bloc[]): Limits {
  const each = asked.capScope === 'each';
  return {
    cap: each ? allowed : null,
    aggregateCap: each ? null : allowed,
    capOn: asked.capOn,
    domesticMin: asked.domesticMin ?? null,
    recycledMin: asked.recycledMin ?? null,
    nMinus1: asked.nMinus1 ?? null,
    surge: asked.surge,
    blocs,
    ramp: asked.ramp ?? null,
    budgetUsd: asked.budget ?? null,
  };
}

/** `EAEU=0.3` → the bloc with its members of the year. */
function blocsOf(asked: PlanParams, names: Names, year: number): Bloc[] {
  return (asked.blocCap ?? []).map((text) => {
    const [id = '', value = '', ...more] = text.split('=').map((t) => t.trim());
    const allowed = Number(value);
    if (more.length || value === '' || !(allowed >= 0 && allowed <= 1))
      throw new UsageError(`--bloc-cap takes BLOC=SHARE with a share from 0 to 1: "${text}"`);
    const bloc = names.party(names.bloc(id));
    return { bloc: bloc.id, members: new Set(bloc.members(year)), cap: allowed };
  });
}
