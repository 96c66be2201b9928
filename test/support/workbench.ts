import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from '../../src/http/app.ts';
import { questions } from '../../src/questions/list.ts';
import { openWorld } from '../../src/store/open.ts';
import { solveInThread } from '../../src/workers/solving.ts';

const root = join(import.meta.dirname, '../..');

/** The built pages (or the export's); built here when a test is run by itself before any build. */
export function builtPages(kind: 'web' | 'site' = 'web'): string {
  const pages = join(root, 'dist', kind);
  const mode = kind === 'site' ? 'site' : 'production';
  if (!existsSync(join(pages, 'index.html')))
    spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--mode', mode], { cwd: root });
  return pages;
}

export interface Workbench {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The pages and the API on a free port of this machine, on the shipped snapshot unless told otherwise. */
export async function serveWorkbench(
  options: { readonly data?: string; readonly port?: number } = {},
): Promise<Workbench> {
  const world = await openWorld({
    ...(options.data !== undefined && { data: options.data }),
    solve: solveInThread,
    now: '2026-03-01',
  });
  const app = createApp({
    questions,
    world,
    pages: builtPages(),
    loopbackOnly: true,
    log: (l) => console.error(l),
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as import('node:http').Server;
  await new Promise<void>((listening) => server.listen(options.port ?? 0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await world.close();
    },
  };
}
