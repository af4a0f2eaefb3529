import type { Normalization } from "../../core/classifier.ts";
import { InputError } from "../../core/errors.ts";

/** What torchvision's networks, and most others that were trained on ImageNet, want. */
export const IMAGENET_NORMALIZATION: Normalization = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/** Pictures go in as they are, as in the paper. */
const NO_NORMALIZATION: Normalization = { mean: [0, 0, 0], deviation: [1, 1, 1] };

/** Whether it leaves pictures as they are. */
export function changesNothing({ mean, deviation }: Normalization): boolean {
  return mean.every((value) => value === 0) && deviation.every((value) => value === 1);
}

/** Reads a normalization: `none`, `imagenet`, or `mean,mean,mean/deviation,deviation,deviation`. @throws InputError where it is none of these. */
export function parseNormalization(text: string): Normalization {
  if (text === "none") return NO_NORMALIZATION;
  if (text === "imagenet") return IMAGENET_NORMALIZATION;
  const [mean, deviation, ...more] = text.split("/").map((part) => part.split(",").map(Number));
  const isTriple = (values: number[] | undefined): values is [number, number, number] =>
    values?.length === 3 && values.every(Number.isFinite);
  if (!isTriple(mean) || !isTriple(deviation) || more.length > 0 || deviation.some((value) => value <= 0)) {
    throw new InputError(`Normalization must be none, imagenet, or M,M,M/D,D,D with deviations above 0: current value is "${text}"`);
  }
  return { mean, deviation };
}
