import { nameInSite } from '../../http/name-in-site.ts';

/** Answers of a static export arrive as scripts, because a page on disk may not fetch its neighbours. */
type Arrivals = Record<string, (value: unknown) => void>;

const waiting: Arrivals = {};
const got = new Map<string, Promise<unknown>>();

if (typeof window !== 'undefined')
  (window as unknown as { headwater: (name: string, value: unknown) => void }).headwater = (name, value) =>
    waiting[name]?.(value);

export function siteData(address: string): Promise<unknown> {
  const name = nameInSite(address);
  let value = got.get(name);
  if (!value) {
    value = new Promise((resolve, reject) => {
      waiting[name] = resolve;
      const script = document.createElement('script');
      script.src = `./answers/${name}.js`;
      script.onerror = () =>
        reject(
          new Error(
            'this export does not hold this answer; run "npx headwater serve" to ask anything, or export it with --with',
          ),
        );
      document.head.append(script);
    });
    got.set(name, value);
  }
  return value;
}
