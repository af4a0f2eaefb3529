import { float, int, ints, string } from "../../../../../plugins/classifiers/onnx/graph_builder.ts";
import { type CaseInput, constant, list, type OperatorCase, real } from "../harness.ts";

const x = real(["batch", 3, 4]);

const moved = (
  operator: string,
  what: string,
  inputs: readonly (CaseInput | undefined)[],
  attributes: OperatorCase["attributes"] = {},
  opset?: number,
): OperatorCase => ({
  operator,
  what,
  inputs,
  attributes,
  opset,
});

const reductions = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp"]
  .flatMap((operator) => [
    moved(operator, "everything", [x], { keepdims: int(0) }),
    moved(operator, "last axis", [x, list([-1])]),
    moved(operator, "two axes, dropped", [x, list([0, 2])], { keepdims: int(0) }),
    moved(operator, "no axes", [x], { noop_with_empty_axes: int(1) }),
    moved(operator, "axes as an attribute, opset 11", [x], { axes: ints(1), keepdims: int(0) }, 11),
  ]);

const cut = (what: string, [starts, ends, axes, steps]: readonly (readonly number[])[]): OperatorCase =>
  moved(
    "Slice",
    what,
    [real(["batch", 5, 6]), list(starts), list(ends), ...[axes, steps].flatMap((values) => values === undefined ? [] : [list(values)])],
  );

const pad = (
  what: string,
  pads: readonly number[],
  attributes: OperatorCase["attributes"] = {},
  ...rest: (CaseInput | undefined)[]
): OperatorCase => moved("Pad", what, [real(["batch", 3, 4]), list(pads), ...rest], attributes);

export const layoutCases: readonly OperatorCase[] = [
  ...reductions,
  moved("ReduceMean", "opset 17", [x], { axes: ints(-1, -2), keepdims: int(1) }, 17),
  moved("ReduceSum", "axes as an input, opset 13", [x, list([1])], {}, 13),
  moved("Concat", "of three", [x, real(["batch", 3, 1]), real(["batch", 3, 2])], { axis: int(-1) }),
  moved("Concat", "of the same twice", [x, x], { axis: int(1) }),
  { ...moved("Split", "even", [x], { axis: int(2), num_outputs: int(2) }), outputs: 2 },
  { ...moved("Split", "by sizes", [x, list([1, 3])], { axis: int(-1) }), outputs: 2 },
  { ...moved("Split", "opset 7", [x], { axis: int(2), split: ints(3, 1) }, 7), outputs: 2 },
  { ...moved("Split", "even, opset 11", [x], { axis: int(2) }, 11), outputs: 2 },
  { ...moved("Split", "even, opset 13", [x], { axis: int(1) }, 13), outputs: 3 },
  cut("a block", [[1, 2], [4, 5], [1, 2]]),
  cut("without axes, all of the free batch", [[0, 1, 0], [1000, 3, 2]]),
  cut("negative ends", [[-4, 0], [-1, 100], [-2, -1]]),
  cut("steps", [[0, 1], [5, 6], [1, 2], [2, 3]]),
  cut("backwards", [[4, -1], [0, -7], [1, 2], [-1, -2]]),
  moved("Slice", "opset 7", [x], { starts: ints(1), ends: ints(3), axes: ints(2) }, 7),
  moved("Slice", "opset 9 without axes", [real([2, 3, 4])], { starts: ints(0, 1), ends: ints(1, 3) }, 9),
  moved("Gather", "different indices", [x, list([2, 0])], { axis: int(1) }),
  moved("Gather", "indices that occur twice", [x, list([1, 3, 1, -1, 1, 0], [2, 3])], { axis: int(2) }),
  moved("Gather", "one index", [x, list([1], [])], { axis: int(1) }),
  moved("Gather", "the first axis", [real([4, 3]), list([3, 1, 1])]),
  moved("Reshape", "to a free batch", [x, list([-1, 12])]),
  moved("Reshape", "with a zero", [x, list([0, 2, -1])]),
  moved("Reshape", "fixed, opset 21", [real([2, 3, 4]), list([4, 6])], {}, 21),
  moved("Flatten", "axis 1", [x]),
  moved("Flatten", "axis 2", [x], { axis: int(2) }),
  moved("Flatten", "axis -1, opset 11", [x], { axis: int(-1) }, 11),
  moved("Squeeze", "chosen axes", [real(["batch", 1, 3, 1]), list([1, -1])]),
  moved("Squeeze", "all axes of size 1", [real([1, 2, 1, 3])]),
  moved("Squeeze", "opset 11", [real(["batch", 1, 3])], { axes: ints(1) }, 11),
  moved("Unsqueeze", "two axes", [x, list([1, -1])]),
  moved("Unsqueeze", "opset 7", [x], { axes: ints(0) }, 7),
  moved("Transpose", "default", [x]),
  moved("Transpose", "chosen order", [x], { perm: ints(1, 2, 0) }),
  moved("Expand", "to more axes", [real([3, 1]), list([2, 3, 4])]),
  moved("Expand", "a shorter shape", [real([2, 3, 1]), list([3, 4])]),
  moved("Tile", "two axes", [x, list([1, 2, 3])]),
  pad("constant", [0, 1, 2, 0, 0, 1]),
  pad("constant with a value", [0, 0, 1, 0, 2, 0], {}, constant([3])),
  pad("negative", [0, -1, 1, 0, 0, -2]),
  pad("reflect", [0, 2, 1, 0, 0, 3], { mode: string("reflect") }),
  pad("edge", [0, 2, 1, 0, 1, 3], { mode: string("edge") }),
  { ...pad("wrap", [0, 2, 1, 0, 1, 3], { mode: string("wrap") }), opset: 19 },
  pad("chosen axes", [1, 2], {}, undefined, list([-1])),
  moved("Pad", "opset 7", [x], { pads: ints(0, 0, 1, 0, 0, 2), value: float(1) }, 7),
  moved("DepthToSpace", "DCR", [real(["batch", 8, 2, 3])], { blocksize: int(2) }),
  moved("DepthToSpace", "CRD", [real(["batch", 8, 2, 3])], { blocksize: int(2), mode: string("CRD") }),
  moved("SpaceToDepth", "", [real(["batch", 2, 4, 6])], { blocksize: int(2) }),
];
