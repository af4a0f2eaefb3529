import { assert, assertEquals, assertThrows } from "@std/assert";
import { closedForm } from "../../../core/closed_form.ts";
import { InputError } from "../../../core/errors.ts";
import type { MethodPlugin } from "../../../core/region_method.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { methods } from "../../../plugins/methods/mod.ts";
import { readContent, writeContent } from "../../../workers/study/item_content.ts";
import { mostPasses } from "../../../workers/study/passes.ts";
import { runGrowth, runMap, thinned } from "../../../workers/study/run_item.ts";
import { STUDY } from "./plans.ts";

const byName = new Map(methods.map((method): [string, MethodPlugin] => [method.name, method]));
const methodOf = (name: string) => byName.get(name)!;
const space = new SemanticSpace(STUDY.head.space);
const f = closedForm(space, ([azimuth, elevation]) => 0.5 + 0.4 * Math.cos(azimuth * Math.PI / 180) * Math.cos(elevation * Math.PI / 180));

Deno.test("runGrowth() gives regions in the order of points and methods, and the same again; another mesh has other samples", async () => {
  const plan = {
    ...STUDY,
    methods: [STUDY.methods[0], { name: "oir_b", options: { eta: 0.1, steps: 10, epsilon: 1, tolerance: 0, alpha: 0.05 } }],
  };
  const grow = (meshHash: string) => runGrowth(f, plan, { method: methodOf, meshHash });
  const first = await grow("0a".repeat(32));
  assertEquals(first!.regions.map(({ method, initialPoint }) => [method, ...initialPoint]), [
    ["naive", 130, 30],
    ["oir_b", 130, 30],
    ["naive", 50, 20],
    ["oir_b", 50, 20],
  ]);
  for (const { trace, initialScore, initialPoint, check } of first!.regions) {
    assertEquals([trace.length, trace[0].step, trace.at(-1)!.step], [5, 0, 10]);
    assertEquals(initialScore, (await f.evaluate(Float64Array.from(initialPoint)))[0]);
    assertEquals(check?.samples, 20);
  }
  assertEquals(await grow("0a".repeat(32)), first);
  const other = await grow("0b".repeat(32));
  assertEquals(other!.regions.map(({ a }) => a), first!.regions.map(({ a }) => a));
  assert(other!.regions[0].check!.mean !== first!.regions[0].check!.mean);
});

Deno.test("runMap() and runGrowth() give nothing where they are interrupted", async () => {
  const signal = AbortSignal.abort();
  assertEquals(await runMap(f, STUDY, { signal }), undefined);
  assertEquals(await runGrowth(f, STUDY, { method: methodOf, meshHash: "0a".repeat(32), signal }), undefined);
  assertEquals((await runMap(f, STUDY, {}))?.scores.length, 12);
});

Deno.test("readContent() gives back what writeContent() wrote, with losses that are not known", async () => {
  const grown = (await runGrowth(f, STUDY, { method: methodOf, meshHash: "0a".repeat(32) }))!;
  assert(Number.isNaN(grown.regions[0].trace.at(-1)!.loss));
  assertEquals(readContent("grow", writeContent(grown)), grown);
});

Deno.test("readContent() says which kind of item a store has damaged", () => {
  const damaged = 'The store is damaged: an item of kind "map"';
  assertThrows(() => readContent("map", '{"scores": [1'), InputError, `${damaged} must be JSON: `);
  assertThrows(() => readContent("map", '{"scores": 1}'), InputError, `${damaged} cannot be read (`);
});

Deno.test("thinned() keeps the first row, the last, and evenly what is between", () => {
  const trace = Array.from({ length: 101 }, (_, step) => ({ step, a: [0], b: [1], loss: 0 }));
  assertEquals(thinned(trace, 5).map(({ step }) => step), [0, 25, 50, 75, 100]);
  assertEquals(thinned(trace, 1).map(({ step }) => step), [100]);
  assertEquals(thinned(trace, 0), []);
  assertEquals(thinned(trace, 200), trace);
});

/** The paper's table 1: points a step and dimension. */
const COSTS = { naive: (n: number) => [2 ** n, 0], oir_b: (n: number) => [2 ** (n + 1), 0], oir_w: (n: number) => [0, 2 ** n] };

for (const [name, cost] of Object.entries(COSTS)) {
  Deno.test(`mostPasses() finds what a step of ${name} asks for, as the paper's table 1 has it`, async () => {
    for (const n of [1, 2, 5]) {
      const cube = new SemanticSpace(Array.from({ length: n }, (_, i) => ({ name: `x${i}`, unit: "unit", low: 0, high: 1 })));
      const method = byName.get(name)!;
      const options = Object.fromEntries(Object.entries(method.options).map(([option, { default: value }]) => [option, value]));
      const [scored, differentiated] = cost(n);
      assertEquals(await mostPasses(method, { space: cube, options: { ...options, steps: 800, epsilon: 0.01 } }), {
        scored: 800 * scored,
        differentiated: 800 * differentiated,
      });
    }
  });
}
