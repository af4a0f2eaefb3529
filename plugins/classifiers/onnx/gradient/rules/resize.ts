import { InputError } from "../../../../../core/errors.ts";
import { product } from "../../../../../core/shape.ts";
import { floatTensor } from "../../graph_builder.ts";
import { intOf, intsOf, label } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { positive } from "../shapes/known.ts";
import { interpolation } from "./interpolation.ts";

/** Rules of resampling: it is linear and works axis by axis, so its transpose is a product with the transposed weights of every axis. */
export const resizeRules: Readonly<Record<string, Rule>> = {
  Resize: inputs((context) =>
    resizedAxes(context).reduce((gradient, axis) => transposeAlong(context, gradient, axis), context.fullUpstream)
  ),
};

interface ResizedAxis {
  readonly axis: number;
  readonly input: number;
  readonly output: number;
  readonly scale: number;
  /** First and last of the part that `tf_crop_and_resize` takes, relative to the input. */
  readonly region: readonly [number, number];
}

function resizedAxes(context: RuleContext): ResizedAxis[] {
  const { node } = context;
  if (intOf(node, "antialias", 0) !== 0) throw new InputError(`Attribute "antialias" of ${label(node)} must be 0`);
  const rank = context.dims(context.input(0)).length;
  const axes = intsOf(node, "axes", Array.from({ length: rank }, (_, axis) => axis)).map((axis) => positive(axis, rank));
  const [region, scales] = [1, 2].map((index) =>
    context.input(index) === "" ? undefined : context.emitter.values.constant(context.input(index))
  );
  return axes.flatMap((axis, position) => {
    const scale = scales?.[position];
    const part: [number, number] = region?.length ? [region[position], region[position + axes.length]] : [0, 1];
    const whole = part[0] === 0 && part[1] === 1;
    if (whole && (scale ?? 1) === 1 && context.emitter.values.sameSize(context.input(0), context.output, axis)) return [];
    const from = context.sizes(context.input(0), [axis])[axis];
    const to = context.sizes(context.output, [axis])[axis];
    return [{ axis, input: from, output: to, scale: scale ?? to / from, region: part }];
  });
}

/** Multiplies along one axis with the transposed weights. */
function transposeAlong(context: RuleContext, gradient: string, { axis, input, output, scale, region }: ResizedAxis): string {
  const weights = interpolation(context.node, { input, output, scale, region });
  const rank = context.dims(gradient).length;
  if (axis === rank - 1) return context.emit("MatMul", [gradient, context.emitter.constant(floatTensor([output, input], weights))]);
  const turned = Float32Array.from(weights, (_, index) => weights[(index % output) * input + Math.floor(index / output)]);
  const matrix = context.emitter.constant(floatTensor([input, output], turned));
  // The axes behind it become one: rows of the product.
  const dims = context.dims(gradient);
  const behind = dims.map((_, at) => at).slice(axis + 1);
  const flat = context.reshapeTo(gradient, [...dims.slice(0, axis + 1), product(context.sizes(gradient, behind).slice(axis + 1))]);
  if (flat === undefined) throw new InputError(`Input of ${label(context.node)} must have one free dimension at most`);
  return context.reshapeTo(context.emit("MatMul", [matrix, flat]), dims.with(axis, input))!;
}
