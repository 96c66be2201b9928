import type { z } from 'zod';
import type { Question } from './question.ts';

/** A question by name; its module is read only when it is asked, so that the command line starts at once. */
export interface Listed {
  readonly name: string;
  /** the same sentence as in the question itself */
  readonly asks: string;
  readonly load: () => Promise<Question>;
}

const listed = <P extends z.ZodObject>(
  name: string,
  asks: string,
  load: () => Promise<Question<P>>,
): Listed => ({ name, asks, load: load as unknown as () => Promise<Question> });

/** Every question, in the order in which help, docs and the API list them. */
export const questions: readonly Listed[] = [
  listed(
    'board',
    'Who supplies a country, with what share of what trade, and is that over its limit?',
    async () => (await import('./board.ts')).boardQuestion,
  ),
  listed(
    'concentration',
    'How concentrated is the world’s output of a mineral, and in whose hands?',
    async () => (await import('./concentration.ts')).concentrationQuestion,
  ),
  listed(
    'profile',
    'What does a country mine, refine, hold and export, and how much of a list of minerals is that?',
    async () => (await import('./profile.ts')).profileQuestion,
  ),
  listed(
    'origins',
    'Where was what a country uses really mined or made, once re-exports are undone?',
    async () => (await import('./origins.ts')).originsQuestion,
  ),
  listed(
    'alternatives',
    'Who else could supply a mineral, and what counts for and against each?',
    async () => (await import('./alternatives.ts')).alternativesQuestion,
  ),
  listed(
    'risk',
    'How risky is the supply of a mineral by the indices that analysts know?',
    async () => (await import('./risk.ts')).riskQuestion,
  ),
  listed(
    'targets',
    'How far is a country from its own published limits, and what would have to move?',
    async () => (await import('./targets.ts')).targetsQuestion,
  ),
  listed(
    'shock',
    'What breaks when a supplier stops: who lacks how much, for how long, at what price?',
    async () => (await import('./shock.ts')).shockQuestion,
  ),
  listed(
    'chokepoints',
    'Which supplier’s stop would hurt a country most, mineral by mineral?',
    async () => (await import('./chokepoints.ts')).chokepointsQuestion,
  ),
  listed(
    'plan',
    'What is the cheapest way to buy within the limits, and what does each limit cost?',
    async () => (await import('./plan.ts')).planQuestion,
  ),
  listed(
    'check',
    'Which claims of a text can be checked, and what do the data say of each?',
    async () => (await import('./check.ts')).checkQuestion,
  ),
  listed(
    'brief',
    'What should somebody know of this article, mineral, country or agreement, in one document?',
    async () => (await import('./brief.ts')).briefQuestion,
  ),
  listed(
    'outlook',
    'Will the limit be met in time if nothing changes, and with the projects that are known?',
    async () => (await import('./outlook.ts')).outlookQuestion,
  ),
  listed(
    'agreement',
    'What could an agreement with a country change at most?',
    async () => (await import('./agreement.ts')).agreementQuestion,
  ),
  listed(
    'timeline',
    'What was announced, imposed, suspended or signed, when, and what holds on a day?',
    async () => (await import('./timeline.ts')).timelineQuestion,
  ),
  listed(
    'exposure',
    'Which sectors depend on whom through the minerals they use?',
    async () => (await import('./exposure.ts')).exposureQuestion,
  ),
  listed(
    'changes',
    'What moved between two years, or since the last release, and how much does it matter?',
    async () => (await import('./changes.ts')).changesQuestion,
  ),
  listed(
    'prices',
    'What did a tonne cost, on which market, and how did that move?',
    async () => (await import('./prices.ts')).pricesQuestion,
  ),
  listed(
    'lists',
    'Who calls which mineral critical?',
    async () => (await import('./lists.ts')).listsQuestion,
  ),
  listed(
    'coverage',
    'What is known from when, from whom, and what is missing?',
    async () => (await import('./coverage.ts')).coverageQuestion,
  ),
  listed(
    'sources',
    'Whose data are these, of which release, under which licence?',
    async () => (await import('./sources.ts')).sourcesQuestion,
  ),
  listed(
    'explain',
    'Where does this number come from?',
    async () => (await import('./explain.ts')).explainQuestion,
  ),
];
