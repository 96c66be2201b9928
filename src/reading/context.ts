import type { Entry } from './gazetteer.ts';
import type { Token } from './tokens.ts';

/**
 * Whether a word that is also something else is meant as the country or mineral here. Every rule looks at the words
 * around it only; `lead` needs a reason to be a metal, `tin` a reason not to be.
 */
export function acceptable(entry: Entry, tokens: readonly Token[], from: number, to: number): boolean {
  if (entry.type === 'country' && !writtenAsName(entry, tokens, from, to)) return false;
  if (entry.kind === 'capital' && placeWords.has(tokens[from - 1]?.lower ?? '')) return false;
  if (entry.type === 'country' && entry.kind === 'name' && partOfCompanyName(tokens, to)) return false;
  if (entry.type === 'mineral' && partOfName(tokens, from, to)) return false;
  return rules[entry.rule]?.(tokens, from, to) ?? true;
}

const isCapital = (token: Token | undefined) =>
  token !== undefined && token.kind === 'word' && token.text[0] !== token.text[0]!.toLowerCase();
const words = (text: string) => new Set(text.split(' '));

/** Places are written with a capital, acronyms all in capitals: `us`, `turkey`, `chad` in small letters are something else. */
function writtenAsName(entry: Entry, tokens: readonly Token[], from: number, to: number): boolean {
  if (entry.rule === 'acronym')
    return tokens.slice(from, to).every((t) => t.kind !== 'word' || t.text === t.text.toUpperCase());
  return tokens.slice(from, to).some(isCapital);
}

/** `signed in London`: the town, not the government. */
const placeWords = words('in at near outside around across downtown central north south east west');
const companyWords = words(
  'northern molybdenum minmetals nonferrous corp corporation inc ltd plc group holdings company co bank airlines airways alumina metals resources steel cobalt lithium gold copper nickel uranium zinc silver titanium aluminium aluminum graphite tungsten rare minerals mining energy',
);
function partOfCompanyName(tokens: readonly Token[], to: number): boolean {
  const next = tokens[to];
  return (
    !tokens[to - 1]!.possessive &&
    next?.kind === 'word' &&
    isCapital(next) &&
    companyWords.has(next.lower) &&
    tokens[to - 1]!.text !== tokens[to - 1]!.text.toUpperCase()
  );
}

/** `Norilsk Nickel`, `Cornish Lithium`: a metal with a capital after another name; headings are capitals throughout. */
function partOfName(tokens: readonly Token[], from: number, to: number): boolean {
  const before = tokens[from - 1];
  if (!isCapital(tokens[from]) || !isCapital(before) || before!.possessive || tokens[from]!.joined)
    return false;
  if (from < 2 && !isCapital(tokens[to])) return false;
  if (tokens[from]!.text === tokens[from]!.text.toUpperCase()) return false;
  if (
    /^(raw|rare|refined|mined|critical|global|world|natural|primary|the|chinese|platinum|heavy|light|us|uk|eu)$/.test(
      before!.lower,
    )
  )
    return false;
  const nearby = tokens
    .slice(Math.max(0, from - 6), to + 6)
    .filter((t) => t.kind === 'word' && t.text.length > 3);
  return nearby.filter(isCapital).length < nearby.length * 0.75;
}

type Rule = (tokens: readonly Token[], from: number, to: number) => boolean;

const near = (tokens: readonly Token[], from: number, to: number, reach: number, set: ReadonlySet<string>) =>
  tokens.slice(Math.max(0, from - reach), from).some((t) => set.has(t.lower)) ||
  tokens.slice(to, to + reach).some((t) => set.has(t.lower));

const food = words(
  'dinner dinners sandwich sandwiches breast breasts trot meat leg legs day roast farm farms farmer farmers stuffing burger burgers baster gobbler vulture shoot',
);
const american = words(
  'atlanta savannah augusta macon athens alabama tennessee carolina florida senator senators governor congressman congresswoman republican democrat democrats gop fulton kemp county counties bulldogs southern lawmakers legislature statehouse university aquarium peach peaches',
);
const minerals = words(
  'zinc copper silver tin nickel cadmium antimony gold bismuth tungsten aluminium aluminum cobalt iron lithium mercury arsenic manganese chromium zirconium titanium vanadium molybdenum niobium tantalum uranium magnesium bauxite graphite indium germanium gallium tellurium selenium platinum palladium potash phosphate',
);
const metalNouns = words(
  'mine mines mining ore ores concentrate concentrates production output smelter smelters smelting refining reserves exports imports refinery refineries metal metals ingot ingots deposits deposit scrap recycling content mineral minerals poisoning supply',
);
const beforeMetal = words(
  'refined mined primary secondary recycled metallic smelted unwrought unrefined of produces produce produced mines exports exported imports supplies tonnes tons',
);
const leadFollows = words(
  'to the a an in role times time author negotiator singer story by way up over on from into for his her its their our both this us him them actor image counsel contractor investor manager',
);
const chemistryBefore = words('zinc copper silver nickel lead');
const personSpeech = words('said says told adds added wrote writes who');
const notGivenNames = words(
  'in while although but and from like unlike both meanwhile neighbouring neighboring with for of to by as when since if because however the outside inside between for about against than over via after before under versus',
);
const planet = words(
  'planet venus orbit nasa retrograde astronomers thermometer thermometers awards prize freddie marine insurance',
);
const goldOther = words(
  'medal medals medallist medalist standard rush coast watch watches ring rings jewellery jewelry award awards plated plan reserve card hearted star olympic olympics',
);
const silverOther = words('medal medals lining screen bullet spoon medallist medalist surfer haired award');
const tinAfter = words(
  'can cans pot foil ear hat hats roof roofs roofed man god gods whistle soldier soldiers opener shack shacks box boxes drum pan plate mug mugs cup lizzie',
);
const tinBefore = words('biscuit cake baking roasting sardine a-of loaf muffin tobacco');

const rules: Readonly<Record<string, Rule>> = {
  turkey: (t, from, to) =>
    !food.has(t[to]?.lower ?? '') &&
    !near(t, from, to, 2, words('roast roasted stuffed cold thanksgiving cranberry eat ate')),
  guinea: (t, from, to) =>
    !words('pig pigs fowl fowls hen hens worm bissau').has(t[to]?.lower ?? '') &&
    !words('new equatorial').has(t[from - 1]?.lower ?? ''),
  georgia: (t, from, to) =>
    !near(t, from, to, 10, american) &&
    !(t[from - 1]?.lower === 'south' || isGivenNameContext(t, from)) &&
    !(t[from - 1]?.lower === ',' && isCapital(t[from - 2]) && words('georgia us').has(t[to]?.lower ?? '')) &&
    !(t[to]?.lower === ',' && words('usa us').has(t[to + 1]?.lower ?? '')),
  person: (t, from, to) => {
    if (t[to - 1]!.possessive && isGivenNameContext(t, from)) return false;
    if (isGivenNameContext(t, from)) return false;
    const next = t[to];
    if (t[to - 1]!.possessive || next === undefined) return true;
    if (personSpeech.has(next.lower) && t[from]!.lower === 'chad') return false;
    // `Jordan Peterson`; capitals in a title or before a name that is itself common are rare in running text
    return (
      !(
        isCapital(next) &&
        next.text.length > 2 &&
        next.text !== next.text.toUpperCase() &&
        from > 0 &&
        !words('phosphate potash valley').has(next.lower)
      ) || placeWords.has(t[from - 1]?.lower ?? '')
    );
  },
  niger: (t, _from, to) => !words('delta river state').has(t[to]?.lower ?? ''),
  congo: (t, _from, to) => !words('basin river eel red').has(t[to]?.lower ?? ''),
  lead: (t, from, to) => {
    const before = t[from - 1];
    const after = t[to];
    if (t[from]!.possessive) return false;
    if (
      leadFollows.has(after?.lower ?? '') &&
      !minerals.has(before?.lower ?? '') &&
      !listedWithMinerals(t, from, to)
    ) {
      // `of the world's lead in 2024`: a preposition may follow the metal, but not the verb
      return (
        words('in from by').has(after!.lower) &&
        (before?.possessive === true ||
          before?.lower === 'of' ||
          words('refined mined primary').has(before?.lower ?? ''))
      );
    }
    if (listedWithMinerals(t, from, to)) return true;
    if (metalNouns.has(after?.lower ?? '') && !words('the a an its their our').has(before?.lower ?? ''))
      return true;
    if (words('producer producers exporter exporters supplier suppliers').has(after?.lower ?? ''))
      return (
        t[to + 1]?.lower !== 'of' &&
        (before?.possessive === true ||
          words('largest biggest top world global primary').has(before?.lower ?? ''))
      );
    if (beforeMetal.has(before?.lower ?? '')) return true;
    // `Lead is poisonous`: no article, and a verb follows
    if (
      (before === undefined || /^[,;:—“"]$/.test(before.text)) &&
      words('is was has remains prices price').has(after?.lower ?? '')
    )
      return true;
    return before?.possessive === true && before.lower === 'world';
  },
  tin: (t, from, to) => {
    const after = t[to]?.lower ?? '';
    const before = t[from - 1]?.lower ?? '';
    // `tin can be recycled` is about the metal
    if (after === 'can' && words('be have also only not').has(t[to + 1]?.lower ?? '')) return true;
    return !tinAfter.has(after) && !tinBefore.has(before) && !(before === 'a' && after === 'of');
  },
  gold: (t, from, to) =>
    !goldOther.has(t[to]?.lower ?? '') &&
    !words('olympic solid white rose pure').has(t[from - 1]?.lower ?? ''),
  silver: (t, _from, to) => !silverOther.has(t[to]?.lower ?? ''),
  mercury: (t, from, to) => !near(t, from, to, 5, planet),
};

/** `Michael Jordan`: a capitalised word before it that no small word of a sentence begins with. */
function isGivenNameContext(tokens: readonly Token[], from: number): boolean {
  const before = tokens[from - 1];
  if (!before || !isCapital(before) || before.possessive) return false;
  if (before.text === before.text.toUpperCase() && before.text.length > 1) return false;
  return !notGivenNames.has(before.lower);
}

/** `zinc and lead`, `lead, zinc and silver`, `lead-zinc`. */
function listedWithMinerals(tokens: readonly Token[], from: number, to: number): boolean {
  const link = words(', and or &');
  const before = tokens[from - 1];
  const after = tokens[to];
  if (minerals.has(after?.lower ?? '') && after?.joined) return true;
  if (chemistryBefore.has(before?.lower ?? '') && tokens[from]!.joined) return true;
  if (link.has(before?.lower ?? '')) {
    const two = link.has(tokens[from - 2]?.lower ?? '') ? tokens[from - 3] : tokens[from - 2];
    if (minerals.has(two?.lower ?? '') && !leadFollows.has(after?.lower ?? '')) return true;
    if (minerals.has(two?.lower ?? '') && words('in from by').has(after?.lower ?? '')) return true;
  }
  if (link.has(after?.lower ?? '')) {
    const two = link.has(tokens[to + 1]?.lower ?? '') ? tokens[to + 2] : tokens[to + 1];
    if (minerals.has(two?.lower ?? '')) return true;
  }
  return false;
}
