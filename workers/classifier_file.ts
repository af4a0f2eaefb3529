import type { Normalization } from "../core/classifier.ts";
import { InputError, unknownName } from "../core/errors.ts";
import { BUILT_IN_LABELS, BUILT_IN_NETWORKS } from "../plugins/classifiers/built_in_networks.ts";
import { CATALOG } from "../plugins/classifiers/catalog.ts";
import { IMAGENET_CLASSES, IMAGENET_LABELS } from "../plugins/classifiers/imagenet.ts";
import { fitLabels, parseLabels, resolveClass } from "../plugins/classifiers/onnx/labels.ts";
import { SHAPE_FAMILIES } from "../plugins/meshes/shapes/catalog.ts";
import { baseName, readInput, sha256 } from "./input_files.ts";
import { readCardLabels } from "./network_card.ts";
import { entryOfHash, pulledPath, requireHash } from "./pulled_models.ts";

/** A network as it was found: a file, one that is built in, or one that was pulled. */
export interface ClassifierFile {
  /** What the user called it. */
  readonly path: string;
  /** What records and figures call it. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** Names of the classes as they were given, or as the network's card says; empty where neither is. */
  readonly labels: readonly string[];
  /** Where the labels are from. */
  readonly labelsName: string;
  /** What the network was trained for, where that is known: what holds if the user says nothing. */
  readonly normalization?: Normalization;
}

/**
 * Reads a network and the names of its classes.
 *
 * @param nameOrPath A file, or the name of a network that is built in or was pulled.
 * @param labelsPath A file with the names of the classes; a built-in network has its own, and one that was trained here has a card.
 * @throws InputError where it is none of these, or a file cannot be read or is not the one that was pulled.
 */
export async function readClassifier(nameOrPath: string, labelsPath?: string): Promise<ClassifierFile> {
  const builtIn = BUILT_IN_NETWORKS.find(({ name }) => name === nameOrPath);
  const entry = CATALOG.find(({ name }) => name === nameOrPath);
  const named = builtIn?.model ?? (entry === undefined ? undefined : pulledPath(entry));
  if (named === undefined && !/[./\\]/.test(nameOrPath)) {
    throw unknownName("network", nameOrPath, [...BUILT_IN_NETWORKS, ...CATALOG].map(({ name }) => name));
  }
  if (entry !== undefined && !await exists(pulledPath(entry))) {
    throw new InputError(`Network "${entry.name}" is not here yet: fetch it with "deno task models pull ${entry.name}"`);
  }
  const labelsFile = labelsPath ?? (builtIn === undefined ? undefined : BUILT_IN_LABELS);
  const [bytes, given] = await Promise.all([
    readInput(named ?? nameOrPath, "network"),
    labelsFile === undefined ? undefined : readInput(labelsFile, "labels"),
  ]);
  const hash = await sha256(bytes);
  if (entry !== undefined) await requireHash(entry, hash);
  const known = entry ?? entryOfHash(hash);
  const labelsName = labelsFile === undefined ? "of its card" : String(labelsFile);
  const labels = given === undefined ? await readCardLabels(String(named ?? nameOrPath), hash) : parseLabels(given, labelsName);
  return {
    path: nameOrPath,
    name: builtIn?.name ?? entry?.name ?? baseName(nameOrPath),
    bytes,
    sha256: hash,
    labels,
    labelsName,
    ...(known === undefined ? {} : { normalization: known.normalization }),
  };
}

/**
 * The names of a network's classes, one each: those of the file, else ImageNet's where there are as many; empty where they are not known.
 *
 * @throws InputError where too few or too many were given.
 */
export function labelsOf({ labels, labelsName }: ClassifierFile, classes: number): readonly string[] {
  if (labels.length > 0) return fitLabels(labels, { classes, name: labelsName });
  return classes === IMAGENET_CLASSES ? IMAGENET_LABELS : [];
}

/**
 * The class of an object: as it was given, or that of a built-in shape, where the labels have its name or the classes are ImageNet's.
 *
 * @param mesh What the user called the mesh.
 * @throws InputError where the class is unknown, or missing and does not follow from the mesh.
 */
export function classOf(given: string | number | undefined, { mesh, labels, classes }: {
  readonly mesh: string;
  readonly labels: readonly string[];
  readonly classes: number;
}): number {
  if (given !== undefined) return resolveClass(given, labels, classes);
  const family = SHAPE_FAMILIES.find(({ name }) => name === mesh.split(":")[0]);
  if (family !== undefined && labels.includes(family.name)) return labels.indexOf(family.name);
  if (family !== undefined && classes === IMAGENET_CLASSES) return family.imageNet.index;
  throw new InputError("--class is missing: give the index or the label of the object's class");
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
