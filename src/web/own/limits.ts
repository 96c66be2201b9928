/** Larger files are for the command line, which reads them a piece at a time. */
export const mostBytes = 20_000_000;
/** What all files dropped at once may hold, in bytes. */
export const mostTogether = 60_000_000;
export const mostRows = 300_000;

interface Weighed {
  readonly name: string;
  readonly size: number;
}

/** Why files are not even read, so that none fills the memory of the page; null where they may be. */
export function tooLarge(files: readonly Weighed[]): string | null {
  const way = 'use "npx headwater board --data DIR"';
  const big = files.find((f) => f.size > mostBytes);
  if (big) return `over ${mostBytes / 1e6} MB: "${big.name}"; ${way}`;
  const together = files.reduce((sum, f) => sum + f.size, 0);
  return together > mostTogether
    ? `${files.length} files of together over ${mostTogether / 1e6} MB; ${way}`
    : null;
}

/** False for what no text holds: the bytes of a picture, a workbook, a program. */
export const isText = (text: string): boolean =>
  !text.includes('\0') && (text.match(/\ufffd/g)?.length ?? 0) <= text.length / 100;
