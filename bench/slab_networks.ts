/**
 * The region method `slab` on a real network, over 2, 4, 7 and 10 parameters: points, time, and what fresh points say of its boxes; and how often a
 * bad point of a box is seen by sampling alone, and how often by a search that begins at the samples, with gradients and without, for as many passes.
 *
 * deno task bench bench/slab_networks.ts CLASS MESH NETWORK.onnx [POINTS] [DIMENSIONS,...] [NORMALIZATION]
 */
import { parseSceneSpace } from "../commands/parameter_options.ts";
import { checkRegion } from "../core/check.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { falsify } from "../core/falsify.ts";
import { type GrownRegion, growRegions } from "../core/growth.ts";
import { LowDiscrepancy } from "../core/low_discrepancy.ts";
import { Random } from "../core/random.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import { slab } from "../plugins/methods/slab/slab.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { openFunction, parseNormalization } from "../workers/open_function.ts";
import { mean, median, printTable, share } from "./slab_table.ts";

const [classText, mesh, classifier, pointsText = "4", dimensionsText = "2,4,7,10", normalization = "none"] = Deno.args;
if (classifier === undefined) {
  console.error("usage: bench/slab_networks.ts CLASS MESH NETWORK.onnx [POINTS] [DIMENSIONS,...] [NORMALIZATION]");
  Deno.exit(2);
}

/** Viewpoint, distance and light, background and contrast of lights, color: the first n of them vary. */
const PARAMETERS = [
  "azimuth",
  "elevation",
  "distance=2.2:4",
  "light-elevation",
  "directional",
  "ambient",
  "background",
  "red",
  "green",
  "blue",
] as const;
/** Viewpoints among which initial points are looked for, as the best of which they are. */
const VIEWPOINTS = 60;
/** Fresh points of a check. */
const SAMPLES = 1024;
/** Points of a sampling that looks for a bad one; a search has these in all, a quarter of them as its start. */
const BUDGET = 256;
/** A step along the gradient counts as this many points: a score, and a gradient for three. */
const GRADIENT_COST = 4;
const FLOOR = 0.35;

const registry = builtInPlugins();

/** Initial points: viewpoints of high score that lie apart, with everything else as it is by default. */
async function initialPoints(f: SemanticFunction, count: number): Promise<Float64Array[]> {
  const { space } = f, n = space.dimensions;
  const sequence = new LowDiscrepancy(2, new Random(1));
  const unit = new Float64Array(2);
  const points = Array.from({ length: VIEWPOINTS }, () => {
    sequence.next(unit);
    return Float64Array.from(
      space.axes,
      ({ name, low, high }, k) => k < 2 ? low + unit[k] * (high - low) : registry.get("parameter", name).default,
    );
  });
  const scores = await f.evaluate(Float64Array.from({ length: VIEWPOINTS * n }, (_, i) => points[Math.floor(i / n)][i % n]));
  const chosen: Float64Array[] = [];
  for (const i of points.keys().toArray().sort((one, other) => scores[other] - scores[one])) {
    const apart = chosen.every((other) => Math.hypot(((points[i][0] - other[0] + 540) % 360) - 180, points[i][1] - other[1]) > 25);
    if (apart && chosen.length < count) chosen.push(points[i]);
  }
  return chosen;
}

/** The worst scores that are found, as shares of f(u0). */
async function searchBox(f: SemanticFunction, { box }: GrownRegion, initialScore: number) {
  const samples = BUDGET / 4, starts = 4, generation = starts * (4 + Math.floor(3 * Math.log(box.dimensions)));
  const evolutionSteps = Math.floor((BUDGET - samples) / generation);
  // A third of the steps are generations.
  const gradientSteps = Math.floor((BUDGET - samples) / (generation / 3 + 2 / 3 * starts * GRADIENT_COST));
  const found = {
    sampling: await falsify(f, box, { samples: BUDGET, steps: 0 }),
    evolution: await falsify(f, box, { samples, starts, steps: evolutionSteps, gradients: false }),
    gradient: await falsify(f, box, { samples, starts, steps: gradientSteps }),
  };
  return {
    sampling: found.sampling.score / initialScore,
    evolution: found.evolution.score / initialScore,
    gradient: found.gradient.score / initialScore,
  };
}

const rows: string[][] = [];
for (const n of dimensionsText.split(",").map(Number)) {
  const scenes = parseSceneSpace(PARAMETERS.slice(0, n).join(","), [], registry);
  await using opened = await openFunction({
    registry,
    scenes,
    mesh,
    classifier,
    class: /^\d+$/.test(classText) ? Number(classText) : classText,
    normalization: parseNormalization(normalization),
    gradients: "exact",
  });
  const { f } = opened;
  const points = await initialPoints(f, Number(pointsText));
  const started = performance.now();
  const regions = await growRegions(
    f,
    points.map((initialPoint) => ({ method: slab, target: "robust", initialPoint, options: { relative: 1 } })),
  );
  const seconds = (performance.now() - started) / 1000;
  const checks = [], found: Awaited<ReturnType<typeof searchBox>>[] = [];
  for (const [i, region] of regions.entries()) {
    const [initialScore] = await f.evaluate(points[i]);
    const demands = { mean: DEFAULTS.mean * initialScore, variance: DEFAULTS.variance * initialScore ** 2, floor: FLOOR * initialScore };
    const check = await checkRegion(f, region.box, { ...demands, initialPoint: points[i], samples: SAMPLES, confidence: 0.95 });
    checks.push({ initialScore, ...check!, holds: check!.mean >= demands.mean && check!.variance <= demands.variance });
    found.push(await searchBox(f, region, initialScore));
  }
  const passes = regions.map(({ evaluations }) => evaluations);
  rows.push([
    String(n),
    String(regions.length),
    String(median(passes)),
    (median(passes) / n).toFixed(0),
    (1000 * seconds / passes.reduce((sum, value) => sum + value, 0)).toFixed(1),
    mean(checks.map(({ initialScore }) => initialScore)).toFixed(2),
    mean(checks.map((check) => check.mean / check.initialScore)).toFixed(2),
    (100 * share(checks.map(({ holds }) => holds ? 1 : 0), Boolean)).toFixed(0),
    (100 * mean(checks.map((check) => check.badShare))).toFixed(1),
    median(
      regions.map(({ box }) =>
        Math.exp(Array.from(box.sides).reduce((sum, side, k) => sum + Math.log(side / scenes.space.extent(k)), 0) / n)
      ),
    ).toFixed(2),
    ...(["sampling", "evolution", "gradient"] as const).map((by) => mean(found.map((each) => each[by])).toFixed(2)),
    ...(["sampling", "evolution", "gradient"] as const).map((by) => String(found.filter((each) => each[by] < FLOOR).length)),
    String(found.filter(({ sampling, evolution, gradient }) => Math.min(evolution, gradient) < FLOOR && sampling >= FLOOR).length),
  ]);
}
const columns =
  "n,boxes,passes,a parameter,ms a pass,f(u0),mean/f(u0),(2) ok %,bad %,side/Omega,worst by sampling,by evolution,by gradient,bad by sampling,by evolution,by gradient,missed by sampling"
    .split(",");
printTable(`${classText} of ${mesh} by ${classifier}`, columns, rows);
