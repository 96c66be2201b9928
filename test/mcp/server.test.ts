import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMcpServer } from '../../src/mcp/server.ts';
import { codeVersion } from '../../src/questions/code-version.ts';
import { questions } from '../../src/questions/list.ts';
import { openWorld } from '../../src/store/open.ts';
import { emptyWorld, riverAnswer, riverList } from '../support/shell.ts';

async function connected(options: Parameters<typeof createMcpServer>[0]): Promise<Client> {
  const server = createMcpServer(options);
  const client = new Client({ name: 'test', version: '1' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  onTestFinished(() => client.close());
  return client;
}
const river = (log?: (line: string) => void) =>
  connected({ questions: riverList, world: emptyWorld(), ...(log && { log }) });
const textOf = (result: object) => (result as { content: { text: string }[] }).content[0]!.text;
const call = (client: Client, args: Record<string, unknown>, name = 'river') =>
  client.callTool({ name, arguments: args });

describe('tools', () => {
  it('are the questions, every one, with their parameters, all reading only', async () => {
    const client = await connected({ questions, world: emptyWorld() });
    const { tools } = await client.listTools();
    expect(tools.map((t) => t.name)).toEqual(questions.map((q) => q.name));
    const board = tools.find((t) => t.name === 'board')!;
    expect(board.inputSchema.properties).toMatchObject({
      cap: { type: 'number', maximum: 1 },
      lens: { enum: ['declared', 'dispatch', 'traced', 'controlled'] },
      maxRows: { type: 'integer' },
    });
    for (const tool of tools) {
      expect(tool.description, tool.name).toContain('?');
      expect(tool.annotations?.readOnlyHint).toBe(true);
      for (const [name, schema] of Object.entries(tool.inputSchema.properties ?? {}))
        expect((schema as { description?: string }).description, `${tool.name} ${name}`).toBeTruthy();
    }
    expect(client.getServerVersion()).toMatchObject({ name: 'headwater', version: codeVersion });
  });

  it('answer with the JSON of every shell, checked against the schema they declare, and a short text', async () => {
    const client = await river();
    await client.listTools(); // from here on the client holds every result to its output schema
    const result = await call(client, { for: 'GBR', mineral: ['flint'] });
    expect(result.structuredContent).toMatchObject({
      question: 'river',
      params: { for: 'GBR', mineral: ['flint'], lens: 'declared' },
      data_version: 'test-data',
      rows: [{ top_share: 0.7634 }, { top_share: 0.00001 }, { top_share: null }],
    });
    expect(textOf(result)).toContain('76.3 %');
    expect(textOf(result)).toContain('River Survey');
  });

  it('take one for a list of one, and a number for a text', async () => {
    const client = await river();
    const result = await call(client, { for: 'GBR', mineral: 'flint', cap: '0.5', months: '6' });
    expect(result.structuredContent).toMatchObject({ params: { mineral: ['flint'], cap: 0.5, months: 6 } });
  });

  it('return as many rows as asked for and say how many there are', async () => {
    const result = await call(await river(), { for: 'GBR', maxRows: 2 });
    const { rows, notes } = result.structuredContent as { rows: unknown[]; notes: object[] };
    expect(rows).toHaveLength(2);
    expect(notes.at(-1)).toMatchObject({ code: 'truncated', value: 3 });
    expect(notes[0]).toMatchObject({ code: 'withheld', rows: [] });
    expect(textOf(result)).toContain('the first 2 of 3 rows');
    expect(textOf(result)).not.toContain('withheld by the publisher');
  });

  it.each([1, 2, 3, 25, 30, 60])(
    'of 60 rows %i asked for: text and structured content agree',
    async (maxRows) => {
      const rows = Array.from({ length: 60 }, (_, k) => ({ mineral: `stone${k}.` }));
      const many = {
        ...riverAnswer,
        rows,
        notes: [],
        view: { inSections: true, sections: [{ title: 'All', rows: rows.map((_, k) => k) }] },
      };
      const question = { ...(await riverList[0]!.load()), answer: async () => many };
      const client = await connected({
        questions: [{ ...riverList[0]!, load: async () => question }],
        world: emptyWorld(),
      });
      const result = await call(client, { for: 'GBR', maxRows });
      const text = textOf(result);
      const inText = [...text.matchAll(/\| (stone\d+\.) \|/g)].map((m) => m[1]);
      const given = (result.structuredContent as { rows: { mineral: string }[] }).rows.map((r) => r.mineral);
      expect(given).toHaveLength(maxRows);
      expect(inText).toEqual(given.slice(0, 25));
      const more = Number(/(\d+) more rows in the structured content/.exec(text)?.[1] ?? 0);
      expect(inText.length + more).toBe(maxRows);
      expect(text.includes(`the first ${maxRows} of 60 rows; ask for more with maxRows`)).toBe(maxRows < 60);
    },
  );
});

describe('what goes wrong', () => {
  it.each([
    [{}, 'for is required'],
    [{ for: 'GBR', cap: 1.7 }, '"1.7"'],
    [{ for: 'GBR', lnes: 'x' }, 'unknown parameter: "lnes"; did you mean lens?'],
    [{ for: 'GBR', lens: 'tracked' }, 'did you mean traced?'],
    [{ for: 'GBR', maxRows: 0 }, 'maxRows must be'],
    [{ for: 'GBR', fails: 'usage' }, 'did you mean lithium?'],
    [{ for: 'GBR', fails: 'data' }, 'a.csv line 3: no year'],
  ])('%j is an error of the tool that says the way out', async (args, text) => {
    const result = await call(await river(), args);
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain(text);
  });

  it('an unknown tool is one too', async () => {
    const result = await call(await river(), {}, 'rivr');
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe('unknown tool: "rivr"; did you mean river?');
  });

  it('a bug is told to the log, not to the assistant', async () => {
    const told: string[] = [];
    const result = await call(await river((l) => told.push(l)), { for: 'GBR', fails: 'bug' });
    expect(result.isError).toBe(true);
    expect(textOf(result)).not.toContain('cannot read the river');
    expect(told.join()).toContain('cannot read the river');
  });

  it('a call that is given up stops the question', async () => {
    const stop = new AbortController();
    const client = await river();
    const waiting = client.callTool({ name: 'river', arguments: { for: 'GBR', fails: 'wait' } }, undefined, {
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(waiting).rejects.toThrow('enough');
    expect((await call(client, { for: 'GBR' })).isError).toBeFalsy();
  });
});

describe('on the snapshot', () => {
  it('tells the UK share of ferro-niobium: Brazil 76 % in 2024 (BACI V202601)', async () => {
    const world = await openWorld();
    onTestFinished(() => world.close());
    const client = await connected({ questions, world });
    await client.listTools();
    const result = await call(client, { for: 'GBR', mineral: 'niobium', year: 2024 }, 'board');
    const { rows } = result.structuredContent as { rows: Record<string, unknown>[] };
    expect(rows[0]).toMatchObject({ top_country: 'BRA', year: 2024, over_cap: true });
    expect(rows[0]!.top_share).toBeCloseTo(0.758, 2);
    expect(textOf(result)).toContain('BACI');
  });
});
