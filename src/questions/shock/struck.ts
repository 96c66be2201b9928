import type { Concentration } from '../../analysis/concentration/concentration.ts';
import type { ModelName } from '../../analysis/shocks/draws.ts';
import { productionLoss, type Shock, type ShockNetwork } from '../../analysis/shocks/shock.ts';
import { UsageError } from '../../errors.ts';
import type { Note } from '../question.ts';
import { plainly, shareOf } from '../wording.ts';
import type { ShockCase } from './cases.ts';

/** Refuses shocks that a model knows nothing of. */
export function checkModel(shocks: readonly Shock[], model: ModelName): void {
  const other = shocks.find((s) => s.kind !== 'production_loss');
  if (model !== 'months' && other)
    throw new UsageError(`--model ${model} takes losses of output only; use --model months: "${other.kind}"`);
}

/**
 * How much of the world's output is struck: of all of it where that is published, else of what is known by country.
 *
 * @param network null where none is known: then published shares alone tell
 * @param measured what stands for output: `output`, or `net exports` where nobody publishes it
 */
export function struckNote(
  network: ShockNetwork | null,
  published: Concentration | null,
  laid: readonly Shock[],
  one: ShockCase,
  measured: 'output' | 'net exports',
): Note[] {
  const share = published && publishedShare(published, laid);
  const of = `${plainly(one.mineral)} (${plainly(one.stage)})`;
  if (published && share) {
    // where the world's total is not printed, it is the sum of the countries that are
    const whole = published.published_t !== null || published.total_t === null;
    return [
      {
        code: 'struck_share',
        value: share,
        measured: 'output',
        whole,
        text: `what stops is ${shareOf(share)} of the world’s output of ${of}${whole ? '' : ' that is known by country'}, ${one.year}`,
      },
    ];
  }
  if (!network) return [];
  const lost = productionLoss(network, laid);
  let made = 0;
  let gone = 0;
  lost.forEach((s, j) => {
    made += network.production[j]!;
    gone += s * network.production[j]!;
  });
  if (!(gone > 0)) return [];
  return [
    {
      code: 'struck_share',
      value: gone / made,
      measured,
      whole: false,
      text: `what stops is ${shareOf(gone / made)} of the world’s ${measured} of ${of} that is known by country, ${one.year}`,
    },
  ];
}

/** The part of the world's output that is lost, by published shares (`concentration` has the same); 0 where they tell none. */
function publishedShare({ breakdown }: Concentration, laid: readonly Shock[]): number {
  const countries = breakdown.map((p) => p.country);
  const lost = productionLoss({ countries, production: [], from: [], to: [], flow: [] }, laid);
  return breakdown.reduce((sum, p, j) => sum + lost[j]! * (p.share ?? 0), 0);
}
