import { cellsPerCountry, type DrawJob } from '../../analysis/shocks/draws.ts';
import { spreadOf } from '../../analysis/shocks/quantiles.ts';
import type { World } from '../../store/world.ts';
import { drawInThreads } from '../../workers/pool.ts';
import type { AnswerRow, Note } from '../question.ts';
import { tonnes } from '../wording.ts';

/** Cells that draws may fill in memory: 160 MB. */
const mostCells = 20_000_000;

/** A country or bloc asked about: its members as positions in the network, and where its rows stand. */
export interface Group {
  readonly id: string;
  readonly members: readonly number[];
  readonly rows: readonly number[];
}

/**
 * Draws, and writes p05, p50, p95 and cvar95 into the rows of each group. Where memory does not hold all groups those
 * that lack most are drawn, and the rest is named.
 */
export async function writeSpread(
  job: Omit<DrawJob, 'kept'>,
  draws: number,
  groups: readonly Group[],
  rows: AnswerRow[],
  world: World,
  options: { readonly threads?: number | undefined; readonly progress: (part: number) => void },
): Promise<Note[]> {
  const perRun = cellsPerCountry(job);
  const lacks = (g: Group) => g.rows.reduce((s, r) => s + (rows[r]!.shortfall_t as number), 0);
  const ranked = [...groups].sort((a, b) => lacks(b) - lacks(a));
  const room = Math.max(1, Math.floor(mostCells / (draws * perRun)));
  const chosen: Group[] = [];
  let taken = 0;
  for (const g of ranked) {
    if (chosen.length && taken + g.members.length > room) continue;
    chosen.push(g);
    taken += g.members.length;
  }
  const kept = [...new Set(chosen.flatMap((g) => g.members))];
  const { cells, done } = await drawInThreads({ ...job, kept }, draws, {
    signal: world.signal,
    ...(options.threads !== undefined && { threads: options.threads }),
    progress: options.progress,
  });
  const width = kept.length * perRun;
  const notes: Note[] = [];
  const sample = new Float64Array(done);
  for (const g of chosen) {
    const columns = g.members.map((j) => kept.indexOf(j) * perRun);
    const spreadAt = (cell: number) => {
      for (let d = 0; d < done; d++) {
        let sum = 0;
        for (const c of columns) sum += cells[d * width + c + cell]!;
        sample[d] = sum;
      }
      return spreadOf(sample);
    };
    g.rows.forEach((r, month) => {
      Object.assign(rows[r]!, spreadAt(month));
    });
    if (perRun > 1 && done > 0) {
      const { p05, p50, p95, cvar95 } = spreadAt(perRun - 1);
      notes.push({
        code: 'drawn_total',
        value: p50,
        country: g.id,
        p05,
        p50,
        p95,
        cvar95,
        text: `${g.id} lacks ${tonnes(p05!)} to ${tonnes(p95!)} over ${perRun - 1} months in 90 % of the draws, ${tonnes(cvar95!)} in the worst 5 %`,
      });
    }
  }
  const left = groups.filter((g) => !chosen.includes(g));
  if (left.length)
    notes.push({
      code: 'not_drawn',
      value: left.length,
      rows: left.flatMap((g) => g.rows),
      text: `${draws} draws of all countries do not fit into memory: ${left.length} that lack least have no spread; ask for them with --for, or for fewer draws`,
    });
  notes.push({ code: 'draws', value: done, text: `${done} draws, seed ${job.seed}` });
  if (done < draws)
    notes.push({ code: 'interrupted', value: done, text: `stopped after ${done} of ${draws} draws` });
  return notes;
}
