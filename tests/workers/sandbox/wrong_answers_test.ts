import { assertEquals, assertRejects } from "@std/assert";
import { closedForm } from "../../../core/closed_form.ts";
import { PluginFailure } from "../../../core/errors.ts";
import { growRegions } from "../../../core/growth.ts";
import type { ClassifierPlugin } from "../../../core/classifier.ts";
import type { RegionMethod } from "../../../core/region_method.ts";
import type { Plugin } from "../../../core/registry.ts";
import type { RendererPlugin } from "../../../core/renderer.ts";
import { SemanticSpace } from "../../../core/semantic_space.ts";
import { card } from "../../../plugins/conformance/meshes.ts";
import { applyOnce, parameterSource, reportText, withPlugins } from "./plugin_folder.ts";

const SPACE = new SemanticSpace([{ name: "x", unit: "unit", low: 0, high: 1 }, { name: "y", unit: "unit", low: 0, high: 1 }]);

function source(kind: string, members: string): string {
  return `export default { kind: "${kind}", name: "odd", version: "1.0.0", description: "of a test", ${members} };`;
}

async function grow(method: Plugin, resolution?: readonly number[]) {
  const [region] = await growRegions(closedForm(SPACE, () => 1), [
    { method: method as RegionMethod, target: "robust", initialPoint: [0.5, 0.5], resolution },
  ]);
  if (region.failure !== undefined) throw region.failure;
  return region;
}

const load = (plugin: Plugin) =>
  (plugin as ClassifierPlugin).load({ name: "odd", bytes: new Uint8Array(0), threads: 1, provider: "cpu", gradients: false });
const create = async (plugin: Plugin) =>
  await (plugin as RendererPlugin).create(card(1, 1, 0), { width: 2, height: 2, colors: "white", shading: "flat" });

/** Sources, what is asked of them, and what is said of the answer after the plugin's name. */
const WRONG: readonly (readonly [source: string, ask: (plugin: Plugin) => Promise<unknown>, says: string])[] = [
  [
    source("classifier", "load: () => ({ info: { width: 1, height: 1, facts: {} }, classify() {}, dispose() {} })"),
    load,
    "gave a wrong answer to load(): info.classes: must be a number: it is missing",
  ],
  [
    source("classifier", 'load: () => ({ info: { width: 1, height: 1, classes: "2", facts: {} }, classify() {}, dispose() {} })'),
    load,
    'gave a wrong answer to load(): info.classes: must be a number: it is "2"',
  ],
  [
    source("classifier", "load: () => ({ info: {}, classify() {} })"),
    load,
    "gave a wrong answer to load(): an object must be given that has dispose()",
  ],
  [source("renderer", "create() {}"), create, "gave a wrong answer to create(): an object must be given that has render() and dispose()"],
  [
    source("reporter", 'report: () => [{ name: "a.txt", bytes: "text" }]'),
    reportText,
    'gave a wrong answer to report(): 0.bytes: must be a Uint8Array: it is "text"',
  ],
  [
    source("reporter", 'report: () => ({ name: "a.txt" })'),
    reportText,
    "gave a wrong answer to report(): must be a list: it is of type Object",
  ],
  [
    source("method", "whiteBox: false, grow({ initialPoint: a }) { return { box: { a, b: a } }; }"),
    grow,
    "gave a wrong answer to grow(): it must be a generator, as *grow(problem) { ... }",
  ],
  [
    source("method", 'whiteBox: false, *grow({ initialPoint: a }) { return { a, b: a, steps: 1, stopped: "steps" }; }'),
    grow,
    "gave a wrong answer to grow(): box: must be an object: it is missing",
  ],
  [
    source(
      "method",
      "whiteBox: false, *grow({ initialPoint: a }) { yield { points: [[0, 0]], gradients: false, box: { a, b: a }, step: 0 }; }",
    ),
    grow,
    "gave a wrong answer to grow(): points: must be a Float64Array: it is a list",
  ],
  [
    parameterSource({ apply: "({ ...scene, fog: value })" }),
    applyOnce,
    "gave a wrong answer to apply(): a scene has no fog: it has camera, light, object, background, post",
  ],
  [
    parameterSource({ apply: 'Deno.readTextFileSync("/etc/hosts")' }),
    applyOnce,
    'threw in apply(): NotCapable: Requires read access to "/etc/hosts": its permissions must name it and --grant must give it',
  ],
];

Deno.test("an answer that is wrong is told in one line, in words of the plugin's own interface", async (test) => {
  for (const [text, ask, says] of WRONG) {
    await test.step(says, () =>
      withPlugins({ "odd.ts": text }, async ({ plugins: [plugin] }, folder) => {
        const { message } = await assertRejects(() => ask(plugin), PluginFailure);
        assertEquals(message, `Plugin "${folder}/odd.ts" ${says}`);
      }));
  }
});

Deno.test("a method in a sandbox is given the resolution that is asked for", () => {
  const text = `whiteBox: false, *grow({ initialPoint, resolution }) {
    const [a, b] = [initialPoint.map((x) => x - 0.1), initialPoint.map((x) => x + 0.1)];
    return { box: { a, b }, steps: 1, stopped: "steps", facts: { resolution: String(resolution) } };
  }`;
  return withPlugins({ "odd.ts": source("method", text) }, async ({ plugins: [plugin] }) => {
    assertEquals((await grow(plugin, [0.25, 0.5])).facts, { resolution: "0.25,0.5" });
    assertEquals((await grow(plugin)).facts, { resolution: "undefined" });
  });
});
