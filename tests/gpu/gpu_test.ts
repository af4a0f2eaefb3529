/**
 * What holds on a machine with a GPU: networks give the scores of the processor, and a map is the same with the network, the renderer or both on it.
 * Every test says in its name why it is skipped where there is none.
 */
import { assert, assertEquals } from "@std/assert";
import { createLattice, sampleMap } from "../../core/lattice_map.ts";
import { Random } from "../../core/random.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import { whyNot } from "../../plugins/classifiers/onnx/choose_provider.ts";
import { onnx } from "../../plugins/classifiers/onnx/mod.ts";
import { builtInPlugins } from "../../plugins/mod.ts";
import { readClassifier } from "../../workers/classifier_file.ts";
import { openFunction } from "../../workers/open_function.ts";
import { HAS_ADAPTER } from "../plugins/renderers/three/adapter.ts";

/** Sums in another order: scores differ by rounding, gradients by decisions of rectifiers that fall the other way. */
const SCORE_TOLERANCE = 5e-3, GRADIENT_TOLERANCE = 0.1;

const COUNT = 5;

for (const provider of ["cuda", "webgpu"]) {
  const why = await whyNot(provider);
  const skipped = why === undefined ? "" : ` (skipped: no ${provider} here)`;
  Deno.test({
    name: `provider ${provider} gives the scores and gradients of the processor${skipped}`,
    ignore: why !== undefined,
    fn: async () => {
      const { bytes, name } = await readClassifier("resnet-biased");
      const [here, there] = await Promise.all(
        ["cpu", provider].map((place) => onnx.load({ name, bytes, threads: 1, provider: place, gradients: true })),
      );
      try {
        assertEquals(there.info.facts.provider, provider);
        const random = new Random(1);
        const { width, height } = here.info;
        const pictures = Float32Array.from({ length: COUNT * 3 * width * height }, () => random.uniform());
        const expected = (await here.classify(pictures, COUNT)).slice(), found = await there.classify(pictures, COUNT);
        assert(found.every((score, i) => Math.abs(score - expected[i]) < SCORE_TOLERANCE));
        const exact = await here.differentiate!(pictures, COUNT, 1), near = await there.differentiate!(pictures, COUNT, 1);
        assert(distance(near.gradients, exact.gradients) < GRADIENT_TOLERANCE);
      } finally {
        await here.dispose();
        await there.dispose();
      }
    },
  });
  Deno.test({
    name: `a map with the network on ${provider} and the renderer three is that of the processor and raster${skipped}`,
    ignore: why !== undefined || !HAS_ADAPTER,
    fn: async () => {
      const expected = await mapWith({ provider: "cpu", renderer: "raster" });
      for (const renderer of ["raster", "three"]) {
        const found = await mapWith({ provider, renderer });
        const mean = found.reduce((sum, score, i) => sum + Math.abs(score - expected[i]), 0) / found.length;
        assert(mean < 0.01, `${renderer}: mean difference is ${mean}`);
      }
    },
  });
}

const second = await whyNot("cuda:1");
Deno.test({
  name: `workers take two GPUs in turn, and the map does not depend on it${second === undefined ? "" : " (skipped: no second GPU here)"}`,
  ignore: second !== undefined,
  fn: async () => {
    const one = await mapWith({ provider: "cuda:0", renderer: "raster" });
    const both = await mapWith({ provider: "cuda:0,cuda:1", renderer: "raster" });
    assert(both.every((score, i) => Math.abs(score - one[i]) < SCORE_TOLERANCE));
  },
});

async function mapWith({ provider, renderer }: { provider: string; renderer: string }): Promise<Float64Array> {
  const registry = builtInPlugins();
  const scenes = new SceneSpace(["azimuth", "elevation"].map((name) => ({ parameter: registry.get("parameter", name) })));
  await using opened = await openFunction({
    registry,
    scenes,
    mesh: "teapot",
    classifier: "resnet-biased",
    provider,
    renderer,
    workers: 2,
  });
  return (await sampleMap(opened.f, createLattice(scenes.space, { counts: [12, 6] }))).scores;
}

function distance(found: Float32Array, expected: Float32Array): number {
  let difference = 0, length = 0;
  for (let i = 0; i < found.length; i++) {
    difference += (found[i] - expected[i]) ** 2;
    length += expected[i] ** 2;
  }
  return Math.sqrt(difference / length);
}
