import type { BufferGeometry } from "three";
import type { Variation } from "./variation.ts";

/** A closed surface: indexed triangles that face outwards, every edge shared by two of them. */
export type Solid = BufferGeometry;

/** A parametric family of shapes. Up is +y; what a photographer would call the front faces -z, as in ShapeNet. */
export interface ShapeFamily {
  readonly name: string;
  /** The class of ImageNet (ILSVRC 2012) that its shapes belong to. */
  readonly imageNet: { readonly index: number; readonly label: string };
  /** Whether every shape is a solid of revolution about +y, whose azimuth cannot be seen. */
  readonly revolution: boolean;
  /** The parts of one shape, in any unit of length. */
  readonly build: (vary: Variation) => Solid[];
}
