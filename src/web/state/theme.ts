import { writable } from 'svelte/store';

export type Theme = 'light' | 'dark';

const key = 'headwater-theme';

/** The theme chosen here before, else the system's. A browser that keeps nothing is no error. */
function first(): Theme {
  try {
    const kept = localStorage.getItem(key);
    if (kept === 'light' || kept === 'dark') return kept;
  } catch {}
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches
    ? 'dark'
    : 'light';
}

export const theme = writable<Theme>(first());

theme.subscribe((now) => {
  if (typeof document !== 'undefined') document.documentElement.dataset.theme = now;
});

export function switchTheme(): void {
  theme.update((now) => {
    const next = now === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(key, next);
    } catch {}
    return next;
  });
}
