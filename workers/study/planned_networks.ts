import { DEFAULTS } from "../../core/defaults.ts";
import { InputError } from "../../core/errors.ts";
import type { StudyNetwork } from "../../core/record.ts";
import type { PluginRegistry } from "../../core/registry.ts";
import { labelsOf, readClassifier } from "../classifier_file.ts";
import type { ClassChoice, NetworkChoice } from "./choices.ts";
import { classIndex } from "./class_label.ts";
import { readAccuracy } from "./network_card.ts";

/**
 * Loads each network once, so that what is wrong with it, or with the classes, is said before anything is computed.
 *
 * @throws InputError where a network cannot be loaded, does not know a class, or two have the same name.
 */
export async function planNetworks(
  choices: readonly NetworkChoice[],
  { classes, provider, registry }: { classes: readonly ClassChoice[]; provider: string; registry: PluginRegistry },
): Promise<StudyNetwork[]> {
  if (choices.length === 0) throw new InputError("A study needs at least one network");
  const networks: StudyNetwork[] = [];
  for (const choice of choices) {
    const network = await planNetwork(choice, { classes, provider, registry });
    if (networks.some(({ name }) => name === network.name)) {
      throw new InputError(`Two networks are named "${network.name}": give each a name of its own in the study's file`);
    }
    networks.push(network);
  }
  return networks;
}

async function planNetwork(
  { file, name, labels: labelsFile, normalization }: NetworkChoice,
  { classes, provider, registry }: { classes: readonly ClassChoice[]; provider: string; registry: PluginRegistry },
): Promise<StudyNetwork> {
  const read = await readClassifier(file, labelsFile);
  const classifier = await registry.get("classifier", "onnx").load({
    name: file,
    bytes: read.bytes,
    ...(normalization === undefined ? {} : { normalization }),
    threads: DEFAULTS.threads,
    provider,
    gradients: false,
  });
  try {
    const { width, height, facts, classes: count } = classifier.info;
    const labels = labelsOf(read, count);
    const network = name ?? read.name;
    return {
      name: network,
      sha256: read.sha256,
      width,
      height,
      facts,
      accuracy: await readAccuracy(file),
      labels: classes.map((choice) => {
        const index = classIndex(choice, { network, labels, classes: count });
        return { index, label: labels[index] ?? String(index) };
      }),
    };
  } finally {
    await classifier.dispose();
  }
}
