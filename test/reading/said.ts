import { buildGazetteer } from '../../src/reading/gazetteer.ts';
import { readClaims } from '../../src/reading/read-claims.ts';

export const gazetteer = buildGazetteer([], []);

const figure = (n: number) => String(Math.round(n * 1000) / 1000);

/** The claims of a text, one line each: kind country mineral stage comparator figure unit, then what else is said. */
export const said = (text: string): string[] =>
  readClaims(gazetteer, text).map((c) =>
    [
      c.notCheckable ? 'not_checkable' : null,
      c.negated ? 'not' : null,
      c.kind,
      c.country ?? '-',
      c.mineral ?? '-',
      c.stage,
      c.measure && c.kind === 'rank' ? c.measure : null,
      c.claimed
        ? `${c.claimed.comparator}${figure(c.claimed.low)}${c.claimed.high !== c.claimed.low ? `..${figure(c.claimed.high)}` : ''} ${c.claimed.unit}`
        : null,
      c.other ? `(${c.other})` : null,
      c.date ?? (c.years.length > 0 ? c.years.join(',') : null),
      c.together.length > 0 ? `with ${c.together.join('+')}` : null,
      c.without.length > 0 ? `without ${c.without.join('+')}` : null,
      c.detail.metric ?? c.detail.measure ?? null,
      c.detail.state ?? null,
      c.detail.total ? `of ${c.detail.total}` : null,
      c.detail.region ? `in ${c.detail.region}` : null,
    ]
      .filter((part) => part !== null && part !== undefined)
      .join(' '),
  );
