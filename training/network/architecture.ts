import type { Feature, Layers } from "./layers.ts";

/** A network as a description: from pictures to one logit a class. */
export interface Architecture {
  readonly name: string;
  /** What it has of the network that it is named after. */
  readonly description: string;
  /** Peak of the learning rate with which it trains well. */
  readonly learningRate: number;
  readonly describe: (layers: Layers, pictures: Feature, classes: number) => Feature;
}

/** Sides of the pictures that the built-in networks take, in pixels. */
export const PICTURE_SIZE = 64;
