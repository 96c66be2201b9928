import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { groupBy } from '../tables/group-by.ts';
import { production, reserves } from '../tables/quantities.ts';
import { hs6Mineral } from '../tables/world.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { importer, list, minerals, stages, years } from './parameters.ts';
import { newestReportedYear, yearsWithOutput } from './preferred-source.ts';
import { profileColumns, profileRow } from './profile/columns.ts';
import { byEvidence, evidenceCount, silenceNotes } from './profile/evidence.ts';
import { bestExport, exportCells, exportEvidenceShare, exportPlaces } from './profile/export-places.ts';
import { newestSilentYear, outputCells } from './profile/output-cells.ts';
import { reserveCells, reservesHeld } from './profile/reserves-held.ts';
import { explainProfile } from './profile-explain.ts';
import { profileView } from './profile-view.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { checkKnown, namedYears, namesOf, yearsOf, yearsToAnswer } from './resolve.ts';

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
    const [all, reserveRows, codes, places] = await Promise.all([
      ids.length ? world.load(production, { mineral: ids }) : [],
      world.load(reserves),
      world.load(hs6Mineral),
      exportPlaces(world, country, named),
    ]);
    if (inStage?.length)
      checkKnown('stage', inStage, new Set([...codes.map((c) => c.stage), ...all.map((r) => r.stage)]));
    if (named && !all.some((r) => named.includes(r.year)) && places.size === 0)
      checkKnown('year', [String(named[0])], new Set(all.map((r) => String(r.year))));

    const held = reservesHeld(reserveRows, country);
    const rows: AnswerRow[] = [];
    /** Adds a row of a mineral and stage, with what the country holds and exports of it beside the cells given. */
    const add = (cells: AnswerRow & { mineral: string; stage: string }, least = 0) => {
      rows.push(
        profileRow({
          on_list: members ? members.has(cells.mineral) : null,
          ...reserveCells(held.get(`${cells.mineral} ${cells.stage}`)),
          ...exportCells(bestExport(places, codes, cells, least)),
          ...cells,
        }),
      );
    };
    const has = (mineral: string, stage: string) =>
      rows.some((r) => r.mineral === mineral && r.stage === stage && r.evidence !== 'none');

    for (const group of groupBy(all, (r) => `${r.mineral} ${r.stage} ${r.source}`).values()) {
      const { mineral, stage } = group[0]!;
      if (!keep(mineral, stage)) continue;
      const ofCountry = group.filter((r) => r.country === country);
      const newest = newestReportedYear(ofCountry) ?? newestSilentYear(ofCountry);
      for (const year of yearsToAnswer(asked, newest, () => yearsWithOutput(ofCountry))) {
        const cells = outputCells(group, ofCountry, year);
        if (cells) add({ ...cells, mineral, stage });
      }
    }
    for (const { mineral, stage } of uniquePairs(codes)) {
      if (!keep(mineral, stage) || has(mineral, stage)) continue;
      const place = bestExport(places, codes, { mineral, stage }, exportEvidenceShare);
      if (!place) continue;
      const { year, source } = place;
      const note = 'output not reported; exports may include goods in transit';
      add({ mineral, stage, year, source, evidence: 'exports', note }, exportEvidenceShare);
    }
    for (const { mineral, stage, quantity_t, year, source } of held.values()) {
      if (quantity_t === 0 || !keep(mineral, stage) || has(mineral, stage)) continue;
      const note = 'reserves reported, output not';
      add({ mineral, stage, year, source, evidence: 'reserves', note });
    }
    for (const mineral of members ?? []) {
      if ((wanted && !wanted.includes(mineral)) || rows.some((r) => r.mineral === mineral)) continue;
      const note = 'no open data names the country for this mineral: unknown, not zero';
      rows.push(profileRow({ mineral, on_list: true, evidence: 'none', note }));
    }
    rows.sort(byEvidence);

    const used = new Set(rows.flatMap((r) => (r.source === null ? [] : [String(r.source)])));
    if (params.for !== undefined && params.lens === undefined)
      throw new UsageError('--for says whose supply a --lens is of: add --lens traced or --lens controlled');
    const columns = [...profileColumns];
    if (params.lens) {
      const { addSupply, profileLensColumns } = await import('./profile-lens.ts');
      const of = { country, importer: names.party(params.for ?? 'GBR'), lens: params.lens };
      for (const source of await addSupply(world, of, codes, rows)) used.add(source);
      columns.push(...profileLensColumns);
    }
    for (const r of rows) if (r.export_source) used.add(r.export_source as string);
    const notes: Note[] = [
      ...(members ? evidenceCount(rows, members, names.countryName(country), params.list!) : []),
      ...silenceNotes(rows),
    ];
    return {
      rows,
      columns,
      notes,
      sources: await cite(world, used),
      view: profileView(rows, names.countryName(country), params.list, notes),
    };
  },
});

const uniquePairs = (codes: readonly { mineral: string; stage: string }[]) => [
  ...new Map(codes.map((c) => [`${c.mineral} ${c.stage}`, { mineral: c.mineral, stage: c.stage }])).values(),
];
