import { companionLosses } from '../../analysis/shocks/companions.ts';
import type { Shock } from '../../analysis/shocks/shock.ts';
import { UsageError } from '../../errors.ts';
import type { World } from '../../store/world.ts';
import { mineral as mineralTable } from '../../tables/world.ts';
import type { Names } from '../resolve.ts';
import type { ShockCase } from './cases.ts';
import type { Scenario } from './scenario.ts';

/** A shock that may name the stage it strikes; every stage where it does not. */
export type StagedShock = Shock & { readonly stage?: string | undefined };

/** `CHN` or `CHN:0.5`. */
export function stopsOf(texts: readonly string[], names: Names): Shock[] {
  return texts.map((text) => {
    const [code, part, ...more] = text.split(':');
    const severity = part === undefined ? 1 : Number(part);
    if (more.length || part === '' || !(severity >= 0 && severity <= 1))
      throw new UsageError(`--stop takes COUNTRY or COUNTRY:SEVERITY with a severity from 0 to 1: "${text}"`);
    // a severity of 0 changes nothing, also in a country that the data do not know
    const country = severity === 0 && /^[A-Z]{3}$/.test(code!) ? code! : names.country(code!);
    return { kind: 'production_loss', country, severity };
  });
}

/** The shocks of a scenario with ids for names. */
export function shocksOf(given: Scenario | undefined, names: Names): StagedShock[] {
  return (given?.shocks ?? []).map((s) => {
    const mineral = s.mineral === undefined ? undefined : names.mineral(s.mineral);
    const all = (list: readonly string[] | undefined) => list?.map(names.country);
    switch (s.kind) {
      case 'corridor_closed':
        if (!s.pairs && !(s.from && s.to))
          throw new UsageError('corridor_closed takes pairs, or from and to: "shocks"');
        return {
          ...s,
          mineral,
          pairs: [
            ...(s.pairs ?? []),
            ...(s.from ?? []).flatMap((a) => (s.to ?? []).map((b) => [a, b] as const)),
          ].map(([a, b]) => [names.country(a), names.country(b)] as const),
        };
      case 'tariff':
        return { ...s, mineral, country: names.country(s.country), by: all(s.by) };
      case 'export_ban':
      case 'licence_delay':
        return { ...s, mineral, country: names.country(s.country), to: all(s.to) };
      default:
        return { ...s, mineral, country: names.country(s.country) };
    }
  });
}

/** The shocks that strike this mineral and stage, and what stops of its hosts do to a by-product. */
export async function laidOn(world: World, one: ShockCase, shocks: readonly StagedShock[]): Promise<Shock[]> {
  const atStage = shocks.filter((s) => s.stage === undefined || s.stage === one.stage);
  const direct = atStage.filter((s) => s.mineral === undefined || s.mineral === one.mineral);
  const hosts =
    (await world.load(mineralTable, { mineral: [one.mineral] }))[0]?.byproduct_of?.split(';') ?? [];
  return [...direct, ...companionLosses({ mineral: one.mineral, hosts, companionality: 1 }, atStage)];
}
