import { SHAPE_FAMILIES } from "../plugins/meshes/shapes/catalog.ts";
import type { Accuracy } from "./evaluate.ts";
import type { describeViews } from "./view_files.ts";

/** What is known of a network that was trained here: a JSON file beside it. */
export interface NetworkCard {
  readonly name: string;
  readonly architecture: string;
  readonly description: string;
  /** Of the ONNX file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly input: string;
  readonly output: string;
  readonly classes: readonly {
    readonly index: number;
    readonly name: string;
    readonly imageNet: { readonly index: number; readonly label: string };
  }[];
  /** What it saw in training, and nothing else. */
  readonly data: {
    readonly views: string;
    readonly boxes: ReturnType<typeof describeViews>;
    readonly shapes: string;
    readonly augmentation: string;
    readonly seed: number;
  };
  readonly training: {
    readonly steps: number;
    readonly batch: number;
    readonly rate: number;
    readonly optimizer: string;
    readonly seed: number;
    /** The network that training went on from; null where it began with random weights. */
    readonly from: { readonly name: string; readonly sha256: string } | null;
  };
  /** On shape variations that training never saw, from the viewpoints of training. */
  readonly accuracy: {
    readonly shapes: string;
    readonly augmented: Accuracy;
    readonly defaultScene: Accuracy;
  };
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The classes of the built-in networks. */
export const CARD_CLASSES: NetworkCard["classes"] = SHAPE_FAMILIES.map(({ name, imageNet }, index) => ({ index, name, imageNet }));

/** What augmentation does, in words. */
export const AUGMENTATION =
  "direction and intensities of the light, color of the object, its place, distance and roll of the camera, background, blur, contrast, brightness, grain and soft patterns";
