import { z } from 'zod';
import { type Chokepoint, stopOne, stopTwo } from '../analysis/shocks/chokepoints.ts';
import { groundOf } from '../analysis/shocks/strikes.ts';
import { chokepointsView } from './chokepoints-view.ts';
import { cite } from './cite.ts';
import { importer, minerals, stages, years } from './parameters.ts';
import {
  type AnswerColumn,
  type AnswerRow,
  type CitedSource,
  defineQuestion,
  type Note,
} from './question.ts';
import { namesOf, yearsOf } from './resolve.ts';
import { shockCases } from './shock/cases.ts';
import { shockInputs } from './shock/inputs.ts';
import { withoutRepeats } from './shock/same-flow.ts';

const columns: AnswerColumn[] = [
  { name: 'rank', unit: '', about: 'over all minerals, by shortfall_share' },
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
    const found: (Chokepoint & {
      mineral: string;
      stage: string;
      year: number;
      baseline_t: number;
      byNetExports: boolean;
    })[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    const absent: string[] = [];
    const noOutput: string[] = [];
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
        if (world.signal.aborted && found.length) return null;
        throw error;
      });
      if (!inputs) break;
      if (!inputs.network) continue;
      if (inputs.notes.some((n) => n.code === 'output_unknown' && n.measured === undefined))
        noOutput.push(`${one.mineral} ${one.stage}`);
      const { network, assumptions } = inputs;
      const members = party.members(one.year).filter((c) => network.countries.includes(c));
      const ground = groundOf(network);
      const use = members.reduce((sum, c) => sum + ground.consumption[network.countries.indexOf(c)]!, 0);
      if (use <= 0) {
        absent.push(`${one.mineral} ${one.stage}`);
        continue;
      }
      const byNetExports = inputs.notes.some((n) => n.measured === 'net exports');
      const before = used.size;
      for (const s of inputs.sources) used.add(s);
      // read before the runs: an interrupt in them still leaves an answer to print
      if (used.size > before) sources = await cite(world, used);
      const ranking = (asked.pairs ? stopTwo : stopOne)(network, members, assumptions, ground);
      // one's own mines are not a foreign supplier
      for (const c of ranking)
        if (!c.stopped.some((s) => members.includes(s)))
          found.push({ ...one, ...c, baseline_t: use * asked.months, byNetExports });
      // a long ranking lets an interrupt through between minerals
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    found.sort((a, b) => b.shortfall_share - a.shortfall_share || b.shortfall_t - a.shortfall_t);
    const rows = found.slice(0, asked.top).map(
      (c, i): AnswerRow => ({
        rank: i + 1,
        mineral: c.mineral,
        stage: c.stage,
        year: c.year,
        stopped: c.stopped.join('+'),
        shortfall_t: c.shortfall_t,
        shortfall_share: c.shortfall_share,
        baseline_t: c.baseline_t,
      }),
    );
    const estimated = found.slice(0, asked.top).flatMap((c, i) => (c.byNetExports ? [i] : []));
    if (estimated.length)
      notes.push({
        code: 'output_unknown',
        rows: estimated,
        text: 'no source gives output at this stage: what each country ships beyond what it receives stands for it, a lower bound',
      });
    notes.push({
      code: 'runs',
      value: found.length,
      text: `${found.length} stops were run over ${done} minerals and stages`,
    });
    if (noOutput.length)
      notes.push({
        code: 'no_output',
        text: `output is not in the data, so nobody can be stopped: ${noOutput.join(', ')}`,
      });
    if (same.dropped.length)
      notes.push({
        code: 'same_flow',
        text: `the same codes of trade, listed once: ${same.dropped.join(', ')}`,
      });
    if (absent.length)
      notes.push({
        code: 'no_use',
        text: `${party.id} is not known to use any: ${absent.join(', ')}`,
      });
    if (world.signal.aborted)
      notes.push({
        code: 'interrupted',
        value: done,
        text: `stopped after ${done} of ${cases.length} minerals and stages`,
      });
    const view = chokepointsView(rows, {
      name: party.name,
      months: asked.months,
      runs: found.length,
      nameOf: names.countryName,
    });
    return { rows, columns, notes, sources, view };
  },
});
