import type { CellValue } from '../tables/check.ts';

/** What is used of the engine's text vector: 16 bytes a cell, its length first, short texts whole after it. */
export interface TextVector {
  readonly getItem: (i: number) => unknown;
  readonly dataView?: DataView;
  readonly validity?: { readonly itemValid: (i: number) => boolean };
}

/** Texts of up to this many bytes are told apart by one exact number. */
const shortest = 6;
/** How many longer texts are looked back at. */
const remembered = 6;

/**
 * Appends the cells of a text column. Codes and countries repeat by the thousand: each is decoded once, and the same
 * string is handed out again. Longer texts are decoded only where they differ from the last
 * few.
 *
 * @param known decoded texts by their bytes; shared by the chunks of one result
 */
export function appendTexts(
  column: CellValue[],
  vector: TextVector,
  length: number,
  known: Map<number, string>,
): void {
  const { dataView: view, validity } = vector;
  if (!view || !validity) {
    for (let i = 0; i < length; i++) column.push((vector.getItem(i) as string | null) ?? null);
    return;
  }
  // the last few distinct longer texts: where they are in the vector, and what they say
  const places: number[] = [];
  const texts: string[] = [];
  let oldest = 0;
  for (let i = 0; i < length; i++) {
    if (!validity.itemValid(i)) {
      column.push(null);
      continue;
    }
    const at = i * 16;
    const bytes = view.getUint32(at, true);
    const head = view.getUint32(at + 4, true);
    const next = view.getUint32(at + 8, true);
    if (bytes <= shortest) {
      const id = (bytes * 0x1_0000 + (next & 0xffff)) * 0x1_0000_0000 + head;
      let text = known.get(id);
      if (text === undefined) {
        text = vector.getItem(i) as string;
        known.set(id, text);
      }
      column.push(text);
      continue;
    }
    // equal bytes: an equal text of up to 12 bytes, or a longer one at the same place
    const last = view.getUint32(at + 12, true);
    const equal = (place: number) =>
      view.getUint32(place, true) === bytes &&
      view.getUint32(place + 4, true) === head &&
      view.getUint32(place + 8, true) === next &&
      view.getUint32(place + 12, true) === last;
    const found = places.findIndex(equal);
    if (found >= 0) {
      column.push(texts[found]!);
      continue;
    }
    const text = vector.getItem(i) as string;
    places[oldest] = at;
    texts[oldest] = text;
    oldest = (oldest + 1) % remembered;
    column.push(text);
  }
}
