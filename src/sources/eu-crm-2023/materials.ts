import { DataError } from '../../errors.ts';
import { plainLabel } from '../names.ts';
import type { Reference } from '../source.ts';

/** What a material of the EU studies is in our terms: a row of reference/eu-crm-materials.csv. */
export interface Material {
  readonly mineral: string;
  /** where extraction and processing shares stand in `production`; undefined = not used there */
  readonly production: Readonly<Record<EuStage, { mineral: string; stage: string } | undefined>>;
  /** stage under which scores over time stand; `all` where the studies give one score per material */
  readonly scoreStage: string;
}

export type EuStage = 'E' | 'P';
export const stageOf: Readonly<Record<EuStage, 'mine' | 'refine'>> = { E: 'mine', P: 'refine' };

/** Materials by any of the spellings in the files of the studies. */
export function materialsOf(reference: Reference): (label: string) => Material | undefined {
  const all = new Map<string, Material>();
  for (const row of reference.csv('eu-crm-materials')) {
    const mineral = row.mineral!;
    all.set(plainLabel(row.material!), {
      mineral,
      production: {
        E: placeOf(row.production_mine!, mineral, 'mine'),
        P: placeOf(row.production_refine!, mineral, 'refine'),
      },
      scoreStage: row.score_stage || 'all',
    });
  }
  return (label) => all.get(plainLabel(label));
}

function placeOf(
  cell: string,
  mineral: string,
  stage: string,
): { mineral: string; stage: string } | undefined {
  if (cell === 'none') return undefined;
  if (cell === '') return { mineral, stage };
  const [otherMineral, otherStage] = cell.split(' ');
  return { mineral: otherMineral!, stage: otherStage! };
}

/** `55.6%` → share 0.556; `<0.1%`, `>0%` → the bound with its limit; undefined = another form. */
export function euShare(
  cell: string,
): { share: number; limit: 'less_than' | 'more_than' | null } | undefined {
  const match = /^([<>])?(\d+(?:\.\d+)?)%$/.exec(cell.trim());
  if (!match) return undefined;
  const limit = match[1] === '<' ? 'less_than' : match[1] === '>' ? 'more_than' : null;
  return { share: Number((Number(match[2]) / 100).toPrecision(12)), limit };
}

/** A stage letter of the files. */
export function euStage(cell: string, file: string, line: number): EuStage {
  if (cell === 'E' || cell === 'P') return cell;
  throw new DataError(`${file}, line ${line}: unknown stage: "${cell}"; known are E and P`);
}
