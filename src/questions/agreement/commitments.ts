import { type HostControl, hostControl } from '../../analysis/flows/control.ts';
import { agreementOn } from '../../analysis/policy/status-on.ts';
import type { Agreement, Ownership, Project } from '../../tables/policy.ts';

/** What somebody else already has of a partner’s output of one mineral and stage. */
export interface Claim {
  /** in words, with who and how surely it is known */
  readonly text: string;
  readonly source: string | null;
  readonly confidence: string | null;
}

export interface Commitments {
  /** owners and buyers abroad, projects promised, binding agreements with third countries */
  readonly firm: readonly Claim[];
  /** documents with third countries that name the mineral and do not bind */
  readonly soft: readonly Claim[];
}

const per = (share: number) => `${Number((100 * share).toPrecision(3))} %`;
const mark = (confidence: string | null) => (confidence === null ? '' : ` [${confidence}]`);
const listed = (cell: string | null) => (cell ? cell.split(';').filter(Boolean) : []);

/**
 * Everything in the registers that third countries hold of, or were promised from, a partner’s output. Tonnes are counted
 * elsewhere (`committed_t`), and only of owners and buyers whose mines have an output; the rest is named here, not added.
 * @param home ids that do not count as third: the partner, and the consumer with its members
 * @param output_t national output, which the parts held are of
 */
export function commitmentsOf(
  home: ReadonlySet<string>,
  output_t: number | null,
  holdings: readonly Ownership[],
  projects: readonly Project[],
  agreements: readonly Agreement[],
  on: string,
): Commitments {
  const abroad = (cell: string | null) => listed(cell).filter((c) => !home.has(c));
  const held = (['equity', 'offtake'] as const).flatMap((channel) =>
    heldClaims(channel, hostControl(holdings, output_t, channel), holdings, home),
  );
  const promised = projects.flatMap((p): Claim[] => {
    const to = abroad(p.committed_to);
    if (!to.length || p.status === 'stopped') return [];
    const size = p.quantity_t === null ? '' : ` ${p.quantity_t} t`;
    const from = p.start_year ? ` from ${p.start_year}` : '';
    const text = `${to.join(', ')} was promised ${p.name ?? p.project}${size}${from}${mark(p.confidence)}`;
    return [{ text, source: p.source, confidence: p.confidence }];
  });
  const firm: Claim[] = [...held, ...promised];
  const soft: Claim[] = [];
  for (const a of agreements) {
    const status = agreementOn(a, on);
    const with_ = abroad(`${a.party};${a.partner}`);
    if (!with_.length || (status !== 'in_force' && status !== 'signed')) continue;
    const binds = a.binding === true;
    const text = `${with_.join(', ')}: ${a.title ?? a.agreement}, ${a.date ?? 'no date'}, ${binds ? 'binding' : 'not binding'}${mark(a.confidence)}`;
    (binds ? firm : soft).push({ text, source: a.source, confidence: a.confidence });
  }
  return { firm, soft };
}

/** One claim for each home of owners (or buyers) abroad, with their mines and plants. */
function heldClaims(
  channel: 'equity' | 'offtake',
  control: HostControl,
  holdings: readonly Ownership[],
  home: ReadonlySet<string>,
): Claim[] {
  const rows = holdings.filter((h) => h.channel === channel && (h.equity_share ?? 0) > 0);
  const owners = [...new Set(rows.flatMap((h) => h.owner_country ?? []))].filter((c) => !home.has(c)).sort();
  const verb = channel === 'equity' ? 'holds' : 'buys';
  return owners.map((owner) => {
    const mine = rows.filter((h) => h.owner_country === owner);
    const part = control.by.get(owner) ?? 0;
    const assets = [...new Set(mine.map((h) => h.asset))].join(', ');
    const confidence = lowest(mine.map((h) => h.confidence));
    const size = part > 0 ? `${per(part)} of output` : 'a part of unknown or no output yet';
    return {
      text: `${owner} ${verb} ${size} (${assets})${mark(confidence)}`,
      source: [...new Set(mine.flatMap((h) => h.source ?? []))].join(' | ') || null,
      confidence,
    };
  });
}

const order = ['assumption', 'low', 'medium', 'high'];

/** The least sure of several; null where none says. */
export function lowest(of: readonly (string | null)[]): string | null {
  const said = of.filter((c): c is string => c !== null);
  return said.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0] ?? null;
}
