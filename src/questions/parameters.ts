import { z } from 'zod';

/** Parameters that several questions share. Lists may be repeated or comma-separated in every shell. */

export const minerals = z
  .array(z.string())
  .optional()
  .describe('mineral ids, names or symbols; all when left out');
export const stages = z
  .array(z.string())
  .optional()
  .describe('mine, refine, compound, product; all when left out');
export const countries = z.array(z.string()).optional().describe('countries: ISO3 code or name');
export const years = z
  .array(z.string())
  .optional()
  .describe('years, a range such as 2018-2022, or all: every year with data; the newest when left out');
export const importer = z.string().describe('whose supply: ISO3 code, name, or a bloc such as EUU');
export const list = z.string().optional().describe('id of a critical list, e.g. uk-2024');
export const weight = z.enum(['value', 'quantity']).describe('shares by value (USD) or by quantity (tonnes)');
export const lenses = ['declared', 'dispatch', 'traced', 'controlled'] as const;
export type Lens = (typeof lenses)[number];
export const lens = z
  .enum(lenses)
  .describe('declared origin, country of dispatch, traced origin, or home of the owner');
export const cap = z
  .number()
  .gt(0)
  .lte(1)
  .optional()
  .describe('largest share allowed to one country, 0 < cap ≤ 1; the published rule when left out');
