/** The part of yauzl that is used here; the package brings no types. */
declare module 'yauzl' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  namespace yauzl {
    interface Entry {
      readonly fileName: string;
      readonly uncompressedSize: number;
    }
    interface ZipFile extends EventEmitter {
      readEntry(): void;
      openReadStream(entry: Entry, done: (error: Error | null, stream?: Readable) => void): void;
      close(): void;
      on(event: 'entry', listener: (entry: Entry) => void): this;
      on(event: 'end', listener: () => void): this;
      on(event: 'error', listener: (error: Error) => void): this;
    }
    function open(
      path: string,
      options: { lazyEntries?: boolean; autoClose?: boolean },
      done: (error: Error | null, zip?: ZipFile) => void,
    ): void;
  }
  export default yauzl;
}
