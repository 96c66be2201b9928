import { ownShare } from '../../analysis/policy/own-share.ts';
import { type Comparator, ruleStatus } from '../../analysis/policy/rule.ts';
import type { World } from '../../store/world.ts';
import { groupBy } from '../../tables/group-by.ts';
import { euParameter, recycling, type Target } from '../../tables/policy.ts';
import { production } from '../../tables/quantities.ts';
import type { Hs6Mineral } from '../../tables/world.ts';
import { netImports, partnerTrade } from '../agreement/partner-trade.ts';
import { outputNow } from '../outlook/output.ts';
import { contentOf } from '../outlook/planned-output.ts';
import type { Party } from '../resolve.ts';
import { blank, type Found } from './rule-row.ts';

/** What is known of one mineral for a floor, as a share of use or a tonnage. */
interface Figure {
  readonly mineral: string;
  readonly stage: string | null;
  readonly year: number;
  /** a share, or null where the floor is in tonnes */
  readonly share: number | null;
  /** tonnes of output, and of use where known */
  readonly output_t: number | null;
  readonly use_t: number | null;
  readonly basis: string;
  readonly source: string;
}

const made = /^domestic_(production|extraction|processing)_share_min$/;

/**
 * The rows of a floor: on own output, on the part of use made at home, on the part recycled. One for each mineral and stage
 * that has figures; a floor on the whole list also has a row of its own, judged only where every mineral has tonnes. Empty
 * where the rule is of another kind or nothing is known, so that the caller says why.
 */
export async function floorRowsOf(
  world: World,
  rule: Target,
  party: Party,
  minerals: readonly string[],
  codes: readonly Hs6Mineral[],
): Promise<Found[]> {
  const figures = await figuresOf(world, rule, party, minerals, codes);
  if (!figures.length || rule.value === null) return [];
  const factor = rule.metric === 'domestic_output_min' ? contentOf[rule.unit ?? ''] : 1;
  if (factor === undefined) return [];
  const floor = rule.value * factor;
  const status = (value: number | null) => ruleStatus(value, rule.comparator as Comparator, floor);
  const asOne = rule.scope === 'aggregate';
  const rows = figures.map((f): Found => {
    const value = f.share ?? f.output_t;
    return {
      row: {
        ...blank(rule),
        mineral: f.mineral,
        stage: f.stage,
        year: f.year,
        share: f.share,
        status: status(value),
        headroom: f.share === null ? null : rule.value! - f.share,
        supply_t: f.share === null ? f.output_t : f.use_t,
        basis: f.basis,
        evidence: 'complete',
        note: asOne
          ? 'one mineral: the rule is on the whole list'
          : f.share === null
            ? 'the floor is in tonnes: no share'
            : null,
      },
      sources: [f.source],
    };
  });
  if (!asOne) return rows;
  const known = figures.filter((f) => f.output_t !== null && f.use_t !== null);
  const all = minerals.every((m) => known.some((f) => f.mineral === m));
  const sum = (of: (f: Figure) => number | null) => known.reduce((t, f) => t + (of(f) ?? 0), 0);
  const share = all && sum((f) => f.use_t) > 0 ? sum((f) => f.output_t) / sum((f) => f.use_t) : null;
  const reach = new Set(figures.filter((f) => status(f.share ?? f.output_t) === 'met').map((f) => f.mineral))
    .size;
  const withFigures = new Set(figures.map((f) => f.mineral)).size;
  return [
    {
      row: {
        ...blank(rule),
        share,
        status: status(share),
        headroom: share === null ? null : rule.value - share,
        supply_t: share === null ? null : sum((f) => f.use_t),
        basis: share === null ? null : 'output of use, tonnes, all minerals and stages added',
        evidence: share === null ? 'none' : 'complete',
        note: `${share === null ? 'no open tonnages of the whole list on one basis; ' : ''}one by one ${reach} of ${withFigures} minerals with figures reach it, of ${minerals.length} on the list`,
      },
      sources: [],
    },
    ...rows,
  ];
}

async function figuresOf(
  world: World,
  rule: Target,
  party: Party,
  minerals: readonly string[],
  codes: readonly Hs6Mineral[],
): Promise<Figure[]> {
  if (rule.metric === 'recycled_share_min') return recycled(world, party, minerals);
  if (!made.test(rule.metric) && rule.metric !== 'domestic_output_min') return [];
  const studied = made.test(rule.metric) ? await fromStudy(world, rule, party, minerals) : [];
  return studied.length ? studied : fromOutput(world, rule, party, minerals, codes);
}

/** One less the import reliance of the EU's own study. */
async function fromStudy(
  world: World,
  rule: Target,
  party: Party,
  minerals: readonly string[],
): Promise<Figure[]> {
  if (party.id !== 'EUU') return [];
  const rows = (await world.load(euParameter, { mineral: [...minerals] })).filter(
    (r) => r.import_reliance !== null && (rule.stage === null || r.stage === rule.stage),
  );
  const year = Math.max(...rows.map((r) => r.year));
  return rows.flatMap((r) =>
    r.year === year
      ? {
          mineral: r.mineral,
          stage: r.stage,
          year,
          share: 1 - r.import_reliance!,
          output_t: null,
          use_t: null,
          basis: '1 − import reliance of the study, output not capacity',
          source: r.source,
        }
      : [],
  );
}

/** End-of-life recycling input rates of the consumer's own area. */
async function recycled(world: World, party: Party, minerals: readonly string[]): Promise<Figure[]> {
  const study =
    party.id === 'EUU'
      ? (await world.load(euParameter, { mineral: [...minerals] })).flatMap((r) =>
          r.eol_rir === null ? [] : { mineral: r.mineral, year: r.year, value: r.eol_rir, source: r.source },
        )
      : [];
  const register = (await world.load(recycling, { mineral: [...minerals] })).flatMap((r) =>
    r.indicator === 'eol_rir' && r.scope === party.id && r.value !== null
      ? { mineral: r.mineral, year: r.year ?? 0, value: r.value, source: r.source }
      : [],
  );
  return [...groupBy(study.length ? study : register, (r) => r.mineral)].map(([mineral, of]) => {
    const newest = of.toSorted((a, b) => b.year - a.year)[0]!;
    return {
      mineral,
      stage: null,
      year: newest.year,
      share: newest.value,
      output_t: null,
      use_t: null,
      basis: 'end-of-life recycling input rate',
      source: newest.source,
    };
  });
}

/** Own output against own output and net imports, where both are on content; or own output alone, for a floor in tonnes. */
async function fromOutput(
  world: World,
  rule: Target,
  party: Party,
  minerals: readonly string[],
  codes: readonly Hs6Mineral[],
): Promise<Figure[]> {
  if (party.isBloc) return [];
  const outputs = await world.load(production, { mineral: [...minerals], country: [party.id] });
  const mine = codes.filter((c) => minerals.includes(c.mineral));
  const inTonnes = rule.metric === 'domestic_output_min';
  const flows = inTonnes ? [] : await partnerTrade(world, party.id, mine);
  const codesOf = groupBy(mine, (c) => `${c.mineral} ${c.stage}`);
  return [...groupBy(outputs, (p) => `${p.mineral} ${p.stage}`)].flatMap(([key, of]): Figure[] => {
    const { mineral, stage } = of[0]!;
    if (rule.stage !== null && rule.stage !== stage) return [];
    const traded = flows.filter((f) => codesOf.get(key)?.some((c) => c.hs6 === f.hs6));
    const year = inTonnes
      ? Math.max(...of.filter((p) => p.quantity_t !== null && p.status !== 'projection').map((p) => p.year))
      : Math.max(...traded.map((f) => f.year));
    if (!Number.isFinite(year)) return [];
    const output = outputNow(of, year);
    const output_t = output.by.get(party.id);
    if (output_t === undefined || output.source === null) return [];
    const common = { mineral, stage, year, output_t, source: output.source };
    if (inTonnes) return [{ ...common, share: null, use_t: null, basis: 'own output, tonnes' }];
    const net = netImports(codesOf.get(key) ?? [], traded, party.id, year);
    const share = net === null ? null : ownShare(output_t, net);
    return share === null
      ? []
      : [
          {
            ...common,
            share,
            use_t: output_t + net!,
            basis: 'own output of apparent consumption, tonnes contained',
          },
        ];
  });
}
