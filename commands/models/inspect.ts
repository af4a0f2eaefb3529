import { InputError } from "../../core/errors.ts";
import { type ClassifierFacts, inspectModel, type ModelFacts } from "../../plugins/classifiers/onnx/inspect.ts";
import { counted } from "../../plugins/reporters/figures/words.ts";
import { readClassifier } from "../../workers/classifier_file.ts";
import { flag, type OptionValues, text } from "../options.ts";
import { table } from "../region_table.ts";
import type { ExitStatus } from "../run.ts";

/** Options of `models inspect`. */
export const options = {
  model: { ...text("FILE|NAME", "an ONNX file, or a network by its name"), bare: true },
  json: flag("prints the facts as JSON"),
  help: flag("shows this help"),
};

/** Says what an ONNX file holds, without running it. */
export async function run({ model, json }: OptionValues<typeof options>): Promise<ExitStatus> {
  if (model === undefined) throw new InputError("models inspect needs a FILE or a NAME");
  const { bytes, sha256, normalization } = await readClassifier(model);
  const facts = inspectModel(bytes, model);
  if (json) {
    console.log(JSON.stringify({ model, bytes: bytes.length, sha256, normalization, ...facts }, null, 2));
    return 0;
  }
  const rows = [
    ["model", `${model}, ${bytes.length} bytes, SHA-256 ${sha256}`],
    ...(normalization === undefined
      ? []
      : [["normalization", `mean ${normalization.mean.join(", ")}, deviation ${normalization.deviation.join(", ")}`]]),
    ...describe(facts),
  ];
  console.log(table(rows));
  return 0;
}

function describe({ producer, opset, inputs, outputs, parameters, nodes, operators, classifier }: ModelFacts): string[][] {
  return [
    ["written by", `${producer || "unknown"}, operator set ${opset}`],
    ["inputs", inputs.join(", ")],
    ["outputs", outputs.join(", ")],
    ["weights", `${(parameters / 1e6).toFixed(2)} million`],
    ["operators", `${nodes}: ${operators.map(([operator, count]) => `${count} ${operator}`).join(", ")}`],
    ["classifier", typeof classifier === "string" ? `no: ${classifier}` : describeClassifier(classifier)],
  ];
}

function describeClassifier({ layout, width, height, batch, classes, activation }: ClassifierFacts): string {
  const size = width === "free" && height === "free" ? "pictures of any size" : `pictures of ${width} x ${height}`;
  const count = classes === "free" ? "classes to be counted when it runs" : counted(classes, "class", "classes");
  return `yes: ${size}, ${layout}, ${batch === "free" ? "any number" : batch} at a time, ${count}, final activation ${activation}`;
}
