import { describe, expect, it } from 'vitest';
import { buildCommand } from '../../src/cli/build-command.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { UsageError } from '../../src/errors.ts';

const shell = {
  signal: new AbortController().signal,
  errIsTerminal: false,
  err: () => {},
} as unknown as Shell;

describe('headwater build', () => {
  it('asks for the folder of files', async () => {
    await expect(buildCommand.run({}, shell)).rejects.toThrow(UsageError);
    await expect(buildCommand.run({}, shell)).rejects.toThrow('--raw DIR');
  });
  it('names a folder that is not there', async () => {
    await expect(buildCommand.run({ raw: '/nowhere', out: '/nowhere/data' }, shell)).rejects.toThrow(
      '"/nowhere"',
    );
  });
});
