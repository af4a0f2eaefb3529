import { float, int, ints } from "../../graph_builder.ts";
import { floatOf, intOf } from "../attributes.ts";
import { inputs, type Rule, type RuleContext } from "../rule.ts";

/** Rules of matrix products. */
export const matrixRules: Readonly<Record<string, Rule>> = {
  // Y = alpha A' B' + beta C, where ' transposes on request.
  Gemm: inputs(
    (context) => {
      const [transposed, other] = flags(context);
      return transposed
        ? gemm(context, [context.input(1), context.fullUpstream], other, 1)
        : gemm(context, [context.fullUpstream, context.input(1)], 0, 1 - other);
    },
    (context) => {
      const [other, transposed] = flags(context);
      return transposed
        ? gemm(context, [context.fullUpstream, context.input(0)], 1, other)
        : gemm(context, [context.input(0), context.fullUpstream], 1 - other, 0);
    },
    (context) => context.unbroadcast(context.scale(context.upstream, floatOf(context.node, "beta", 1)), context.input(2)),
  ),
  MatMul: inputs(
    (context) => {
      const [left, right] = asMatrices(context);
      const product = context.emit("MatMul", [upstreamMatrix(context), transposed(context, right)]);
      return context.reshape(context.unbroadcast(product, left, product), context.input(0));
    },
    (context) => {
      const [left, right] = asMatrices(context);
      const upstream = upstreamMatrix(context);
      // One matrix for the whole batch: its rows join those of the matrix, and one product does it all.
      if (context.dims(right).length === 2) {
        const rows = context.reshapeTo(left, [undefined, ...context.sizes(right, [0]).slice(0, 1)])!;
        const gradients = context.reshapeTo(upstream, [undefined, ...context.sizes(right, [1]).slice(1)])!;
        return context.reshape(gemm(context, [rows, gradients], 1, 0), context.input(1));
      }
      const product = context.emit("MatMul", [transposed(context, left), upstream]);
      return context.reshape(context.unbroadcast(product, right, product), context.input(1));
    },
  ),
};

function flags({ node }: RuleContext): readonly [left: number, right: number] {
  return [intOf(node, "transA", 0), intOf(node, "transB", 0)];
}

/** A product of two matrices with the node's own factor. */
function gemm(context: RuleContext, factors: readonly [string, string], transA: number, transB: number): string {
  const alpha = context.node.operator === "Gemm" ? floatOf(context.node, "alpha", 1) : 1;
  return context.emit("Gemm", factors, { alpha: float(alpha), transA: int(transA), transB: int(transB) });
}

/** The operands of a `MatMul`, a vector on the left as one row and on the right as one column. */
function asMatrices(context: RuleContext): readonly [string, string] {
  const [left, right] = context.node.inputs;
  const unsqueeze = (name: string, axis: number) => context.emit("Unsqueeze", [name, context.emitter.ints([axis])]);
  return [
    context.dims(left).length === 1 ? unsqueeze(left, 0) : left,
    context.dims(right).length === 1 ? unsqueeze(right, 1) : right,
  ];
}

/** The upstream gradient with the axes that vectors lost. */
function upstreamMatrix(context: RuleContext): string {
  const [left, right] = context.node.inputs.map((name) => context.dims(name).length);
  const axes = [...(left === 1 ? [-2] : []), ...(right === 1 ? [-1] : [])];
  return axes.length === 0 ? context.fullUpstream : context.emit("Unsqueeze", [context.fullUpstream, context.emitter.ints(axes)]);
}

/** The last two axes swapped. */
function transposed(context: RuleContext, matrix: string): string {
  const rank = context.dims(matrix).length;
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return context.emit("Transpose", [matrix], { perm: ints(...axes.slice(0, -2), rank - 1, rank - 2) });
}
