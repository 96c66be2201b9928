import { z } from 'zod';
import { silentSuppliers, stopOne, stopTwo } from '../analysis/shocks/chokepoints.ts';
import { groundOf } from '../analysis/shocks/strikes.ts';
import { chokepointRows, runNotes, type SilentStop, type Stop } from './chokepoints-rows.ts';
import { chokepointsView } from './chokepoints-view.ts';
import { cite } from './cite.ts';
import { importer, minerals, stages, years } from './parameters.ts';
import { type AnswerColumn, type CitedSource, defineQuestion } from './question.ts';
import { namesOf, yearsOf } from './resolve.ts';
import { type ShockCase, shockCases } from './shock/cases.ts';
import { shockInputs } from './shock/inputs.ts';
import { withoutRepeats } from './shock/same-flow.ts';

const columns: AnswerColumn[] = [
  { name: 'rank', unit: '', about: 'over all minerals, by shortfall_share; empty where that is not known' },
  { name: 'mineral', unit: '', about: 'mineral' },
  { name: 'stage', unit: '', about: 'stage' },
  { name: 'year', unit: '', about: 'year of the trade and output' },
  { name: 'stopped', unit: '', about: 'country whose output stops, or two joined by +' },
  { name: 'shortfall_t', unit: 't', about: 'what --for lacks over the months simulated' },
  { name: 'shortfall_share', unit: '1', about: 'the same over what it would have used' },
  { name: 'baseline_t', unit: 't', about: 'what it uses over these months without a shock' },
];

export const chokepointsQuestion = defineQuestion({
  name: 'chokepoints',
  asks: 'Which supplier’s stop would hurt a country most, mineral by mineral?',
  about:
    'Stops each producer in turn (N-1), or each pair (--pairs, N-2), for every mineral and stage, month by month, and ranks by what the country would go without. Shares compare across minerals, tonnes do not.',
  params: z.object({
    for: importer.default('GBR'),
    mineral: minerals,
    stage: stages,
    year: years,
    months: z.number().int().min(1).max(120).default(12).describe('months simulated'),
    pairs: z.boolean().default(false).describe('stop two countries at once, each pair in turn'),
    top: z.number().int().min(1).default(30).describe('rows to show, the worst first'),
  }),
  positional: ['mineral'],
  example: 'headwater chokepoints --for GBR --top 15',
  async answer(asked, world) {
    const names = await namesOf(world);
    const party = names.party(asked.for);
    const same = await withoutRepeats(
      world,
      await shockCases(world, names.minerals(asked.mineral), asked.stage, yearsOf(asked.year)),
    );
    const { cases } = same;
    const found: Stop[] = [];
    const silent: SilentStop[] = [];
    const unused: ShockCase[] = [];
    const unknown: ShockCase[] = [];
    const untraded: ShockCase[] = [];
    const used = new Set<string>();
    let done = 0;
    let sources: CitedSource[] = [];
    for (const one of cases) {
      if (world.signal.aborted) break;
      world.progress(done++ / cases.length, `${one.mineral} ${one.stage}`);
      const inputs = await shockInputs(world, one, {
        months: asked.months,
        stockUse: 1,
        consumptionBuffer: 0,
        coverCounts: true,
      }).catch((error) => {
        if (world.signal.aborted && sources.length) return null;
        throw error;
      });
      if (!inputs) {
        done--;
        break;
      }
      if (!inputs.network) {
        unknown.push(one);
        continue;
      }
      if (!inputs.usersKnown) {
        untraded.push(one);
        continue;
      }
      const { network, assumptions } = inputs;
      const members = party.members(one.year).filter((c) => network.countries.includes(c));
      const ground = groundOf(network);
      const use = members.reduce((sum, c) => sum + ground.consumption[network.countries.indexOf(c)]!, 0);
      if (use <= 0) {
        unused.push(one);
        continue;
      }
      const byNetExports = inputs.notes.some((n) => n.measured === 'net exports');
      const before = used.size;
      for (const s of [...inputs.sources, ...inputs.assumed.sources]) used.add(s);
      // read before the runs: an interrupt in them still leaves an answer to print
      if (used.size > before) sources = await cite(world, used);
      const ranking = (asked.pairs ? stopTwo : stopOne)(network, members, assumptions, ground);
      // one's own mines are not a foreign supplier
      const baseline_t = use * asked.months;
      for (const { stopped, shortfall_t, shortfall_share } of ranking)
        if (shortfall_share !== null && !stopped.some((s) => members.includes(s)))
          found.push({ ...one, stopped, shortfall_t, shortfall_share, baseline_t, byNetExports });
      for (const stopped of silentSuppliers(network, members, inputs.idle))
        silent.push({ ...one, stopped, baseline_t });
      // a long ranking lets an interrupt through between minerals
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const stops = { found, silent, unused, unknown, untraded };
    const { rows, ranked, notes } = chokepointRows(stops, asked.top, party.id);
    notes.push(...runNotes(found.length, done, cases.length, world.signal.aborted));
    if (same.dropped.length)
      notes.push({
        code: 'same_flow',
        text: `the same codes of trade, listed once: ${same.dropped.join(', ')}`,
      });
    const view = chokepointsView(rows, ranked, {
      name: party.name,
      months: asked.months,
      runs: found.length,
      unused: unused.length,
      untraded: untraded.length,
      silent: silent.length,
      nameOf: names.countryName,
    });
    return { rows, columns, notes, sources, view };
  },
});
