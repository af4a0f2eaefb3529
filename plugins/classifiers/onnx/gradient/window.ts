import type { Node } from "../graph.ts";
import { intOf, intsOf, stringOf } from "./attributes.ts";

/** How a window slides along one spatial axis: output `o` sees inputs `o * stride - before + k * dilation` for `k` below `kernel`. */
export interface Window {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first input. */
  readonly before: number;
  /** Padding after the last input. */
  readonly after: number;
}

/** The windows of a `Conv` or of a pooling operator, one for each spatial axis. */
export function windowsOf(node: Node, inputs: readonly number[], kernels: readonly number[]): Window[] {
  const { strides, dilations, pads, autoPad } = slide(node, inputs.length);
  const ceil = intOf(node, "ceil_mode", 0) === 1;
  return inputs.map((input, axis) => {
    const kernel = kernels[axis], stride = strides[axis], dilation = dilations[axis];
    const extent = dilation * (kernel - 1) + 1;
    let before = pads[axis], after = pads[axis + inputs.length];
    if (autoPad === "VALID") before = after = 0;
    if (autoPad.startsWith("SAME")) {
      const total = Math.max(0, (Math.ceil(input / stride) - 1) * stride + extent - input);
      before = autoPad === "SAME_UPPER" ? Math.floor(total / 2) : Math.ceil(total / 2);
      after = total - before;
    }
    const steps = (input + before + after - extent) / stride;
    let output = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // The last window must start inside the input or its padding before it.
    if (ceil && (output - 1) * stride >= input + before) output--;
    return { input, output, kernel, stride, dilation, before, after };
  });
}

/** The windows of the convolution that a `ConvTranspose` transposes: its `input` is the larger side, what the operator returns. */
export function transposedWindowsOf(node: Node, inputs: readonly number[], kernels: readonly number[]): Window[] {
  const { strides, dilations, pads, autoPad } = slide(node, inputs.length);
  const extra = intsOf(node, "output_padding", inputs.map(() => 0));
  const wanted = intsOf(node, "output_shape", undefined)?.slice(-inputs.length);
  return inputs.map((output, axis) => {
    const kernel = kernels[axis], stride = strides[axis], dilation = dilations[axis];
    const full = stride * (output - 1) + extra[axis] + dilation * (kernel - 1) + 1;
    let before = pads[axis], after = pads[axis + inputs.length];
    if (autoPad === "VALID") before = after = 0;
    if (wanted !== undefined || autoPad.startsWith("SAME")) {
      const total = Math.max(0, full - (wanted?.[axis] ?? output * stride));
      before = autoPad === "SAME_UPPER" ? Math.floor(total / 2) : Math.ceil(total / 2);
      after = total - before;
    }
    return { input: wanted?.[axis] ?? full - before - after, output, kernel, stride, dilation, before, after };
  });
}

function slide(node: Node, axes: number) {
  const ones = Array.from({ length: axes }, () => 1);
  return {
    strides: intsOf(node, "strides", ones),
    dilations: intsOf(node, "dilations", ones),
    pads: intsOf(node, "pads", [...ones, ...ones].map(() => 0)),
    autoPad: stringOf(node, "auto_pad", "NOTSET"),
  };
}
