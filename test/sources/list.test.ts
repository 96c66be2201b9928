import { describe, expect, it } from 'vitest';
import { sources } from '../../src/sources/list.ts';

describe('the sources', () => {
  it('has them', () => expect(sources.length).toBeGreaterThan(20));

  it('have ids of their own', () => {
    const ids = sources.map((s) => s.id);
    expect(ids.filter((id, i) => ids.indexOf(id) < i)).toEqual([]);
  });

  it.each(sources.map((s) => [s.id, s] as const))(
    '%s says who, under which licence, and what to cite',
    (id, s) => {
      expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
      for (const text of [s.title, s.publisher, s.release, s.licence, s.citation])
        expect(text.trim()).not.toBe('');
    },
  );
});
