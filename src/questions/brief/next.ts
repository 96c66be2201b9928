import type { Answered } from './section.ts';

export interface Line {
  readonly text: string;
  readonly command: string;
}

/** What a brief leads to: the questions that its figures raise, as commands that can be run. */
export function nextQuestions(
  parts: readonly Answered[],
  importer: string,
  names: { readonly country: (id: string) => string; readonly mineral: (id: string) => string },
): Line[] {
  const lines: Line[] = [];
  const rowsOf = (question: string) =>
    parts.filter((p) => p.section.question === question).flatMap((p) => p.answer.rows);
  const over = rowsOf('board').filter((r) => r.over_cap === true && typeof r.mineral === 'string');
  const first = [...new Map(over.map((r) => [`${r.mineral} ${r.top_country}`, r])).values()].slice(0, 3);
  for (const r of first) {
    const mineral = String(r.mineral);
    const from = String(r.top_country);
    lines.push({
      text: `What breaks if ${names.country(from)} stops sending ${names.mineral(mineral).toLowerCase()}`,
      command: `headwater shock --stop ${from} --mineral ${mineral} --stage ${r.stage} --for ${importer}`,
    });
    lines.push({
      text: `Who else could supply ${names.mineral(mineral).toLowerCase()}`,
      command: `headwater alternatives --mineral ${mineral} --for ${importer}`,
    });
  }
  // no import share is known: the largest producer is the one whose loss is asked about
  if (first.length === 0)
    for (const r of rowsOf('concentration')
      .filter((p) => p.rank === 1 && typeof p.share === 'number' && p.share > 0.5)
      .slice(0, 1))
      lines.push({
        text: `What breaks if ${names.country(String(r.country))} stops producing ${names.mineral(String(r.mineral)).toLowerCase()}`,
        command: `headwater shock --stop ${r.country} --mineral ${r.mineral} --stage ${r.stage}`,
      });
  const depends = rowsOf('board').filter((r) => r.verdict_depends === true)[0];
  if (depends)
    lines.push({
      text: `Where ${names.mineral(String(depends.mineral)).toLowerCase()} really comes from, since the lens decides whether the limit is kept`,
      command: `headwater origins --mineral ${depends.mineral} --stage ${depends.stage} --for ${importer}`,
    });
  const claims = rowsOf('check');
  const gaps = [
    ...new Set(
      claims
        .filter((r) => r.verdict === 'not_in_data' && typeof r.mineral === 'string')
        .map((r) => String(r.mineral)),
    ),
  ];
  if (gaps.length > 0)
    lines.push({
      text: 'What is known of the minerals whose claims could not be judged',
      command: `headwater coverage --mineral ${gaps.join(',')}`,
    });
  const outdated = claims.find((r) => r.verdict === 'outdated' && typeof r.mineral === 'string');
  if (outdated)
    lines.push({
      text: `How the share of ${names.mineral(String(outdated.mineral)).toLowerCase()} has moved since`,
      command: `headwater concentration --mineral ${outdated.mineral} --breakdown --year 2020-2025`,
    });
  if (parts.some((p) => p.section.question === 'board'))
    lines.push({
      text: 'How far the published limits are from being met',
      command: `headwater targets --for ${importer}`,
    });
  return lines;
}
