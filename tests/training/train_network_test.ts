import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { decodeModel } from "../../plugins/classifiers/onnx/codec.ts";
import { CLASSES, type DataSet } from "../../training/data/studio.ts";
import { BIASED_VIEWS } from "../../training/data/views.ts";
import { measureAccuracy } from "../../training/evaluate.ts";
import type { Architecture } from "../../training/network/architecture.ts";
import { storedValues } from "../../training/network/graphs.ts";
import { type CheckpointStore, type TrainingOptions, trainNetwork } from "../../training/train_network.ts";

/** Small enough to train in a second or two. */
const tiny: Architecture = {
  name: "tiny",
  description: "one convolution",
  learningRate: 5e-3,
  describe(layers, pictures, classes) {
    const x = layers.convolution(pictures, { filters: 8, size: 5, stride: 4, normalize: true });
    return layers.dense(layers.flatten(layers.maxPool(x, { size: 4, stride: 4 })), classes, { activate: false });
  },
};

/** Two classes that look unlike each other. */
const data: DataSet = {
  views: { bottle: BIASED_VIEWS.bottle, bench: BIASED_VIEWS.bench },
  variations: { first: 1, count: 2 },
  augment: false,
  seed: 3,
};

const options: TrainingOptions = { architecture: tiny, data, steps: 40, batch: 10, seed: 1, workers: 0 };

function memory(): CheckpointStore & { bytes?: Uint8Array } {
  const store: CheckpointStore & { bytes?: Uint8Array } = {
    read: () => Promise.resolve(store.bytes),
    write: (bytes) => {
      store.bytes = bytes;
      return Promise.resolve();
    },
  };
  return store;
}

Deno.test("trainNetwork() learns: loss falls, and unseen shapes are told apart", async () => {
  const losses: number[] = [];
  const model = await trainNetwork({ ...options, onStep: (_, { loss }) => losses.push(loss) });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert(mean(losses.slice(-5)) < 0.2 * mean(losses.slice(0, 5)), losses.join(" "));
  const [accuracy] = await measureAccuracy([model], { ...data, variations: { first: 1001, count: 5 }, seed: 9 }, {
    pictures: 100,
    workers: 0,
  });
  assert(accuracy.all > 0.9, JSON.stringify(accuracy));
  assertEquals(Object.keys(accuracy.byClass), ["bench", "bottle"]);
});

Deno.test("trainNetwork() gives the same bytes whatever the workers, and others for another seed", async () => {
  const short = { ...options, steps: 6 };
  const expected = await trainNetwork(short);
  assertEquals(await trainNetwork({ ...short, workers: 2 }), expected);
  assertNotEquals(await trainNetwork({ ...short, seed: 2 }), expected);
});

Deno.test("trainNetwork() that was broken off goes on from its checkpoint to the same bytes", async () => {
  const short = { ...options, steps: 8, checkpointEvery: 3 };
  const expected = await trainNetwork(short);
  const checkpoint = memory();
  const kill = new AbortController();
  let steps = 0;
  const broken = { ...short, checkpoint, signal: kill.signal, onStep: (step: number) => step === 5 && kill.abort() };
  await assertRejects(() => trainNetwork(broken), DOMException);
  const resumed = await trainNetwork({ ...short, checkpoint, onStep: () => steps++ });
  assertEquals(resumed, expected);
  assertEquals(steps, 5);
});

Deno.test("trainNetwork() goes on from a trained network", async () => {
  const model = await trainNetwork({ ...options, steps: 20 });
  const initial = storedValues(tiny, CLASSES.length, decodeModel(model, "tiny"));
  assertEquals(await trainNetwork({ ...options, steps: 2, rate: 0, initial }), model);
  let first = NaN;
  await trainNetwork({ ...options, steps: 1, initial, onStep: (_, { loss }) => first = loss });
  assert(first < 1, `loss ${first}`);
});
