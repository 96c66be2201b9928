import { agreementOn } from '../../analysis/policy/status-on.ts';
import type { Agreement } from '../../tables/policy.ts';
import type { AnswerRow, Note } from '../question.ts';
import type { Names, Party } from '../resolve.ts';

/** What a reader of the rows has to know of the documents, and which rows cannot say more. */
export function notesOf(
  rows: readonly AnswerRow[],
  doc: Agreement | null,
  others: readonly Agreement[],
  party: Party,
  partner: string,
  names: Names,
  now: string,
  listId: string | null,
  unnamed: readonly Agreement[],
): Note[] {
  const notes: Note[] = [];
  const at = (test: (r: AnswerRow) => boolean) => rows.flatMap((r, k) => (test(r) ? [k] : []));
  const add = (code: string, text: string, positions: readonly number[]) => {
    if (positions.length) notes.push({ code, text, rows: positions, value: positions.length });
  };
  if (doc)
    notes.push({
      code: 'agreement',
      text: `${doc.title ?? doc.agreement}, ${doc.date ?? 'no date'}, ${agreementOn(doc, now).replaceAll('_', ' ')}; ${doc.binding === null ? 'whether it binds is not known' : doc.binding ? 'binding' : 'not binding: it moves nothing by itself; contracts for the tonnes would have to be signed'}${doc.note ? `; ${doc.note}` : ''}`,
    });
  else
    notes.push({
      code: 'no_agreement',
      text: `no agreement on minerals between ${party.name} and ${names.countryName(partner)} in force in the register`,
    });
  const rest = others.filter((a) => a.agreement !== doc?.agreement);
  if (rest.length)
    notes.push({
      code: 'other_agreements',
      text: `also in the register: ${rest.map((a) => `${a.agreement} (${agreementOn(a, now)})`).join(', ')}`,
    });
  if (unnamed.length)
    notes.push({
      code: 'third_parties',
      text: `${names.countryName(partner)} has also signed with others, no mineral named: ${unnamed.map((a) => `${a.agreement} (${a.date ?? 'no date'}, ${a.binding ? 'binding' : 'not binding'}, ${a.confidence ?? 'confidence not stated'})`).join(', ')}`,
      value: unnamed.length,
    });
  if (listId) notes.push({ code: 'list', text: `minerals of the list ${listId}` });
  if (rows.some((r) => r.weight === 'quantity'))
    notes.push({
      code: 'by_quantity',
      text: 'shares of imports are by tonnes, which is what an agreement moves; the board counts value and may name another country',
    });
  add(
    'cannot_touch',
    'minerals of which the partner has no known output',
    at((r) => r.can_touch === false || r.evidence === 'none'),
  );
  add(
    'held_elsewhere',
    'half or more of the output is held from third countries',
    at((r) => Number(r.controlled_elsewhere_share ?? 0) >= 0.5),
  );
  add(
    'not_computable',
    'no largest fall: see the row’s own note',
    at((r) => r.most_it_could_move === null),
  );
  add(
    'upper_bound',
    'own use of the partner is not known, so what is free is too high',
    at((r) => r.own_use_t === null && r.top_share_if !== null),
  );
  return notes;
}
