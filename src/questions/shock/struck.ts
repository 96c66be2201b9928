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
 * How much of the world's output is struck, as far as it is known by country.
 *
 * @param measured what stands for output: `output`, or `net exports` where nobody publishes it
 */
export function struckNote(
  network: ShockNetwork,
  laid: readonly Shock[],
  one: ShockCase,
  measured: 'output' | 'net exports',
): Note[] {
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
      text: `what stops is ${shareOf(gone / made)} of the world’s ${measured} of ${plainly(one.mineral)} (${plainly(one.stage)}) that is known by country, ${one.year}`,
    },
  ];
}
