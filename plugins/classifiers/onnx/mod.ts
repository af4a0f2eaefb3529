import type { ClassifierPlugin } from "../../../core/classifier.ts";

/** Image classifiers in ONNX, run by ONNX Runtime. */
export const onnx: ClassifierPlugin = {
  kind: "classifier",
  name: "onnx",
  description: "Any image classifier in an ONNX file, run by ONNX Runtime",
  // Loaded when it is wanted: a command that needs no network starts without it.
  load: async (source) => {
    const { OnnxClassifier } = await import("./classifier.ts");
    return await OnnxClassifier.load(source);
  },
};
