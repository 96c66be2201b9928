import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { questions } from '../../src/questions/list.ts';
import { type OpenWorld, openWorld } from '../../src/store/open.ts';

describe('the board of the snapshot over HTTP', () => {
  let world: OpenWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('is kept under its ETag, also where a row rests on a truncated series', async () => {
    const app = createApp({ questions, world });
    const path = '/api/board?for=GBR&list=uk-2024';
    const first = await app.request(path);
    const { notes } = (await first.json()) as { notes: { code: string }[] };
    expect(notes.map((n) => n.code)).toContain('partial');
    const again = await app.request(path);
    expect(again.headers.get('x-cache')).toBe('hit');
    const etag = again.headers.get('etag')!;
    expect(etag).toBe(first.headers.get('etag'));
    expect((await app.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});
