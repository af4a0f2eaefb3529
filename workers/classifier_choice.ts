import type { PluginUse } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import { parseLabels } from "../plugins/classifiers/onnx/labels.ts";
import { type ClassifierFile, readClassifier } from "./classifier_file.ts";
import { baseName, readInput, sha256 } from "./input_files.ts";

/** A classifier that a user has named: its plugin, and the file that the plugin loads. */
export interface ClassifierChoice {
  /** Name of the plugin. */
  readonly plugin: string;
  readonly file: ClassifierFile;
}

/** The classifier plugin of network files. */
const NETWORKS = "onnx";

/**
 * Finds a classifier: a network's file or name, or a plugin from outside, alone or with a file for it (`name:file`).
 *
 * @throws InputError where it is none of these, or a file cannot be read.
 */
export async function chooseClassifier(
  text: string,
  { registry, labels, uses = [] }: { registry: PluginRegistry; labels?: string; uses?: readonly PluginUse[] },
): Promise<ClassifierChoice> {
  const [name, ...rest] = text.split(":");
  const plugin = registry.all("classifier").find((candidate) => candidate.name === name && name !== NETWORKS);
  if (plugin === undefined) return { plugin: NETWORKS, file: await readClassifier(text, labels) };
  const path = rest.length === 0 ? undefined : rest.join(":");
  const bytes = path === undefined ? new Uint8Array(0) : await readInput(path, "classifier");
  const source = uses.find((use) => use.kind === "classifier" && use.name === name)?.sha256;
  return {
    plugin: name,
    file: {
      path: text,
      name: path === undefined ? name : baseName(path),
      bytes,
      // Without a file the classifier is what its source says.
      sha256: path === undefined && source !== undefined ? source : await sha256(bytes),
      labels: labels === undefined ? [] : parseLabels(await readInput(labels, "labels"), labels),
      labelsName: labels ?? "",
    },
  };
}
