import { DEFAULTS } from "../../core/defaults.ts";
import { InputError } from "../../core/errors.ts";
import type { StudyNetwork } from "../../core/study_record.ts";
import { labelsOf } from "../classifier_file.ts";
import { readAccuracy } from "../network_card.ts";
import type { ClassChoice, NetworkChoice } from "./choices.ts";
import { classIndex } from "./class_label.ts";
import { startNetwork, type StartOptions, type StudyPlugins } from "./start_network.ts";

/** What networks are planned with. */
export interface NetworkContext extends StudyPlugins, Pick<StartOptions, "mesh" | "colors" | "shading" | "renderer" | "provider"> {
  readonly classes: readonly ClassChoice[];
}

/**
 * Loads each network once, so that what is wrong with it, or with the classes, is said before anything is computed.
 *
 * @throws InputError where a network cannot be loaded, does not know a class, or two have the same name.
 */
export async function planNetworks(
  choices: readonly NetworkChoice[],
  context: NetworkContext,
): Promise<StudyNetwork[]> {
  if (choices.length === 0) throw new InputError("A study needs at least one network");
  const networks: StudyNetwork[] = [];
  for (const choice of choices) {
    const network = await planNetwork(choice, context);
    if (networks.some(({ name }) => name === network.name)) {
      throw new InputError(`Two networks are named "${network.name}": give each a name of its own in the study's file`);
    }
    networks.push(network);
  }
  return networks;
}

async function planNetwork(choice: NetworkChoice, { classes, ...context }: NetworkContext): Promise<StudyNetwork> {
  const { pool, read } = await startNetwork(choice, { ...context, gradients: "none", workers: 1, threads: DEFAULTS.threads });
  await pool.close();
  const { width, height, facts, classes: count } = pool.info.info;
  const labels = labelsOf(read, count);
  const network = choice.name ?? read.name;
  return {
    name: network,
    sha256: read.sha256,
    width,
    height,
    facts,
    accuracy: await readAccuracy(choice.file),
    labels: classes.map((choice) => {
      const index = classIndex(choice, { network, labels, classes: count });
      return { index, label: labels[index] ?? String(index) };
    }),
  };
}
