import { int, ints, string } from "../../../../../plugins/classifiers/onnx/graph_builder.ts";
import { type OperatorCase, real, stored } from "../harness.ts";

interface ConvolutionVariant {
  readonly what: string;
  readonly attributes?: OperatorCase["attributes"];
  readonly kernel?: readonly number[];
  readonly picture?: readonly number[];
  readonly channels?: readonly [inputs: number, outputs: number];
  readonly group?: number;
  readonly opset?: number;
}

const VARIANTS: readonly ConvolutionVariant[] = [
  { what: "plain" },
  { what: "opset 7", opset: 7, attributes: { pads: ints(1, 1, 1, 1) } },
  { what: "opset 21", opset: 21, attributes: { pads: ints(1, 1, 1, 1) } },
  { what: "asymmetric padding", attributes: { pads: ints(0, 1, 2, 0) } },
  { what: "more padding than the kernel is wide", attributes: { pads: ints(3, 0, 0, 4) } },
  { what: "SAME_UPPER", attributes: { auto_pad: string("SAME_UPPER") }, kernel: [2, 3] },
  { what: "SAME_LOWER, stride 2", attributes: { auto_pad: string("SAME_LOWER"), strides: ints(2, 2) } },
  { what: "VALID", attributes: { auto_pad: string("VALID") } },
  { what: "stride 2, nothing left over", attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) }, picture: [5, 7] },
  { what: "stride 2, a rest left over", attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) }, picture: [6, 8] },
  { what: "strides 2 and 3, without padding", attributes: { strides: ints(2, 3) }, picture: [7, 8] },
  { what: "stride beyond the kernel", attributes: { strides: ints(3, 2) }, kernel: [2, 1], picture: [7, 7] },
  { what: "1 x 1", kernel: [1, 1] },
  { what: "1 x 1, stride 2", kernel: [1, 1], attributes: { strides: ints(2, 2) }, picture: [6, 5] },
  { what: "dilation", attributes: { dilations: ints(2, 1), pads: ints(1, 0, 1, 0) }, picture: [6, 4] },
  { what: "dilation and stride", attributes: { dilations: ints(2, 2), strides: ints(2, 2), pads: ints(2, 1, 2, 1) }, picture: [7, 6] },
  { what: "two groups", group: 2, channels: [4, 6] },
  { what: "two groups, stride 2", group: 2, channels: [4, 2], attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) } },
  { what: "depthwise", group: 3, channels: [3, 3], attributes: { pads: ints(1, 1, 1, 1) } },
  { what: "depthwise, two outputs a channel", group: 2, channels: [2, 4], attributes: { pads: ints(1, 1, 1, 1) } },
  { what: "depthwise, stride 2", group: 3, channels: [3, 3], attributes: { strides: ints(2, 2), pads: ints(1, 1, 1, 1) }, picture: [6, 5] },
  {
    what: "7 x 7, stride 4",
    kernel: [7, 7],
    attributes: { strides: ints(4, 4), pads: ints(2, 2, 2, 2) },
    picture: [12, 11],
    channels: [1, 2],
  },
  { what: "many channels", channels: [8, 3], attributes: { pads: ints(1, 0, 1, 2) }, picture: [4, 4] },
  { what: "many channels, stride 2", channels: [9, 2], attributes: { pads: ints(1, 1, 1, 1), strides: ints(2, 2) }, picture: [5, 4] },
  { what: "many channels, dilation", channels: [8, 2], attributes: { dilations: ints(2, 1) }, kernel: [2, 2], picture: [4, 4] },
  { what: "many channels, one axis", channels: [8, 2], kernel: [3], picture: [7], attributes: { strides: ints(2) } },
  { what: "one axis", kernel: [3], picture: [7], attributes: { strides: ints(2), pads: ints(1, 0) } },
  { what: "three axes", kernel: [2, 2, 2], picture: [3, 4, 3], channels: [1, 2], attributes: { strides: ints(1, 2, 1) } },
];

const convolutions = VARIANTS.flatMap(({ what, attributes, kernel = [3, 3], picture = [5, 4], channels = [2, 3], group = 1, opset }) => {
  const dims = [channels[1], channels[0] / group, ...kernel];
  const shared = { operator: "Conv", opset, attributes: { ...attributes, ...(group > 1 ? { group: int(group) } : {}) } };
  const x = real(["batch", channels[0], ...picture]);
  return [
    { ...shared, what: `${what}, stored weights`, inputs: [x, stored(dims), stored([channels[1]])] },
    { ...shared, what: `${what}, weights as input`, inputs: [x, real(dims, [-1, 1])] },
  ];
});

const transposed = (what: string, attributes: OperatorCase["attributes"], kernel = [3, 3], channels = [2, 3], group = 1): OperatorCase => ({
  operator: "ConvTranspose",
  what,
  attributes: { ...attributes, ...(group > 1 ? { group: int(group) } : {}) },
  inputs: [real(["batch", channels[0], 3, 4]), stored([channels[0], channels[1] / group, ...kernel]), stored([channels[1]])],
});

const pool = (
  operator: string,
  what: string,
  kernel: readonly number[],
  attributes: OperatorCase["attributes"] = {},
  picture = [6, 7],
  opset = 18,
): OperatorCase => ({
  operator,
  what,
  opset,
  attributes: { kernel_shape: ints(...kernel), ...attributes },
  inputs: [real(["batch", 2, ...picture])],
});

const padded = { count_include_pad: int(1) };

export const windowedCases: readonly OperatorCase[] = [
  ...convolutions,
  transposed("plain", {}),
  transposed("stride 2", { strides: ints(2, 2), pads: ints(1, 1, 1, 1) }),
  transposed("output padding", { strides: ints(2, 3), output_padding: ints(1, 2), pads: ints(1, 0, 0, 1) }),
  transposed("dilation", { dilations: ints(2, 2) }, [2, 2]),
  transposed("two groups", { strides: ints(2, 2) }, [2, 2], [4, 6], 2),
  transposed("output shape", { strides: ints(2, 2), output_shape: ints(6, 8) }),
  transposed("SAME_UPPER", { strides: ints(2, 2), auto_pad: string("SAME_UPPER") }),
  transposed("SAME_LOWER", { strides: ints(2, 2), auto_pad: string("SAME_LOWER") }),
  pool("MaxPool", "2 x 2", [2, 2], { strides: ints(2, 2) }),
  pool("MaxPool", "opset 7", [2, 2], { strides: ints(2, 2) }, undefined, 7),
  pool("MaxPool", "overlapping", [3, 3], { strides: ints(2, 2) }),
  pool("MaxPool", "overlapping, stride 1, padded", [3, 3], { pads: ints(1, 1, 1, 1) }),
  pool("MaxPool", "asymmetric padding", [3, 2], { strides: ints(2, 1), pads: ints(1, 0, 0, 1) }),
  pool("MaxPool", "ceiling", [3, 3], { strides: ints(2, 2), ceil_mode: int(1) }, [6, 8]),
  pool("MaxPool", "ceiling, padded", [2, 2], { strides: ints(2, 2), ceil_mode: int(1), pads: ints(1, 1, 1, 1) }, [5, 6]),
  pool("MaxPool", "SAME_UPPER", [3, 2], { strides: ints(2, 2), auto_pad: string("SAME_UPPER") }),
  pool("MaxPool", "SAME_LOWER", [3, 2], { strides: ints(2, 2), auto_pad: string("SAME_LOWER") }),
  pool("MaxPool", "VALID", [3, 3], { strides: ints(2, 2), auto_pad: string("VALID") }),
  pool("MaxPool", "dilation", [2, 2], { dilations: ints(2, 3) }),
  pool("MaxPool", "column-major indices", [2, 2], { strides: ints(2, 2), storage_order: int(1) }),
  pool("MaxPool", "one axis", [3], { strides: ints(2) }, [8]),
  pool("MaxPool", "one axis, a long window", [17], { strides: ints(2) }, [20]),
  pool("MaxPool", "three axes", [2, 3, 2], { strides: ints(2, 2, 1), pads: ints(0, 1, 0, 0, 1, 1) }, [4, 5, 3]),
  pool("MaxPool", "5 x 5, padded", [5, 5], { pads: ints(2, 2, 2, 2) }),
  pool("MaxPool", "with gaps between windows", [2, 2], { strides: ints(3, 2) }, [8, 7]),
  ...[{}, padded].flatMap((count) => {
    const how = count === padded ? ", counting padding" : "";
    return [
      pool("AveragePool", `2 x 2${how}`, [2, 2], { strides: ints(2, 2), ...count }),
      pool("AveragePool", `opset 7${how}`, [2, 2], { strides: ints(2, 2), ...count }, undefined, 7),
      pool("AveragePool", `opset 10${how}`, [3, 3], { strides: ints(2, 2), pads: ints(1, 1, 1, 1), ...count }, undefined, 10),
      pool("AveragePool", `stride 1, padded${how}`, [3, 3], { pads: ints(1, 1, 1, 1), ...count }),
      pool("AveragePool", `overlapping${how}`, [3, 3], { strides: ints(2, 2), ...count }),
      pool("AveragePool", `asymmetric padding${how}`, [3, 3], { strides: ints(2, 1), pads: ints(1, 0, 0, 2), ...count }),
      pool("AveragePool", `SAME_UPPER${how}`, [3, 2], { strides: ints(2, 2), auto_pad: string("SAME_UPPER"), ...count }),
      pool("AveragePool", `SAME_LOWER${how}`, [3, 2], { strides: ints(2, 2), auto_pad: string("SAME_LOWER"), ...count }),
      pool("AveragePool", `ceiling${how}`, [3, 3], { strides: ints(2, 2), ceil_mode: int(1), ...count }, [6, 8]),
      pool("AveragePool", `ceiling, padded${how}`, [3, 3], { strides: ints(2, 2), ceil_mode: int(1), pads: ints(1, 1, 1, 1), ...count }, [
        6,
        7,
      ]),
      pool("AveragePool", `dilation${how}`, [2, 2], { dilations: ints(2, 2), pads: ints(1, 1, 1, 1), ...count }, [6, 7], 19),
      pool("AveragePool", `ceiling, opset 19${how}`, [3, 3], { strides: ints(2, 2), ceil_mode: int(1), pads: ints(1, 1, 1, 1), ...count }, [
        6,
        8,
      ], 19),
      pool("AveragePool", `the whole picture${how}`, [6, 7], count),
      pool("AveragePool", `a corner of the picture${how}`, [5, 4], { strides: ints(6, 6), ...count }),
      pool("AveragePool", `three axes${how}`, [2, 3, 2], { pads: ints(1, 1, 0, 1, 0, 1), ...count }, [4, 5, 3]),
    ];
  }),
  { operator: "GlobalAveragePool", what: "", inputs: [real(["batch", 3, 4, 5])] },
  { operator: "GlobalMaxPool", what: "", inputs: [real(["batch", 3, 4, 5])] },
];
