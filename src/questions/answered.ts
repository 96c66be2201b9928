import { DataError } from '../errors.ts';
import type { World } from '../store/world.ts';
import type { Answer, Question } from './question.ts';

/**
 * Asks a question. An answer from a part of a distributed store says so, first of all it says, and names what is
 * missing; a document, whose readers may never see the note, is not written from a part.
 *
 * @throws DataError a document was asked for and parts of the store did not answer
 */
export async function answered(
  question: Question,
  params: Readonly<Record<string, unknown>>,
  world: World,
): Promise<Answer> {
  const answer = await question.answer(params as never, world);
  const missing = world.missing?.() ?? [];
  if (missing.length === 0) return answer;
  const parts = missing.join(' and ');
  if (answer.document)
    throw new DataError(`a document is not written from a part of the data; no answer from: "${parts}"`);
  const text = `Partial answer: rows are missing, every figure may be too small and every share wrong; no answer from ${parts}.`;
  return {
    ...answer,
    notes: [{ code: 'part_of_store', text, missing }, ...answer.notes],
    view: { ...answer.view, headline: [text, ...(answer.view?.headline ?? [])] },
  };
}

/** True for an answer that must not be kept as if it were the whole one. */
export const isPartial = (answer: Answer): boolean =>
  answer.notes.some((note) => note.code === 'part_of_store');
