import { z } from 'zod';
import { exposure, type MineralSupply } from '../analysis/policy/exposure.ts';
import { groupBy } from '../tables/group-by.ts';
import { type EndUse, endUse } from '../tables/policy.ts';
import { hs6Mineral } from '../tables/world.ts';
import { capRule } from './cap-rule.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { declaredSupplies } from './declared-supply.ts';
import { exposureView } from './exposure-view.ts';
import { percent } from './figure.ts';
import { cap, importer, list, minerals, years } from './parameters.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { checkKnown, namesOf, oneYear } from './resolve.ts';
import { type StageMix, sharesOf, stageMix } from './stage-mix.ts';

const columns: AnswerColumn[] = [
  { name: 'sector', unit: '', about: 'sector that uses the mineral' },
  { name: 'mineral', unit: '', about: 'mineral; empty for the sector as a whole' },
  { name: 'stage', unit: '', about: 'stage with the most valuable imports, which stands for the mineral' },
  { name: 'year', unit: '', about: 'year of the imports' },
  { name: 'use_share', unit: '1', about: 'part of the mineral’s use that is in the sector' },
  { name: 'use_scope', unit: '', about: 'area that part is of: WLD, EUU' },
  { name: 'top_country', unit: '', about: 'largest supplier of the mineral, or of all that the sector uses' },
  {
    name: 'top_share',
    unit: '1',
    about: 'its share by value; for a sector Σ V·u·s / Σ V·u over its minerals',
  },
  { name: 'second_country', unit: '', about: 'second supplier' },
  { name: 'second_share', unit: '1', about: 'its share' },
  { name: 'supply_usd', unit: 'USD', about: 'imports of the mineral × use share' },
  { name: 'cap', unit: '1', about: 'limit of the importer' },
  { name: 'over_cap', unit: '', about: 'whether the top share is over it' },
  { name: 'minerals', unit: '', about: 'minerals of the sector with figures' },
  { name: 'minerals_over_cap', unit: '', about: 'how many of them are over the limit' },
  { name: 'without_figures', unit: '', about: 'minerals of the sector without figures' },
  { name: 'source', unit: '', about: 'source of the use share' },
  { name: 'confidence', unit: '', about: 'of the use share: high, medium, low' },
  { name: 'note', unit: '', about: 'what to beware of' },
];

/** Which table of uses to believe first where several give a mineral's uses: one whole breakdown, never two mixed. */
const useSources = ['eu_crm_2023', 'iea_cm_2024', 'end_use_reported', 'end_use_orders_of_magnitude'];
const rank = (source: string) => {
  const at = useSources.indexOf(source);
  return at < 0 ? -1 : at;
};

export const exposureQuestion = defineQuestion({
  name: 'exposure',
  asks: 'Which sectors depend on whom through the minerals they use?',
  about:
    'Sectors by the minerals they use: how much of each mineral’s use is theirs, who supplies it, and how much of all that the sector uses comes from one country, by value. Use shares are of the EU or the world, as no national ones are published.',
  params: z.object({
    for: importer.default('GBR'),
    sector: z.array(z.string()).optional().describe('sectors, e.g. aerospace, or NACE divisions such as C30'),
    list,
    mineral: minerals,
    year: years.describe('one year; the newest with data when left out'),
    cap,
  }),
  example: 'headwater exposure --for GBR --list uk-2024',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const wanted = names.minerals(params.mineral);
    const members = params.list === undefined ? null : await criticalMembers(world, params.list);
    const asked = oneYear(params.year, 'exposure');
    const inScope = (m: string) => (!members || members.has(m)) && (!wanted || wanted.includes(m));
    const all = (await world.load(endUse)).filter((u) => inScope(u.mineral));
    const sectors = params.sector?.filter((s) => s !== 'all').map((s) => s.trim());
    const sectorOf = (u: EndUse) => u.sector || u.nace || 'other';
    checkKnown('sector', sectors, new Set(all.flatMap((u) => [sectorOf(u), ...(u.nace ? [u.nace] : [])])));
    const inSector = (sector: string, of: readonly EndUse[]) =>
      !sectors?.length ||
      sectors.includes(sector) ||
      of.some((u) => u.nace !== null && sectors.includes(u.nace));
    const uses = believed(all, sectorOf);
    const allCodes = await world.load(hs6Mineral);
    const codes = allCodes.filter((c) => uses.some((u) => u.mineral === c.mineral));
    const [supplies, rule] = await Promise.all([
      declaredSupplies(world, party, codes, asked === undefined ? undefined : [asked]),
      capRule(world, party, params.cap),
    ]);
    const mixes = [...groupBy(codes, (c) => `${c.mineral} ${c.stage}`).values()].flatMap(
      (of) => stageMix(supplies, of, allCodes, 'origin', { year: asked }) ?? [],
    );
    const best = new Map<string, StageMix>();
    for (const mix of mixes) {
      const before = best.get(mix.mineral);
      if (mix.value_usd > 0 && (!before || mix.value_usd > before.value_usd)) best.set(mix.mineral, mix);
    }
    const supplyOf = (mineral: string): MineralSupply | null => {
      const mix = best.get(mineral);
      if (!mix) return null;
      const shares = sharesOf({ by: mix.value_by, total: mix.value_usd });
      return { value_usd: mix.value_usd, shares: new Map(shares.map((s) => [s.country, s.share])) };
    };
    const used = new Set<string>();
    const rows: AnswerRow[] = [];
    const blank = { ...Object.fromEntries(columns.map((c) => [c.name, null])), cap: rule.cap };
    const over = (share: number | undefined) =>
      share === undefined || rule.cap === null ? null : share > rule.cap;
    const whole: AnswerRow[] = [];
    for (const [sector, ofSector] of groupBy(uses, sectorOf)) {
      if (!inSector(sector, ofSector)) continue;
      const byMineral = [...groupBy(ofSector, (u) => u.mineral)].map(([mineral, of]) => ({
        mineral,
        first: of[0]!,
        share: of.some((u) => u.share === null)
          ? null
          : Math.min(
              1,
              of.reduce((sum, u) => sum + u.share!, 0),
            ),
      }));
      const known = byMineral.flatMap((u) =>
        u.share === null ? [] : [{ mineral: u.mineral, share: u.share }],
      );
      const found = exposure(known, supplyOf);
      const unknownUse = byMineral.filter((u) => u.share === null).map((u) => u.mineral);
      const tops = byMineral.map((u) => {
        const mix = best.get(u.mineral);
        const ranked = mix ? sharesOf({ by: mix.value_by, total: mix.value_usd }) : [];
        return { ...u, mix, ranked };
      });
      whole.push({
        ...blank,
        sector,
        top_country: found.by[0]?.country ?? null,
        top_share: found.by[0]?.share ?? null,
        second_country: found.by[1]?.country ?? null,
        second_share: found.by[1]?.share ?? null,
        supply_usd: found.value_usd > 0 ? found.value_usd : null,
        over_cap: over(found.by[0]?.share),
        minerals: found.minerals.join(';') || null,
        minerals_over_cap:
          rule.cap === null
            ? null
            : tops.filter((t) => t.share !== null && (t.ranked[0]?.share ?? 0) > rule.cap!).length,
        without_figures: [...found.missing, ...unknownUse].join(';') || null,
        note: found.minerals.length
          ? null
          : 'no open figures of imports of its minerals, or of how much it uses',
      });
      for (const t of tops) {
        used.add(t.first.source);
        for (const s of t.mix?.sources ?? []) used.add(s);
        rows.push({
          ...blank,
          sector,
          mineral: t.mineral,
          stage: t.mix?.stage ?? null,
          year: t.mix?.year ?? null,
          use_share: t.share,
          use_scope: t.first.scope,
          top_country: t.ranked[0]?.country ?? null,
          top_share: t.ranked[0]?.share ?? null,
          second_country: t.ranked[1]?.country ?? null,
          second_share: t.ranked[1]?.share ?? null,
          supply_usd: t.mix && t.share !== null ? t.mix.value_usd * t.share : null,
          over_cap: over(t.ranked[0]?.share),
          source: t.first.source,
          confidence: t.first.confidence,
          note:
            [
              t.mix ? '' : 'no open figures of its imports',
              t.share === null ? namedOnly(t.first) : '',
              t.mix && !t.mix.complete ? 'truncated trade series' : '',
            ]
              .filter(Boolean)
              .join('; ') || null,
        });
      }
    }
    const bySector = (a: AnswerRow, b: AnswerRow) => Number(b.supply_usd ?? -1) - Number(a.supply_usd ?? -1);
    whole.sort((a, b) => bySector(a, b) || String(a.sector).localeCompare(String(b.sector), 'en'));
    const ordered = whole.flatMap((w) => [
      w,
      ...rows
        .filter((r) => r.sector === w.sector)
        .sort((a, b) => bySector(a, b) || String(a.mineral).localeCompare(String(b.mineral), 'en')),
    ]);
    const notes: Note[] = [
      {
        code: 'use_shares',
        text: 'use shares are of the EU or the world: they say how a sector would be exposed if the country used minerals as that area does',
      },
    ];
    const silent = ordered.flatMap((r, k) => (r.top_share === null ? [k] : []));
    if (silent.length)
      notes.push({ code: 'no_share', text: 'no share: see the row’s own note', rows: silent });
    return {
      rows: ordered,
      columns,
      notes,
      sources: await cite(world, used),
      view: exposureView(ordered, {
        name: party.name,
        cap: rule.cap,
        sectors,
        minerals: wanted,
        nameOf: names.countryName,
      }),
    };
  },
});

const namedOnly = (use: Use): string =>
  use.elsewhere === undefined || use.elsewhere === null
    ? 'a use is named without a share'
    : `named by another breakdown than the one counted, at ${percent(use.elsewhere)} of use`;

/** A use as counted, or named beside the breakdown that counts, with the share that its own breakdown gives it. */
type Use = EndUse & { readonly elsewhere?: number | null };

/**
 * Of each mineral the one breakdown of uses that goes first, a person's own before any; sectors that only another
 * breakdown has are named without a share, since shares of two cannot be added.
 */
function believed(all: readonly EndUse[], sectorOf: (u: EndUse) => string): Use[] {
  return [...groupBy(all, (u) => u.mineral).values()].flatMap((of) => {
    const breakdowns = [...groupBy(of, (u) => `${u.source} ${u.scope}`).values()];
    const withShares = breakdowns.filter((b) => b.some((u) => u.share !== null));
    const candidates = withShares.length ? withShares : breakdowns;
    const counted = candidates.sort((a, b) => rank(a[0]!.source) - rank(b[0]!.source))[0] ?? [];
    const sectors = new Set(counted.map(sectorOf));
    const others = of.filter((u) => !sectors.has(sectorOf(u)) && sectorOf(u) !== 'other');
    const named = [...groupBy(others, sectorOf).values()].map((uses): Use => {
      const first = uses.sort((a, b) => rank(a.source) - rank(b.source))[0]!;
      return { ...first, share: null, elsewhere: first.share };
    });
    return [...counted, ...named];
  });
}
