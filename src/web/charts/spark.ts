import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { el, type Picture, picture } from './svg.ts';

export interface Point {
  readonly year: number;
  readonly value: number | null;
}

/** A small line of a share (0…1) over years against its limit; a gap where a year is not known. */
export function spark(
  points: readonly Point[],
  cap: number | null,
  { width = 90, height = 22 } = {},
): Picture {
  const years = points.map((p) => p.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const x = scaleLinear([first, last], [3, width - 3]);
  const y = scaleLinear([0, 1], [height - 2, 2]);
  const path = line<Point>()
    .digits(1)
    .defined((p) => p.value !== null)
    .x((p) => x(p.year))
    .y((p) => y(p.value!));
  const end = points.findLast((p) => p.value !== null);
  const isOver = cap !== null && end?.value != null && end.value > cap;
  return picture(width, height, `largest share ${first} to ${last}`, [
    cap === null
      ? ''
      : el('line', {
          x1: 0,
          x2: width,
          y1: y(cap),
          y2: y(cap),
          stroke: 'var(--faint)',
          'stroke-width': 0.75,
        }),
    el('path', { d: path(points) ?? '', fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.25 }),
    end?.value == null
      ? ''
      : el('circle', {
          cx: x(end.year),
          cy: y(end.value),
          r: 2.25,
          fill: isOver ? 'var(--over)' : 'var(--ink)',
        }),
  ]);
}
