import type { Component } from 'svelte';

export interface Page {
  readonly id: string;
  readonly title: string;
  /** questions without which the page has nothing to say: then it is not offered */
  readonly needs: readonly string[];
  /** parameters to start with when the page is opened from the masthead */
  readonly start?: Readonly<Record<string, string>>;
  /** words it is found by */
  readonly finds: string;
  readonly load: () => Promise<{ default: Component }>;
}

/** The pages in the order of the masthead; each is loaded when it is opened. */
export const pages: readonly Page[] = [
  {
    id: 'board',
    title: 'Board',
    needs: ['board'],
    finds: 'over the cap limit lens declared dispatch traced controlled who supplies',
    load: () => import('../pages/board.svelte'),
  },
  {
    id: 'mineral',
    title: 'Mineral',
    needs: ['concentration'],
    start: { mineral: 'gallium' },
    finds: 'one mineral producers mined refined concentration hhi price who owns',
    load: () => import('../pages/mineral.svelte'),
  },
  {
    id: 'country',
    title: 'Country',
    needs: ['profile'],
    start: { country: 'KAZ' },
    finds: 'profile one country produces exports reserves rank',
    load: () => import('../pages/country.svelte'),
  },
  {
    id: 'origins',
    title: 'Origins',
    needs: ['origins'],
    start: { mineral: 'aluminium', stage: 'mine' },
    finds: 'traced re-exports where mined unrecorded',
    load: () => import('../pages/origins.svelte'),
  },
  {
    id: 'risk',
    title: 'Risk',
    needs: ['risk', 'lists'],
    finds: 'indices geopolrisk eu supply risk importance usgs n-1 compare heat map',
    load: () => import('../pages/risk.svelte'),
  },
  {
    id: 'shock',
    title: 'Shock',
    needs: ['shock'],
    start: { stop: 'CHN', mineral: 'gallium' },
    finds: 'what if what happens if a supplier stops ban embargo shortfall price stocks',
    load: () => import('../pages/shock.svelte'),
  },
  {
    id: 'plan',
    title: 'Plan',
    needs: ['plan'],
    start: { mineral: 'magnesium' },
    finds: 'cheapest sourcing shadow price frontier budget',
    load: () => import('../pages/plan.svelte'),
  },
  {
    id: 'check',
    title: 'Check',
    needs: ['check'],
    finds: 'article speech claims verdict fact check paste text',
    load: () => import('../pages/check.svelte'),
  },
  {
    id: 'timeline',
    title: 'Timeline',
    needs: ['timeline'],
    finds: 'restrictions export licences announced imposed suspended signed',
    load: () => import('../pages/timeline.svelte'),
  },
  {
    id: 'outlook',
    title: 'Outlook',
    needs: ['outlook'],
    finds: 'targets 2035 path pipeline projects demand',
    load: () => import('../pages/outlook.svelte'),
  },
  {
    id: 'agreement',
    title: 'Agreements',
    needs: ['agreement'],
    start: { id: 'uk-kz-2026' },
    finds: 'kazakhstan agreement what it changes partner memorandum',
    load: () => import('../pages/agreement.svelte'),
  },
  {
    id: 'data',
    title: 'Data',
    needs: ['coverage', 'sources'],
    finds: 'coverage missing sources licences releases own data csv drop',
    load: () => import('../pages/data.svelte'),
  },
  {
    id: 'methods',
    title: 'Methods',
    needs: [],
    finds: 'how it is computed lenses formulas questions api limits',
    load: () => import('../pages/methods.svelte'),
  },
];

/** The page that asks any question by its form; in no masthead, reached from Methods and by search. */
export const anyQuestion: Page = {
  id: 'ask',
  title: 'Ask',
  needs: [],
  finds: '',
  load: () => import('../pages/ask.svelte'),
};

/** Every chart on invented figures; reached from Methods and by search. */
export const gallery: Page = {
  id: 'gallery',
  title: 'Charts',
  needs: [],
  finds: 'gallery charts colours how figures are drawn',
  load: () => import('../pages/gallery.svelte'),
};
