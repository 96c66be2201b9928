import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bars } from '../../src/web/charts/bars.ts';
import { colourOf, countryColours, inks, sharedColours, standalone } from '../../src/web/charts/colours.ts';
import { events, yearOf } from '../../src/web/charts/events.ts';
import { gallery } from '../../src/web/charts/gallery.ts';
import { inLines, linesOf } from '../../src/web/charts/key.ts';
import { spread } from '../../src/web/charts/lines.ts';
import { matrix } from '../../src/web/charts/matrix.ts';
import { ribbons } from '../../src/web/charts/ribbons.ts';
import { segments } from '../../src/web/charts/share-bar.ts';
import { stacks } from '../../src/web/charts/stacks.ts';
import { el, text } from '../../src/web/charts/svg.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'test/golden/charts');

const drawn = Object.entries(gallery).flatMap(([chart, examples]) =>
  Object.entries(examples).map(([name, draw]) => [`${chart}-${name}`, draw] as const),
);

describe('charts', () => {
  it('has an example of every chart', () => {
    const parts = ['svg.ts', 'colours.ts', 'iso-numeric.ts', 'gallery.ts', 'key.ts'];
    const files = readdirSync(join(root, 'src/web/charts')).filter(
      (f) => f.endsWith('.ts') && !parts.includes(f),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(Object.keys(gallery).sort()).toEqual(files.map((f) => f.replace('.ts', '')).sort());
  });

  it.each(drawn)('%s is drawn as reviewed', (name, draw) => {
    const svg = `${standalone(draw().svg, 'light')}\n`;
    const file = join(folder, `${name}.svg`);
    if (process.env.REGEN) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, svg);
    }
    expect(existsSync(file), `no golden ${name}.svg; REGEN=1 writes it`).toBe(true);
    expect(svg).toBe(readFileSync(file, 'utf8'));
  });

  it.each(drawn)('%s names no colour that only one theme has, and no figure that is none', (_, draw) => {
    const { svg } = draw();
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.match(/(?:fill|stroke)="#/g)).toBeNull();
    for (const [, name] of svg.matchAll(/var\(--([\w-]+)\)/g)) expect(Object.keys(inks)).toContain(name);
    expect(standalone(svg, 'dark')).not.toContain('var(');
    expect(svg).not.toMatch(/style=|<style|<script/);
  });

  it('writes names of people’s own countries as text, never as markup', () => {
    const hostile = '<script>alert(1)</script>"\'&';
    for (const svg of [
      bars([{ label: hostile, share: 0.5 }], { about: hostile, width: 2000 }).svg,
      ribbons([{ country: 'XAA', label: hostile, left: 1, right: 1 }], {
        about: hostile,
        leftTitle: hostile,
        rightTitle: hostile,
        width: 4000,
      }).svg,
      matrix([{ label: hostile, cells: [hostile] }], [hostile], { about: hostile, width: 3000 }).svg,
      events([{ date: '2025', lane: hostile, kind: 'due', about: hostile }], { about: hostile, width: 3000 })
        .svg,
      stacks([{ x: 1, parts: [{ country: hostile, label: hostile, share: 1 }] }], { about: hostile }).svg,
    ]) {
      expect(svg).not.toContain('<script');
      expect(svg).toContain('&lt;script&gt;');
    }
    expect(text(0, 0, hostile)).toContain('&quot;&#39;&amp;');
    expect(el('a', { b: hostile })).not.toContain('<script');
  });
});

describe('colours', () => {
  it('are those that the style sheet declares, in both themes', () => {
    const css = readFileSync(join(root, 'src/web/style.css'), 'utf8');
    const [light = '', dark = ''] =
      css.split("[data-theme='dark']").length > 1
        ? css.split("[data-theme='dark']")
        : css.split('[data-theme="dark"]');
    expect(dark).not.toBe('');
    for (const [name, [l, d]] of Object.entries(inks)) {
      expect(light).toContain(`--${name}: ${l};`);
      expect(dark).toContain(`--${name}: ${d};`);
    }
  });

  it('give a country the same colour always, its own where it is a main producer', () => {
    expect(colourOf('CHN')).toBe('var(--c-chn)');
    expect(new Set(Object.values(countryColours).map(([l]) => l)).size).toBe(
      Object.keys(countryColours).length,
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{3}$/), (code) => {
        expect(colourOf(code)).toBe(colourOf(code));
        expect(Object.keys(inks)).toContain(colourOf(code).slice(6, -1));
      }),
    );
  });

  it('stand out from the ground by 4.5 : 1 at least, as names are written in and on them (WCAG 2.2, 1.4.3)', () => {
    const channel = (hex: string) => {
      const c = Number.parseInt(hex, 16) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    const light = (hex: string) =>
      0.2126 * channel(hex.slice(1, 3)) +
      0.7152 * channel(hex.slice(3, 5)) +
      0.0722 * channel(hex.slice(5, 7));
    const contrast = (a: string, b: string) => {
      const [x, y] = [light(a), light(b)].sort((p, q) => q - p) as [number, number];
      return (x + 0.05) / (y + 0.05);
    };
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10);
    const all = [...Object.entries(countryColours), ...sharedColours.map((c, i) => [i, c] as const)];
    for (const [code, [l, d]] of all) {
      expect(contrast(l, inks.ground![0]), `${code}`).toBeGreaterThan(4.5);
      expect(contrast(d, inks.ground![1]), `${code}`).toBeGreaterThan(4.5);
    }
    for (const at of [0, 1] as const)
      for (const name of ['ink', 'faint', 'accent', 'over'])
        expect(contrast(inks[name]![at], inks.ground![at]), name).toBeGreaterThan(4.5);
  });
});

describe('scales', () => {
  it('segments of a bar stand beside each other and never reach beyond it', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }), (shares) => {
        const made = segments(
          shares.map((share) => ({ country: 'CHN', share })),
          300,
        );
        made.forEach((s, i) => {
          expect(s.x).toBeCloseTo(i === 0 ? 0 : made[i - 1]!.x + made[i - 1]!.width, 9);
          expect(s.x + s.width).toBeLessThanOrEqual(300 + 1e-9);
        });
      }),
    ));

  it('labels keep their distance and their order', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 }), (places) => {
        const made = spread(places, 13);
        const sorted = [...made].sort((a, b) => a - b);
        for (let i = 1; i < sorted.length; i++)
          expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(13);
        expect(made.every((y, i) => y >= places[i]!)).toBe(true);
      }),
    ));

  it('entries of a key never pass the edge unless they are wider than it, and keep their order', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }), (wide) => {
        const spots = inLines(wide, 100);
        spots.forEach((s, i) => {
          expect(s.x + wide[i]!).toBeLessThanOrEqual(100);
          const before = spots[i - 1];
          if (before) expect(s.line > before.line || s.x > before.x).toBe(true);
        });
        expect(linesOf(spots)).toBe(spots.at(-1)!.line + 1);
      }),
    ));

  it('dates stand where they belong in their year', () => {
    expect(yearOf('2025')).toBe(2025.5);
    expect(yearOf('2025-01-01')).toBe(2025);
    expect(yearOf('2025-07-01')).toBe(2025.5);
    expect(yearOf('soon')).toBeNull();
  });
});
