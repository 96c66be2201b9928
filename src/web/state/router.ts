import { readable } from 'svelte/store';

/** What the address says: a page and its parameters. The address is the only state that outlives a page. */
export interface Route {
  readonly page: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Several values of one parameter are one comma list, as everywhere in the project. */
export function readRoute(path: string, query: string): Route {
  const page = path.replace(/^.*\//, '').replace(/\.html$/, '') || 'board';
  const params: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    if (value !== '') params[name] = name in params ? `${params[name]},${value}` : value;
  return { page: page === 'index' ? 'board' : page, params };
}

/** Parameters in the order of their names, empty ones left out: one state has one address. */
export function queryOf(
  params: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string {
  const known = Object.entries(params).filter(
    ([, v]) => v !== undefined && v !== null && v !== '' && v !== false,
  );
  known.sort(([a], [b]) => (a < b ? -1 : 1));
  return known
    .map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(String(v)).replaceAll('%2C', ',')}`)
    .join('&');
}

const isSite = typeof HEADWATER_SITE !== 'undefined' && HEADWATER_SITE;

/** The address of a page as a link. In a static export it stands behind #, so that no server is needed. */
export function href(page: string, params: Parameters<typeof queryOf>[0] = {}): string {
  const query = queryOf(params);
  const path = `${page}${query === '' ? '' : `?${query}`}`;
  return isSite ? `#/${path}` : `./${path}`;
}

function here(): Route {
  if (!isSite) return readRoute(location.pathname, location.search);
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return readRoute(`/${path}`, query);
}

let tell: (route: Route) => void = () => {};

export const route = readable<Route>(
  typeof location === 'undefined' ? { page: 'board', params: {} } : here(),
  (set) => {
    tell = set;
    const read = () => set(here());
    addEventListener('popstate', read);
    addEventListener('hashchange', read);
    return () => {
      removeEventListener('popstate', read);
      removeEventListener('hashchange', read);
    };
  },
);

/** Goes to a page; `replace` for changes that the back button should not step through (a slider, typing). */
export function go(page: string, params: Parameters<typeof queryOf>[0] = {}, replace = false): void {
  const to = href(page, params);
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  tell(here());
}

/** Changes some parameters of the page that is shown. */
export function change(
  from: Route,
  changes: Parameters<typeof queryOf>[0],
  { replace = false }: { readonly replace?: boolean } = {},
): void {
  go(from.page, { ...from.params, ...changes }, replace);
}

/** Follows links to own pages without loading the document anew; the rest is left to the browser. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
    return;
  const link = (event.target as Element | null)?.closest('a');
  if (!link || link.target || link.hasAttribute('download') || isSite) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || !/^\/[a-z]*$/.test(url.pathname) || url.hash) return;
  if (url.pathname === '/api') return;
  event.preventDefault();
  const to = readRoute(url.pathname, url.search);
  go(to.page, to.params);
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
}
