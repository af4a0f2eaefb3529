import type { ClassifierPlugin } from "../../../core/classifier.ts";
import { OnnxClassifier } from "./classifier.ts";

/** Image classifiers in ONNX, run by ONNX Runtime. */
export const onnx: ClassifierPlugin = {
  kind: "classifier",
  name: "onnx",
  description: "Any image classifier in an ONNX file, run by ONNX Runtime",
  load: (source) => OnnxClassifier.load(source),
};
