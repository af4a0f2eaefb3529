import { InputError, unknownName } from "../../../core/errors.ts";
import type { Mesh } from "../../../core/mesh.ts";
import { airliner } from "./airliner.ts";
import { assemble } from "./assemble.ts";
import { bathtub } from "./bathtub.ts";
import { bench } from "./bench.ts";
import { bottle } from "./bottle.ts";
import { chair } from "./chair.ts";
import { cup } from "./cup.ts";
import type { ShapeFamily } from "./family.ts";
import { piano } from "./piano.ts";
import { teapot } from "./teapot.ts";
import { toilet } from "./toilet.ts";
import { Variation } from "./variation.ts";
import { vase } from "./vase.ts";

/** The built-in shapes, in the order of the built-in networks' classes. */
export const SHAPE_FAMILIES: readonly ShapeFamily[] = [airliner, bathtub, bench, bottle, chair, cup, piano, teapot, toilet, vase];

/** A built-in shape by name. */
export interface ShapeName {
  readonly family: ShapeFamily;
  /** 0 is the canonical shape. */
  readonly variation: number;
}

/** Reads `chair` or `chair:7`; undefined where the text names no built-in family. @throws InputError where the variation is no whole number. */
export function parseShapeName(text: string): ShapeName | undefined {
  const [name, number, ...rest] = text.split(":");
  const family = SHAPE_FAMILIES.find((candidate) => candidate.name === name);
  if (family === undefined) return undefined;
  if (number === undefined) return { family, variation: 0 };
  if (rest.length > 0 || !/^\d{1,9}$/.test(number)) {
    throw new InputError(
      `Variation of shape "${name}" must be a whole number of at most nine digits, as in "${name}:7": current name is "${text}"`,
    );
  }
  return { family, variation: Number(number) };
}

/** A shape of a family, normalized. The same name and variation give the same mesh. @throws InputError where no family has the name. */
export function shapeMesh(name: string, variation = 0): Mesh {
  const family = SHAPE_FAMILIES.find((candidate) => candidate.name === name);
  if (family === undefined) throw unknownName("shape", name, SHAPE_FAMILIES.map((candidate) => candidate.name));
  return assemble(family.build(new Variation(name, variation)));
}
