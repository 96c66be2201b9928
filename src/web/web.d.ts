/// <reference types="svelte" />
/// <reference types="vite/client" />

/** true in the static export, set when the pages are built */
declare const HEADWATER_SITE: boolean;

declare module 'd3-geo';
declare module 'topojson-client';
declare module 'd3-sankey';
