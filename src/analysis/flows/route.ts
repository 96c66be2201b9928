/** What is made from what: a step of a mineral's making. */
export interface Making {
  readonly from_stage: string;
  readonly to_stage: string;
}

/**
 * Stages passed on the way back from `stage` to `earlier`, the last of them `earlier`; where several ways are declared, the
 * one with most stages, as each is a trade of its own (bauxite, alumina, metal). Null where no way is declared.
 */
export function routeBack(makings: readonly Making[], stage: string, earlier: string): string[] | null {
  let longest: string[] | null = null;
  const go = (at: string, way: readonly string[]) => {
    if (at === earlier) {
      if (!longest || way.length > longest.length) longest = [...way];
      return;
    }
    for (const { from_stage, to_stage } of makings)
      if (to_stage === at && from_stage !== stage && !way.includes(from_stage))
        go(from_stage, [...way, from_stage]);
  };
  if (stage !== earlier) go(stage, []);
  return longest;
}
