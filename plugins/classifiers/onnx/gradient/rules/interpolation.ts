import { InputError } from "../../../../../core/errors.ts";
import type { Node } from "../../graph.ts";
import { floatOf, label, stringOf } from "../attributes.ts";

/** How an axis is resampled. */
export interface Resampling {
  readonly input: number;
  readonly output: number;
  readonly scale: number;
  /** First and last of the part that is taken, relative to the input. */
  readonly region: readonly [number, number];
}

/**
 * The weights with which a `Resize` node makes outputs of inputs along one axis: [output x input], row-major.
 *
 * @throws InputError where the mode is neither nearest nor linear nor cubic.
 */
export function interpolation(node: Node, { input, output, scale, region }: Resampling): Float32Array {
  const mode = stringOf(node, "mode", "nearest");
  const transform = stringOf(node, "coordinate_transformation_mode", "half_pixel");
  const taps = TAPS[mode];
  if (taps === undefined) throw new InputError(`Mode of ${label(node)} must be nearest, linear or cubic: it is ${mode}`);
  const weights = new Float32Array(output * input);
  for (let index = 0; index < output; index++) {
    const position = source(transform, index, { input, output, scale, region });
    // Outside the input a crop takes a constant, which has no gradient.
    if (transform === "tf_crop_and_resize" && (position < 0 || position > input - 1)) continue;
    let total = 0;
    const all = taps(node, position);
    const inside = mode === "cubic" && node.attributes.get("exclude_outside")?.value === 1;
    const used = inside ? all.filter(([tap]) => tap >= 0 && tap < input) : all;
    for (const [, weight] of used) total += weight;
    for (const [tap, weight] of used) {
      weights[index * input + Math.min(Math.max(tap, 0), input - 1)] += inside ? weight / total : weight;
    }
  }
  return weights;
}

/** Where output `index` lies in the input. */
function source(transform: string, index: number, { input, output, scale, region }: Resampling): number {
  switch (transform) {
    case "asymmetric":
      return index / scale;
    case "pytorch_half_pixel":
      return output > 1 ? (index + 0.5) / scale - 0.5 : 0;
    case "align_corners":
      return output > 1 ? index * (input - 1) / (output - 1) : 0;
    case "tf_half_pixel_for_nn":
      return (index + 0.5) / scale;
    case "half_pixel_symmetric": {
      const center = input / 2 * (1 - output / (scale * input));
      return center + (index + 0.5) / scale - 0.5;
    }
    case "tf_crop_and_resize":
      return output > 1
        ? region[0] * (input - 1) + index * (region[1] - region[0]) * (input - 1) / (output - 1)
        : 0.5 * (region[0] + region[1]) * (input - 1);
    default:
      return (index + 0.5) / scale - 0.5;
  }
}

type Taps = (node: Node, position: number) => readonly (readonly [tap: number, weight: number])[];

/** The inputs near a position, with their weights. */
const TAPS: Readonly<Record<string, Taps>> = {
  nearest: (node, position) => [[ROUNDINGS[stringOf(node, "nearest_mode", "round_prefer_floor")](position), 1]],
  linear: (_, position) => {
    const first = Math.floor(position);
    return [[first, 1 - (position - first)], [first + 1, position - first]];
  },
  cubic: (node, position) => {
    const a = floatOf(node, "cubic_coeff_a", -0.75);
    const first = Math.floor(position);
    return [-1, 0, 1, 2].map((offset) => [first + offset, cubic(Math.abs(position - first - offset), a)]);
  },
};

const ROUNDINGS: Readonly<Record<string, (position: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round_prefer_floor: (position) => Math.ceil(position - 0.5),
  round_prefer_ceil: (position) => Math.floor(position + 0.5),
};

function cubic(distance: number, a: number): number {
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance ** 2 + 1;
  if (distance < 2) return ((distance - 5) * distance + 8) * distance * a - 4 * a;
  return 0;
}
