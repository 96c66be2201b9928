export interface Spot {
  readonly x: number;
  /** 0 for the first line */
  readonly line: number;
}

/** Where the entries of a key stand that are `wide` pixels each: beside one another, on a new line where they would pass `width`. */
export function inLines(wide: readonly number[], width: number): Spot[] {
  let [x, line] = [0, 0];
  return wide.map((w) => {
    if (x > 0 && x + w > width) [x, line] = [0, line + 1];
    const spot = { x, line };
    x += w;
    return spot;
  });
}

/** Lines that a key takes. */
export const linesOf = (spots: readonly Spot[]): number =>
  spots.length === 0 ? 0 : Math.max(...spots.map((s) => s.line)) + 1;
