import { product } from "../../../../../core/shape.ts";
import type { Tensor } from "../../graph.ts";
import { floatTensor, int, ints } from "../../graph_builder.ts";
import type { RuleContext } from "../rule.ts";
import type { Window } from "../window.ts";

/** A convolution, to be transposed. */
export interface TransposedConvolution {
  /** Its weights [outputs, inputs / group, ...kernel]. */
  readonly weights: string;
  readonly group: number;
  readonly windows: readonly Window[];
}

/** The transpose of a convolution applied to a gradient [batch, outputs, ...]: exactly the input's size comes back. */
export function convolveTransposed(context: RuleContext, gradient: string, convolution: TransposedConvolution): string {
  const { windows, group } = convolution;
  const stored = context.emitter.tensor(convolution.weights);
  // The fastest form, where weights are at hand to be turned round once and the padding of the turned convolution is not negative.
  const turned = windows.map((window) => ({ ...window, before: extent(window) - window.before, after: extent(window) - window.after }));
  if (stored !== undefined && turned.every(({ stride, before, after }) => stride === 1 && before >= 0 && after >= 0)) {
    return context.emit(
      "Conv",
      [gradient, context.emitter.derived(convolution.weights, `turned ${group}`, () => turnRound(stored, group))],
      {
        dilations: ints(...windows.map(({ dilation }) => dilation)),
        pads: ints(...turned.map(({ before }) => before), ...turned.map(({ after }) => after)),
        group: int(group),
      },
    );
  }
  // What strides left over at the end of the input; less than nothing where the last windows hang over its end.
  const rests = windows.map((window) =>
    window.input + window.before + window.after - extent(window) - 1 - (window.output - 1) * window.stride
  );
  return context.emit("ConvTranspose", [gradient, convolution.weights], {
    strides: ints(...windows.map(({ stride }) => stride)),
    dilations: ints(...windows.map(({ dilation }) => dilation)),
    pads: ints(...windows.map(({ before }) => before), ...windows.map(({ after }, axis) => after - Math.min(rests[axis], 0))),
    output_padding: ints(...rests.map((rest) => Math.max(rest, 0))),
    group: int(group),
  });
}

/** How far the last element of a window is from its first. */
function extent({ kernel, dilation }: Window): number {
  return (kernel - 1) * dilation;
}

/** Weights [outputs, inputs / group, ...kernel] as [inputs, outputs / group, ...kernel], the kernel back to front. */
function turnRound({ dims, data }: Tensor, group: number): Tensor {
  const [outputs, inputs, ...kernel] = dims;
  const perGroup = outputs / group;
  const size = product(kernel);
  const turned = new Float32Array(data.length);
  for (let output = 0; output < outputs; output++) {
    const first = Math.floor(output / perGroup) * inputs;
    for (let input = 0; input < inputs; input++) {
      const from = (output * inputs + input) * size;
      const to = ((first + input) * perGroup + output % perGroup) * size;
      for (let index = 0; index < size; index++) turned[to + index] = Number(data[from + size - 1 - index]);
    }
  }
  return floatTensor([inputs * group, perGroup, ...kernel], turned);
}
