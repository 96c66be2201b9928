import type { AnswerRow, Note } from '../question.ts';

const strength: Record<string, number> = {
  production: 0,
  production_share: 1,
  exports: 2,
  reserves: 3,
  none: 4,
};

/** Order of a profile: what is on the list, the stronger evidence, the larger share, the name. */
export const byEvidence = (a: AnswerRow, b: AnswerRow): number =>
  Number(b.on_list ?? false) - Number(a.on_list ?? false) ||
  strength[a.evidence as string]! - strength[b.evidence as string]! ||
  Number(b.share ?? 0) - Number(a.share ?? 0) ||
  `${a.mineral} ${a.stage} ${a.source}`.localeCompare(`${b.mineral} ${b.stage} ${b.source}`, 'en');

/** Rows without a figure, by why: nobody names the country, or a publisher names it and gives none. */
export function silenceNotes(rows: readonly AnswerRow[]): Note[] {
  const notes: Note[] = [];
  const missing = rows.flatMap((r, k) => (r.evidence === 'none' && r.status === null ? [k] : []));
  if (missing.length)
    notes.push({ code: 'no_evidence', text: 'no open data: unknown, not zero', rows: missing });
  const withheld = rows.flatMap((r, k) =>
    r.status !== null && r.quantity_t === null && r.share === null ? [k] : [],
  );
  if (withheld.length)
    notes.push({
      code: 'withheld',
      text: 'the publisher names the country but gives no figure',
      rows: withheld,
    });
  return notes;
}

/** The count behind a sentence such as "produces 22 of the 36": by best evidence of each listed mineral. */
export function evidenceCount(
  rows: readonly AnswerRow[],
  members: ReadonlySet<string>,
  country: string,
  listId: string,
): Note[] {
  const best = new Map<string, string>();
  for (const r of rows) {
    if (!r.on_list) continue;
    const before = best.get(r.mineral as string);
    const evidence = r.evidence as string;
    if (before === undefined || strength[evidence]! < strength[before]!)
      best.set(r.mineral as string, evidence);
  }
  const minerals = (kinds: readonly string[]) =>
    [...members].filter((m) => kinds.includes(best.get(m) ?? 'none')).sort();
  const produced = minerals(['production', 'production_share']);
  const exported = minerals(['exports']);
  const held = minerals(['reserves']);
  return [
    {
      code: 'count',
      value: produced.length,
      text: `${country} has reported output (tonnes or a share) of ${produced.length} of the ${members.size} minerals of ${listId}, exports alone of ${exported.length}, reserves alone of ${held.length}; no open evidence for ${members.size - produced.length - exported.length - held.length}`,
      of: members.size,
      production: produced,
      exports: exported,
      reserves: held,
      none: minerals(['none']),
    },
  ];
}
