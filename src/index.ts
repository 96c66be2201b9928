/**
 * Headwater as a library: the same questions, data and methods as the command line.
 *
 * @example
 * import { ask } from 'headwater';
 * const { rows } = await ask('board', { for: 'GBR', mineral: 'niobium' });
 */
import { UsageError } from './errors.ts';
import { answered } from './questions/answered.ts';
import { asMeant } from './questions/as-meant.ts';
import { questions } from './questions/list.ts';
import type { Question } from './questions/question.ts';
import { readParams } from './questions/read-params.ts';
import { type Reply, reply } from './questions/reply.ts';
import { optionsOfFolder } from './store/folder-options.ts';
import type { OpenWorld, WorldOptions } from './store/open.ts';
import { didYouMean } from './tables/nearest.ts';

/** Opens data to ask: the snapshot of the package, `data`: a folder of own tables instead, or `with`: one laid over it. */
export async function openWorld(options: WorldOptions = {}): Promise<OpenWorld> {
  const { openWorld: open } = await import('./store/open.ts');
  return await open({
    solve: async (models, signal) => (await import('./workers/solving.ts')).solveInThread(models, signal),
    ...options,
  });
}

/** The names of the questions, each with the sentence it answers. */
export const listQuestions = (): { readonly name: string; readonly asks: string }[] =>
  questions.map(({ name, asks }) => ({ name, asks }));

/** A question with its parameters (zod), an example and what it says of itself. */
export async function questionNamed(name: string): Promise<Question> {
  const listed = questions.find((q) => q.name === name);
  if (!listed)
    throw new UsageError(
      `unknown question: "${name}"${didYouMean(
        name,
        questions.map((q) => q.name),
      )}`,
    );
  return await listed.load();
}

/**
 * Asks a question; the answer is what `--format json` prints. Parameters have the names of the command line in
 * camelCase (`--cap-on` is `capOn`); one value stands for a list of one.
 *
 * @param world data opened before, for several questions of the same; the snapshot when left out
 * @throws UsageError what was asked is wrong, DataError the data cannot be used
 */
export async function ask(
  name: string,
  params: Readonly<Record<string, unknown>> = {},
  world?: OpenWorld,
): Promise<Reply> {
  const question = await questionNamed(name);
  const read = readParams(question, {}, (f) => f.name, asMeant(question, params));
  const opened = world ?? (await openWorld());
  try {
    const openFolder = (folder: string) => openWorld(optionsOfFolder(folder));
    const answer = await answered(question, read, { ...opened, openFolder });
    return reply(question.name, read, answer, opened.dataVersion);
  } finally {
    if (!world) await opened.close();
  }
}

// the methods, on numbers and rows of one's own
export { breakBetween } from './analysis/changes/break-between.ts';
export { restrictionChange } from './analysis/changes/restriction-change.ts';
export { boundedShare, supplyChanges } from './analysis/changes/share-change.ts';
export { concentration } from './analysis/concentration/concentration.ts';
export { concentrationRatio } from './analysis/concentration/concentration-ratio.ts';
export { effectiveSuppliers } from './analysis/concentration/effective-suppliers.ts';
export { entropy, evenness } from './analysis/concentration/entropy.ts';
export { gini } from './analysis/concentration/gini.ts';
export { hhi } from './analysis/concentration/hhi.ts';
export { normalisedHhi } from './analysis/concentration/normalised-hhi.ts';
export { ranks, sharesOf, summedByBloc } from './analysis/concentration/shares.ts';
export { theil } from './analysis/concentration/theil.ts';
export { alternativeScore } from './analysis/dependence/alternative-score.ts';
export { apparentConsumption } from './analysis/dependence/apparent-consumption.ts';
export { domesticShare } from './analysis/dependence/domestic-share.ts';
export { netImportReliance } from './analysis/dependence/net-import-reliance.ts';
export { supplyMix } from './analysis/dependence/supply-mix.ts';
export { control } from './analysis/flows/control.ts';
export { mirrorDiscrepancy, mirrored } from './analysis/flows/mirror.ts';
export { pairwiseNet } from './analysis/flows/net-flows.ts';
export { balanced, namedNetwork } from './analysis/flows/network.ts';
export { alongChain } from './analysis/flows/stages.ts';
export { traceAll, traceTo } from './analysis/flows/trace.ts';
export { economicImportanceEu } from './analysis/indices/economic-importance-eu.ts';
export { geoPolRisk } from './analysis/indices/geopolrisk.ts';
export { leverage, originGap } from './analysis/indices/leverage.ts';
export { nMinusOne, nMinusOneCover } from './analysis/indices/n-minus-1.ts';
export { governedConcentration, importReliance, supplyRiskEu } from './analysis/indices/supply-risk-eu.ts';
export {
  disruptionPotential,
  economicVulnerability,
  supplyRiskUsgs,
  tradeExposure,
} from './analysis/indices/supply-risk-usgs.ts';
export { agreementEffect, freeOutput } from './analysis/policy/agreement-effect.ts';
export { outlook, sharesWithPipeline } from './analysis/policy/outlook.ts';
export { capStatus, ruleStatus } from './analysis/policy/rule.ts';
export { agreementOn, restrictionOn } from './analysis/policy/status-on.ts';
export { requiredChangePerYear, tonnesToMove } from './analysis/policy/tonnes-to-move.ts';
export { cascade } from './analysis/shocks/cascade.ts';
export { clear, consumerLoss } from './analysis/shocks/market.ts';
export { simulate } from './analysis/shocks/month-by-month.ts';
export { conditionalValueAtRisk, quantile } from './analysis/shocks/quantiles.ts';
export { DataError, UsageError } from './errors.ts';
export type {
  Answer,
  AnswerColumn,
  AnswerRow,
  CitedSource,
  Note,
  Question,
  Value,
} from './questions/question.ts';
export type { Reply } from './questions/reply.ts';
export type { OpenWorld, WorldOptions } from './store/open.ts';
export type { LinearModel, LinearSolution, Load, Solve, Where, World } from './store/world.ts';
export type { Column, RowOf, Table } from './tables/define.ts';
/** The canonical tables, as `world.load` takes them. */
export { tableNamed, tables } from './tables/list.ts';
export * from './tables/policy.ts';
export * from './tables/quantities.ts';
export * from './tables/world.ts';
