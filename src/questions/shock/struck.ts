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

const words: Record<Exclude<Shock['kind'], 'corridor_closed'>, string> = {
  production_loss: 'output',
  export_ban: 'exports',
  export_quota: 'exports',
  licence_delay: 'exports',
  tariff: 'exports',
};

/** Says of each shock that meets neither output nor trade that it cannot be followed: not the same as harmless. */
export const notFound = (lost: readonly Shock[], one: ShockCase): Note[] =>
  lost.map((s) => ({
    code: 'not_struck',
    text:
      s.kind === 'corridor_closed'
        ? `no trade in ${plainly(one.mineral)} (${plainly(one.stage)}) is recorded on the links that close: what they carry is not known`
        : `no ${words[s.kind]} of ${plainly(one.mineral)} (${plainly(one.stage)}) from ${s.country} ${s.kind === 'production_loss' ? 'is' : 'are'} known: this shock cannot be followed`,
  }));
