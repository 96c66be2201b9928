import { z } from 'zod';
import { production, seriesBreak } from '../tables/quantities.ts';
import { type Hs6Mineral, hs6Mineral } from '../tables/world.ts';
import { boardColumns } from './board-columns.ts';
import { capRule } from './cap-rule.ts';
import { cite } from './cite.ts';
import { criticalMembers } from './critical-members.ts';
import { type DeclaredSupply, declaredSupplies } from './declared-supply.ts';
import { cap, importer, lens, list, minerals, stages, weight, years } from './parameters.ts';
import { preferredSource } from './preferred-source.ts';
import { type AnswerRow, defineQuestion, type Note } from './question.ts';
import { type RankedShares, rankedShares } from './ranked-shares.ts';
import { checkKnown, namesOf, yearsOf } from './resolve.ts';
import { hidesMineral } from './trade-rows.ts';

/** Dispatch is shown for the twelve months nearest the year of the origin figures, so that the two can be compared. */
const nearestYear = (years: readonly number[], wanted: number): number | undefined =>
  years.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)[0];

/** rows with a whole year first, then cut series and shares by the other weight, then what is not known */
const standing = (row: AnswerRow): number =>
  row.top_share === null ? 2 : row.evidence === 'partial' ? 1 : 0;

export const boardQuestion = defineQuestion({
  name: 'board',
  asks: 'Who supplies a country, with what share of what trade, and is that over its limit?',
  about:
    'One row per mineral, stage and customs code: the largest suppliers, their shares, the value they are shares of, and the distance to the importer’s own limit, by declared origin, country of dispatch, traced origin or control.',
  params: z.object({
    for: importer.default('GBR'),
    list,
    mineral: minerals,
    stage: stages,
    year: years,
    lens: lens.default('declared'),
    weight: weight.default('value'),
    cap,
  }),
  example: 'headwater board --for GBR --list uk-2024',
  async answer(params, world) {
    const names = await namesOf(world);
    const party = names.party(params.for);
    const asked = yearsOf(params.year);
    const wanted = names.minerals(params.mineral);
    const inStage = params.stage?.filter((s) => s !== 'all');
    const [allCodes, members, rule] = await Promise.all([
      world.load(hs6Mineral),
      params.list === undefined ? null : criticalMembers(world, params.list),
      capRule(world, party, params.cap),
    ]);
    checkKnown('stage', inStage, new Set(allCodes.map((c) => c.stage)));
    const inScope = (mineral: string) =>
      (!members || members.has(mineral)) && (!wanted || wanted.includes(mineral));
    const codes = allCodes.filter(
      (c) => inScope(c.mineral) && (!inStage?.length || inStage.includes(c.stage)),
    );
    const supplies = await declaredSupplies(world, party, codes, asked);
    const domestic = party.isBloc ? [] : await world.load(production, { country: [party.id] });
    const breaks = (await world.load(seriesBreak)).filter(
      (b) => b.country === 'WLD' || b.country === party.id,
    );

    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    const about = new Map<string, { text: string; rows: AnswerRow[] }>();
    const remark = (code: string, text: string, row: AnswerRow) => {
      const entry = about.get(code) ?? { text, rows: [] };
      entry.rows.push(row);
      about.set(code, entry);
    };

    const codeYears = codes.map((c) => supplies.years(c, 'origin').at(-1) ?? 0);
    const newestOrigin = Math.max(0, ...codeYears);
    for (const code of codes) {
      const basis = params.lens === 'dispatch' ? 'dispatch' : 'origin';
      const available = supplies.years(code, basis);
      const newest = basis === 'dispatch' ? nearestYear(available, newestOrigin) : available.at(-1);
      const silentYear = supplies.tradedByOthers(code.hs6);
      for (const year of asked ?? [newest ?? silentYear]) rows.push(declaredRow(code, year));
    }
    for (const mineral of members ?? wanted ?? [])
      if (inScope(mineral) && !allCodes.some((c) => c.mineral === mineral))
        rows.push({
          ...blankRow(),
          mineral,
          evidence: 'none',
          note: 'no customs code holds this mineral alone; no open trade data',
        });
    if (asked && !rows.some((r) => r.top_share !== null || r.supply_usd !== null)) {
      const known = codes.flatMap((c) => supplies.years(c, 'origin')).map(String);
      if (!known.length) {
        const any = await declaredSupplies(world, party, codes);
        for (const c of codes) known.push(...any.years(c, 'origin').map(String));
      }
      checkKnown('year', [String(asked[0])], new Set(known));
    }
    rows.sort(
      (a, b) =>
        standing(a) - standing(b) ||
        Number(b.top_share ?? -1) - Number(a.top_share ?? -1) ||
        `${a.mineral} ${a.stage} ${a.hs6} ${a.year}`.localeCompare(
          `${b.mineral} ${b.stage} ${b.hs6} ${b.year}`,
          'en',
        ),
    );
    for (const [code, { text, rows: marked }] of about)
      notes.push({ code, text, rows: marked.map((r) => rows.indexOf(r)).sort((a, b) => a - b) });
    const empty = rows.flatMap((r, k) => (r.top_share === null ? [k] : []));
    if (empty.length) notes.push({ code: 'no_share', text: 'no share: see the row’s own note', rows: empty });
    if (rule.cap === null)
      notes.push({
        code: 'no_rule',
        text: `${party.name} has no published limit in the register; give one with --cap`,
      });
    else
      notes.push({
        code: 'cap',
        value: rule.cap,
        text: `limit ${rule.cap}${rule.year ? ` by ${rule.year}` : ''}, rule ${rule.rule}${rule.wording ? `: ${rule.wording}` : ''}`,
      });
    if (supplies.selfFlows)
      notes.push({
        code: 'self_flow',
        value: supplies.selfFlows,
        text: `${supplies.selfFlows} flows from a country to itself are ignored`,
      });
    return { rows, columns: boardColumns, notes, sources: await cite(world, used) };

    function blankRow(): AnswerRow {
      const row: AnswerRow = {};
      for (const c of boardColumns) row[c.name] = null;
      return { ...row, lens: params.lens, cap: rule.cap };
    }

    function declaredRow(code: Hs6Mineral, year: number | null): AnswerRow {
      const row: AnswerRow = { ...blankRow(), mineral: code.mineral, stage: code.stage, hs6: code.hs6, year };
      const basis = params.lens === 'dispatch' ? 'dispatch' : 'origin';
      const supply = year === null ? null : supplies.of(code, basis, year);
      row.domestic_t = year === null ? null : domesticOutput(code, year);
      if (!supply) return withoutTrade(row, code, year);
      used.add(supply.source);
      row.period = supply.period;
      row.source = supply.source;
      const hidden = hidesMineral(code, allCodes) && supply.cn8 === null;
      const part = code.share_of_code ?? 1;
      row.supply_usd = hidden || supply.mix.value_usd === 0 ? null : supply.mix.value_usd * part;
      row.supply_t = hidden ? null : supply.mix.quantity_t * part * (code.metal_content ?? 1);
      const ranked = rankedShares(supply.mix, params.weight);
      row.weight = ranked.weight;
      row.evidence = hidden
        ? 'basket'
        : supply.own
          ? 'own'
          : supply.complete === false
            ? 'partial'
            : 'complete';
      if (hidden) {
        const top = ranked.shares[0];
        row.note = `code ${code.hs6} holds several minerals together${top ? ` (basket: ${top.country} ${Math.round(top.share * 100)} %)` : ''}; its share of ${code.mineral} is unknown`;
      } else {
        setShares(row, ranked);
        if (ranked.shares.length === 0) row.note = 'imports are recorded without value or tonnes';
        else row.note = caveats(row, code, supply, ranked);
      }
      addOtherBases(row, code, year!);
      return row;
    }

    function setShares(row: AnswerRow, ranked: RankedShares): void {
      const [top, second, third] = ranked.shares;
      row.suppliers = ranked.shares.length;
      row.top_country = top?.country ?? null;
      row.top_share = top?.share ?? null;
      row.second_country = second?.country ?? null;
      row.second_share = second?.share ?? null;
      row.third_country = third?.country ?? null;
      row.third_share = third?.share ?? null;
      row.hhi = ranked.hhi;
      if (top && rule.cap !== null) {
        row.over_cap = top.share > rule.cap;
        row.headroom = rule.cap - top.share;
      }
    }

    function caveats(
      row: AnswerRow,
      code: Hs6Mineral,
      supply: DeclaredSupply,
      ranked: RankedShares,
    ): string | null {
      const parts: string[] = [];
      if (code.metal_content === null && !supply.cn8)
        remark('gross_weight', 'tonnes are gross: the mineral content of the code is not fixed', row);
      const missing = supply.mix.value_share_without_quantity;
      if (missing)
        remark(
          'no_quantity',
          'part of the trade has no tonnes and counts 0 t; its value is in supply_usd',
          row,
        );
      if (ranked.weight !== params.weight) {
        remark('other_weight', `no ${params.weight} in the source: shares are by ${ranked.weight}`, row);
        parts.push(`by ${ranked.weight}`);
      }
      if (supply.complete === false) {
        const kept =
          supply.valueKept === null ? '' : ` (${(supply.valueKept * 100).toFixed(1)} % of world trade kept)`;
        remark('partial', 'truncated series: small flows are cut off, so shares are slightly high', row);
        parts.push(`partial series${kept}`);
      }
      for (const b of breaks)
        if (b.source === supply.source && supply.year < b.year) {
          remark(`break_${b.year}`, `before ${b.year} the series means something else: ${b.what}`, row);
          parts.push(`before the ${b.year} break`);
        }
      if (code.confidence === 'proxy') parts.push(code.caveat ?? 'the code is a proxy');
      return parts.length ? parts.join('; ') : null;
    }

    function withoutTrade(row: AnswerRow, code: Hs6Mineral, year: number | null): AnswerRow {
      if (
        year !== null &&
        (supplies.tradedByOthers(code.hs6) !== null || supplies.years(code, 'origin').length)
      ) {
        row.evidence = 'none';
        if (supplies.tradedByOthers(code.hs6) === year && params.lens !== 'dispatch') {
          row.supply_usd = 0;
          row.note = `no imports of code ${code.hs6} recorded in ${year}`;
        } else row.note = `no data on code ${code.hs6} for ${year} by ${params.lens}`;
        return row;
      }
      row.evidence = 'none';
      row.note = code.fetch_from
        ? `no open data in the snapshot; code ${code.hs6} would tell: headwater fetch ${code.fetch_from}`
        : `no trade in code ${code.hs6} in the data in use`;
      addOtherBases(row, code, newestOrigin);
      return row;
    }

    /** the same mineral by the lens not asked for, so that declared and dispatch stand side by side */
    function addOtherBases(row: AnswerRow, code: Hs6Mineral, year: number): void {
      const hides = hidesMineral(code, allCodes);
      const origin =
        params.lens === 'dispatch' ? nearestSupply(code, 'origin', year) : supplies.of(code, 'origin', year);
      const dispatch =
        params.lens === 'dispatch'
          ? supplies.of(code, 'dispatch', year)
          : nearestSupply(code, 'dispatch', year);
      if (origin && !hides) {
        const top = rankedShares(origin.mix, params.weight).shares[0];
        row.declared_country = top?.country ?? null;
        row.declared_share = top?.share ?? null;
        used.add(origin.source);
      }
      if (dispatch && (!hides || dispatch.cn8)) {
        const top = rankedShares(dispatch.mix, params.weight).shares[0];
        row.dispatch_country = top?.country ?? null;
        row.dispatch_share = top?.share ?? null;
        row.dispatch_period = dispatch.period ?? String(dispatch.year);
        used.add(dispatch.source);
      }
      const verdicts = [row.declared_share, row.dispatch_share, row.traced_share, row.controlled_share]
        .filter((s): s is number => typeof s === 'number')
        .map((s) => s > (rule.cap ?? Number.NaN));
      row.verdict_depends = rule.cap === null || verdicts.length < 2 ? null : new Set(verdicts).size > 1;
    }

    /** only a year close enough to stand beside the other: within one year */
    function nearestSupply(
      code: Hs6Mineral,
      basis: 'origin' | 'dispatch',
      year: number,
    ): DeclaredSupply | null {
      const near = nearestYear(supplies.years(code, basis), year);
      return near === undefined || Math.abs(near - year) > 1 ? null : supplies.of(code, basis, near);
    }

    function domesticOutput(code: Hs6Mineral, year: number): number | null {
      const ofStage = domestic.filter(
        (r) => r.mineral === code.mineral && r.stage === code.stage && r.year === year,
      );
      const source = preferredSource(ofStage);
      const row = ofStage.find((r) => r.source === source);
      if (row?.quantity_t !== null && row !== undefined) used.add(row.source);
      return row?.quantity_t ?? null;
    }
  },
});
