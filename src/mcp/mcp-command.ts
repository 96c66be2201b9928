import { dataOf } from '../cli/ask.ts';
import type { CommonOptions } from '../cli/options.ts';
import type { OtherCommand } from '../cli/shell.ts';

/** Time for a message that was read to become a question, and for an answer to be written. */
const flushMs = 50;

/** `headwater mcp`: the questions as tools for an assistant that starts this program and talks to it by its pipes. */
export const mcpCommand: OtherCommand = {
  name: 'mcp',
  about: 'Answers an assistant over standard input and output (Model Context Protocol).',
  options: [],
  readsData: true,
  async run(options, shell) {
    const [{ createMcpServer }, { StdioServerTransport }] = await Promise.all([
      import('./server.ts'),
      import('@modelcontextprotocol/sdk/server/stdio.js'),
    ]);
    const world = await shell.openWorld(dataOf(options as CommonOptions, shell));
    const { server, idle } = createMcpServer({
      questions: shell.questions,
      world,
      log: (line) => shell.err(`headwater: ${line}\n`),
    });
    const ended = new Promise<void>((end) => {
      server.onclose = end;
      // the assistant ends us by closing the pipe; what it asked before is still answered
      process.stdin.once('end', () => {
        const leave = () => idle().then(() => setTimeout(() => void server.close(), flushMs));
        setTimeout(leave, flushMs);
      });
      process.once('SIGTERM', () => void server.close());
      shell.signal.addEventListener('abort', () => void server.close(), { once: true });
    });
    try {
      await server.connect(new StdioServerTransport());
      if (!options.quiet) shell.err('headwater: ready for an assistant on standard input\n');
      await ended;
    } finally {
      await world.close();
    }
    shell.signal.throwIfAborted();
  },
};
