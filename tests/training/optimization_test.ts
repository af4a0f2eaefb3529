import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../../core/random.ts";
import type { ParameterInfo } from "../../training/network/layers.ts";
import { Adam } from "../../training/optimization/adam.ts";
import { encodeCheckpoint, restoreCheckpoint } from "../../training/optimization/checkpoint.ts";
import { Parameters } from "../../training/optimization/parameters.ts";
import { learningRate } from "../../training/optimization/schedule.ts";

const INFOS: readonly ParameterInfo[] = [
  { name: "a.weight", role: "weight", dims: [40, 50], fanIn: 50 },
  { name: "a.scale", role: "scale", dims: [1, 40, 1, 1], fanIn: 1 },
  { name: "a.shift", role: "shift", dims: [1, 40, 1, 1], fanIn: 1 },
  { name: "a.mean", role: "mean", dims: [1, 40, 1, 1], fanIn: 1 },
  { name: "a.variance", role: "variance", dims: [1, 40, 1, 1], fanIn: 1 },
];

Deno.test("Parameters.initialize() draws weights of variance 2 / fanIn, and starts scales and variances at 1, the rest at 0", () => {
  const parameters = new Parameters(INFOS);
  parameters.initialize(new Random(1));
  const weights = parameters.values.get("a.weight")!;
  const variance = weights.reduce((sum, value) => sum + value * value, 0) / weights.length;
  assertAlmostEquals(variance, 2 / 50, 0.004);
  const only = (name: string) => [...new Set(parameters.values.get(name))];
  assertEquals(["a.scale", "a.shift", "a.mean", "a.variance"].map(only), [[1], [0], [0], [1]]);
});

Deno.test("Parameters keeps trained numbers apart from statistics, and lets weights alone decay", () => {
  const parameters = new Parameters(INFOS);
  assertEquals([parameters.trained.length, parameters.statistics.length], [2080, 80]);
  assertEquals(parameters.decays.reduce((sum, value) => sum + value, 0), 2000);
  parameters.values.get("a.weight")![3] = 7;
  assertEquals(parameters.trained[3], 7);
});

Deno.test("Adam.step() takes the steps of the paper's algorithm, computed by hand", () => {
  const adam = new Adam(1, { firstDecay: 0.9, secondDecay: 0.99, weightDecay: 0.1 });
  const values = Float32Array.of(2);
  let [first, second, expected] = [0, 0, 2];
  for (const [i, gradient] of [0.5, -1, 3].entries()) {
    adam.step(values, Float32Array.of(gradient), { step: i + 1, rate: 0.01, decays: Uint8Array.of(1) });
    first = 0.9 * first + 0.1 * gradient;
    second = 0.99 * second + 0.01 * gradient ** 2;
    const move = first / (1 - 0.9 ** (i + 1)) / Math.sqrt(second / (1 - 0.99 ** (i + 1)));
    expected = expected - 0.01 * move - 0.01 * 0.1 * expected;
    assertAlmostEquals(values[0], expected, 1e-6);
  }
});

Deno.test("Adam finds the minimum of a badly scaled parabola", () => {
  const adam = new Adam(2);
  const values = Float32Array.of(3, -2);
  const decays = new Uint8Array(2);
  for (let step = 1; step <= 2000; step++) {
    const gradients = Float32Array.of(100 * (values[0] - 1), 0.1 * (values[1] - 1));
    adam.step(values, gradients, { step, rate: learningRate({ peak: 0.05, steps: 2000, warmUp: 20 }, step - 1), decays });
  }
  assertAlmostEquals(values[0], 1, 1e-3);
  assertAlmostEquals(values[1], 1, 1e-2);
});

Deno.test("learningRate() rises in a line, then falls along a cosine to 0", () => {
  const schedule = { peak: 2, steps: 110, warmUp: 10 };
  assertAlmostEquals(learningRate(schedule, 0), 0.2);
  assertAlmostEquals(learningRate(schedule, 9), 2);
  assertAlmostEquals(learningRate(schedule, 10), 2);
  assertAlmostEquals(learningRate(schedule, 60), 1);
  assertAlmostEquals(learningRate(schedule, 110), 0);
});

Deno.test("restoreCheckpoint() puts back what encodeCheckpoint() saved", () => {
  const saved = progress(1);
  const bytes = encodeCheckpoint({ ...saved, step: 42 }, "key é");
  const restored = progress(2);
  assertEquals(restoreCheckpoint(bytes, "key é", restored), 42);
  assertEquals(restored.parameters.trained, saved.parameters.trained);
  assertEquals(restored.parameters.statistics, saved.parameters.statistics);
  assertEquals(restored.optimizer.first, saved.optimizer.first);
  assertEquals(restored.optimizer.second, saved.optimizer.second);
});

Deno.test("restoreCheckpoint() leaves all as it is where the checkpoint is of another training or damaged", () => {
  const bytes = encodeCheckpoint({ ...progress(1), step: 42 }, "key 1");
  for (const [given, key] of [[bytes, "key 2"], [bytes.subarray(0, 100), "key 1"], [new Uint8Array(bytes.length), "key 1"]] as const) {
    const state = progress(3);
    assertEquals(restoreCheckpoint(given, key, state), undefined);
    assertEquals(state.parameters.trained, progress(3).parameters.trained);
  }
});

function progress(seed: number): { parameters: Parameters; optimizer: Adam } {
  const parameters = new Parameters(INFOS);
  const random = new Random(seed);
  parameters.initialize(random);
  const optimizer = new Adam(parameters.trained.length);
  for (const array of [optimizer.first, optimizer.second, parameters.statistics]) array.forEach((_, i) => array[i] = random.uniform());
  assert(parameters.trained.some((value) => value !== 0));
  return { parameters, optimizer };
}
