import type { LinearModel } from '../../store/world.ts';

/** A model as text in the CPLEX LP format, which a person can read and any solver can solve. */
export function lpText(model: LinearModel): string {
  const { columns, rows, squares } = model;
  const term = (a: number, name: string, first: boolean) =>
    `${a < 0 ? '- ' : first ? '' : '+ '}${Math.abs(a) === 1 ? '' : `${Math.abs(a)} `}${name}`;
  const sum = (terms: readonly (readonly [number, number])[]) =>
    terms.length === 0
      ? `0 ${columns[0]?.name ?? 'x'}`
      : terms.map(([j, a], k) => term(a, columns[j]!.name, k === 0)).join(' ');
  const costs = columns.flatMap((c, j) => (c.cost === 0 ? [] : [[j, c.cost] as const]));
  const quadratic = (squares ?? []).flatMap((q, j) => (q === 0 ? [] : [`${2 * q} ${columns[j]!.name} ^ 2`]));
  const lines = [
    'Minimize',
    ` objective: ${sum(costs)}${quadratic.length ? ` + [ ${quadratic.join(' + ')} ] / 2` : ''}`,
  ];
  lines.push('Subject To');
  for (const r of rows) {
    if (r.lower === r.upper) lines.push(` ${r.name}: ${sum(r.terms)} = ${r.lower}`);
    else {
      if (r.upper < Infinity) lines.push(` ${r.name}: ${sum(r.terms)} <= ${r.upper}`);
      if (r.lower > -Infinity)
        lines.push(` ${r.name}${r.upper < Infinity ? '_least' : ''}: ${sum(r.terms)} >= ${r.lower}`);
    }
  }
  const bounded = columns.filter((c) => !c.integer && (c.lower !== 0 || c.upper < Infinity));
  if (bounded.length) lines.push('Bounds');
  for (const c of bounded)
    lines.push(` ${c.lower} <= ${c.name} <= ${c.upper === Infinity ? '+inf' : c.upper}`);
  const whole = columns.filter((c) => c.integer);
  if (whole.length) lines.push('Binary', ...whole.map((c) => ` ${c.name}`));
  return `${[...lines, 'End'].join('\n')}\n`;
}
