import type { Done, Order } from './desk.ts';

interface Told {
  readonly id: number;
  readonly done?: Done;
  readonly wrong?: string;
}

/** Longer than this a file is not worth waiting for in a page. */
const longestMs = 60_000;

let worker: Worker | undefined;
let local: ((order: Order) => Promise<Done>) | undefined;
let count = 0;

/** Gives an order to the desk in its worker. A page opened from disk may start none: there it works in the page. */
export async function askDesk(order: Order): Promise<Done> {
  if (HEADWATER_SITE) {
    local ??= (await import('./desk.ts')).desk();
    return await local(order);
  }
  worker ??= new Worker(new URL('./desk.worker.ts', import.meta.url), { type: 'module' });
  const mine = worker;
  const id = ++count;
  return await new Promise<Done>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      mine.removeEventListener('message', hear);
    };
    const hear = ({ data }: MessageEvent<Told>) => {
      if (data.id !== id) return;
      end();
      if (data.done) resolve(data.done);
      else reject(new Error(data.wrong));
    };
    const timer = setTimeout(() => {
      end();
      dismiss();
      reject(new Error('given up after a minute; use "npx headwater board --data DIR"'));
    }, longestMs);
    mine.addEventListener('message', hear);
    mine.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    mine.postMessage({ id, order });
  });
}

/** Forgets the rows. */
export function dismiss(): void {
  worker?.terminate();
  worker = undefined;
  local = undefined;
}
