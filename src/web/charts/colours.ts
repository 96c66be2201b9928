/**
 * One colour per country, the same in every chart: the main producers have their own, the rest share a few muted
 * ones by their code. Hues keep apart for the common kinds of colour blindness (after Paul Tol's muted scheme) and stay
 * away from the two colours with a meaning: blue for the country in question, red for over the limit.
 * In pages a colour is the CSS variable `--c-…`; pictures that leave the page carry its value.
 */
export const countryColours: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  CHN: ['#7b3f98', '#bd8fd6'],
  COD: ['#117733', '#55b577'],
  AUS: ['#926e00', '#d9b34a'],
  CHL: ['#1d8278', '#57c4b8'],
  BRA: ['#5d7d1a', '#a3c25c'],
  ZAF: ['#84513c', '#c9977f'],
  RUS: ['#55606e', '#a3adba'],
  USA: ['#3c7ba2', '#86bfe0'],
  KAZ: ['#7a7800', '#cfc94a'],
  IDN: ['#af558c', '#e29cc6'],
  CAN: ['#8c3d66', '#d38fb3'],
  IND: ['#5b5ea6', '#a2a5e6'],
  JPN: ['#6b6250', '#b8ad96'],
  TUR: ['#00717d', '#4cb6c2'],
  NLD: ['#a0662a', '#dca56b'],
  NOR: ['#4b6f5c', '#90b8a3'],
};

/** For countries without their own. */
export const sharedColours: readonly (readonly [light: string, dark: string])[] = [
  ['#6e757f', '#98a0aa'],
  ['#7a7566', '#aea793'],
  ['#5f7979', '#8fb0b0'],
  ['#836e81', '#b096ad'],
  ['#6d775c', '#a2ae8b'],
  ['#707295', '#9b9dc0'],
];

/** Name of the CSS variable of a country's colour. */
export function colourOf(country: unknown): string {
  if (typeof country !== 'string' || country === '') return 'var(--unknown)';
  const code = country.split(';')[0]!;
  if (code in countryColours) return `var(--c-${code.toLowerCase()})`;
  if (code === 'OTH' || code === 'WLD') return 'var(--faint)';
  let sum = 0;
  for (const letter of code) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return `var(--c-${sum % sharedColours.length})`;
}

/** The colours of the pages by variable: what style.css declares, for pictures that leave the page. */
export const inks: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  ground: ['#ffffff', '#13161b'],
  ink: ['#1a1d22', '#e8eaee'],
  faint: ['#5a616b', '#a2a9b4'],
  line: ['#d9dde3', '#343941'],
  panel: ['#f5f6f8', '#1b1f26'],
  accent: ['#0a5ca8', '#74b4f5'],
  over: ['#b8341b', '#ff8a6b'],
  unknown: ['#eceef1', '#262b33'],
  hatch: ['#c3c8d0', '#454c57'],
  ...Object.fromEntries(Object.entries(countryColours).map(([k, v]) => [`c-${k.toLowerCase()}`, v])),
  ...Object.fromEntries(sharedColours.map((v, i) => [`c-${i}`, v])),
};

/** A picture that needs no page: variables replaced by their values, on a ground of its own. */
export function standalone(svg: string, theme: 'light' | 'dark'): string {
  const at = theme === 'light' ? 0 : 1;
  const plain = svg.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => inks[name]?.[at] ?? whole);
  return plain.replace(/^(<svg[^>]*>)/, `$1<rect width="100%" height="100%" fill="${inks.ground![at]}"/>`);
}
