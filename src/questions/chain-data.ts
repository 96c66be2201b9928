import { routeBack } from '../analysis/flows/route.ts';
import { UsageError } from '../errors.ts';
import type { World } from '../store/world.ts';
import { type Yield, yieldTable } from '../tables/quantities.ts';
import type { Note } from './question.ts';
import { checkKnown } from './resolve.ts';
import type { StageData } from './stage-data.ts';
import type { ReadStage } from './stages-read.ts';
import type { TraceableYears } from './traceable-years.ts';

/** One stage of a chain, back from the one before it in the list. */
export interface Link {
  readonly data: StageData;
  /** years of this stage that have both trade and output, ascending */
  readonly traceable: readonly number[];
  /** makings from this stage into the one after it, by country and everywhere */
  readonly yields: readonly Yield[];
}

/** Stages named in `--through`: `mine`, or the whole way back, `refine,mine`. */
export const stagesThrough = (through: string | undefined): string[] =>
  through === undefined ? [] : through.split(',').flatMap((s) => s.trim() || []);

/** Refuses stages that no data know, twice the same, or one that is not passed on the way back. */
export function checkThrough(through: string | undefined, known: Iterable<string>): void {
  if (through === undefined) return;
  const stages = stagesThrough(through);
  checkKnown('stage', stages.length ? stages : [through], known);
  if (new Set(stages).size < stages.length)
    throw new UsageError(`a stage is named twice: "--through ${through}"`);
}

/**
 * The stages behind one, back to the earliest named in `--through`, each with its own data. One stage named: all that the
 * table `yield` declares between; several: these. Where a stage lacks trade or output in the year asked, the nearest year
 * within `yearsApart` stands for it, never silently.
 */
export async function chainData(
  world: World,
  dataOf: ReadStage,
  of: { readonly mineral: string; readonly stage: string; readonly year: number },
  asked: { readonly through?: string | undefined; readonly yearsApart: number },
  traceable: ReadonlyMap<string, TraceableYears>,
): Promise<{ readonly links: readonly Link[]; readonly notes: readonly Note[] }> {
  const named = stagesThrough(asked.through);
  const earliest = named.at(-1);
  if (earliest === undefined || named.includes(of.stage)) return { links: [], notes: [] };
  const makings = await world.load(yieldTable, { mineral: [of.mineral] });
  if (of.stage === 'mine' || routeBack(makings, earliest, of.stage) !== null) {
    const text = `${earliest} does not come before ${of.stage}: followed to where it was made at ${of.stage}`;
    return { links: [], notes: [{ code: 'through_not_earlier', text }] };
  }
  const way = named.length > 1 ? named : (routeBack(makings, of.stage, earliest) ?? named);
  const notes: Note[] = [];
  const links: Link[] = [];
  let after = of.stage;
  for (const stage of way) {
    const years = traceable.get(`${of.mineral} ${stage}`)?.both ?? [];
    const near = years.reduce<number | undefined>(
      (best, y) => (best === undefined || Math.abs(y - of.year) <= Math.abs(best - of.year) ? y : best),
      undefined,
    );
    const apart = near === undefined ? 0 : Math.abs(near - of.year);
    const year = near !== undefined && apart <= asked.yearsApart ? near : of.year;
    const to = after;
    const data = await dataOf(of.mineral, stage, year);
    links.push({
      data,
      traceable: years,
      yields: makings.filter((y) => y.from_stage === stage && y.to_stage === to),
    });
    if (year !== of.year)
      notes.push({
        code: 'stage_year',
        value: year,
        text: `${stage} is of ${year}, the nearest year with trade and output${periodOf(data)}; what was made of it is of ${of.year}`,
      });
    else if (apart > 0)
      notes.push({
        code: 'stage_year_near',
        value: near!,
        text: `${stage} has trade and output in ${near}, not in ${of.year}: --years-apart ${apart} lets ${near} stand for it, marked`,
      });
    after = stage;
  }
  return { links, notes };
}

/** Years averaged, where a flow is not of its calendar year alone. */
function periodOf({ flows }: StageData): string {
  const periods = new Set(flows.flatMap((f) => f.period ?? []));
  return periods.size ? ` (trade: mean of ${[...periods].sort().join(', ')})` : '';
}
