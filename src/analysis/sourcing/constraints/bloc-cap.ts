import { type Constraint, lpName, needName } from '../model.ts';
import { countedBy } from '../problem.ts';

/** Σ_j∈bloc Σ_i share_ij·x_i ≤ cap·D */
export const blocCap: Constraint = {
  name: 'bloc-cap',
  sentence: 'The members of a bloc together supply no more than its cap allows.',
  rows: ({ problem, cellsOf }) =>
    problem.limits.blocs.flatMap((bloc) =>
      problem.needs.map((need, k) => ({
        name: lpName('bloc_cap', bloc.bloc, needName(need)),
        label: `bloc_cap:${bloc.bloc}`,
        need: k,
        lower: -Infinity,
        upper: bloc.cap * need.quantity_t,
        terms: cellsOf[k]!.flatMap((c) => {
          let share = 0;
          for (const [country, part] of countedBy(c.offer, problem.limits.capOn, problem.home))
            if (bloc.members.has(country)) share += part;
          return share > 0 ? [[c.column, share] as const] : [];
        }),
      })),
    ),
};
