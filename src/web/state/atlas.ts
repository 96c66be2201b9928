import { feature } from 'topojson-client';
import address from 'world-atlas/countries-50m.json?url';
import { type Shape, shapesOf } from '../charts/world-map.ts';
import { siteData } from './site-data.ts';

let shapes: Promise<Shape[]> | undefined;

/** Natural Earth at 1 : 50 million, read once and only by pages that draw a map. */
export function atlas(): Promise<Shape[]> {
  shapes ??= (async () => {
    const world = (HEADWATER_SITE ? await siteData('atlas') : await (await fetch(address)).json()) as {
      objects: { countries: unknown };
    };
    const collection = feature(world, world.objects.countries) as {
      features: Parameters<typeof shapesOf>[0];
    };
    return shapesOf(collection.features);
  })();
  shapes.catch(() => {
    shapes = undefined;
  });
  return shapes;
}
