import { assertEquals, assertRejects } from "@std/assert";
import type { Classifier } from "../../core/classifier.ts";
import { PluginFailure } from "../../core/errors.ts";
import { PluginRegistry } from "../../core/registry.ts";
import type { Renderer } from "../../core/renderer.ts";
import { DEFAULT_SCENE, SCENE_SIZE, writeScene } from "../../core/scene.ts";
import { Pipeline } from "../../workers/pipeline.ts";
import { fakeSetup } from "./fake_plugins.ts";

const RENDERER: Renderer = { render: (_, pictures) => void pictures.fill(0.5), dispose() {} };
const CLASSIFIER: Classifier = {
  info: { width: 1, height: 1, classes: 2, facts: {} },
  classify: (_, count) => Promise.resolve(new Float64Array(2 * count).fill(0.5)),
  differentiate: (_, count) => Promise.resolve({ scores: new Float64Array(count), gradients: new Float32Array(3 * count) }),
  dispose: () => Promise.resolve(),
};

/** A pipeline of plugins that answer as they are told, whatever the types say. */
function pipelineOf(classifier: unknown, renderer: unknown = RENDERER): Promise<Pipeline> {
  const registry = new PluginRegistry().register(
    { kind: "classifier", name: "fake", description: "", load: () => Promise.resolve(classifier as Classifier) },
    { kind: "renderer", name: "fake", description: "", create: () => renderer as Renderer },
  );
  return Pipeline.create(fakeSetup(), registry);
}

const scenes = new Float64Array(SCENE_SIZE);
writeScene(DEFAULT_SCENE, scenes);
const score = { kind: "score", id: 1, scenes, classIndex: 1 } as const;
const differentiate = { kind: "differentiate", id: 1, scenes, tangents: new Float64Array(SCENE_SIZE), classIndex: 1 } as const;

Deno.test("Pipeline gives the scores of the class", async () => {
  const pipeline = await pipelineOf(CLASSIFIER);
  assertEquals(await pipeline.run(score), { scores: Float64Array.of(0.5) });
  await pipeline.dispose();
});

Deno.test("Pipeline names the plugin whose answer is not what it must be, and says what it must be", async () => {
  const cases: readonly [() => Promise<unknown>, string][] = [
    [
      () => pipelineOf(undefined),
      'Classifier plugin "fake" gave a wrong answer to load(): an object must be given that has classify() and dispose()',
    ],
    [() => pipelineOf({ ...CLASSIFIER, info: undefined }), "load(): info.width must be a positive whole number: it is undefined"],
    [
      () => pipelineOf({ ...CLASSIFIER, info: { width: 1, height: 1, classes: 0 } }),
      "load(): info.classes must be a positive whole number: it is 0",
    ],
    [
      () => pipelineOf(CLASSIFIER, {}),
      'Renderer plugin "fake" gave a wrong answer to create(): an object must be given that has render() and dispose()',
    ],
    [
      async () => (await pipelineOf({ ...CLASSIFIER, classify: () => Promise.resolve() })).run(score),
      'Classifier plugin "fake" gave a wrong answer to classify(): 2 scores must be given: it gave none',
    ],
    [
      async () => (await pipelineOf({ ...CLASSIFIER, classify: () => Promise.resolve(new Float64Array(1)) })).run(score),
      "classify(): 2 scores must be given: it gave 1",
    ],
    [
      async () => (await pipelineOf({ ...CLASSIFIER, differentiate: () => Promise.resolve() })).run(differentiate),
      "differentiate(): 1 scores must be given: it gave none",
    ],
    [
      async () =>
        (await pipelineOf({ ...CLASSIFIER, differentiate: () => Promise.resolve({ scores: [0.5], gradients: new Float32Array(2) }) }))
          .run(differentiate),
      "differentiate(): 3 numbers of gradients must be given: it gave 2",
    ],
  ];
  for (const [ask, message] of cases) await assertRejects(ask, PluginFailure, message);
});
