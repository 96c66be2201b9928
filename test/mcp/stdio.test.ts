import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it } from 'vitest';
import { worldFolder } from '../support/world.ts';

const root = join(import.meta.dirname, '../..');
const args = (...more: string[]) => [
  '--import',
  import.meta.resolve('tsx'),
  join(root, 'test/support/from-source.ts'),
  'mcp',
  ...more,
];
const data = worldFolder({
  country: [{ country: 'XAA', name: 'Alder' }],
  mineral: [{ mineral: 'flint', name: 'Flint' }],
  production: [
    { year: 2023, country: 'XAA', mineral: 'flint', stage: 'mine', quantity_t: 7, source: 'river' },
  ],
});

describe('headwater mcp', () => {
  it('answers the official client over its pipes and ends when the client closes them', async () => {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: args('--data', data),
      stderr: 'pipe',
    });
    let said = '';
    transport.stderr?.on('data', (d) => {
      said += d;
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    const { tools } = await client.listTools();
    expect(tools.length).toBeGreaterThan(10);
    const result = await client.callTool({
      name: 'concentration',
      arguments: { mineral: 'Flint', breakdown: true },
    });
    expect(result.structuredContent).toMatchObject({
      rows: [{ country: 'XAA', quantity_t: 7, share: 1 }],
    });
    const refused = await client.callTool({ name: 'concentration', arguments: { mineral: 'flnt' } });
    expect(refused.isError).toBe(true);
    await client.close();
    expect(said).toContain('ready for an assistant');
  });

  it('answers what was asked before the pipe was closed, with nothing else on stdout', async () => {
    const child = spawn(process.execPath, args('--data', data, '--quiet'));
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
    });
    const lines = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'coverage', arguments: {} } },
    ];
    child.stdin.end(lines.map((l) => `${JSON.stringify({ jsonrpc: '2.0', ...l })}\n`).join(''));
    const code = await new Promise((tell) => child.on('close', tell));
    expect(code).toBe(0);
    const answers = out
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l));
    expect(answers.map((a) => a.id)).toEqual([1, 2]);
    expect(answers[1].result.structuredContent.question).toBe('coverage');
  });

  it('refuses a folder that is not there before it begins', async () => {
    const child = spawn(process.execPath, args('--data', '/no/such/folder'));
    let err = '';
    child.stderr.on('data', (d) => {
      err += d;
    });
    child.stdin.end();
    expect(await new Promise((tell) => child.on('close', tell))).toBe(2);
    expect(err).toContain('/no/such/folder');
  });
});
