/** SVG as text, so that a chart is a function from rows to a string: no page is needed to draw or to test one. */

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

export const escaped = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!,
  );

/** At most two decimals: goldens stay readable and files small. */
export const n = (value: number): string => {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
};

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .filter(([, v]) => v !== null && v !== undefined)
    .map(([k, v]) => ` ${k}="${typeof v === 'number' ? n(v) : escaped(v as string)}"`)
    .join('');

/** An element; `inside` is SVG already, text goes through `text`. */
export const el = (name: string, attributes: Attributes, inside: string | readonly string[] = ''): string => {
  const content = typeof inside === 'string' ? inside : inside.filter(Boolean).join('\n');
  return content === ''
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${content}</${name}>`;
};

export const text = (x: number, y: number, words: string, attributes: Attributes = {}): string =>
  el('text', { x, y, ...attributes }, escaped(words));

export const title = (words: string): string => el('title', {}, escaped(words));

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

/**
 * The whole picture. Colours are CSS variables with names of their own, so that one picture serves both themes; a
 * download puts the values in (`standalone`). `about` is read out in place of the picture.
 */
export const picture = (
  width: number,
  height: number,
  about: string,
  inside: readonly string[],
  attributes: Attributes = {},
): Picture => ({
  width,
  height,
  svg: el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${n(width)} ${n(height)}`,
      width,
      height,
      role: 'img',
      'aria-label': about,
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
      fill: 'var(--ink)',
      ...attributes,
    },
    inside,
  ),
});

/** Hatching for what is unknown; a pattern is named by the chart because a page holds several. */
export const hatching = (id: string): string =>
  el('defs', {}, [
    el(
      'pattern',
      { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      [
        el('rect', { width: 6, height: 6, fill: 'var(--unknown)' }),
        el('rect', { width: 2, height: 6, fill: 'var(--hatch)' }),
      ],
    ),
  ]);
