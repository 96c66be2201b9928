import type { Style } from './style.ts';

/** Characters in a bar of 100 %: 5 % each where there is room, never coarser than a twelfth. */
export const barWidth = 20;
export const leastBar = 12;

/**
 * A share as a bar of `width` characters, a second share beside it, the limit as an upright line.
 * What lies beyond the limit stands in the warning colour. Null share: a row of dots, not an empty bar.
 */
export function bar(
  share: number | null,
  second: number | null,
  limit: number | null,
  style: Style,
  width = barWidth,
): string {
  const at = limit === null ? -1 : Math.min(width - 1, Math.round(limit * width));
  const first = share === null ? 0 : Math.min(width, Math.round(share * width));
  const both = Math.min(width, Math.round(((share ?? 0) + (second ?? 0)) * width));
  const over = share !== null && limit !== null && share > limit;
  let text = '';
  for (let i = 0; i < width; i++) {
    if (i === at) text += style.strong('│');
    else if (share === null) text += style.faint('·');
    else if (i < first) text += over ? style.warn('▇') : style.accent('▇');
    else if (i < both) text += style.faint('░');
    else text += ' ';
  }
  return text;
}
