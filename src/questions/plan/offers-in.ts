import { available } from '../../analysis/sourcing/available.ts';
import type { Offer } from '../../analysis/sourcing/problem.ts';
import type { Opening } from './opening.ts';
import type { StageSupply } from './stage-supply.ts';

/**
 * The offers of a year: what is available then, at today's landed cost.
 *
 * @param part of what others buy, of idle capacity and of what is coming that can be had
 * @param without a project that is taken not to come
 */
export const offersIn = (
  supply: StageSupply,
  year: number,
  part: number,
  opening?: Opening,
  without?: string,
): Offer[] =>
  supply.suppliers.map((s) => {
    const home = s.kind !== 'import';
    const coming_t = s.comingBy(year, without);
    const room = { ...s.room, coming_t };
    const usual = s.closed ? 0 : home ? room.current_t + coming_t : available(room, part);
    // what it makes and does not sell today could be sold under an agreement
    const more = { ...room, toOthers_t: Math.max(room.toOthers_t, (s.output_t ?? 0) - room.current_t) };
    return {
      supplier: s.supplier,
      kind: s.kind,
      country: s.country,
      mineral: supply.mineral,
      stage: supply.stage,
      year,
      available_t:
        !home && opening?.partners.has(s.country) ? Math.max(usual, available(more, opening.part)) : usual,
      cost_usd_per_t: s.cost.total_usd_per_t,
      origins: s.origins,
      owners: s.owners,
      current_t: s.room.current_t,
      project: null,
    };
  });
