import { type CheckOptions, checkRegion } from "./check.ts";
import { type GrownRegion, growRegions } from "./growth.ts";
import { interpolateMap } from "./interpolated_map.ts";
import { type Lattice, latticePoints } from "./lattice_map.ts";
import { LowDiscrepancy } from "./low_discrepancy.ts";
import { Orthotope } from "./orthotope.ts";
import { depths } from "./pockets.ts";
import { Random } from "./random.ts";
import type { RegionRecord } from "./record.ts";
import type { Bounds, MethodPlugin } from "./region_method.ts";
import { toRegionRecord } from "./region_record.ts";
import type { SemanticFunction } from "./semantic_function.ts";
import type { SemanticSpace } from "./semantic_space.ts";

/** How class-global regions are looked for. */
export interface GlobalRegionOptions extends Pick<CheckOptions, "mean" | "variance" | "floor" | "badShare" | "samples" | "confidence"> {
  /** Grows them. */
  readonly method: MethodPlugin;
  /** Values for some of the method's options. */
  readonly options?: Readonly<Record<string, number>>;
  /** Most regions. */
  readonly count: number;
  /** Of the method and of the checks. */
  readonly seed: number;
  /** Maps on the same lattice whose mean the map is: each region says what they are inside. */
  readonly networks?: readonly ArrayLike<number>[];
}

/** A region of an average map. */
export interface GlobalRegion extends RegionRecord {
  /** The mean inside of each map that was averaged, at the points of the check: their mean is what the check found. */
  readonly networkMeans: readonly number[];
}

/** Scores on a lattice of a space. */
export interface StoredMap {
  /** What the lattice is of. */
  readonly space: SemanticSpace;
  /** Where f was scored. */
  readonly lattice: Lattice;
  /** Row-major in the lattice, one a point. */
  readonly scores: ArrayLike<number>;
}

/** A box of which more than this lies in a larger one says the same. */
const LARGEST_SHARE = 0.5;
/** Starts that are tried for each wanted region: some boxes do not grow, or repeat another. */
const STARTS_A_REGION = 4;

/**
 * Class-global adversarial regions: boxes in which the average map of a class is low. Each is grown, on 1 - f of the interpolated map, from the low
 * point that lies deepest among low points and that no region before it covers. The largest comes first.
 *
 * @param map Scores on a lattice that covers Omega, none of them NaN; low is what scores less than `floor`.
 */
export async function globalAdversarialRegions(
  { space, lattice, scores }: StoredMap,
  { method, options, count, seed, networks = [], ...thresholds }: GlobalRegionOptions,
): Promise<GlobalRegion[]> {
  const f = interpolateMap(space, lattice, scores);
  const points = latticePoints(lattice);
  const n = space.dimensions;
  const place = (i: number) => points.subarray(i * n, (i + 1) * n);
  const inward = depths(lattice, {
    closed: space.axes.map((_, axis) => space.isPeriodic(axis)),
    member: (i) => scores[i] < thresholds.floor,
  });
  const order = Array.from({ length: lattice.size }, (_, i) => i)
    .filter((i) => inward[i] > 0)
    .sort((left, right) => inward[right] - inward[left] || scores[left] - scores[right] || left - right);
  const free = new Set(order);
  let kept: GrownRegion[] = [];
  let starts = 0;
  for (const start of order) {
    if (kept.length >= count || starts >= count * STARTS_A_REGION) break;
    if (!free.has(start)) continue;
    starts++;
    const [region] = await growRegions(f, [{ method, target: "adversarial", initialPoint: place(start), options, seed }]);
    for (const i of free) if (region.box.contains(place(i), space)) free.delete(i);
    if (region.box.clippedVolume(space) > 0) kept = distinct([...kept, region], space);
  }
  return await Promise.all(kept.map(async (region, i) => {
    const { initialPoint } = region.task;
    const asked: number[] = [];
    const watched: SemanticFunction = {
      space,
      evaluate(points) {
        asked.push(...points);
        return f.evaluate(points);
      },
    };
    const check = await checkRegion(watched, region.box, { ...thresholds, target: "adversarial", initialPoint, seed: seed + i });
    const [initialScore] = await f.evaluate(Float64Array.from(initialPoint));
    const inside = check === null ? evenPoints(region.box) : Float64Array.from(asked);
    const networkMeans = await Promise.all(networks.map((own) => meanAt({ space, lattice, scores: own }, inside)));
    return { ...toRegionRecord(region, { space, initialScore, check }), networkMeans };
  }));
}

/** The largest first, without those that lie in larger ones for the most part. */
function distinct(regions: readonly GrownRegion[], space: SemanticSpace): GrownRegion[] {
  const volume = ({ box }: GrownRegion) => box.clippedVolume(space);
  const kept: GrownRegion[] = [];
  for (const region of regions.toSorted((left, right) => volume(right) - volume(left))) {
    const most = LARGEST_SHARE * volume(region);
    if (kept.every(({ box }) => box.intersectionVolume(region.box, space) <= most)) kept.push(region);
  }
  return kept;
}

/** Points of a box that is not checked. */
const EVEN_POINTS = 1024;

/** Points that fill a box evenly. */
function evenPoints({ a, b }: Bounds): Float64Array {
  const n = a.length;
  const sequence = new LowDiscrepancy(n, new Random(0));
  const unit = new Float64Array(EVEN_POINTS * n);
  for (let i = 0; i < EVEN_POINTS; i++) sequence.next(unit.subarray(i * n, (i + 1) * n));
  return new Orthotope(a, b).place(unit);
}

/** The mean of an interpolated map at points. */
async function meanAt({ space, lattice, scores }: StoredMap, points: Float64Array): Promise<number> {
  const values = await interpolateMap(space, lattice, scores).evaluate(points);
  return values.reduce((sum, score) => sum + score, 0) / values.length;
}
