import type { NameOf } from '../names.ts';

export interface UsgsCountry {
  /** ISO3, WLD, OTH, or `several` where one row stands for more than one country; undefined = unknown label */
  readonly country: string | undefined;
  /** what the label says beyond the name, e.g. `from Cliffside Field` */
  readonly remark: string;
}

/**
 * Country labels carry footnote figures and remarks: `World total (rounded)10`, `Other countries8`, `Brazil
 * (beneficiated)`, `Chile, ulexite`, `Korea, Republic ofe`. The name is looked up as printed first, then without these.
 */
export function usgsCountry(label: string, nameOf: NameOf): UsgsCountry {
  const text = label
    .replace(/\u00a0/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^world total/i.test(text)) return { country: 'WLD', remark: worldRemark(text) };
  if (/^other( countries|$)/i.test(text)) return { country: 'OTH', remark: inside(text) };
  const exact = nameOf(text);
  if (exact) return { country: exact, remark: '' };
  const unmarked = text.replace(/\d+$/, '');
  const bare = unmarked.replace(/\s*\([^)]*\)$/, '').replace(/\d+$/, '');
  const found = nameOf(bare) ?? nameOf(bare.replace(/e$/, ''));
  if (found) return { country: found, remark: inside(text) };
  const [name = '', product = ''] = bare.split(', ');
  const named = nameOf(name);
  if (named && /^[a-z]/.test(product)) return { country: named, remark: product };
  const parts = bare.split(/,? and |, /);
  if (parts.length > 1 && parts.every((part) => nameOf(part))) return { country: 'several', remark: '' };
  return { country: undefined, remark: '' };
}

const inside = (text: string): string =>
  (/\(([^)]*)\)/.exec(text)?.[1] ?? '').replace(/,?\s*rounded/i, '').trim();

const worldRemark = (text: string): string =>
  /exclud\w* (u\.s\.|united states)/i.test(text) ? 'the world total leaves out the United States' : '';
