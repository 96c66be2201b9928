import type { Annotated, Figure } from '../annotate.ts';
import type { Claim, Claimed } from '../claim.ts';
import { makeClaim } from '../make-claim.ts';
import { refersToCountry, type Topic } from '../references.ts';

const owners =
  /^(firm|firms|company|companies|investor|investors|miner|miners|group|groups|owner|owners|interests|state|capital|money|investment|investments|banks|conglomerates|enterprises|owned|backed|controlled|entities|players|buyers)$/;
const verbs =
  /^(own|owns|owned|invest|invests|invested|investing|investment|investments|investor|investors|stake|stakes|acquire|acquired|acquires|acquiring|bought|buy|buying|control|controls|controlled|backed|hold|holds|majority|finance|financed|funded)$/;
const assets =
  /^(mine|mines|project|projects|deposit|deposits|smelter|smelters|refinery|refineries|plant|plants|output|production|industry|sector|assets|operations|reserves|mining|capacity|concession|concessions|producers)$/;

/**
 * Who owns or has invested in whose mines and plants: `Chinese firms own most of Congo's cobalt mines`. `country` is where
 * the assets are, `other` the owners' home. Figures used are put into `taken`.
 */
export function ownershipClaims(s: Annotated, topic: Topic, taken: Set<Figure>): Claim[] {
  if (s.minerals.length === 0 && !/\b(mines?|mining)\b/i.test(s.text)) return [];
  const verb = s.tokens.findIndex((t) => verbs.test(t.lower));
  if (verb < 0) return [];
  const known = s.countries.filter((g) => g.mentions.every((m) => m.id !== null));
  const owner = known.find((g) => {
    const last = g.mentions.at(-1)!;
    const near = s.tokens.slice(g.to, g.to + 3).some((t) => owners.test(t.lower));
    // `Russia owns a quarter of Kazakh output`
    if (/^(owns?|owned|controls?|controlled)$/.test(s.tokens[g.to]?.lower ?? '') && last.kind !== 'adjective')
      return known.some((o) => o.from > g.to);
    // `investors from China`
    const from =
      /^(from|of|in)$/.test(s.tokens[g.from - 1]?.lower ?? '') &&
      owners.test(s.tokens[g.from - 2]?.lower ?? '');
    return from || ((last.kind === 'adjective' || last.possessive || s.tokens[g.to]?.joined) && near);
  });
  if (!owner) return [];
  const place = known.find((g) => g !== owner);
  const where = place?.mentions.at(-1)?.id ?? (refersToCountry(s.text) ? topic.country : null);
  const home = owner.mentions.at(-1)!.id;
  if (!where || where === home) return [];
  // `bought into Kazakh copper` needs no word for mine or plant
  const into =
    place !== undefined &&
    /^(in|into)$/.test(s.tokens[place.from - 1]?.lower ?? '') &&
    s.minerals.some((g) => g.from === place.to);
  if (!into && !s.tokens.some((t) => assets.test(t.lower))) return [];
  const group = place ? (s.minerals.find((g) => g.from >= place.from) ?? s.minerals[0]) : s.minerals[0];
  const minerals = group ? group.mentions : [];
  if (minerals.length === 0) return [];
  // a stake in one mine is that mine's, not the country's
  const one = s.tokens.some((t) => /^(stake|stakes)$/.test(t.lower));
  const figure = s.figures.find((f) => f.unit === 'share');
  if (figure) taken.add(figure);
  for (const f of s.figures) if (f.unit === 'share') taken.add(f);
  const claimed: Claimed | null =
    figure && !one
      ? {
          unit: 'share',
          comparator: figure.comparator,
          low: figure.low,
          high: figure.high,
          ...('vague' in figure && figure.vague && figure.low === 0.5 ? { strict: true } : {}),
        }
      : null;
  return minerals.map((m) =>
    makeClaim(s, 'ownership', {
      country: where,
      mineral: m.id,
      stage: m.stage,
      other: home,
      claimed,
      years: [],
      negated: s.tokens.slice(Math.max(0, verb - 3), verb).some((t) => /^(not|never|no)$|n't$/.test(t.lower)),
      detail: figure && 'vague' in figure && figure.vague ? { vague: true } : {},
    }),
  );
}
