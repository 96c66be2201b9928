/** Lets `most` pieces of work run at once, `waiting` more stand in line; any further one is refused (null). */
export function places(most: number, waiting: number) {
  let running = 0;
  const line: (() => void)[] = [];
  const inPlace = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (running >= most) {
      if (line.length >= waiting) return null;
      await new Promise<void>((turn) => line.push(turn));
    } else running++;
    try {
      return await work();
    } finally {
      // the place goes to the next in line, else it is free
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
  return Object.assign(inPlace, { counts: () => ({ running, waiting: line.length }) });
}
