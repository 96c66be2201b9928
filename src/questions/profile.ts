import { z } from 'zod';
import { concentration } from '../analysis/concentration/concentration.ts';
import { ranks } from '../analysis/concentration/shares.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { groupBy } from '../tables/group-by.ts';
import { type Production, production, reserves, tradeFlow } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { ofPublished } from './concentration.ts';
import { criticalMembers } from './critical-members.ts';
import { importer, list, minerals, stages, years } from './parameters.ts';
import { newestReportedYear, yearsWithOutput } from './preferred-source.ts';
import { explainProfile } from './profile-explain.ts';
import { profileView } from './profile-view.ts';
import { type AnswerColumn, type AnswerRow, defineQuestion, type Note } from './question.ts';
import { checkKnown, namedYears, namesOf, yearsOf, yearsToAnswer } from './resolve.ts';
import { chooseFlows, hidesMineral } from './trade-rows.ts';

const ownColumns: AnswerColumn[] = [
  { name: 'mineral', unit: '', about: 'mineral id' },
  { name: 'stage', unit: '', about: 'mine, refine, compound, product' },
  { name: 'year', unit: '', about: 'year of the evidence' },
  { name: 'source', unit: '', about: 'source id' },
  { name: 'quantity_t', unit: 't', about: 'output' },
  {
    name: 'share',
    unit: '1',
    about: 'of world output: over the larger of the published total and the sum of the rows',
  },
  { name: 'rank', unit: '', about: 'among named countries with output; ties share the better rank' },
  { name: 'ranked', unit: '', about: 'how many countries are ranked' },
  { name: 'on_list', unit: '', about: 'whether the mineral is on the list asked for' },
  { name: 'reserves_t', unit: 't', about: 'reserves, newest edition' },
  { name: 'reserves_share', unit: '1', about: 'of world reserves' },
  { name: 'export_value_usd', unit: 'USD', about: 'exports of the code named, in its newest complete year' },
  { name: 'export_share', unit: '1', about: 'of the world’s exports of that code, by value' },
  { name: 'export_rank', unit: '', about: 'among exporters of that code, by value' },
  {
    name: 'evidence',
    unit: '',
    about: 'production, production_share (share only), exports, reserves or none',
  },
  { name: 'status', unit: '', about: 'how the figure is known' },
  { name: 'total_t', unit: 't', about: 'denominator of share' },
  { name: 'share_of_published', unit: '1', about: 'output over the world total as published (rounded)' },
  { name: 'period', unit: '', about: 'years averaged, where not one year' },
  { name: 'export_hs6', unit: '', about: 'the code of the export figures' },
  { name: 'export_year', unit: '', about: 'their year' },
  { name: 'export_source', unit: '', about: 'their source' },
  { name: 'note', unit: '', about: 'what a missing figure means' },
];

/** Exports under 1 % of the world's are transit or stray parcels as often as output, so they are no evidence. */
const exportEvidenceShare = 0.01;

interface ExportPlace {
  readonly hs6: string;
  readonly year: number;
  readonly source: string;
  readonly value_usd: number;
  readonly share: number;
  readonly rank: number | null;
}

/** A country's exports of every mapped code in the newest year that has all flows, else the newest there is. */
async function exportPlaces(world: World, country: string, wantedYears: readonly number[] | undefined) {
  const codes = await world.load(hs6Mineral);
  const own = await world.load(tradeFlow, {
    exporter: [country],
    hs6: [...new Set(codes.map((c) => c.hs6))],
    ...(wantedYears ? { year: wantedYears } : {}),
  });
  const usable = own.filter((f) => f.basis !== 'dispatch' && f.value_usd !== null);
  const newest = new Map<string, number>();
  for (const f of usable) newest.set(f.hs6, Math.max(newest.get(f.hs6) ?? 0, f.year));
  const all = newest.size
    ? await world.load(tradeFlow, { hs6: [...newest.keys()], year: [...new Set(newest.values())] })
    : [];
  const places = new Map<string, ExportPlace>();
  for (const [hs6, rows] of groupBy(all, (f) => f.hs6)) {
    const year = newest.get(hs6)!;
    const { flows } = chooseFlows(
      rows.filter((f) => f.year === year && f.basis !== 'dispatch'),
      'origin',
    );
    const byExporter = new Map<string, number>();
    for (const f of flows) byExporter.set(f.exporter, (byExporter.get(f.exporter) ?? 0) + (f.value_usd ?? 0));
    const value = byExporter.get(country);
    const world_usd = [...byExporter.values()].reduce((a, b) => a + b, 0);
    if (value === undefined || world_usd <= 0) continue;
    const exporters = [...byExporter.keys()];
    const rank = ranks([...byExporter.values()])[exporters.indexOf(country)] ?? null;
    places.set(hs6, {
      hs6,
      year,
      source: flows[0]!.source,
      value_usd: value,
      share: value / world_usd,
      rank,
    });
  }
  return { codes, places };
}

const strength: Record<string, number> = {
  production: 0,
  production_share: 1,
  exports: 2,
  reserves: 3,
  none: 4,
};

export const profileQuestion = defineQuestion({
  name: 'profile',
  asks: 'What does a country mine, refine, hold and export, and how much of a list of minerals is that?',
  about:
    'Every mineral and stage a country is known for, with output, share of the world, rank among named countries, reserves and exports, each with its year and source. With --list: which of the list’s minerals there is evidence for, of which kind, and for which there is none.',
  params: z.object({
    country: z.string().describe('country: ISO3 code or name'),
    list,
    mineral: minerals,
    stage: stages,
    year: years,
    for: importer.optional().describe('with --lens: whose supply the country is part of (default GBR)'),
    lens: z
      .enum(['traced', 'controlled'])
      .optional()
      .describe('beside its output, the country’s part of an importer’s supply: traced origin or control'),
  }),
  positional: ['country'],
  example: 'headwater profile --country KAZ --list uk-2024',
  explain: explainProfile,
  async answer(params, world) {
    const names = await namesOf(world);
    const country = names.country(params.country);
    const wanted = names.minerals(params.mineral);
    const asked = yearsOf(params.year);
    const named = namedYears(asked);
    const members = params.list === undefined ? null : await criticalMembers(world, params.list);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const keep = (mineral: string, stage: string) =>
      (!wanted || wanted.includes(mineral)) && (!inStage?.length || inStage.includes(stage));

    const own = (await world.load(production, { country: [country] })).filter((r) =>
      keep(r.mineral, r.stage),
    );
    const ids = [...new Set(own.map((r) => r.mineral))];
    const [all, reserveRows, { codes, places }] = await Promise.all([
      ids.length ? world.load(production, { mineral: ids }) : [],
      world.load(reserves),
      exportPlaces(world, country, named),
    ]);
    if (inStage?.length)
      checkKnown('stage', inStage, new Set([...codes.map((c) => c.stage), ...all.map((r) => r.stage)]));
    if (named && !all.some((r) => named.includes(r.year)) && places.size === 0)
      checkKnown('year', [String(named[0])], new Set(all.map((r) => String(r.year))));

    const reservesOf = new Map<
      string,
      {
        mineral: string;
        stage: string;
        quantity_t: number;
        share: number | null;
        source: string;
        year: number;
      }
    >();
    for (const group of groupBy(reserveRows, (r) => `${r.mineral} ${r.stage} ${r.source}`).values()) {
      const year = Math.max(...group.map((r) => r.year));
      const ofYear = group.filter((r) => r.year === year);
      const mine = ofYear.find((r) => r.country === country);
      if (!mine || mine.quantity_t === null) continue;
      const key = `${mine.mineral} ${mine.stage}`;
      if (reservesOf.has(key)) continue;
      const shares = concentration(ofYear.map((r) => ({ ...r, share: null })));
      const share = shares.breakdown.find((p) => p.country === country)?.share ?? null;
      reservesOf.set(key, {
        mineral: mine.mineral,
        stage: mine.stage,
        quantity_t: mine.quantity_t,
        share,
        source: mine.source,
        year,
      });
    }
    const bestExport = (mineral: string, stage: string, least = 0): ExportPlace | undefined =>
      codes
        .filter((c) => c.mineral === mineral && c.stage === stage && !hidesMineral(c, codes))
        .flatMap((c) => places.get(c.hs6) ?? [])
        .filter((place) => place.share >= least)
        .sort((a, b) => b.value_usd - a.value_usd)[0];
    const exportColumns = (e: ExportPlace | undefined) => ({
      export_value_usd: e?.value_usd ?? null,
      export_share: e?.share ?? null,
      export_rank: e?.rank ?? null,
      export_hs6: e?.hs6 ?? null,
      export_year: e?.year ?? null,
      export_source: e?.source ?? null,
    });
    const reserveColumns = (mineral: string, stage: string) => {
      const r = reservesOf.get(`${mineral} ${stage}`);
      return { reserves_t: r?.quantity_t ?? null, reserves_share: r?.share ?? null };
    };
    const blank = {
      quantity_t: null,
      share: null,
      rank: null,
      ranked: null,
      status: null,
      total_t: null,
      share_of_published: null,
      period: null,
    };
    const onList = (mineral: string) => (members ? members.has(mineral) : null);

    const answers: AnswerRow[] = [];
    const used = new Set<string>();
    for (const group of groupBy(all, (r) => `${r.mineral} ${r.stage} ${r.source}`).values()) {
      const first = group[0]!;
      if (!keep(first.mineral, first.stage)) continue;
      const ofCountry = group.filter((r) => r.country === country);
      const newest = newestReportedYear(ofCountry) ?? newestSilentYear(ofCountry);
      for (const year of yearsToAnswer(asked, newest, () => yearsWithOutput(ofCountry)))
        addOutput(group, ofCountry, year);
    }
    const has = (mineral: string, stage: string) =>
      answers.some((r) => r.mineral === mineral && r.stage === stage && r.evidence !== 'none');
    for (const { mineral, stage } of uniquePairs(codes)) {
      if (!keep(mineral, stage) || has(mineral, stage)) continue;
      const place = bestExport(mineral, stage, exportEvidenceShare);
      if (!place) continue;
      answers.push({
        mineral,
        stage,
        year: place.year,
        source: place.source,
        ...blank,
        on_list: onList(mineral),
        ...reserveColumns(mineral, stage),
        ...exportColumns(place),
        evidence: 'exports',
        note: 'output not reported; exports may include goods in transit',
      });
      used.add(place.source);
    }
    for (const r of reservesOf.values()) {
      const { mineral, stage } = r;
      if (r.quantity_t === 0 || !keep(mineral, stage) || has(mineral, stage)) continue;
      answers.push({
        mineral,
        stage,
        year: r.year,
        source: r.source,
        ...blank,
        on_list: onList(mineral),
        ...reserveColumns(mineral, stage),
        ...exportColumns(bestExport(mineral, stage)),
        evidence: 'reserves',
        note: 'reserves reported, output not',
      });
      used.add(r.source);
    }
    for (const mineral of members ?? []) {
      if ((wanted && !wanted.includes(mineral)) || answers.some((r) => r.mineral === mineral)) continue;
      answers.push({
        mineral,
        stage: null,
        year: null,
        source: null,
        ...blank,
        on_list: true,
        reserves_t: null,
        reserves_share: null,
        ...exportColumns(undefined),
        evidence: 'none',
        note: 'no open data names the country for this mineral: unknown, not zero',
      });
    }
    answers.sort(
      (a, b) =>
        Number(b.on_list ?? false) - Number(a.on_list ?? false) ||
        strength[a.evidence as string]! - strength[b.evidence as string]! ||
        Number(b.share ?? 0) - Number(a.share ?? 0) ||
        `${a.mineral} ${a.stage} ${a.source}`.localeCompare(`${b.mineral} ${b.stage} ${b.source}`, 'en'),
    );
    if (params.for !== undefined && params.lens === undefined)
      throw new UsageError('--for says whose supply a --lens is of: add --lens traced or --lens controlled');
    const columns = [...ownColumns];
    if (params.lens) {
      const { addSupply, profileLensColumns } = await import('./profile-lens.ts');
      const of = { country, importer: names.party(params.for ?? 'GBR'), lens: params.lens };
      for (const source of await addSupply(world, of, codes, answers)) used.add(source);
      columns.push(...profileLensColumns);
    }
    for (const r of answers) if (r.export_source) used.add(r.export_source as string);
    const notes: Note[] = [];
    if (members) notes.push(...evidenceCount(answers, members, names.countryName(country), params.list!));
    const missing = answers.flatMap((r, k) => (r.evidence === 'none' && r.status === null ? [k] : []));
    if (missing.length)
      notes.push({ code: 'no_evidence', text: 'no open data: unknown, not zero', rows: missing });
    const bound = answers.flatMap((r, k) =>
      r.status !== null && r.quantity_t === null && r.share === null ? [k] : [],
    );
    if (bound.length)
      notes.push({
        code: 'withheld',
        text: 'the publisher names the country but gives no figure',
        rows: bound,
      });
    return {
      rows: answers,
      columns,
      notes,
      sources: await cite(world, used),
      view: profileView(answers, names.countryName(country), params.list, notes),
    };

    function addOutput(group: readonly Production[], ofCountry: readonly Production[], year: number): void {
      const row = ofCountry.find((r) => r.year === year);
      if (!row) return;
      const result = concentration(group.filter((r) => r.year === year));
      const place = result.breakdown.find((p) => p.country === country);
      const evidence =
        row.quantity_t !== null && row.quantity_t > 0
          ? 'production'
          : row.quantity_t === null && row.share !== null && row.share > 0
            ? 'production_share'
            : 'none';
      used.add(row.source);
      answers.push({
        mineral: row.mineral,
        stage: row.stage,
        year,
        source: row.source,
        quantity_t: row.quantity_t,
        // a share published beside other countries' tonnes stands as it is
        share: place?.share ?? (row.quantity_t === null ? row.share : null),
        rank: place?.rank ?? null,
        ranked: result.countries,
        on_list: onList(row.mineral),
        ...reserveColumns(row.mineral, row.stage),
        ...exportColumns(bestExport(row.mineral, row.stage)),
        evidence,
        status: row.status ?? 'reported',
        total_t: result.total_t,
        share_of_published: ofPublished(row.quantity_t, result.published_t),
        period: row.period,
        note: evidence === 'none' ? withoutOutput(row, ofCountry) : silentSince(row, ofCountry),
      });
    }
  },
});

/** The newest year in which a source names the country without a figure; null where it never does. */
function newestSilentYear(ofCountry: readonly Production[]): number | null {
  const years = ofCountry.filter((r) => r.status !== 'projection').map((r) => r.year);
  return years.length ? Math.max(...years) : null;
}

/** Says that a figure is the last one before the publisher fell silent. */
function silentSince(row: Production, ofCountry: readonly Production[]): string | null {
  const later = ofCountry.filter(
    (r) => r.year > row.year && r.status !== 'projection' && r.quantity_t === null && r.share === null,
  );
  const said = later.map((r) => `${r.year} (${r.status ?? 'unknown'})`).sort();
  return said.length ? `no figure for ${said.join(', ')}` : null;
}

/** What stands instead of output, and a later estimate where there is one. */
function withoutOutput(row: Production, ofCountry: readonly Production[]): string {
  const said = row.quantity_t === 0 ? 'reported zero' : `no figure: ${row.status ?? 'unknown'}`;
  const later = ofCountry.find(
    (r) =>
      r.year > row.year && r.status === 'estimated' && r.source === row.source && (r.quantity_t ?? 0) > 0,
  );
  return later ? `${said}; estimate for ${later.year}: ${later.quantity_t} t (--year ${later.year})` : said;
}

const uniquePairs = (codes: readonly { mineral: string; stage: string }[]) => [
  ...new Map(codes.map((c) => [`${c.mineral} ${c.stage}`, { mineral: c.mineral, stage: c.stage }])).values(),
];

/** The count behind a sentence such as "produces 22 of the 36": by best evidence of each listed mineral. */
function evidenceCount(
  rows: readonly AnswerRow[],
  members: ReadonlySet<string>,
  country: string,
  listId: string,
): Note[] {
  const best = new Map<string, string>();
  for (const r of rows) {
    if (!r.on_list) continue;
    const before = best.get(r.mineral as string);
    const evidence = r.evidence as string;
    if (before === undefined || strength[evidence]! < strength[before]!)
      best.set(r.mineral as string, evidence);
  }
  const minerals = (kinds: readonly string[]) =>
    [...members].filter((m) => kinds.includes(best.get(m) ?? 'none')).sort();
  const produced = minerals(['production', 'production_share']);
  const exported = minerals(['exports']);
  const held = minerals(['reserves']);
  return [
    {
      code: 'count',
      value: produced.length,
      text: `${country} has reported output (tonnes or a share) of ${produced.length} of the ${members.size} minerals of ${listId}, exports alone of ${exported.length}, reserves alone of ${held.length}; no open evidence for ${members.size - produced.length - exported.length - held.length}`,
      of: members.size,
      production: produced,
      exports: exported,
      reserves: held,
      none: minerals(['none']),
    },
  ];
}
