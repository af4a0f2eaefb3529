/**
 * The gradient of f against central differences of f, at many points and several steps.
 *
 * A central difference is the mean of the derivative over its step. That of f changes within a fraction of a pixel, for networks feel where edges
 * lie within pixels, so a difference is compared with the mean of exact derivatives over its step; over the shortest steps, with the one in the middle.
 * Three functions are differenced: f of the picture that is differentiated, of one with 8 x 8 samples a pixel, and of the plain one, 2 x 2.
 *
 * deno task bench bench/gradient_of_f.ts CLASS MESH NETWORK.onnx [POINTS]
 */
import { parseSceneSpace } from "../commands/parameter_options.ts";
import { LowDiscrepancy } from "../core/low_discrepancy.ts";
import { Random } from "../core/random.ts";
import { readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import { onnx } from "../plugins/classifiers/onnx/mod.ts";
import { loadMesh } from "../plugins/meshes/load_mesh.ts";
import { builtInPlugins } from "../plugins/mod.ts";
import { RasterRenderer } from "../plugins/renderers/raster/raster_renderer.ts";

const [classText, meshPath, path, pointsText = "64"] = Deno.args;
if (path === undefined) {
  console.error("usage: bench/gradient_of_f.ts CLASS MESH NETWORK.onnx [POINTS]");
  Deno.exit(2);
}
const classIndex = Number(classText), count = Number(pointsText);

/** Half steps in degrees; other parameters take steps of like effect: what they call a degree. */
const STEPS = [0.001, 0.01, 0.1, 0.5];
/** Half steps that are compared with the exact derivative in their middle; longer ones with the mean over the step. */
const SHORT = 0.01;
const DEGREES = [1, 1, 0.03, 1];
const PARAMETERS = "azimuth,elevation=0:80,distance=2:3.5,light-elevation=20:80";
/** Exact derivatives in the mean over a step: many where edges move. */
const PLACES = [8, 8, 8, 2];

const scenes = parseSceneSpace(PARAMETERS, [], builtInPlugins());
const { space } = scenes;
const n = space.dimensions;
const mesh = await loadMesh(meshPath, { read: (file) => Deno.readFile(file), colors: "white" });
const network = await onnx.load({ name: path, bytes: await Deno.readFile(path), threads: 1, provider: "cpu", gradients: true });
const { width, height, classes } = network.info;
const size = 3 * width * height;
const options = { width, height, colors: "white" } as const;
const renderer = new RasterRenderer(mesh, options), fine = new RasterRenderer(mesh, { ...options, samples: 8 });

/** What draws a picture whose score is f. */
const FUNCTIONS: Readonly<Record<string, (scene: Scene, picture: Float32Array) => void>> = {
  "of the picture differentiated": (scene, picture) => renderer.differentiate(scene, [], picture, new Float32Array(0)),
  "of 8 x 8 samples": (scene, picture) => fine.render([scene], picture),
  "of 2 x 2 samples": (scene, picture) => renderer.render([scene], picture),
};

function moved(point: Float64Array, axis: number, degrees: number): Float64Array {
  return point.map((value, k) => k === axis ? value + degrees * DEGREES[k] : value);
}

/** Exact derivatives, a degree, along one axis at points [places x n]. */
async function slopes(points: Float64Array, axis: number): Promise<Float64Array> {
  const places = points.length / n;
  const drawn = await scenes.scenes(points), rows = await scenes.tangents(points);
  const pictures = new Float32Array(places * size), derivatives = new Float32Array(places * size);
  for (let i = 0; i < places; i++) {
    const tangent = readScene(rows, (i * n + axis) * SCENE_SIZE);
    renderer.differentiate(
      drawn[i],
      [tangent],
      pictures.subarray(i * size, (i + 1) * size),
      derivatives.subarray(i * size, (i + 1) * size),
    );
  }
  const { gradients } = await network.differentiate!(pictures, places, classIndex);
  return Float64Array.from(drawn, (_, i) => DEGREES[axis] * inner(gradients, derivatives, i * size, (i + 1) * size));
}

function inner(left: Float32Array, right: Float32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += left[i] * right[i];
  return sum;
}

/** Central difference of f, a degree, along each axis. */
async function differences(point: Float64Array, step: number, draw: (scene: Scene, picture: Float32Array) => void): Promise<number[]> {
  const drawn = await scenes.scenes(DEGREES.flatMap((_, k) => [...moved(point, k, step), ...moved(point, k, -step)]));
  const pictures = new Float32Array(2 * n * size);
  drawn.forEach((scene, i) => draw(scene, pictures.subarray(i * size, (i + 1) * size)));
  const scores = await network.classify(pictures, 2 * n);
  return DEGREES.map((_, k) => (scores[2 * k * classes + classIndex] - scores[(2 * k + 1) * classes + classIndex]) / (2 * step));
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((left, right) => left - right)[Math.floor(share * values.length)];
const quartiles = (values: readonly number[]) => [0.25, 0.5, 0.75, 0.9].map((share) => quantile(values, share).toPrecision(2)).join(" | ");

/** How far gradients are from others, over the points. */
function comparison(values: readonly number[][], expected: readonly number[][]): string {
  const errors = values.map((row, i) => norm(row.map((value, k) => value - expected[i][k])) / norm(expected[i]));
  const cosines = values.map((row, i) => row.reduce((sum, value, k) => sum + value * expected[i][k], 0) / (norm(row) * norm(expected[i])));
  return `${quartiles(errors)} | ${quantile(cosines, 0.5).toFixed(3)} | ${quantile(cosines, 0.1).toFixed(3)}`;
}

const sequence = new LowDiscrepancy(n, new Random(1));
const shares = new Float64Array(n);
const points = Array.from({ length: count }, () => {
  sequence.next(shares);
  return shares.map((share, k) => space.axes[k].low + share * space.extent(k));
});

const middles: number[][] = [];
for (const point of points) {
  const row: number[] = [];
  for (let k = 0; k < n; k++) row.push((await slopes(point, k))[0]);
  middles.push(row);
}
console.log(`gradient of f along ${space.axes.map(({ name }) => name).join(", ")} at ${count} points`);
console.log(`its length a degree, 25 % | median | 75 % | 90 %: ${quartiles(middles.map(norm))}`);
console.log("half step in degrees | difference | against | relative error, 25 % | median | 75 % | 90 % | cosine, median | 10 %");
for (const step of STEPS) {
  const means: number[][] = [];
  for (const point of points) {
    const row: number[] = [];
    for (let k = 0; k < n; k++) {
      const places = step <= SHORT ? 1 : PLACES[k];
      const along = Array.from({ length: places }, (_, place) => moved(point, k, step * ((2 * place + 1) / places - 1)));
      row.push((await slopes(Float64Array.from(along.flatMap((one) => [...one])), k)).reduce((sum, value) => sum + value, 0) / places);
    }
    means.push(row);
  }
  if (step > SHORT) console.log([step, "", "derivative in the middle against mean", comparison(middles, means)].join(" | "));
  for (const [name, draw] of Object.entries(FUNCTIONS)) {
    const rows: number[][] = [];
    for (const point of points) rows.push(await differences(point, step, draw));
    console.log([step, name, step <= SHORT ? "middle" : "mean", comparison(rows, means)].join(" | "));
  }
}
await network.dispose();
