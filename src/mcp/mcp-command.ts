import { dataOf } from '../cli/ask.ts';
import type { CommonOptions } from '../cli/options.ts';
import type { OtherCommand } from '../cli/shell.ts';

type Message = {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly requestId?: unknown };
};

/** Requests that were read and not yet answered; `settled` is called once none is left after `end`. */
function openRequests(settled: () => void) {
  const open = new Set<unknown>();
  let ended = false;
  const look = () => {
    if (ended && open.size === 0) settled();
  };
  return {
    read(message: Message): void {
      if (message.method === 'notifications/cancelled') open.delete(message.params?.requestId);
      else if (message.method !== undefined && message.id !== undefined) open.add(message.id);
      look();
    },
    written(message: Message): void {
      if (message.method === undefined) open.delete(message.id);
      look();
    },
    end(): void {
      ended = true;
      look();
    },
  };
}

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
    const server = createMcpServer({
      questions: shell.questions,
      world,
      log: (line) => shell.err(`headwater: ${line}\n`),
    });
    const transport = new StdioServerTransport();
    const requests = openRequests(() => void server.close());
    transport.onmessage = (message) => requests.read(message as Message);
    const send = transport.send.bind(transport);
    transport.send = async (message) => {
      await send(message);
      requests.written(message as Message);
    };
    const ended = new Promise<void>((end) => {
      server.onclose = end;
      // the assistant ends us by closing the pipe; what it asked before is still answered
      process.stdin.once('end', requests.end);
      process.once('SIGTERM', () => void server.close());
      shell.signal.addEventListener('abort', () => void server.close(), { once: true });
    });
    try {
      await server.connect(transport);
      if (!options.quiet) shell.err('headwater: ready for an assistant on standard input\n');
      await ended;
    } finally {
      await world.close();
    }
    shell.signal.throwIfAborted();
  },
};
