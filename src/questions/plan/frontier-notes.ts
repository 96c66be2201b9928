import { usd } from '../../analysis/sourcing/explain.ts';
import { type Axis, frontiers } from '../../analysis/sourcing/frontier.ts';
import type { Problem } from '../../analysis/sourcing/problem.ts';
import type { World } from '../../store/world.ts';
import { figure, percent } from '../figure.ts';
import type { Note } from '../question.ts';

const axisName = {
  cap: 'a cap of',
  hhi: 'a concentration (HHI) of',
  'n-minus-1': 'a loss of at most',
} as const;

/** The points of each frontier, and its knee in words. */
export async function frontierNotes(
  problem: Problem,
  axis: Axis,
  points: number,
  world: World,
  nameOf: (mineral: string) => string = (id) => id,
): Promise<Note[]> {
  const last = Math.max(...problem.needs.map((n) => n.year));
  const inLast = { ...problem, needs: problem.needs.filter((n) => n.year === last) };
  const notes: Note[] = [];
  for (const f of await frontiers(inLast, axis, points, world.solve, world.signal)) {
    const head = { mineral: f.need.mineral, stage: f.need.stage, year: f.need.year };
    const label = `${nameOf(f.need.mineral)} (${f.need.stage})`;
    const at = (k: number) => {
      const p = f.points[k]!;
      return axis === 'hhi' ? figure(p.hhi) : percent(p.limit!);
    };
    f.points.forEach((p, k) => {
      notes.push({
        code: 'frontier',
        ...head,
        value: p.cost_usd,
        limit: p.limit,
        top_share: p.top_share,
        hhi: p.hhi,
        loss: p.loss,
        text: `${label}: ${axisName[axis]} ${at(k)} costs ${usd(p.cost_usd)} a year`,
      });
    });
    if (f.knee === null) continue;
    const [first, knee, end] = [f.points[0]!, f.points[f.knee]!, f.points.at(-1)!];
    const part = (p: typeof first) => p.cost_usd / first.cost_usd - 1;
    const more = (p: typeof first) => `${figure(Number((100 * part(p)).toPrecision(2)))} %`;
    const last = at(f.points.length - 1);
    notes.push({
      code: 'knee',
      ...head,
      value: axis === 'hhi' ? knee.hhi : knee.limit,
      more_share: part(knee),
      strictest: axis === 'hhi' ? end.hhi : end.limit,
      strictest_more_share: part(end),
      text: `${label}: the knee is at ${axisName[axis]} ${at(f.knee)}: down to there it costs ${more(knee)} more than the cheapest mix, down to the strictest that can be met, ${last}, ${more(end)} more`,
    });
  }
  return notes;
}
