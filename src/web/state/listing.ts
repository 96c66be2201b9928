import { writable } from 'svelte/store';
import { type Listing, listing, loadNames } from './api.ts';
import { names } from './names.ts';

/** The questions that this server (or export) answers; null until it has said so. */
export const questions = writable<Listing | null>(null);
export const failure = writable<string | null>(null);

export function introduce(): void {
  loadNames().then(
    (n) => names.set(n),
    () => {},
  );
  listing().then(
    (l) => questions.set(l),
    (error: Error) => failure.set(error.message),
  );
}
