import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo';
import { countryOf } from './iso-numeric.ts';
import { inLines, linesOf } from './key.ts';
import { el, hatching, type Picture, picture, text, title } from './svg.ts';

/** A country's outline; `country` null for areas that are none in the data. */
export interface Shape {
  readonly country: string | null;
  readonly name: string;
  readonly geometry: unknown;
}

interface Feature {
  readonly id?: string | number;
  readonly properties: { readonly name: string };
  readonly geometry: unknown;
}

/** Outlines of the features of a world atlas (Natural Earth’s view of borders). */
export const shapesOf = (features: readonly Feature[]): Shape[] =>
  features
    .filter((f) => f.properties.name !== 'Antarctica')
    .map((f) => ({
      country: countryOf(f.id, f.properties.name),
      name: f.properties.name,
      geometry: f.geometry,
    }));

export interface Shade {
  /** 0…1, how strongly the country is coloured; null = unknown, hatched */
  readonly strength: number | null;
  readonly fill?: string;
  /** read out and shown on hover */
  readonly about: string;
  /** written on the map; few countries should have one */
  readonly label?: string;
}

/** A step of the scale as its key shows it. */
export interface Step {
  readonly strength: number;
  readonly label: string;
}

export interface MapOptions {
  readonly width?: number;
  readonly about: string;
  /** the scale, shown under the map, the weakest first */
  readonly key?: readonly Step[];
  /** colour of the scale where a shade has none of its own */
  readonly fill?: string;
  /** words for the hatching in the key; none = nothing is hatched */
  readonly unknown?: string;
  /** drawn with the accent’s outline */
  readonly centre?: string;
  readonly flows?: readonly { readonly from: string; readonly to: string; readonly share: number }[];
}

/**
 * The world with some countries shaded. Countries without an entry are plain; those whose value is unknown are
 * hatched. Flows are great circles, wider by share.
 */
export function worldMap(
  shapes: readonly Shape[],
  shades: Readonly<Record<string, Shade>>,
  { width = 900, about, centre, flows = [], key = [], fill: scale = 'var(--c-cod)', unknown }: MapOptions,
): Picture {
  const land = Math.round(width * 0.46);
  const [keyed, keyLines] = keyOf(key, unknown, scale, land, width);
  const height = land + (keyLines > 0 ? 8 + 18 * keyLines : 0);
  const sphere = { type: 'Sphere' };
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent(
      [
        [2, 2],
        [width - 2, land * 1.1],
      ],
      sphere,
    );
  const path = geoPath(projection).digits(1);
  const spot = new Map<string, readonly [number, number]>();
  const lands = shapes.map((s) => {
    const shade = s.country === null ? undefined : shades[s.country];
    const isCentre = s.country !== null && s.country === centre;
    if (s.country !== null && !spot.has(s.country)) spot.set(s.country, largestCentre(s.geometry, path));
    const fill = isCentre
      ? 'var(--accent)'
      : shade === undefined
        ? 'var(--unknown)'
        : shade.strength === null
          ? 'url(#map-unknown)'
          : (shade.fill ?? scale);
    const opacity = shade?.strength == null || isCentre ? null : opacityOf(shade.strength);
    return el(
      'path',
      {
        d: path({ type: 'Feature', geometry: s.geometry, properties: {} }) ?? '',
        fill,
        'fill-opacity': opacity,
        stroke: 'var(--ground)',
        'stroke-width': 0.5,
      },
      title(shade ? shade.about : s.name),
    );
  });
  const lines = flows.flatMap(({ from, to, share }) => {
    const ends = [from, to].map((c) => {
      const at = spot.get(c);
      return at && projection.invert?.([at[0], at[1]]);
    });
    if (!ends[0] || !ends[1]) return [];
    return [
      el(
        'path',
        {
          d: path({ type: 'LineString', coordinates: ends }) ?? '',
          fill: 'none',
          stroke: 'var(--ink)',
          'stroke-opacity': 0.6,
          'stroke-width': Math.max(0.6, share * 9),
          'stroke-linecap': 'round',
        },
        title(shades[from]?.about ?? from),
      ),
    ];
  });
  const size = width < 500 ? 10 : 12;
  const taken: Box[] = [];
  const labels = Object.entries(shades).flatMap(([country, shade]) => {
    const at = spot.get(country);
    if (!shade.label || !at) return [];
    const box = roomFor(shade.label, at, size, taken, width);
    if (!box) return [];
    taken.push(box);
    return [
      text((box.left + box.right) / 2, box.foot - 2, shade.label, {
        'text-anchor': 'middle',
        'font-size': size,
        'font-weight': 600,
        stroke: 'var(--ground)',
        'stroke-width': 3,
        'paint-order': 'stroke',
      }),
    ];
  });
  return picture(width, height, about, [
    hatching('map-unknown'),
    el('path', { d: path(geoGraticule10()) ?? '', fill: 'none', stroke: 'var(--line)', 'stroke-width': 0.4 }),
    ...lands,
    ...lines,
    ...labels,
    ...keyed,
  ]);
}

const opacityOf = (strength: number): number => Number((0.15 + 0.85 * strength).toFixed(2));

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly foot: number;
}

/** A place for a label on its country, else above or below it; none where others stand, since a heap cannot be read. */
function roomFor(
  label: string,
  [x, y]: readonly [number, number],
  size: number,
  taken: readonly Box[],
  width: number,
): Box | null {
  const half = (label.length * size * 0.58) / 2;
  const middle = Math.min(width - half - 2, Math.max(half + 2, x));
  for (const shift of [0, -size - 3, size + 3, -2 * size - 6, 2 * size + 6]) {
    const box = {
      left: middle - half,
      right: middle + half,
      top: y + shift - size / 2 - 1,
      foot: y + shift + size / 2 + 2,
    };
    if (!taken.some((t) => t.left < box.right && box.left < t.right && t.top < box.foot && box.top < t.foot))
      return box;
  }
  return null;
}

/** The steps of the scale side by side, each with its words; and how many lines they take. */
function keyOf(
  key: readonly Step[],
  unknown: string | undefined,
  fill: string,
  y: number,
  width: number,
): [parts: string[], lines: number] {
  if (key.length === 0) return [[], 0];
  const all = [
    ...key.map((k) => ({ label: k.label, fill, opacity: opacityOf(k.strength) as number | null })),
    ...(unknown === undefined ? [] : [{ label: unknown, fill: 'url(#map-unknown)', opacity: null }]),
  ];
  const spots = inLines(
    all.map((k) => 38 + k.label.length * 6.4),
    width - 4,
  );
  const parts = all.map((k, i) => {
    const [from, top] = [4 + spots[i]!.x, y + 8 + spots[i]!.line * 18];
    return [
      el('rect', { x: from, y: top, width: 20, height: 11, fill: k.fill, 'fill-opacity': k.opacity }),
      text(from + 25, top + 10, k.label, { 'font-size': 11, fill: 'var(--faint)' }),
    ].join('');
  });
  return [parts, linesOf(spots)];
}

/** The middle of the largest part of a country, so that France is not drawn in the Atlantic. */
function largestCentre(
  geometry: unknown,
  path: { area: (g: unknown) => number; centroid: (g: unknown) => [number, number] },
): readonly [number, number] {
  const shape = geometry as { type: string; coordinates: unknown[] };
  const parts =
    shape.type === 'MultiPolygon'
      ? shape.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }))
      : [shape];
  let best = parts[0]!;
  let most = -1;
  for (const part of parts) {
    const area = path.area(part);
    if (area > most) {
      most = area;
      best = part as typeof best;
    }
  }
  return path.centroid(best);
}
