import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/**
 * The pages. `--mode site` builds the static export instead: one classic script, because a page opened from disk may
 * load neither modules nor answers with fetch.
 */
export default defineConfig(({ mode }) => ({
  root: 'src/web',
  base: './',
  plugins: [svelte({ compilerOptions: { css: 'external' } })],
  define: { HEADWATER_SITE: JSON.stringify(mode === 'site') },
  build: {
    outDir: mode === 'site' ? '../../dist/site' : '../../dist/web',
    emptyOutDir: true,
    // whoever passes the code on owes the licences of the packages in it
    license: { fileName: 'third-party-licences.md' },
    target: 'es2022',
    // the policy of the pages forbids inline script and inline data
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    ...(mode === 'site' && {
      cssCodeSplit: false,
      rolldownOptions: { output: { format: 'iife' as const, codeSplitting: false } },
    }),
  },
}));
