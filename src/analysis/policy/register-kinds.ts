/** Kinds of agreement that are about tariffs, not about minerals. */
export const tariffKinds: ReadonlySet<string | null> = new Set(['trade_agreement', 'preference_scheme']);

/** A preference that one side grants alone: no agreement with anybody. */
export const isUnilateral = (kind: string | null): boolean => kind === 'preference_scheme';

/** Whether a measure limits exports of goods: not what may be produced, nor which technology may leave. */
export const limitsExports = (measure: string | null): boolean =>
  measure === null || !/^(production|technology)_/.test(measure);
