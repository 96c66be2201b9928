import { geoEqualEarth, geoGraticule10, geoPath } from 'd3-geo';
import { countryOf } from './iso-numeric.ts';
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

export interface MapOptions {
  readonly width?: number;
  readonly about: string;
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
  { width = 900, about, centre, flows = [] }: MapOptions,
): Picture {
  const height = Math.round(width * 0.46);
  const sphere = { type: 'Sphere' };
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .fitExtent(
      [
        [2, 2],
        [width - 2, height * 1.1],
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
          : (shade.fill ?? 'var(--ink)');
    const opacity =
      shade?.strength == null || isCentre ? null : Number((0.25 + 0.75 * shade.strength).toFixed(2));
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
  const labels = Object.entries(shades).flatMap(([country, shade]) => {
    const at = spot.get(country);
    return shade.label && at
      ? [
          text(at[0], at[1] + 4, shade.label, {
            'text-anchor': 'middle',
            'font-size': width < 500 ? 10 : 12,
            'font-weight': 600,
            stroke: 'var(--ground)',
            'stroke-width': 3,
            'paint-order': 'stroke',
          }),
        ]
      : [];
  });
  return picture(width, height, about, [
    hatching('map-unknown'),
    el('path', { d: path(geoGraticule10()) ?? '', fill: 'none', stroke: 'var(--line)', 'stroke-width': 0.4 }),
    ...lands,
    ...lines,
    ...labels,
  ]);
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
