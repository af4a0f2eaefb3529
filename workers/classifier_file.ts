import { InputError, unknownName } from "../core/errors.ts";
import { BUILT_IN_LABELS, BUILT_IN_NETWORKS } from "../plugins/classifiers/built_in_networks.ts";
import { fitLabels, parseLabels, resolveClass } from "../plugins/classifiers/onnx/labels.ts";
import { SHAPE_FAMILIES } from "../plugins/meshes/shapes/catalog.ts";
import { baseName, readInput, sha256 } from "./input_files.ts";

/** A network as it was found: a file, or one that is built in. */
export interface ClassifierFile {
  /** What the user called it. */
  readonly path: string;
  /** What records and figures call it. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** Names of the classes as they were given; empty where they are not known. */
  readonly labels: readonly string[];
  /** Where the labels are from. */
  readonly labelsName: string;
}

/**
 * Reads a network and the names of its classes.
 *
 * @param nameOrPath A file, or the name of a built-in network.
 * @param labelsPath A file with the names of the classes; a built-in network has its own.
 * @throws InputError where it is neither, or a file cannot be read.
 */
export async function readClassifier(nameOrPath: string, labelsPath?: string): Promise<ClassifierFile> {
  const builtIn = BUILT_IN_NETWORKS.find(({ name }) => name === nameOrPath);
  if (builtIn === undefined && !/[./\\]/.test(nameOrPath)) {
    throw unknownName("network", nameOrPath, BUILT_IN_NETWORKS.map(({ name }) => name));
  }
  const labelsFile = labelsPath ?? (builtIn === undefined ? undefined : BUILT_IN_LABELS);
  const [bytes, labels] = await Promise.all([
    readInput(builtIn?.model ?? nameOrPath, "network"),
    labelsFile === undefined ? undefined : readInput(labelsFile, "labels"),
  ]);
  const labelsName = String(labelsFile ?? "");
  return {
    path: nameOrPath,
    name: builtIn?.name ?? baseName(nameOrPath),
    bytes,
    sha256: await sha256(bytes),
    labels: labels === undefined ? [] : parseLabels(labels, labelsName),
    labelsName,
  };
}

/** The names of a network's classes, one each; empty where they are not known. @throws InputError where there are too few or too many. */
export function labelsOf({ labels, labelsName }: ClassifierFile, classes: number): readonly string[] {
  return labels.length === 0 ? [] : fitLabels(labels, { classes, name: labelsName });
}

/** How many classes ImageNet (ILSVRC 2012) has. */
const IMAGENET_CLASSES = 1000;

/**
 * The class of an object: as it was given, or that of a built-in shape in the built-in networks' classes or ImageNet's.
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
