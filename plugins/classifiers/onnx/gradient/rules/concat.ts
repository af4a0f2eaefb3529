import { product } from "../../../../../core/shape.ts";
import { floatTensor, int } from "../../graph_builder.ts";
import { intOf } from "../attributes.ts";
import type { RuleContext } from "../rule.ts";
import { positive } from "../shapes/known.ts";

/** Cuts the gradient of what was joined. */
export function concat(context: RuleContext, index: number): string {
  const axis = positive(intOf(context.node, "axis", 0), context.dims(context.output).length);
  const sizes = context.node.inputs.map((input) => context.sizes(input, [axis])[axis]);
  const convolved = axis === 1 ? convolvedPart(context, context.upstream, sizes, index) : undefined;
  if (convolved !== undefined) return convolved;
  const parts = context.emitter.nodes("Split", [context.fullUpstream, context.emitter.ints(sizes)], { axis: int(axis) }, sizes.length);
  if (context.emitter.isSettled(context.upstream)) parts.forEach((part) => context.emitter.settle(part));
  return parts[index];
}

/**
 * A part of the channels of a gradient that convolutions with stored weights make, by convolutions with that part of their weights: the
 * whole is then never needed, nor a copy of its parts. Undefined where something else makes the gradient.
 */
function convolvedPart(context: RuleContext, gradient: string, sizes: readonly number[], index: number): string | undefined {
  const { emitter } = context;
  const producer = emitter.producer(gradient);
  if (producer?.operator === "Add") {
    const terms = producer.inputs.map((term) => convolvedPart(context, term, sizes, index));
    return terms.every((term) => term !== undefined) ? context.add(terms[0]!, terms[1]!) : undefined;
  }
  const weights = producer?.operator === "Conv" ? emitter.tensor(producer.inputs[1]) : undefined;
  if (producer === undefined || weights === undefined || producer.inputs.length > 2 || intOf(producer, "group", 1) !== 1) return undefined;
  const [, ...rest] = weights.dims;
  const before = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  const part = emitter.derived(producer.inputs[1], `channels ${before} + ${sizes[index]}`, () => {
    const data = (weights.data as Float32Array).slice(before * product(rest), (before + sizes[index]) * product(rest));
    return floatTensor([sizes[index], ...rest], data);
  });
  return context.emit("Conv", [producer.inputs[0], part], Object.fromEntries(producer.attributes));
}
