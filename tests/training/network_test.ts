import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import { encodeModel } from "../../plugins/classifiers/onnx/codec.ts";
import type { Batch } from "../../training/data/supply.ts";
import { type Architecture, PICTURE_SIZE } from "../../training/network/architecture.ts";
import { ARCHITECTURES, findArchitecture } from "../../training/network/architectures.ts";
import { inferenceGraph, isTrained, storedValues, trainingGraph } from "../../training/network/graphs.ts";
import { Parameters } from "../../training/optimization/parameters.ts";
import { numbersOf, openSession, toTensor } from "../../training/session.ts";
import { GradientStep } from "../../training/step.ts";

/** Small, with every kind of layer. */
const sampler: Architecture = {
  name: "sampler",
  description: "one of each",
  learningRate: 1e-3,
  describe(layers, pictures, classes) {
    let x = layers.convolution(pictures, { filters: 4, size: 5, stride: 4, normalize: true });
    x = layers.maxPool(x, { size: 3, stride: 2, padding: 1 });
    const [left, right] = [layers.convolution(x, { filters: 4, size: 3 }), layers.averagePool(x, { size: 3, padding: 1 })];
    x = layers.concatenate(layers.addAndRectify(left, x), right);
    x = layers.concatenate(layers.globalAverage(x), layers.dense(layers.flatten(x), 6));
    return layers.dense(x, classes, { activate: false });
  },
};

const CLASSES = 3;
const BATCH = 4;

function randomBatch(random: Random): Batch {
  const pictures = Float32Array.from({ length: BATCH * 3 * PICTURE_SIZE ** 2 }, () => random.uniform());
  const labels = Uint8Array.from({ length: BATCH }, (_, i) => i % CLASSES);
  const targets = new Float32Array(BATCH * CLASSES);
  labels.forEach((label, i) => targets[i * CLASSES + label] = 1);
  return { pictures, labels, targets };
}

/** Numbers that make every term matter: no zeros, no ones. */
function randomParameters(architecture: Architecture): { parameters: Parameters; graph: ReturnType<typeof trainingGraph> } {
  const graph = trainingGraph(architecture, { classes: CLASSES, batch: BATCH });
  const parameters = new Parameters(graph.parameters);
  const random = new Random(5);
  parameters.initialize(random);
  for (const { name, role } of graph.parameters) {
    if (role !== "weight") parameters.values.get(name)!.forEach((value, i, values) => values[i] = value + 0.2 * random.uniform());
  }
  return { parameters, graph };
}

Deno.test("trainingGraph() gives the gradient of the loss: its slope along a random direction of each parameter, by central difference", async () => {
  const { parameters, graph } = randomParameters(sampler);
  const batch = randomBatch(new Random(6));
  const step = await GradientStep.open(graph, parameters, CLASSES);
  await step.run(batch);
  const gradients = step.gradients.slice();
  const random = new Random(7);
  // Small, so that few rectifiers and maxima change sides on the way, and large beside the rounding of the loss.
  const size = 1e-4;
  let first = 0;
  for (const { name } of graph.parameters.filter(isTrained)) {
    const values = parameters.values.get(name)!;
    const start = values.slice();
    const direction = Float32Array.from(start, () => random.normal());
    const lossAt = async (distance: number) => {
      start.forEach((value, i) => values[i] = value + distance * direction[i]);
      return (await step.run(batch)).loss;
    };
    const slope = (await lossAt(size) - await lossAt(-size)) / (2 * size);
    values.set(start);
    const expected = direction.reduce((sum, value, i) => sum + value * gradients[first + i], 0);
    first += values.length;
    assert(Math.abs(slope - expected) < 0.05 * Math.abs(expected) + 5e-3, `${name}: slope ${slope}, gradient ${expected}`);
  }
  await step.dispose();
});

Deno.test("inferenceGraph() folds normalization: with the statistics of a batch its logits are those of training", async () => {
  for (const architecture of [sampler, ...ARCHITECTURES]) {
    const { parameters, graph } = randomParameters(architecture);
    const batch = randomBatch(new Random(8));
    const training = await openSession(graph.graph);
    const shapes = { pictures: [BATCH, 3, PICTURE_SIZE, PICTURE_SIZE], targets: [BATCH, CLASSES] };
    const outputs = await training.run({
      pictures: toTensor(batch.pictures, shapes.pictures),
      targets: toTensor(batch.targets, shapes.targets),
      ...Object.fromEntries(
        graph.parameters.filter(isTrained).map(({ name, dims }) => [name, toTensor(parameters.values.get(name)!, dims)]),
      ),
    });
    for (const { parameter, output } of graph.statistics) parameters.values.get(parameter)!.set(numbersOf(outputs[output]));
    const inference = await openSession(inferenceGraph(architecture, CLASSES, parameters.values));
    const logits = numbersOf((await inference.run({ pictures: toTensor(batch.pictures, shapes.pictures) })).logits);
    const expected = numbersOf(outputs.logits);
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    logits.forEach((value, i) =>
      assert(Math.abs(value - expected[i]) < 1e-4 * scale, `${architecture.name}: ${value}, not ${expected[i]}`)
    );
    await training.release();
    await inference.release();
  }
});

Deno.test("inferenceGraph() stays below 1 MB for every architecture and has no normalization left", () => {
  for (const architecture of ARCHITECTURES) {
    const parameters = new Parameters(trainingGraph(architecture, { classes: 10, batch: 1 }).parameters);
    parameters.initialize(new Random(1));
    const graph = inferenceGraph(architecture, 10, parameters.values);
    assert(encodeModel(graph).length < 1_000_000);
    assertEquals(graph.nodes.filter(({ operator }) => operator === "BatchNormalization" || operator === "Sqrt"), []);
  }
});

Deno.test("storedValues() reads back what inferenceGraph() wrote: the graph of them is the same", () => {
  const { parameters } = randomParameters(sampler);
  const graph = inferenceGraph(sampler, CLASSES, parameters.values);
  const again = inferenceGraph(sampler, CLASSES, storedValues(sampler, CLASSES, graph));
  assertEquals(encodeModel(again), encodeModel(graph));
});

Deno.test("storedValues() refuses a network of another architecture", () => {
  const { parameters } = randomParameters(sampler);
  const graph = inferenceGraph(sampler, CLASSES, parameters.values);
  assertThrows(() => storedValues(findArchitecture("resnet"), CLASSES, graph), InputError, "resnet");
});

Deno.test("findArchitecture() suggests the nearest name", () => {
  assertThrows(() => findArchitecture("resnt"), InputError, `did you mean "resnet"`);
});
