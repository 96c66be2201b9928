import { policySources } from './reference/policy-sources.ts';
import { supplySources } from './reference/supply-sources.ts';
import { useSources } from './reference/use-sources.ts';
import type { Source } from './source.ts';

/** Every source whose facts are kept by hand in reference/. */
export const referenceSources: readonly Source[] = [...policySources, ...supplySources, ...useSources];
