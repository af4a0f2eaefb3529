import { assert } from "@std/assert";
import * as ort from "onnxruntime-node";
import { Random } from "../../../../core/random.ts";
import { decodeModel, encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import { differentiateGraph } from "../../../../plugins/classifiers/onnx/gradient/mod.ts";
import { needsShared, SHARED } from "../../../shared_data.ts";
import { relativeError } from "./harness.ts";

/** Length of a step, over a picture of some hundred: shorter ones drown in float32, longer ones cross kinks. */
const STEP = 0.01;

for (const file of ["squeezenet1_1.onnx", "mobilenet_v1_0.5_160.onnx", "mobilenet_v2_1.0_224.onnx"]) {
  const test = needsShared(`differentiateGraph() on ${file} agrees with central differences along random directions`, `models/${file}`);
  Deno.test(test.name, { ignore: test.ignore }, async () => {
    const model = decodeModel(await Deno.readFile(new URL(`models/${file}`, SHARED)), file);
    const [input, output] = [model.inputs[0], model.outputs[0]];
    const side = input.dims[2] as number;
    const { graph, upstream, gradients } = differentiateGraph(model, { output: output.name, wrt: [input.name], upstream: "shared" });
    const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1, logSeverityLevel: 3 });
    const category = 404;
    const weights = Float32Array.from({ length: output.dims[1] as number }, (_, index) => Number(index === category));
    const evaluate = async (picture: Float32Array) => {
      const feeds = {
        [input.name]: new ort.Tensor("float32", picture, [1, 3, side, side]),
        [upstream!]: new ort.Tensor("float32", weights, [1, weights.length]),
      };
      const results = await session.run(feeds);
      return { logit: (results[output.name].data as Float32Array)[category], gradient: results[gradients[0]].data as Float32Array };
    };

    const random = new Random(9);
    const picture = waves(side, random).map((value) => 0.5 + 0.2 * value);
    const { gradient } = await evaluate(picture);
    const slopes: number[] = [], differences: number[] = [];
    for (let trial = 0; trial < 8; trial++) {
      // Smooth directions change every activation a little: few cross a kink.
      const direction = waves(side, random);
      const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
      slopes.push(direction.reduce((sum, value, index) => sum + value * gradient[index], 0) / length);
      const [up, down] = await Promise.all(
        [STEP, -STEP].map((step) => evaluate(picture.map((value, index) => value + step / length * direction[index]))),
      );
      differences.push((up.logit - down.logit) / (2 * STEP));
    }
    await session.release();
    const error = relativeError(differences, slopes);
    assert(error < 0.1, `relative error over eight directions: ${error}`);
  });
}

/** A picture of a few random waves in every channel. */
function waves(side: number, random: Random): Float32Array {
  const picture = new Float32Array(3 * side * side);
  for (let channel = 0; channel < 3; channel++) {
    for (let wave = 0; wave < 4; wave++) {
      const [x, y, phase] = [random.normal() * 8, random.normal() * 8, random.uniform() * 7];
      for (let index = 0; index < side * side; index++) {
        picture[channel * side * side + index] += 0.5 * Math.sin((x * (index % side) + y * Math.floor(index / side)) / side + phase);
      }
    }
  }
  return picture;
}
