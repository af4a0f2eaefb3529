import { InputError } from "../core/errors.ts";
import config from "../deno.json" with { type: "json" };
import { decodeModel } from "../plugins/classifiers/onnx/codec.ts";
import { AUGMENTATION, CARD_CLASSES, type NetworkCard } from "../training/card.ts";
import { CLASSES, type DataSet } from "../training/data/studio.ts";
import { measureAccuracy } from "../training/evaluate.ts";
import { ARCHITECTURES, findArchitecture } from "../training/network/architectures.ts";
import { storedValues } from "../training/network/graphs.ts";
import { type CheckpointStore, trainNetwork } from "../training/train_network.ts";
import { describeViews, joinViews, NAMED_VIEWS, parseViews } from "../training/view_files.ts";
import { readInput, sha256 } from "../workers/input_files.ts";
import { requireFolder, writeOutput } from "./files.ts";
import { flag, number, type OptionValues, text } from "./options.ts";
import { Progress } from "./progress.ts";
import type { CommandContext, ExitStatus } from "./run.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";

const { quiet, help } = SHARED_OPTIONS;

/** What the built-in networks were trained with. */
const DEFAULT_STEPS = 1500;
const DEFAULT_BATCH = 32;
const DEFAULT_OUT = "runs/networks";

/** Shape variations that training draws, and others that tell how well a network does on shapes it never saw. */
const TRAINING_SHAPES = { first: 1, count: 128 };
const UNSEEN_SHAPES = { first: 1001, count: 32 };

/** Options of `train`. */
export const options = {
  architecture: text("NAME", `architecture: ${ARCHITECTURES.map(({ name }) => name).join(", ")} (default resnet)`),
  views: text(
    "LIST",
    "viewpoints to learn from: biased, all, JSON files of boxes, records of grow (its regions) or map (its holes), joined by commas (default biased)",
  ),
  from: text("FILE", "a network of this command to go on from, in place of random weights"),
  name: text("NAME", "name of the files (default: the architecture's with -biased, -all or -custom)"),
  steps: number("COUNT", `steps of the training (default ${DEFAULT_STEPS})`, { low: 1, integer: true }),
  batch: number("COUNT", `pictures a step (default ${DEFAULT_BATCH})`, { low: 1, high: 4096, integer: true }),
  rate: number("RATE", "peak of the learning rate (default: the architecture's)", { low: 0 }),
  seed: number("SEED", "seed of weights and pictures (default 1)", { low: 0, integer: true }),
  workers: number("COUNT", "workers that draw pictures; they do not change the result (default 1)", { low: 0, high: 64, integer: true }),
  pictures: number("COUNT", "pictures that measure the accuracy (default 2000)", { low: 1, integer: true }),
  out: text("DIR", `folder of the network and its card (default ${DEFAULT_OUT})`),
  json: flag("prints the card on standard output"),
  quiet,
  help,
};

/** Trains a network, measures it, and writes it with its card. Broken off, it goes on from its checkpoint when it is called again. */
export async function run(given: OptionValues<typeof options>, { signal }: CommandContext): Promise<ExitStatus> {
  const { views: viewList = "biased", seed = 1, steps = DEFAULT_STEPS, batch = DEFAULT_BATCH, workers = 1, out = DEFAULT_OUT } = given;
  requireFolder(out);
  const architecture = findArchitecture(given.architecture ?? "resnet");
  const rate = given.rate ?? architecture.learningRate;
  const views = joinViews(await Promise.all(viewList.split(",").map(openViews)));
  const name = given.name ?? `${architecture.name}-${Object.hasOwn(NAMED_VIEWS, viewList) ? viewList : "custom"}`;
  const data: DataSet = { views, variations: TRAINING_SHAPES, augment: true, seed };
  const start = given.from === undefined ? undefined : { name: given.from, bytes: await readInput(given.from, "network") };
  const initial = start && storedValues(architecture, CLASSES.length, decodeModel(start.bytes, start.name));

  const progress = new Progress({ quiet: given.quiet === true });
  const path = `${out}/${name}`;
  const checkpoint = checkpointAt(`${path}.checkpoint`);
  progress.start(`${name}: training`, "steps");
  let first: number | undefined;
  let [loss, accuracy] = [NaN, NaN];
  const model = await trainNetwork({
    architecture,
    data,
    steps,
    batch,
    rate,
    seed,
    workers,
    checkpoint,
    signal,
    ...(initial === undefined ? {} : { initial }),
    onStep: (step, result) => {
      first ??= step - 1;
      loss = Number.isNaN(loss) ? result.loss : 0.95 * loss + 0.05 * result.loss;
      accuracy = Number.isNaN(accuracy) ? result.accuracy : 0.95 * accuracy + 0.05 * result.accuracy;
      progress.update(step, steps, step - first);
    },
  }).catch((error) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (model === undefined) {
    progress.end();
    progress.say(`Stopped: the same command goes on from ${path}.checkpoint`);
    return 130;
  }
  progress.end();
  progress.say(`${name}: loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)} over the last steps of training`);

  const unseen: DataSet = { ...data, variations: UNSEEN_SHAPES, seed: seed + 1 };
  const measure = async (set: DataSet) => (await measureAccuracy([model], set, { pictures: given.pictures ?? 2000, workers }))[0];
  const card: NetworkCard = {
    name,
    architecture: architecture.name,
    description: architecture.description,
    sha256: await sha256(model),
    bytes: model.length,
    input: "pictures [batch x 3 x 64 x 64], RGB in [0, 1]",
    output: `logits [batch x ${CLASSES.length}]`,
    classes: CARD_CLASSES,
    data: {
      views: viewList,
      boxes: describeViews(views),
      shapes: describeShapes(TRAINING_SHAPES),
      augmentation: AUGMENTATION,
      seed,
    },
    training: {
      steps,
      batch,
      rate,
      optimizer: "Adam with decoupled weight decay, linear warm-up, half a cosine down to 0",
      seed,
      from: start === undefined ? null : { name: start.name, sha256: await sha256(start.bytes) },
    },
    accuracy: {
      shapes: describeShapes(UNSEEN_SHAPES),
      augmented: await measure(unseen),
      defaultScene: await measure({ ...unseen, augment: false }),
    },
    command: commandLine({ ...given, architecture: architecture.name, views: viewList }),
    versions: { orthotope: config.version, "onnxruntime-node": config.imports["onnxruntime-node"].replace(/^.*@/, "") },
  };
  const text = new TextEncoder().encode(`${JSON.stringify(card, null, 2)}\n`);
  await writeOutput(`${path}.onnx`, model);
  await writeOutput(`${path}.json`, text);
  await writeOutput(`${out}/labels.txt`, new TextEncoder().encode(CLASSES.map((label) => `${label}\n`).join("")));
  await checkpoint.remove();
  if (given.json) await Deno.stdout.write(text);
  else console.log(describeCard(card, path));
  return 0;
}

async function openViews(name: string) {
  if (Object.hasOwn(NAMED_VIEWS, name)) return NAMED_VIEWS[name];
  if (!/[./\\]/.test(name)) throw new InputError(`Views "${name}" must be ${Object.keys(NAMED_VIEWS).join(", ")} or a JSON file`);
  return parseViews(new TextDecoder().decode(await readInput(name, "views")), name);
}

function checkpointAt(path: string): CheckpointStore & { remove(): Promise<void> } {
  const missing = (error: unknown) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  };
  return {
    read: () => Deno.readFile(path).catch(missing),
    write: (bytes) => writeOutput(path, bytes),
    remove: () => Deno.remove(path).catch(missing),
  };
}

function describeShapes({ first, count }: { first: number; count: number }): string {
  return `variations ${first} to ${first + count - 1} of each class`;
}

/** The options that make a difference to the network. */
function commandLine(given: OptionValues<typeof options>): string {
  const told = (["architecture", "views", "from", "name", "steps", "batch", "rate", "seed", "pictures"] as const)
    .flatMap((option) => given[option] === undefined ? [] : [`--${option} ${given[option]}`]);
  return ["deno task train", ...told].join(" ");
}

function describeCard({ name, sha256, bytes, accuracy }: NetworkCard, path: string): string {
  const share = (value: number) => value.toFixed(3);
  const rows = Object.entries(accuracy.augmented.byClass).map(([label, value]) =>
    `  ${label.padEnd(10)} ${share(value)}      ${share(accuracy.defaultScene.byClass[label])}`
  );
  return [
    `${name}: ${bytes} bytes, SHA-256 ${sha256.slice(0, 16)}..., accuracy on ${accuracy.shapes}:`,
    `  class      augmented  default scene`,
    ...rows,
    `  all        ${share(accuracy.augmented.all)}      ${share(accuracy.defaultScene.all)}`,
    `Wrote ${path}.onnx and ${path}.json`,
  ].join("\n");
}
