import type { Annotated, Figure, Group } from './annotate.ts';
import { firmBeforeVerb, type Linked, namesFirm } from './links.ts';
import { inFirstPerson, refersToCountry, type Topic } from './references.ts';
import { senseOf } from './scope.ts';

/** Whom a figure is about: the producers (or suppliers), and in an importer's shares the importer. */
export interface Parties {
  readonly countries: readonly string[];
  readonly importer: string | null;
  readonly group: Group | null;
  /** a firm, a site or a region is meant: no claim about a country */
  readonly unknown: boolean;
  readonly rely: boolean;
}

const nobody: Parties = { countries: [], importer: null, group: null, unknown: false, rely: false };
const idsOf = (g: Group) => g.mentions.map((m) => m.id).filter((id): id is string => id !== null);
/** Prepositions before a name that make it someone other than the one spoken of. */
const notSubject =
  /^(not|to|with|than|behind|over|against|outside|excluding|except|beyond|besides|toward|towards|into|for|upon|away|overtook|overtaken|overtaking|surpassed|surpassing|passed|passing|displaced|displacing|replaced|replacing|ousted|leapfrogged|eclipsed|dethroned|toppled|unseated)$/;
const overtaken = /\b(overtaken|surpassed|passed|displaced|replaced|ousted|eclipsed|dethroned|toppled) by\b/;
const prepBefore = (s: Annotated, g: Group): string => {
  let k = g.from - 1;
  while (k >= 0 && /^(the|both|either|mainly|mostly|largely|either)$/.test(s.tokens[k]!.lower)) k--;
  return s.tokens[k]?.lower ?? '';
};
const word = (s: Annotated, at: number): string => s.tokens[at]?.lower ?? '';
const wordsIn = (s: Annotated, from: number, to: number) =>
  s.tokens.slice(Math.max(0, from), Math.max(0, to)).map((t) => t.lower);

/** Countries left out of a comparison: `outside China`, `excluding China`. */
export const excludedCountries = (s: Annotated): Group[] =>
  s.countries.filter(
    (g) =>
      /^(outside|excluding|except|besides|beyond)$/.test(prepBefore(s, g)) ||
      (prepBefore(s, g) === 'of' && s.tokens[g.from - 2]?.lower === 'outside'),
  );

/** Finds producer and importer of the figure `f`, number `k` in the sentence. */
export function partiesOf(s: Annotated, f: Figure, k: number, linked: Linked, topic: Topic): Parties {
  const left = s.figures[k - 1]?.to ?? 0;
  const right = s.figures[k + 1]?.from ?? s.tokens.length;
  const excluded = new Set(excludedCountries(s));
  const usable = s.countries.filter((g) => !excluded.has(g));
  const byImporter = importerCase(s, f, usable, right, topic);
  if (byImporter) return byImporter;

  const aheadOf = f.unit === 'rank' && f.ahead;
  const before = usable.filter((g) => g.to <= f.from);
  // names after `to`, `than`, `with` are not spoken of, unless the figure follows them at once: `with China at 60 %`
  const subjects = before.filter(
    (g) =>
      // `Zambia, Africa's largest`: the region says among whom, it is not who
      !(f.unit === 'rank' && g.to === f.from && idsOf(g).length === 0) &&
      // nor is `Africa's` in `is Africa's top producer and fourth in the world`
      !(idsOf(g).length === 0 && g.mentions.at(-1)!.possessive) &&
      // `Peru was overtaken by Congo and is now third`
      !(prepBefore(s, g) === 'by' && overtaken.test(wordsIn(s, g.from - 3, g.from).join(' '))) &&
      (!notSubject.test(prepBefore(s, g)) ||
        (f.from - g.to <= 2 && prepBefore(s, g) === 'with') ||
        // `ahead of China on 30 %`
        (f.unit !== 'rank' && f.from - g.to === 1 && /^(on|at|with)$/.test(s.tokens[g.to]!.lower)) ||
        // `against Peru's 2.7 million tonnes`
        (f.unit !== 'rank' && f.from === g.to && g.mentions.at(-1)!.possessive)),
  );
  const pre = subjects.at(-1) ?? null;
  const endOfObject = Math.max(
    f.to,
    linked.forward && linked.group && linked.group.from >= f.to ? linked.group.to : 0,
    f.unit === 'rank' ? f.role + 1 : 0,
  );
  const post = aheadOf ? null : (usable.find((g) => g.from >= f.to && g.from < right) ?? null);

  if (post && takesPost(s, f, pre, post, endOfObject, left)) {
    if (namesFirm(s, post, post.to + 3)) return { ...nobody, unknown: true };
    return { ...nobody, countries: idsOf(post), group: post, unknown: idsOf(post).length === 0 };
  }
  // `Chile's largest producer` is a firm of Chile, not Chile
  if (f.unit === 'rank' && pre && pre.to === f.from && !f.world && idsOf(pre).length > 0) {
    const last = pre.mentions.at(-1)!;
    if (last.possessive || last.kind === 'adjective') return { ...nobody, unknown: true };
  }
  if (f.unit === 'rank' && !f.world && /^(its|their|his|our)$/.test(s.tokens[f.from - 1]?.lower ?? ''))
    return { ...nobody, unknown: true };
  if (pre) {
    if (
      startsWithPronoun(s) &&
      pre.from > 2 &&
      f.from - pre.to > 1 &&
      topic.country &&
      /^(of|by|in|from|and|,)$/.test(prepBefore(s, pre))
    )
      return { ...nobody, countries: [topic.country] };
    if (idsOf(pre).length === 0) {
      // `the Central Asian country`
      if (
        topic.country &&
        refersToCountry(s.text) &&
        /^(country|nation|state|republic|producer)$/.test(s.tokens[pre.to]?.lower ?? '')
      )
        return { ...nobody, countries: [topic.country] };
      return { ...nobody, unknown: true };
    }
    if (namesFirm(s, pre, f.from)) return { ...nobody, unknown: true };
    if (firmBeforeVerb(s, pre.to, f.from)) return { ...nobody, unknown: true };
    return { ...nobody, countries: idsOf(pre), group: pre };
  }
  if (firmBeforeVerb(s, 0, f.from)) return { ...nobody, unknown: true };
  if (topic.country && refersBefore(s, f)) return { ...nobody, countries: [topic.country] };
  if (topic.speaker && inFirstPerson(s.text)) return { ...nobody, countries: [topic.speaker] };
  // `for graphite the figure is 80 %`: whose it is was said before
  if (
    topic.country &&
    s.countries.length === 0 &&
    /\bthe (figure|share|proportion)\b|\b(that|this) (was|is|equals|represents|represented|amounts|amounted)\b/i.test(
      s.text,
    )
  )
    return { ...nobody, countries: [topic.country] };
  return nobody;
}

/** A pronoun or `the country` before the figure, or just after it: `60 % of its output`. */
const refersBefore = (s: Annotated, f: Figure) => {
  const end = s.tokens[Math.min(f.to + 4, s.tokens.length - 1)]!.end;
  return refersToCountry(s.text.slice(0, (f.unit === 'rank' ? s.tokens[f.from]!.start : end) - s.start));
};

const startsWithPronoun = (s: Annotated) =>
  /^["“]?(it|its|the (country|nation|kingdom|republic|state|government))[\s'’]/i.test(s.text);

/** Whether the country after a figure is the one it is about. */
function takesPost(
  s: Annotated,
  f: Figure,
  pre: Group | null,
  post: Group,
  endOfObject: number,
  left: number,
): boolean {
  const gap = wordsIn(s, Math.min(endOfObject, post.from), post.from).filter((w) => w !== 'the');
  const prep = prepBefore(s, post);
  if (f.unit === 'rank') {
    const touching = pre !== null && preTouches(s, pre, f);
    // the largest producer of cobalt is Congo; the top producer, Indonesia, …
    const joined = gap.join(' ');
    if (/^(is|was|remains|remained|being|are|were|:|–|—|\( ?)$/.test(joined))
      return !touching || /^(is|was|remains|are|were)$/.test(joined);
    if (/^([a-z ]{0,30} )?(is|was|remains|are) ?(still|now|currently)?$/.test(joined) && gap.length <= 6)
      return !touching;
    if (joined === ',' || joined === '') return !touching;
    if (/^(in|of)$/.test(prep) && gap.length <= 2) return false;
    return false;
  }
  const near = gap.length <= 12;
  if (!near) return false;
  const words = wordsIn(s, f.to, post.from);
  if (words.includes('to') && prep === 'to') return false;
  const activeBefore = pre !== null && verbBetween(s, Math.max(pre.to, 0), f.from);
  // `With 71 % of mined rare earths, China …`
  if (
    pre === null &&
    s.tokens[f.from - 1]?.lower === 'with' &&
    f.from <= 2 &&
    s.tokens[post.from - 1]?.text === ','
  )
    return true;
  if (
    pre === null &&
    s.tokens[f.from - 1]?.lower === 'with' &&
    f.from <= 2 &&
    s.tokens[post.from - 2]?.text === ','
  )
    return true;
  // `(75 %, Congo)`, `75 % Congo`
  if (
    /^[(,]?$/.test(wordsIn(s, f.to, post.from).join(' ')) &&
    s.tokens[f.to]?.text !== ')' &&
    (pre === null || pre.to <= left) &&
    !activeBefore
  )
    return true;
  const fromThere = /^(from|in|by|within|inside)$/.test(prep);
  if (!fromThere) {
    // `98 % of it is Chinese`
    return (
      pre === null &&
      post.mentions[0]!.kind === 'adjective' &&
      /(^| )(is|was|are|were)$/.test(words.join(' '))
    );
  }
  if (!activeBefore) return true;
  // the subject governs the figure before it, and another verb begins after it: `…, and 70 % comes from Congo`
  const passive = words.some((w) =>
    /^(comes|come|came|coming|originates|originated|originating|is|are|was|were|sourced|mined|produced|refined|processed|extracted)$/.test(
      w,
    ),
  );
  return passive && left > (pre?.to ?? 0);
}

/** Only small words or one verb between a name and its rank: `Chile, the world's largest`, `Chile is by far the largest`. */
function preTouches(s: Annotated, pre: Group, f: Figure): boolean {
  const between = s.tokens.slice(pre.to, f.from);
  if (between.length > 14) return false;
  if (between.some((t) => /^[;:.]$/.test(t.text))) return false;
  if (between.length <= 3) return true;
  return between.some((t) =>
    /^(is|was|remains|remained|became|has|are|were|ranks|ranked|overtook|stands|stayed|holds|sits|as|also)$/.test(
      t.lower,
    ),
  );
}

const verbBetween = (s: Annotated, from: number, to: number): boolean =>
  s.tokens.slice(from, to).some((t, i, all) => {
    const sense = senseOf(t.lower);
    if (sense?.verb === undefined && !/^(has|have|had|is|was|are|with)$/.test(t.lower)) return false;
    // a noun before the figure is no verb: `Chinese output`, `mine production`
    return !/^(of|the|s)$/.test(all[i - 1]?.lower ?? '');
  });

/** Shares of somebody's imports: `Britain gets X % of its M from C`, `C supplies X % of UK imports`, `relies on C for X %`. */
function importerCase(
  s: Annotated,
  f: Figure,
  usable: readonly Group[],
  right: number,
  topic: Topic,
): Parties | null {
  const found = importerOf(s, f, usable, right, topic);
  if (!found) return null;
  const { importer, at, rely } = found;
  const others = usable.filter(
    (g) => g !== at && idsOf(g).length > 0 && !(idsOf(g).length === 1 && idsOf(g)[0] === importer),
  );
  const left = f.from;
  // relies on China for 82 %, imports from China: the supplier stands after `on`, `from`, `by`
  const afterFrom = (g: Group) => /^(from|on|upon|by|in)$/.test(prepBefore(s, g));
  const post = others.find((g) => g.from >= f.to && g.from < right && afterFrom(g));
  const pre = others.filter((g) => g.to <= left).at(-1);
  const preMarked = others.filter((g) => g.to <= left && afterFrom(g)).at(-1);
  // `82 % of UK magnesium imports were Chinese`, `the UK's largest supplier of magnesium is China`
  const predicate = others.find(
    (g) =>
      g.from >= f.to &&
      g.from < right &&
      /^(is|was|are|were|being|remains)$/.test(s.tokens[g.from - 1]?.lower ?? ''),
  );
  const supplierGroup =
    post ??
    predicate ??
    preMarked ??
    pre ??
    others.find((g) => g.from >= f.to && g.from < right && g.from - f.to <= 3) ??
    null;
  if (supplierGroup && namesFirm(s, supplierGroup, supplierGroup.to + 4) && !rely)
    return { ...nobody, unknown: true };
  if (supplierGroup)
    return { countries: idsOf(supplierGroup), importer, group: supplierGroup, unknown: false, rely };
  // `relies on imports for …`: from nobody in particular
  const onImports =
    rely &&
    s.tokens.some(
      (t, i) => /^(on|upon)$/.test(t.lower) && /^(imports?|imported|foreign)$/.test(word(s, i + 1)),
    );
  if (!onImports && topic.country && topic.country !== importer && refersToCountry(s.text))
    return { countries: [topic.country], importer, group: null, unknown: false, rely };
  // imports without a supplier: how dependent the importer is at all
  return { countries: [], importer, group: null, unknown: false, rely };
}

function importerOf(
  s: Annotated,
  f: Figure,
  usable: readonly Group[],
  right: number,
  topic: Topic,
): { importer: string; at: Group | null; rely: boolean } | null {
  const one = (g: Group) => idsOf(g).at(-1) ?? null;
  // a reliance said after the figure is another clause's, unless it follows at once: `80 % dependent on`
  const rely = s.tokens.some(
    (t, i) =>
      senseOf(t.lower)?.verb === 'rely' &&
      Math.abs(i - f.from) < 25 &&
      (i < f.from || (f.unit !== 'rank' && i - f.to <= 2)),
  );
  // UK imports, the EU's magnesium supply, British demand: the name owns a word of buying
  for (const g of usable) {
    if (g.from >= right || !one(g)) continue;
    const last = g.mentions.at(-1)!;
    const owns = last.possessive || last.kind === 'adjective' || last.kind === 'name' || last.kind === 'bloc';
    if (!owns) continue;
    for (let k = g.to; k < Math.min(s.tokens.length, g.to + 7); k++) {
      const t = s.tokens[k]!;
      const inMineral = s.minerals.some((m) => m.from <= k && k < m.to);
      if (/^(imports|imported|import)$/.test(t.lower) && (t.lower !== 'imported' || k > g.to)) {
        if (
          t.lower === 'imports' &&
          !last.possessive &&
          k === g.to &&
          !/^(of|from|were|are|is|came|come|,|in|by|\.|;|for|and|last)$/.test(
            s.tokens[k + 1]?.lower ?? '.',
          ) &&
          last.kind === 'name'
        )
          break;
        return { importer: one(g)!, at: g, rely };
      }
      if (
        /^(supply|supplies|needs|demand|consumption|requirements|purchases|use)$/.test(t.lower) &&
        last.kind !== 'region' &&
        (last.possessive ||
          last.kind === 'adjective' ||
          k > g.to ||
          /^(UK|US|EU)$/.test(s.tokens[g.from]!.text)) &&
        g.from > f.to - 1 &&
        /^(of|all)$/.test(prepBefore(s, g))
      )
        return { importer: one(g)!, at: g, rely };
      if (
        f.unit === 'rank' &&
        /^(supplier|suppliers|source|sources)$/.test(t.lower) &&
        last.possessive &&
        k > g.to
      )
        return { importer: one(g)!, at: g, rely };
      if (f.unit === 'rank' && k >= f.from && k <= f.role && last.possessive) continue;
      if (
        !inMineral &&
        !/^(of|total|annual|all|overall|own|main|top|largest|biggest|leading|second|third|most|important|cathode|primary|raw|refined|mined|unwrought|combined|goods|the|and|net|single|or|ore|metal)$/.test(
          t.lower,
        )
      )
        break;
    }
  }
  // supplies 99 % of the EU's borates: what is supplied is another's
  for (const g of usable) {
    const last = g.mentions.at(-1)!;
    if (g.from < f.to || g.from >= right || !one(g) || prepBefore(s, g) !== 'of') continue;
    if (!last.possessive && last.kind !== 'adjective') continue;
    const mineral = s.minerals.find((m) => m.from >= g.to && m.from <= g.to + 3);
    const supplier = usable.filter((o) => o.to <= f.from && one(o) && one(o) !== one(g)).at(-1);
    const supplies =
      supplier &&
      s.tokens
        .slice(supplier.to, f.from)
        .some((t) =>
          /^(suppl(y|ies|ied|ying)|provid(e|es|ed|ing)|sells|sold|delivers|delivered|accounts?|accounted|makes|made|represents)$/.test(
            t.lower,
          ),
        );
    if (mineral && supplies) return { importer: one(g)!, at: g, rely };
  }
  // 98 % of the EU's borates come from Turkey, and 63 % of its cobalt from Congo
  const comes = usable.find((g) => g.from >= f.to && g.from < right && one(g) && prepBefore(s, g) === 'from');
  if (comes && word(s, f.to) === 'of') {
    const owner = usable.find(
      (g) => g.from >= f.to && g.from <= f.to + 3 && one(g) && g !== comes && g.mentions.at(-1)!.possessive,
    );
    if (owner) return { importer: one(owner)!, at: owner, rely };
  }
  if (word(s, f.to) === 'of' && /^(its|their)$/.test(word(s, f.to + 1))) {
    const seller = usable.find(
      (g) => g.from >= f.to && g.from < right && one(g) && /^(from|in|by)$/.test(prepBefore(s, g)),
    );
    const owner = usable.filter((g) => g.to <= f.from && one(g) && g.mentions.at(-1)!.possessive).at(-1);
    const begins = /^(and|,|but|while|whereas|;)$/.test(word(s, f.from - 1));
    if (seller && owner && begins && one(owner) !== one(seller))
      return { importer: one(owner)!, at: owner, rely };
  }
  // gets, buys, imports …, relies on …: the subject buys
  for (let k = f.from - 1; k >= Math.max(0, f.from - 14); k--) {
    const sense = senseOf(s.tokens[k]!.lower);
    if (sense?.verb !== 'get' && sense?.verb !== 'rely') continue;
    if (
      /^(imported|sourced|purchased|bought)$/.test(s.tokens[k]!.lower) &&
      /^(is|was|are|were|be|been)$/.test(s.tokens[k - 1]?.lower ?? '')
    )
      continue;
    const noun =
      /^(imports|import)$/.test(s.tokens[k]!.lower) && /^(of|from)$/.test(s.tokens[k + 1]?.lower ?? '');
    const subject = usable
      .filter((g) => g.to <= k && one(g) && !/^(on|upon|from|to)$/.test(prepBefore(s, g)))
      .at(-1);
    if (subject && k - subject.to <= 8) return { importer: one(subject)!, at: subject, rely };
    if (noun) continue;
    if (!subject && topic.country && refersToCountry(s.text))
      return { importer: topic.country, at: null, rely };
  }
  // …'s dependence on China for X %; X % dependent on China
  if (rely) {
    const k = s.tokens.findIndex((t) => senseOf(t.lower)?.verb === 'rely');
    const subject = usable.filter((g) => g.to <= k && one(g)).at(-1);
    if (subject) return { importer: one(subject)!, at: subject, rely };
  }
  // supplier of magnesium to the UK; imported by Japan; exports to the EU
  for (const g of usable) {
    if (g.from < f.to || g.from >= right || !one(g)) continue;
    const prep = prepBefore(s, g);
    const window = wordsIn(s, f.to, g.from);
    const after = wordsIn(s, g.to, g.to + 3);
    if (
      prep === 'to' &&
      (f.unit === 'rank'
        ? /^(supplier|suppliers|source|exporter|exporters)$/.test(s.tokens[f.role]?.lower ?? '')
        : window.some((w) => /^(supplied|sold|shipped|delivered|exports|imports|supplies)$/.test(w)) &&
          !window.includes('exports'))
    )
      return { importer: one(g)!, at: g, rely };
    if (prep === 'by' && window.some((w) => /^(imported|bought|purchased|used|consumed|sourced)$/.test(w)))
      return { importer: one(g)!, at: g, rely };
    if (prep === 'into' && window.includes('imports')) return { importer: one(g)!, at: g, rely };
    if (prep === 'in' && window.some((w) => /^(used|consumed|sold)$/.test(w)) && after.length >= 0)
      return { importer: one(g)!, at: g, rely };
  }
  return null;
}
