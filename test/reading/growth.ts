/** Processor time of a run in ms, the least of three: what else the machine does may only add to it. */
function effort(run: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const begin = process.cpuUsage();
      run();
      return process.cpuUsage(begin).user / 1000;
    }),
  );
}

/**
 * How many times the work four times the text takes: about 4 where it grows with length, about 16 where it grows with
 * its square. The machine's speed cancels out.
 */
export function growth(text: string, read: (text: string) => unknown): number {
  const long = text.repeat(4);
  read(text);
  const short = effort(() => read(text));
  return effort(() => read(long)) / Math.max(short, 1);
}

/** Between the two, with room for what a busy machine adds. */
export const linear = 9;
