import { InputError } from "../../core/errors.ts";
import { resolveClass } from "../../plugins/classifiers/onnx/labels.ts";
import { SHAPE_FAMILIES } from "../../plugins/meshes/shapes/catalog.ts";
import { classOf } from "../classifier_file.ts";

/** How many classes ImageNet (ILSVRC 2012) has. */
const IMAGENET_CLASSES = 1000;

/** Synsets of ShapeNet with the class of ImageNet that the paper takes for them. */
const SHAPENET_CLASSES: Readonly<Record<string, number>> = {
  "02691156": 404, // airliner
  "02808440": 435, // bathtub
  "02828884": 703, // park bench
  "02876657": 898, // water bottle
  "03001627": 559, // folding chair
  "03797390": 968, // cup
  "03928116": 579, // grand piano
  "04090263": 413, // assault rifle
};

/** A network, as far as its classes go. */
export interface KnownLabels {
  readonly network: string;
  /** Names of its classes; empty where they are not known. */
  readonly labels: readonly string[];
  readonly classes: number;
}

/**
 * The index that a network gives a class of a study: by the label that was given, else that of a built-in shape, of a synset of ShapeNet, or the label that
 * is the class's name.
 *
 * @throws InputError that names the class and the network.
 */
export function classIndex(
  { name, label }: { readonly name: string; readonly label?: string | number },
  { network, labels, classes }: KnownLabels,
): number {
  const isBuiltIn = SHAPE_FAMILIES.some((family) => family.name === name);
  try {
    if (label !== undefined) return resolveClass(label, labels, classes);
    if (isBuiltIn) return classOf(undefined, { mesh: name, labels, classes });
    if (Object.hasOwn(SHAPENET_CLASSES, name) && classes === IMAGENET_CLASSES) return SHAPENET_CLASSES[name];
    // A folder of digits is no index.
    if (/^\d+$/.test(name)) throw new InputError(`a synset has no label`);
    return resolveClass(name, labels, classes);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // What is said of a built-in shape is about the option of a command with one object.
    const reason = label === undefined && isBuiltIn ? "" : `: ${error.message}`;
    const way = label === undefined ? "give its label in the study's file or as NAME=LABEL in --classes" : "give another label";
    throw new InputError(`Class "${name}" is not known to network "${network}", ${way}${reason}`);
  }
}
