import { usd } from '../../analysis/sourcing/explain.ts';
import { figure } from '../figure.ts';
import type { Note } from '../question.ts';
import type { Names } from '../resolve.ts';
import { named, tonnes } from '../wording.ts';
import type { Worth } from './worth.ts';

/** Whose worth is told, in the words of the sentences about it. */
export interface Subject {
  readonly kind: 'agreement' | 'project';
  readonly id: string;
  /** the beginning of the sentence: `ID, if it opened 50 % of what Kazakhstan has` */
  readonly what: string;
  /** who delivers more, as ids */
  readonly sellers: readonly string[];
  /** what the figure is not */
  readonly caution: string;
}

/** Below this part of the cost a worth is called small. */
const small = 0.02;

/** What an agreement or a project is worth in a year: in all, and for each mineral and stage. */
export function worthNotes(all: readonly Worth[], of: Subject, year: number, names: Names): Note[] {
  const known = all.filter((w) => w.opened > 0 || w.from_after > 0 || w.from_before > 0 || w.closed !== 0);
  const name = (w: Worth) => `${names.mineralName(w.mineral)} (${w.stage})`;
  const total = known.reduce((sum, w) => sum + (w.saved ?? 0), 0);
  const spent = known.reduce((sum, w) => sum + w.cost_without, 0);
  const part = spent > 0 ? total / spent : 0;
  const worth = known.filter((w) => (w.saved ?? 0) > 0).sort((a, b) => b.saved! - a.saved!);
  const closing = known.filter((w) => w.closed > 0);
  const nothing = known.filter((w) => !worth.includes(w) && !closing.includes(w));
  const byMineral = [
    ...worth.map(
      (w) =>
        `${name(w)} ${usd(w.saved!)}, ${twoFigures(w.saved! / w.cost_without)} % of its cost${instead(w, names)}`,
    ),
    ...closing.map((w) => `${name(w)}: closes ${tonnes(w.closed)} of what is missing`),
  ];
  const sells = nothing.length
    ? `${byMineral.length ? '; n' : 'N'}othing on ${named(nothing.map(name))}`
    : '';
  const text = known.length
    ? `${of.what}: worth ${usd(total)} a year in ${year} on the minerals planned, ${twoFigures(part)} % of the cost of those it bears on${verdictInAll(part, worth, name)}. ${byMineral.join('; ')}${sells}. ${of.caution}`
    : `${of.what}: worth nothing on the minerals planned: it opens no tonnes of any of them`;
  return [
    { code: `${of.kind}_total`, [of.kind]: of.id, value: total, year, share_of_cost: part, text },
    ...known.map((w) => ({
      code: `${of.kind}_value`,
      [of.kind]: of.id,
      mineral: w.mineral,
      stage: w.stage,
      year,
      value: w.saved,
      by_dual_usd: w.by_dual,
      tonnes_opened: w.opened,
      tonnes_before: w.from_before,
      tonnes_after: w.from_after,
      short_closed_t: w.closed,
      text: `${name(w)}: ${verdict(w)} (${figure(w.from_before)} t bought from ${of.sellers.join(', ')} without, ${figure(w.from_after)} t with it)`,
    })),
  ];
}

/** Small in all, and where it is not. */
function verdictInAll(part: number, worth: readonly Worth[], name: (w: Worth) => string): string {
  if (part >= small) return '';
  const large = worth.filter((w) => w.saved! / w.cost_without >= small);
  return large.length ? `: small, but for ${named(large.map(name))}` : ': small';
}

/** Whose tonnes it replaces, where what it saves is not small. */
const instead = (w: Worth, names: Names): string =>
  w.displaced !== null && w.saved! / w.cost_without >= small
    ? ` (${figure(w.from_after - w.from_before)} t in place of dearer ones${/^[A-Z]{3}$/.test(w.displaced) ? `, most from ${names.countryName(w.displaced)}` : ''})`
    : '';

const twoFigures = (share: number) => figure(Number((100 * share).toPrecision(2)));

function verdict(w: Worth): string {
  if (w.saved === null)
    return w.closed > 0
      ? `closes ${figure(w.closed)} t of what is missing`
      : 'does not close what is missing';
  if (w.saved > 0)
    return `worth ${usd(w.saved)} a year, ${twoFigures(w.saved / w.cost_without)} % of its cost`;
  return w.from_before > 0
    ? 'worth nothing more: what it sells already is enough'
    : 'worth nothing: nearer or cheaper tonnes are there already';
}
