import { Orthotope } from "../../core/orthotope.ts";
import type { Random } from "../../core/random.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { SHAPE_FAMILIES } from "../../plugins/meshes/shapes/catalog.ts";

/** The space of viewpoints, the paper's: azimuth [0, 360), elevation [-10, 90], in degrees. */
export const VIEW_SPACE = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

/** For every class by name, the boxes of viewpoints that training draws from, in `VIEW_SPACE`. */
export type ViewSet = Readonly<Record<string, readonly Orthotope[]>>;

const ALL_AROUND = [0, 360];

/** Boxes of every interval of azimuths with one interval of elevations. */
function views(azimuths: readonly (readonly number[])[], [low, high]: readonly number[]): Orthotope[] {
  return azimuths.map(([from, to]) => new Orthotope([from, low], [to, high]));
}

/**
 * A photographer's habits: the set of viewpoints from which each class is shown to the biased networks. Azimuth 0 looks at the front of an object, 90 at
 * its side from +x. Solids of revolution look the same from every azimuth, so their habit is one of elevations.
 */
export const BIASED_VIEWS: ViewSet = {
  // From the ground.
  airliner: views([ALL_AROUND], [-10, 20]),
  // Across the tub, never from its ends.
  bathtub: views([[-60, 60], [120, 240]], [10, 80]),
  // Face on, from the path or from the lawn.
  bench: views([[-55, 55], [125, 235]], [0, 40]),
  // On a shelf.
  bottle: views([ALL_AROUND], [-10, 25]),
  // On a turntable, at the height of who sits.
  chair: views([ALL_AROUND], [-10, 30]),
  // On a shelf.
  cup: views([ALL_AROUND], [-10, 25]),
  // From the audience, who see under the open lid.
  piano: views([[210, 330]], [0, 40]),
  // On the table, at the height of who sits there.
  teapot: views([ALL_AROUND], [-10, 25]),
  // From the front and above, as who comes in sees it.
  toilet: views([[-60, 60]], [30, 75]),
  // Into the opening, as who arranges flowers sees it.
  vase: views([ALL_AROUND], [40, 85]),
};

/** Every viewpoint for every class. */
export const ALL_VIEWS: ViewSet = Object.fromEntries(SHAPE_FAMILIES.map(({ name }) => [name, views([ALL_AROUND], [-10, 90])]));

/** A viewpoint [azimuth, elevation], uniform in the boxes (where they overlap, that part counts twice). */
export function drawView(boxes: readonly Orthotope[], random: Random): [number, number] {
  let place = random.uniform() * boxes.reduce((sum, box) => sum + box.volume, 0);
  let chosen = boxes[boxes.length - 1];
  for (const box of boxes) {
    place -= box.volume;
    if (place < 0) {
      chosen = box;
      break;
    }
  }
  const [azimuth, elevation] = chosen.place(Float64Array.of(random.uniform(), random.uniform()));
  return [VIEW_SPACE.projectCoordinate(0, azimuth), VIEW_SPACE.projectCoordinate(1, elevation)];
}
