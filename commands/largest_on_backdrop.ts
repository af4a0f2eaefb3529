import { complement } from "../core/complement.ts";
import type { GrownRegion } from "../core/growth.ts";
import { interpolateMap } from "../core/interpolated_map.ts";
import { type LargestBox, largestBox } from "../core/largest_box.ts";
import { latticeOf } from "../core/lattice_map.ts";
import type { Backdrop, LargestRecord, RegionThresholds } from "../core/record.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";

/**
 * For each region the largest box around its u0 that the map behind the figure has with the demands on that region, and how large the region is against it;
 * null where there is none. Undefined where nothing can be said: there is no map of all parameters.
 */
export async function largestOnBackdrop(
  regions: readonly GrownRegion[],
  backdrop: Backdrop | null,
  { space, demands }: { readonly space: SemanticSpace; readonly demands: readonly Required<RegionThresholds>[] },
): Promise<(LargestRecord | null)[] | undefined> {
  if (backdrop === null || space.dimensions > 2) return undefined;
  const [{ values, scores }] = backdrop.slices;
  const lattice = latticeOf(values.map((axis) => Float64Array.from(axis)));
  const map = interpolateMap(space, lattice, scores);
  const known = new Map<string, LargestBox | undefined>();
  const largest: (LargestRecord | null)[] = [];
  for (const [i, { box, task: { initialPoint, target } }] of regions.entries()) {
    const key = `${target} ${Array.from(initialPoint)} ${Object.values(demands[i])}`;
    if (!known.has(key)) {
      known.set(key, await largestBox(target === "robust" ? map : complement(map), initialPoint, { ...demands[i], cells: lattice.shape }));
    }
    const found = known.get(key);
    largest.push(
      found === undefined ? null : {
        a: Array.from(found.box.a),
        b: Array.from(found.box.b),
        volume: found.volume,
        share: box.clippedVolume(space) / found.volume,
      },
    );
  }
  return largest;
}
