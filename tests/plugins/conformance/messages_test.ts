import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { OutsidePlugin } from "../../../core/manifest.ts";
import type { Triple } from "../../../core/scene.ts";
import { conformance } from "../../../plugins/conformance/mod.ts";

/** What is said of a plugin, a line a requirement that it fails. */
async function problems(plugin: OutsidePlugin): Promise<string[]> {
  const told: string[] = [];
  for (const { check } of await conformance(plugin)) {
    try {
      await check();
    } catch (error) {
      told.push((error as Error).message.split("\n")[0]);
    }
  }
  return told;
}

const common = { name: "odd", version: "1.0.0", description: "of a test" };
const gray = (value: number): Triple => [value, value, value];
const parameter = { ...common, kind: "parameter", unit: "share", low: 0, high: 1, default: 0 } as const;

Deno.test("conformance() says where a parameter is not smooth, and of what", async () => {
  const step: OutsidePlugin = { ...parameter, apply: (scene, value) => ({ ...scene, background: gray(value > 0.5 ? 1 : 0) }) };
  const [problem, ...more] = await problems(step);
  assertStringIncludes(problem, "background.0 jumps or bends at 0.5: its slope is 500");
  assertEquals(more, []);
});

Deno.test("conformance() tells a method what is wrong with its box, by the parameter's name", async () => {
  const method = (reach: number): OutsidePlugin => ({
    ...common,
    kind: "method",
    whiteBox: false,
    options: {},
    *grow({ initialPoint }) {
      const box = { a: initialPoint.map((x) => x - reach), b: initialPoint.map((x) => x + reach) };
      yield { points: Float64Array.from(initialPoint), gradients: false, box, step: 0 };
      return { box, steps: 1, stopped: "steps" };
    },
  });
  const [wide] = await problems(method(200));
  assertStringIncludes(wide, "its side along azimuth is [-20, 380], longer than the period of 360");
  const high = await problems(method(1));
  assertStringIncludes(high[0], "its side along u1 is [89, 91], and must lie in [-10, 90]");
  assertEquals(high.length, 3, "a method that ends after one round cannot be interrupted in a later one");
});

Deno.test("conformance() tells a method in the program itself what is wrong with its answers", async () => {
  const box = { a: Float64Array.of(1), b: Float64Array.of(2) };
  const request = { points: Float64Array.of(1), gradients: false, box, step: 0 };
  const answers: readonly (readonly [unknown, string])[] = [
    [{ done: true, value: { a: 1 } }, "it must return its steps, a whole number: they are undefined"],
    [{ done: true, value: { box, steps: 1 } }, "it must return why it stopped, a text: it is undefined"],
    [{ done: true, value: { box: { a: [NaN], b: [1] }, steps: 1, stopped: "steps" } }, "its box must have 1 finite bounds in a and in b"],
    [{ done: false, value: { ...request, points: [[1]] } }, "it must yield points, a Float64Array"],
    [{ done: false, value: { ...request, points: Float64Array.of(NaN) } }, "points must be finite: one of their numbers is NaN"],
    [{ done: false, value: { ...request, gradients: undefined } }, "it must yield whether it wants gradients"],
    [{ done: false, value: { ...request, gradients: true } }, "it asks for gradients, and whiteBox says that it does not"],
    [{ done: false, value: { ...request, box: undefined } }, "its box must have 1 finite bounds"],
  ];
  const method = (grow: () => unknown): OutsidePlugin => ({ ...common, kind: "method", whiteBox: false, options: {}, grow: grow as never });
  for (const [answer, says] of answers) {
    const [first] = await problems(method(() => ({ next: () => answer })));
    assertStringIncludes(first, `Method plugin "odd" gave a wrong answer to grow(): ${says}`);
  }
  const [first] = await problems(method(() => ({ box })));
  assertStringIncludes(first, "it must be a generator, as *grow(problem) { ... }");
});

Deno.test("conformance() says something of each requirement that fails", async () => {
  const renderer: OutsidePlugin = {
    ...common,
    kind: "renderer",
    create: () => ({ render: (_scenes, pictures) => void pictures.fill(0.5), dispose() {} }),
  };
  const classifier: OutsidePlugin = {
    ...common,
    kind: "classifier",
    load: () =>
      Promise.resolve({
        info: { width: 4, height: 4, classes: 2, facts: {} },
        classify: (_pictures, count) => Promise.resolve(new Float64Array(2 * count).fill(0.25)),
        dispose: () => Promise.resolve(),
      }),
  };
  for (const plugin of [renderer, classifier]) {
    const told = await problems(plugin);
    assert(told.length > 1);
    for (const problem of told) assert(problem.trim().length > 5, `"${problem}"`);
  }
  assertStringIncludes((await problems(classifier))[0], "scores of a picture must have the sum 1: it is 0.5");
});

Deno.test("conformance() tells a reporter that it may not write the record", async () => {
  const report = () => Promise.resolve([{ name: "record.json", bytes: new Uint8Array(1) }]);
  for (const problem of await problems({ ...common, kind: "reporter", report })) {
    assertStringIncludes(problem, "record.json is that of the run: give another name");
  }
  assert((await problems({ ...common, kind: "reporter", report })).length > 0);
});
