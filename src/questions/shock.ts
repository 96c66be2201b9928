import { cannotBeFollowed, groundOf } from '../analysis/shocks/strikes.ts';
import { UsageError } from '../errors.ts';
import { cite } from './cite.ts';
import { type AnswerRow, type CitedSource, defineQuestion, type Note } from './question.ts';
import { namesOf, yearsOf } from './resolve.ts';
import { type ShockCase, shockCases } from './shock/cases.ts';
import { shockColumns } from './shock/columns.ts';
import { shockInputs } from './shock/inputs.ts';
import { laidOn, shocksOf, stopsOf } from './shock/laid-on.ts';
import { checkTogether, shockParams } from './shock/params.ts';
import { runCase, unknownRow } from './shock/run.ts';
import { scenarios } from './shock/scenario.ts';
import { checkModel, struckNote } from './shock/struck.ts';
import { checkSectors, usesOf } from './shock/uses.ts';
import { shockView } from './shock/view.ts';
import { whatHappens } from './shock/what-happens.ts';
import { byMineral } from './wording.ts';

const headOf = ({ mineral, stage, year }: ShockCase) => ({ mineral, stage, year });

export const shockQuestion = defineQuestion({
  name: 'shock',
  asks: 'What breaks when a supplier stops: who lacks how much, for how long, at what price?',
  about:
    'Stops a supplier, or lays a scenario (bans, quotas, licences, closed corridors, tariffs) on the trade network, and follows the loss by one of three models. With --draws the uncertain assumptions are drawn and the spread is given.',
  params: shockParams,
  body: 'scenario',
  named: (name) => scenarios[name],
  example: 'headwater shock --stop CHN --mineral magnesium --stage refine --for GBR --months 24',
  async answer(asked, world) {
    checkTogether(asked);
    const names = await namesOf(world);
    const shocks = [...stopsOf(asked.stop ?? [], names), ...shocksOf(asked.scenario, names)];
    const struck = [...new Set(shocks.flatMap((s) => s.mineral ?? []))];
    if (!asked.mineral && !struck.length && !asked.scenario)
      throw new UsageError('--mineral is required: the mineral that stops');
    const wanted = names.minerals(asked.mineral) ?? (!asked.mineral && struck.length ? struck : undefined);
    const cases = await shockCases(world, wanted, asked.stage, yearsOf(asked.year), shocks);
    const parties = asked.for?.includes('all') ? undefined : asked.for?.map(names.party);
    checkModel(shocks, asked.model);

    const rows: AnswerRow[] = [];
    const notes: Note[] = [];
    const used = new Set<string>();
    const spared: AnswerRow[] = [];
    let refused: UsageError | null = null;
    let sources: CitedSource[] = [];
    if (asked.serveFirst)
      checkSectors(
        asked.serveFirst,
        await Promise.all([...new Set(cases.map((c) => c.mineral))].map((m) => usesOf(world, m))),
      );
    for (const [k, one] of cases.entries()) {
      const label = `${one.mineral} ${one.stage} ${one.year}`;
      const tell = (told: readonly Note[], from = 0) => {
        for (const note of told) {
          const marked = note.rows?.map((i) => from + i);
          const text = cases.length > 1 ? `${label}: ${note.text}` : note.text;
          notes.push({
            ...note,
            mineral: one.mineral,
            stage: one.stage,
            text,
            ...(marked && { rows: marked }),
          });
        }
      };
      const inputs = await shockInputs(world, one, { ...asked, coverCounts: asked.model === 'months' });
      const laid = await laidOn(world, one, shocks);
      if (!inputs.network) {
        const unknown = laid.length ? (parties ?? []).map((p) => unknownRow(p.id)) : [];
        tell(
          inputs.notes.map((n) => (n === inputs.notes.at(-1) ? { ...n, rows: unknown.map((_, i) => i) } : n)),
          rows.length,
        );
        const stopped = struckNote(null, inputs.published, laid, one, 'output');
        tell(stopped);
        if (stopped.length) {
          for (const s of inputs.sources) used.add(s);
          sources = await cite(world, used);
        }
        for (const row of unknown) rows.push({ ...headOf(one), ...row });
        continue;
      }
      const { network } = inputs;
      const measured = inputs.notes.some((n) => n.measured === 'net exports') ? 'net exports' : 'output';
      const ground = groundOf(network);
      const lost = laid.filter((s) => cannotBeFollowed(ground, s, inputs.idle));
      // of many minerals those that the shock does not reach are named together
      if (!wanted && laid.length > 0 && lost.length === laid.length) {
        spared.push({ mineral: one.mineral, stage: one.stage });
        continue;
      }
      const absent = laid.find(
        (s) =>
          s.kind === 'production_loss' &&
          s.severity > 0 &&
          shocks.includes(s) &&
          !inputs.idle.has(s.country) &&
          !network.countries.includes(s.country),
      );
      if (absent?.kind === 'production_loss') {
        refused = new UsageError(`not in the data on ${label}, so it cannot be stopped: "${absent.country}"`);
        if (cases.length === 1) throw refused;
        spared.push({ mineral: one.mineral, stage: one.stage });
        continue;
      }
      // without anybody's use only the world's market can be run
      const assumed = inputs.usersKnown || asked.model === 'market' ? inputs.assumed : null;
      for (const s of [...inputs.sources, ...(assumed?.sources ?? [])]) used.add(s);
      // all reading comes before the draws: an interrupt in them still leaves an answer to print
      const uses = parties ? await usesOf(world, one.mineral) : null;
      sources = await cite(world, used);
      const from = rows.length;
      const made = await runCase(inputs, laid, lost, asked, world, parties, one, uses, (part, what) =>
        world.progress((k + part) / cases.length, `${label}: ${what}`),
      );
      for (const row of made.rows) rows.push({ ...headOf(one), ...row });
      tell(
        [
          ...struckNote(network, inputs.published, laid, one, measured),
          ...inputs.notes.map((n) =>
            n.code === 'output_unknown' ? { ...n, rows: made.rows.map((_, i) => i) } : n,
          ),
          ...(assumed?.notes ?? []),
          ...made.notes,
        ],
        from,
      );
      if (world.signal.aborted) break;
    }
    if (!rows.length && refused) throw refused;
    if (!rows.length)
      notes.push({
        code: 'no_network',
        text: 'nothing is known of output or trade at any stage asked about',
      });
    if (spared.length)
      notes.push({
        code: 'not_reached',
        value: spared.length,
        text: `no output or trade that is struck is known of: ${byMineral(spared)}`,
      });
    for (const s of asked.scenario?.sources ?? [])
      notes.push({ code: 'scenario', text: [s.title, s.date, s.url].filter(Boolean).join(', ') });
    return {
      rows,
      columns: shockColumns(asked.model, asked.draws !== undefined),
      notes,
      sources,
      view: shockView(rows, notes, {
        what: whatHappens(asked.scenario, shocks.slice(0, asked.stop?.length ?? 0), names),
        model: asked.model,
        parties: parties?.map((p) => ({ id: p.id, name: p.name })) ?? null,
        struck: [...new Set(shocks.flatMap((s) => (s.kind === 'production_loss' ? [s.country] : [])))],
        nameOf: names.countryName,
      }),
    };
  },
});
