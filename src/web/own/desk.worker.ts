import { desk, type Order } from './desk.ts';

const work = desk();

addEventListener('message', async (event: MessageEvent<{ id: number; order: Order }>) => {
  const { id, order } = event.data;
  try {
    postMessage({ id, done: await work(order) });
  } catch (error) {
    postMessage({ id, wrong: error instanceof Error ? error.message : String(error) });
  }
});
