import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { onnx } from "../../../../plugins/classifiers/onnx/mod.ts";
import { parseLabels, resolveClass } from "../../../../plugins/classifiers/onnx/labels.ts";
import { runtime } from "../../../../plugins/classifiers/onnx/runtime.ts";
import { testClassifier } from "../conformance.ts";

const SHARED = new URL("../../../../../shared/", import.meta.url);
const MODELS = new URL("models/", SHARED);
const absent = !exists(MODELS);

const NETWORKS = ["squeezenet1_1.onnx", "mobilenet_v1_0.5_160.onnx", "mobilenet_v2_1.0_224.onnx"];

for (const file of NETWORKS) {
  testClassifier({ name: `onnx ${file}`, load: () => load(file), gradients: true, step: 2e-3, tolerance: 0.05, ignore: absent });

  Deno.test({
    name: `classify() of ${file} is the softmax of a bare session on the same render of a cup${
      absent ? " (skipped: its file is not here)" : ""
    }`,
    ignore: absent,
    fn: async () => {
      const classifier = await load(file);
      const { width, height } = classifier.info;
      const picture = await cup(width, height);
      const scores = await classifier.classify(picture, 1);
      const { InferenceSession, Tensor } = await runtime();
      const session = await InferenceSession.create(Deno.readFileSync(new URL(file, MODELS)));
      const { logits } = await session.run({ input: new Tensor("float32", picture, [1, 3, height, width]) });
      const values = Array.from(logits.data as Float32Array);
      const sum = values.reduce((total, value) => total + Math.exp(value), 0);
      values.forEach((value, i) => assertAlmostEquals(scores[i], Math.exp(value) / sum, 1e-9));
      await session.release();
      await classifier.dispose();
    },
  });
}

Deno.test({
  name: `classify() of MobileNet v2 sees a cup in a render of one${absent ? " (skipped: its file is not here)" : ""}`,
  ignore: absent,
  fn: async () => {
    const labels = parseLabels(Deno.readTextFileSync(new URL("imagenet_labels.txt", MODELS)), "imagenet_labels.txt");
    assertEquals(labels.length, 1000);
    const classifier = await load("mobilenet_v2_1.0_224.onnx");
    const scores = await classifier.classify(await cup(224, 224), 1);
    const rank = scores.filter((score) => score > scores[resolveClass("cup", labels, 1000)]).length;
    assert(rank < 5, `the cup's rank is ${rank}`);
    await classifier.dispose();
  },
});

function load(file: string) {
  return onnx.load({ name: file, bytes: Deno.readFileSync(new URL(file, MODELS)), threads: 1, provider: "cpu", gradients: true });
}

/** A render of the paper's authors as a planar picture in [0, 1]. */
async function cup(width: number, height: number): Promise<Float32Array> {
  const image = await loadImage(Deno.readFileSync(new URL("paper/renders/cup/30_300.jpg", SHARED)));
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return Float32Array.from(
    { length: 3 * width * height },
    (_, i) => data[4 * (i % (width * height)) + Math.floor(i / (width * height))] / 255,
  );
}

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isDirectory;
  } catch {
    return false;
  }
}
