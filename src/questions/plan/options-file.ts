import { z } from 'zod';
import { kinds, type Need, type Offer, type Project, type Stock } from '../../analysis/sourcing/problem.ts';

const id = z.string().trim().min(1);
const year = z.number().int().min(1900).max(2100);
const iso3 = z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO3)');
/** Figures beyond this are slips of the pen, and no solver can tell them from infinity. */
const most = 1e15;
const amount = z.number().min(0).max(most);
const shares = z
  .record(z.string(), z.number().min(0).max(1))
  .refine(
    (by) => Object.keys(by).every((c) => /^[A-Z]{3}$/.test(c)),
    'must be by three capital letters (ISO3)',
  )
  .refine((by) => Object.values(by).reduce((a, b) => a + b, 0) <= 1 + 1e-9, 'must add up to at most 1');

const demand = z.strictObject({ mineral: id, stage: id, year, quantity_t: amount });
const supplier = z.strictObject({
  supplier: id,
  kind: z.enum(['import', 'domestic', 'recycled']),
  country: iso3,
  mineral: id,
  stage: id,
  year: year.nullish(),
  available_t: amount,
  cost_usd_per_t: amount,
  origins: shares.nullish(),
  owners: shares.nullish(),
  current_t: amount.nullish(),
  project: id.nullish(),
  agreement: id.nullish(),
});
const project = z.strictObject({
  project: id,
  fixed_cost_usd: amount,
  from_year: year.optional(),
});
const agreement = z.strictObject({
  agreement: id,
  fixed_cost_usd: amount.default(0),
  from_year: year.optional(),
});

const stock = z
  .strictObject({
    mineral: id,
    stage: id,
    opening_t: amount.default(0),
    most_t: amount.nullish(),
    end_t: amount.default(0),
    holding_usd_per_t: amount.default(0),
  })
  .refine((s) => Math.max(s.opening_t, s.end_t) <= (s.most_t ?? Infinity), {
    path: ['most_t'],
    message: 'must be at least opening_t and end_t',
  });

/** Whose offer of what a row is: two rows of one seller are one too many, but for what an agreement adds. */
const sellerOf = (s: z.infer<typeof supplier>) =>
  `${s.supplier} ${s.kind} ${s.country} ${s.mineral} ${s.stage} ${s.year ?? 'every year'}`;

/** `--options FILE`: demand and offers of one's own; with it nothing else is used. */
export const optionsFile = z
  .strictObject({
    demand: z.array(demand).min(1),
    suppliers: z.array(supplier),
    projects: z.array(project).optional(),
    agreements: z.array(agreement).optional(),
    stocks: z.array(stock).optional(),
  })
  .superRefine((file, check) => {
    const twice = (
      list: 'demand' | 'suppliers' | 'projects' | 'agreements' | 'stocks',
      keys: readonly string[],
    ) => {
      const seen = new Set<string>();
      keys.forEach((key, k) => {
        if (seen.has(key))
          check.addIssue({
            code: 'custom',
            path: [list, k],
            message: `is a duplicate of an earlier one (${key})`,
          });
        seen.add(key);
      });
    };
    twice(
      'demand',
      file.demand.map((d) => `${d.mineral} ${d.stage} ${d.year}`),
    );
    twice(
      'suppliers',
      file.suppliers.map((s) => `${sellerOf(s)}${s.agreement ? ` by ${s.agreement}` : ''}`),
    );
    twice(
      'projects',
      (file.projects ?? []).map((p) => p.project),
    );
    twice(
      'stocks',
      (file.stocks ?? []).map((s) => `${s.mineral} ${s.stage}`),
    );
    const needed = new Set(file.demand.map((d) => `${d.mineral} ${d.stage}`));
    (file.stocks ?? []).forEach((s, k) => {
      if (!needed.has(`${s.mineral} ${s.stage}`))
        check.addIssue({ code: 'custom', path: ['stocks', k], message: 'is of nothing in demand' });
    });
    const projects = new Set((file.projects ?? []).map((p) => p.project));
    const agreements = new Set((file.agreements ?? []).map((a) => a.agreement));
    file.agreements?.forEach((a, k) => {
      if (projects.has(a.agreement))
        check.addIssue({
          code: 'custom',
          path: ['agreements', k],
          message: `is also a project (${a.agreement})`,
        });
    });
    file.suppliers.forEach((s, k) => {
      const wrong = (field: string, message: string) =>
        check.addIssue({ code: 'custom', path: ['suppliers', k, field], message });
      if (s.project && !projects.has(s.project)) wrong('project', 'is in no row of projects');
      if (s.agreement && !agreements.has(s.agreement)) wrong('agreement', 'is in no row of agreements');
      if (s.agreement && s.project)
        wrong('agreement', 'cannot stand beside a project: give each its own row');
    });
  })
  .describe('JSON file of demand and suppliers to plan with, instead of the data');
export type OptionsFile = z.infer<typeof optionsFile>;

/** What is done or not, each from a first year. */
export const projectsOf = (file: OptionsFile): Project[] => [
  ...(file.projects ?? []).map((p) => ({ ...p, kind: 'project' as const, from_year: p.from_year ?? 1900 })),
  ...(file.agreements ?? []).map(({ agreement, fixed_cost_usd, from_year }) => ({
    project: agreement,
    kind: 'agreement' as const,
    fixed_cost_usd,
    from_year: from_year ?? 1900,
  })),
];

export const needsOf = (file: OptionsFile): Need[] => file.demand.map((d) => ({ ...d, weight: 1 }));

export const stocksOf = (file: OptionsFile): Stock[] =>
  (file.stocks ?? []).map((s) => ({ ...s, most_t: s.most_t ?? null }));

/**
 * Origins left out: all from the seller’s country; owners left out: held where it was born. What an agreement adds to
 * a seller is an offer of its own, named for both.
 */
export const offersOf = (file: OptionsFile): Offer[] => {
  const sellers = new Set(file.suppliers.flatMap((s) => (s.agreement ? [] : s.supplier)));
  return file.suppliers.map((s) => {
    const origins = new Map(Object.entries(s.origins ?? { [s.country]: 1 }));
    return {
      supplier: s.agreement && sellers.has(s.supplier) ? `${s.supplier} (${s.agreement})` : s.supplier,
      kind: kinds.find((k) => k === s.kind)!,
      country: s.country,
      mineral: s.mineral,
      stage: s.stage,
      year: s.year ?? null,
      available_t: s.available_t,
      cost_usd_per_t: s.cost_usd_per_t,
      origins,
      owners: s.owners ? new Map(Object.entries(s.owners)) : origins,
      current_t: s.current_t ?? null,
      project: s.project ?? s.agreement ?? null,
    };
  });
};
