import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { sampleAdaptiveMap } from "../../core/adaptive_map.ts";
import { closedForm } from "../../core/closed_form.ts";
import { InputError } from "../../core/errors.ts";
import { growRegions } from "../../core/growth.ts";
import { createLattice, latticePoints, sampleMap } from "../../core/lattice_map.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { naive } from "../../plugins/methods/naive.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

Deno.test("createLattice() of the paper's steps is the paper's lattice", () => {
  const lattice = createLattice(space, { steps: [3, 3] });
  assertEquals(lattice.shape, [120, 34]);
  assertEquals(lattice.size, 4080);
  assertEquals(lattice.axes[0].at(-1), 357);
  assertEquals(lattice.axes[1].at(-1), 89);
  assertEquals(createLattice(space, { steps: [2, 1] }).shape, [180, 100]);
});

Deno.test("createLattice() is not misled by steps that no binary fraction equals", () => {
  const unit = new SemanticSpace([{ name: "red", unit: "share", low: 0, high: 1 }]);
  for (const count of [3, 7, 10, 49, 1000]) assertEquals(createLattice(unit, { steps: [1 / count] }).size, count);
  assertEquals(createLattice(unit, { steps: [0.1] }).size, 10);
  assertEquals(createLattice(unit, { steps: [5] }).size, 1);
});

Deno.test("createLattice() of counts reaches both ends, except where the axis closes on itself", () => {
  const lattice = createLattice(space, { counts: [4, 3] });
  assertEquals([...lattice.axes[0]], [0, 90, 180, 270]);
  assertEquals([...lattice.axes[1]], [-10, 40, 90]);
  assertEquals([...createLattice(space, { counts: [1, 1] }).axes[1]], [40]);
});

Deno.test("createLattice() names what is wrong", () => {
  assertThrows(() => createLattice(space, { steps: [3] }), InputError, "one step for each of 2 parameters");
  assertThrows(() => createLattice(space, { steps: [3, 0] }), InputError, `Step of "elevation"`);
  assertThrows(() => createLattice(space, { steps: [1e-9, 3] }), InputError, `Step of "azimuth" is too small`);
  assertThrows(() => createLattice(space, { counts: [2.5, 3] }), InputError, `Count of "azimuth"`);
  assertThrows(() => createLattice(space, { counts: [1e5, 1e5] }), InputError, "at most");
});

Deno.test("latticePoints() is row-major with the first axis slowest, whole or in parts", () => {
  const lattice = createLattice(space, { counts: [2, 3] });
  const points = latticePoints(lattice);
  assertEquals([...points], [0, -10, 0, 40, 0, 90, 180, -10, 180, 40, 180, 90]);
  assertEquals([...latticePoints(lattice, 2, 4)], [...points.subarray(4, 8)]);
});

Deno.test("sampleMap() scores every point, whatever the batch", async () => {
  const f = closedForm(space, ([azimuth, elevation]) => (azimuth + elevation + 10) / 1000);
  const lattice = createLattice(space, { steps: [30, 20] });
  const seen: number[] = [];
  const map = await sampleMap(f, lattice, { batch: 7, onProgress: (done) => seen.push(done) });
  const points = latticePoints(lattice);
  assertEquals([...map.scores], Array.from({ length: 60 }, (_, i) => (points[2 * i] + points[2 * i + 1] + 10) / 1000));
  assertEquals([map.evaluations, map.complete, seen.at(-1), seen.length], [60, true, 60, 9]);
});

Deno.test("sampleMap() keeps what is done when it is aborted", async () => {
  const controller = new AbortController();
  const lattice = createLattice(space, { steps: [30, 20] });
  const options = { signal: controller.signal, batch: 8, onProgress: (done: number) => done === 16 && controller.abort() };
  const map = await sampleMap(closedForm(space, () => 0.5), lattice, options);
  assertEquals([map.evaluations, map.complete], [16, false]);
  assertEquals(map.scores.filter((score) => score === 0.5).length, 16);
  assertEquals(map.scores.filter(Number.isNaN).length, 44);
});

Deno.test("sampleMap() refuses scores that are too few, no numbers or outside [0, 1], and gradients that are too few", async () => {
  const lattice = createLattice(space, { steps: [30, 20] });
  for (const [evaluate, says] of WRONG_ANSWERS) {
    const f = { space, evaluate: (points: Float64Array) => Promise.resolve(evaluate(points)) };
    await assertRejects(() => sampleMap(f, lattice), InputError, says);
    await assertRejects(() => growRegions(f, [{ method: naive, target: "robust", initialPoint: [0, 0] }]), InputError, says);
    await assertRejects(() => sampleAdaptiveMap(f, lattice, { tolerance: 0.1 }), InputError, says);
  }
  const scores = Float64Array.of(0.5, 0.5);
  await assertRejects(
    () =>
      sampleMap(
        { space, evaluate: () => Promise.resolve(scores), differentiate: () => Promise.resolve({ scores, gradients: scores }) },
        lattice,
        {
          gradients: true,
          batch: 2,
        },
      ),
    InputError,
    "2 numbers a gradient: it gave 2 for 2 points",
  );
});

Deno.test("sampleMap() gives the same scores with gradients and without, where these are taken of another picture", async () => {
  const f = {
    space,
    evaluate: (points: Float64Array) => Promise.resolve(points.subarray(points.length / 2).map((_, i) => i / 100)),
    differentiate: (points: Float64Array) => Promise.resolve({ scores: new Float64Array(points.length / 2).fill(1), gradients: points }),
  };
  const lattice = createLattice(space, { steps: [90, 50] });
  const [plain, both] = [await sampleMap(f, lattice), await sampleMap(f, lattice, { gradients: true })];
  assertEquals(both.scores, plain.scores);
  assertEquals([both.gradients?.length, plain.gradients], [2 * lattice.size, undefined]);
});

Deno.test("sampleMap() tells of a batch that failed before an earlier one has ended", async () => {
  const late = (scores: Float64Array) => new Promise<Float64Array>((resolve) => setTimeout(() => resolve(scores), 20));
  let calls = 0;
  const f = {
    space,
    evaluate: (points: Float64Array) => calls++ === 0 ? late(new Float64Array(points.length / 2)) : Promise.resolve(new Float64Array(0)),
  };
  await assertRejects(() => sampleMap(f, createLattice(space, { steps: [30, 20] }), { batch: 7 }), InputError, "one score a point");
});

const WRONG_ANSWERS: readonly (readonly [(points: Float64Array) => Float64Array, string])[] = [
  [(points) => new Float64Array(points.length / 2 - 1), "must give one score a point"],
  [(points) => new Float64Array(points.length / 2).fill(NaN), "is NaN"],
  [(points) => new Float64Array(points.length / 2).fill(1.5), "is 1.5"],
];
