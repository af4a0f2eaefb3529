import { int, ints } from "../../graph_builder.ts";
import { intOf } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";
import { transposedWindowsOf, type Window, windowsOf } from "../window.ts";
import { convolveTransposed } from "./transposed_convolution.ts";
import { convolutionWeights } from "./convolution_weights.ts";

/** Rules of convolutions. */
export const convolutionRules: Readonly<Record<string, Rule>> = {
  Conv: inputs(
    (context) =>
      convolveTransposed(context, context.fullUpstream, { weights: context.input(1), group: groups(context), windows: windows(context) }),
    (context) => {
      const larger = context.input(0);
      return convolutionWeights(context, {
        larger,
        smaller: context.fullUpstream,
        group: groups(context),
        windows: windows(context),
        like: context.input(1),
      });
    },
    bias,
  ),
  ConvTranspose: inputs(
    (context) => {
      const geometry = transposedWindows(context);
      return context.emit("Conv", [context.fullUpstream, context.input(1)], {
        strides: ints(...geometry.map(({ stride }) => stride)),
        dilations: ints(...geometry.map(({ dilation }) => dilation)),
        pads: ints(...geometry.map(({ before }) => before), ...geometry.map(({ after }) => after)),
        group: int(groups(context)),
      });
    },
    (context) => {
      const smaller = context.input(0);
      return convolutionWeights(context, {
        larger: context.fullUpstream,
        smaller,
        group: groups(context),
        windows: transposedWindows(context),
        like: context.input(1),
      });
    },
    bias,
  ),
};

function groups({ node }: RuleContext): number {
  return intOf(node, "group", 1);
}

/** The gradient of a bias: the sum over everything but channels. */
function bias(context: RuleContext): string {
  const axes = context.dims(context.output).flatMap((_, axis) => axis === 1 ? [] : [axis]);
  return context.emit("ReduceSum", [context.fullUpstream, context.emitter.ints(axes)], { keepdims: int(0) });
}

function spatial(context: RuleContext, name: string): number[] {
  const axes = context.dims(name).map((_, axis) => axis).slice(2);
  return context.sizes(name, axes).slice(2);
}

function windows(context: RuleContext): Window[] {
  return windowsOf(context.node, spatial(context, context.input(0)), spatial(context, context.input(1)));
}

function transposedWindows(context: RuleContext): Window[] {
  return transposedWindowsOf(context.node, spatial(context, context.input(0)), spatial(context, context.input(1)));
}
