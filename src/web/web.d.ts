/// <reference types="svelte" />
/// <reference types="vite/client" />

/** true in the static export, set when the pages are built */
declare const HEADWATER_SITE: boolean;

declare module 'd3-geo';
declare module 'topojson-client';

/** What the charts use of d3, whose own packages bring no types. */
declare module 'd3-scale' {
  export interface Scale {
    (value: number): number;
    ticks(count?: number): number[];
    nice(count?: number): Scale;
    domain(): number[];
  }
  export function scaleLinear(domain: readonly number[], range: readonly number[]): Scale;
}

declare module 'd3-shape' {
  type Get<D> = (d: D) => number;
  interface Curve {
    readonly curve: unique symbol;
  }
  interface Path<D> {
    (data: readonly D[]): string | null;
    digits(digits: number): this;
    defined(is: (d: D) => boolean): this;
    curve(curve: Curve): this;
    x(get: Get<D>): this;
    y(get: Get<D>): this;
    y0(get: Get<D>): this;
    y1(get: Get<D>): this;
  }
  export function line<D>(): Path<D>;
  export function area<D>(): Path<D>;
  export const curveBumpX: Curve;
  interface Series<K> extends Array<[number, number]> {
    readonly key: K;
  }
  export function stack<D, K>(): {
    (data: readonly D[]): Series<K>[];
    keys(keys: readonly K[]): ReturnType<typeof stack<D, K>>;
    value(get: (d: D, key: K) => number): ReturnType<typeof stack<D, K>>;
  };
}

declare module 'd3-sankey' {
  export type Placed<N> = N & {
    x0: number;
    x1: number;
    y0: number;
    y1: number;
    depth: number;
    value: number;
  };
  export type Joined<N, L> = Omit<L, 'source' | 'target'> & {
    source: Placed<N>;
    target: Placed<N>;
    value: number;
    y0: number;
    y1: number;
    width: number;
  };
  interface Sankey<N, L> {
    (graph: { nodes: N[]; links: L[] }): { nodes: Placed<N>[]; links: Joined<N, L>[] };
    nodeId(get: (n: N) => string): this;
    nodeAlign(align: (n: N & { depth: number }, columns: number) => number): this;
    nodeSort(order: ((a: Placed<N>, b: Placed<N>) => number) | null): this;
    nodeWidth(pixels: number): this;
    nodePadding(pixels: number): this;
    extent(corners: readonly [readonly [number, number], readonly [number, number]]): this;
  }
  export function sankey<N, L>(): Sankey<N, L>;
}
