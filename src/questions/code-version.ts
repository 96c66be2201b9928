declare const HEADWATER_CODE: string | undefined;

/** Version of the package and hash of its sources, set when it is built; `source` when run unbuilt. */
export const codeVersion: string = typeof HEADWATER_CODE === 'undefined' ? 'source' : HEADWATER_CODE;
