/** Problems named one by one in each file; the rest are counted. */
const named = 50;

/** Collects every problem of a folder, so that all are told at once. */
export function ownProblems() {
  const byFile = new Map<string, string[]>();
  const more = new Map<string, number>();
  return {
    add(file: string, problem: string) {
      const list = byFile.get(file) ?? [];
      byFile.set(file, list);
      if (list.length < named) list.push(problem);
      else more.set(file, (more.get(file) ?? 0) + 1);
    },
    all: (): string[] =>
      [...byFile].flatMap(([file, list]) => {
        const rest = more.get(file);
        return rest ? [...list, `${file}: and ${rest} more problems`] : list;
      }),
  };
}

export type OwnProblems = ReturnType<typeof ownProblems>;
