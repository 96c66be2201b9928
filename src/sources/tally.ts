import type { Harvest, Harvested, Refusal } from './source.ts';

/** Accounts for every row read: used, or refused with a reason. `harvest` throws where the sums do not meet. */
export interface Tally {
  /** rows met in the files, counted where they are read */
  readonly read: (rows: number) => void;
  /** rows that stand in a table, alone or added to others */
  readonly use: (rows?: number) => void;
  readonly refuse: (reason: string, example?: string, rows?: number) => void;
  readonly remark: (...lines: string[]) => void;
  readonly harvest: (tables: readonly Harvested[]) => Harvest;
}

export function tally(): Tally {
  let read = 0;
  let used = 0;
  const refusals = new Map<string, Refusal>();
  const remarks: string[] = [];
  return {
    read: (rows) => {
      read += rows;
    },
    use: (rows = 1) => {
      used += rows;
    },
    refuse: (reason, example, rows = 1) => {
      const before = refusals.get(reason);
      const shown = before?.example ?? example;
      refusals.set(reason, {
        reason,
        rows: (before?.rows ?? 0) + rows,
        ...(shown === undefined ? {} : { example: shown }),
      });
    },
    remark: (...lines) => {
      remarks.push(...lines);
    },
    harvest: (tables) => {
      const refused = [...refusals.values()];
      const kept = used + refused.reduce((sum, r) => sum + r.rows, 0);
      if (kept !== read) throw new Error(`${read} rows read but ${kept} accounted for`);
      return { tables, refused, remarks, rowsRead: read };
    },
  };
}
