import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { SharedWorld } from '../cli/shell.ts';
import { UsageError } from '../errors.ts';
import { places } from '../http/places.ts';
import { answered } from '../questions/answered.ts';
import { codeVersion } from '../questions/code-version.ts';
import type { Listed } from '../questions/list.ts';
import { didYouMean } from '../tables/nearest.ts';
import { toolOf } from './tool.ts';
import { toolParams } from './tool-params.ts';
import { toolFailure, toolResult } from './tool-result.ts';

const instructions =
  'Headwater answers questions about critical minerals from open data: who supplies a country, by which share, against which limit, and what would happen if a supplier stopped. Every figure has a year, a source and what it is a share of: repeat them. Stages (mine, refine, compound, product) and lenses (declared, dispatch, traced, controlled) are never to be mixed. null means unknown, with the reason in the notes, never 0. Begin with board for a country, profile for a supplier, origins for where something was mined, changes for what moved, check for the claims of a text; coverage says what is known. Cite the sources of each answer.';

/** Every question as a tool of the Model Context Protocol. The caller connects it to a transport. */
export function createMcpServer(options: {
  readonly questions: readonly Listed[];
  readonly world: SharedWorld;
  /** where bugs are told */
  readonly log?: (line: string) => void;
}): Server {
  const { questions, world, log = () => {} } = options;
  const server = new Server(
    { name: 'headwater', title: 'Headwater', version: codeVersion },
    { capabilities: { tools: {} }, instructions },
  );
  const inPlace = places(2, 64);

  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: (await Promise.all(questions.map((q) => q.load()))).map(toolOf),
  }));

  server.setRequestHandler(CallToolRequestSchema, async (request, extra) => {
    const { name, arguments: given = {} } = request.params;
    const { signal } = extra;
    try {
      const listed = questions.find((q) => q.name === name);
      if (!listed)
        throw new UsageError(
          `unknown tool: "${name}"${didYouMean(
            name,
            questions.map((q) => q.name),
          )}`,
        );
      const question = await listed.load();
      const { params, maxRows } = toolParams(question, given);
      const token = request.params._meta?.progressToken;
      const progress = (done: number, what: string) => {
        if (token === undefined) return;
        const params = { progressToken: token, progress: done, total: 1, message: what };
        void extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
      };
      const asked = world.for ? world.for({ signal, progress }) : { ...world, signal, progress };
      const result = await inPlace(async () => {
        signal.throwIfAborted();
        const answer = await answered(question, params, asked);
        return toolResult(name, question.asks, params, answer, world.dataVersion, maxRows);
      });
      return (
        result ?? toolFailure(new UsageError('too many questions at once; try again in a moment'), false)
      );
    } catch (error) {
      const failure = toolFailure(error, signal.aborted);
      if (!(error instanceof UsageError) && !signal.aborted)
        log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return failure;
    }
  });
  return server;
}
