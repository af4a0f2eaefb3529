import { InputError } from "../../../../core/errors.ts";
import type { Attribute, Graph, Node } from "../graph.ts";
import { int, string } from "../graph_builder.ts";
import { floatOf, intOf, intsOf, label } from "./attributes.ts";
import { Emitter } from "./emitter.ts";

/** The lowest operator set that gradients are written in: from 18 on every reduction takes its axes as an input. */
export const WORKING_OPSET = 18;
/** The oldest operator set that is understood. */
export const OLDEST_OPSET = 7;
/** The newest operator set that is understood. */
export const NEWEST_OPSET = 21;

/** Rewrites a node of an older operator set by emitting nodes that mean the same; its outputs keep their names. */
type Rewrite = (node: Node, emitter: Emitter) => Partial<Node>;

/** What changed: until which operator set (excluded) the old form holds, and how the new form is made of it. */
interface Change {
  readonly before: number;
  readonly rewrite: Rewrite;
}

/**
 * The same graph in operator set 18, or in its own where that is newer.
 *
 * @throws InputError where its operator set is not one of 7 ... 21, or a node uses what was taken out of ONNX.
 */
export function upgradeGraph(graph: Graph): Graph {
  if (graph.opset < OLDEST_OPSET || graph.opset > NEWEST_OPSET) {
    throw new InputError(`The model must use an ONNX operator set from ${OLDEST_OPSET} to ${NEWEST_OPSET}: its version is ${graph.opset}`);
  }
  const emitter = new Emitter(graph, "upgraded/");
  for (const node of graph.nodes) {
    const changes = node.domain === "" && Object.hasOwn(CHANGES, node.operator) ? CHANGES[node.operator] : [];
    const change = changes.find(({ before }) => graph.opset < before);
    emitter.add(change === undefined ? node : { ...node, ...change.rewrite(node, emitter) });
  }
  return emitter.build(Math.max(graph.opset, WORKING_OPSET), graph.outputs);
}

/** Moves an attribute that lists integers to an input. */
const listToInput = (name: string, position: number): Rewrite => (node, emitter) => {
  const list = intsOf(node, name, undefined);
  return {
    inputs: list === undefined ? node.inputs : withInput(node.inputs, position, emitter.ints(list)),
    attributes: without(node.attributes, name),
  };
};

const reduction: Change = { before: 18, rewrite: listToInput("axes", 1) };

/** Until opset 12 softmax ran over all axes from `axis` on, as if they were one. */
const flatSoftmax: Change = {
  before: 13,
  rewrite: (node, emitter) => {
    const rank = emitter.values.rank(node.inputs[0]);
    const axis = intOf(node, "axis", 1);
    if ((axis < 0 ? axis + rank : axis) === rank - 1) return { attributes: new Map([["axis", int(-1)]]) };
    const rows = emitter.node("Flatten", [node.inputs[0]], { axis: int(axis) });
    const scores = emitter.node(node.operator, [rows], { axis: int(-1) });
    return { operator: "Reshape", inputs: [scores, emitter.node("Shape", [node.inputs[0]])], attributes: new Map() };
  },
};

/** `Upsample`, and `Resize` as opset 10 had it, map pixel `i` to `i / scale` and round down, or up where they shrink. */
const oldResize: Rewrite = (node, emitter) => {
  const given = node.attributes.get("scales");
  const scales = given?.type === "floats" ? emitter.floats(given.value) : node.inputs[1];
  const factors = emitter.values.constant(scales);
  if (factors === undefined) throw new InputError(`Scales of ${label(node)} must be constant`);
  const mode = node.attributes.get("mode") ?? string("nearest");
  const rounding = factors.some((factor) => factor < 1) ? "ceil" : "floor";
  return {
    operator: "Resize",
    inputs: [node.inputs[0], "", scales],
    attributes: new Map([["mode", mode], ["coordinate_transformation_mode", string("asymmetric")], ["nearest_mode", string(rounding)]]),
  };
};

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  BatchNormalization: [{
    before: 9,
    rewrite: (node) => {
      if (intOf(node, "spatial", 1) !== 1) throw new InputError(`Attribute "spatial" of ${label(node)} must be 1`);
      return { attributes: without(node.attributes, "spatial") };
    },
  }],
  Clip: [{
    before: 11,
    rewrite: (node, emitter) => ({
      inputs: [
        node.inputs[0],
        node.attributes.has("min") ? emitter.floats(floatOf(node, "min", 0)) : "",
        node.attributes.has("max") ? emitter.floats(floatOf(node, "max", 0)) : "",
      ],
      attributes: without(node.attributes, "min", "max"),
    }),
  }],
  Dropout: [{ before: 12, rewrite: (node) => ({ attributes: without(node.attributes, "ratio") }) }],
  LogSoftmax: [flatSoftmax],
  Pad: [{
    before: 11,
    rewrite: (node, emitter) => ({
      inputs: [node.inputs[0], emitter.ints(intsOf(node, "pads", [])), emitter.floats(floatOf(node, "value", 0))],
      attributes: without(node.attributes, "pads", "value"),
    }),
  }],
  ReduceMax: [reduction],
  ReduceMean: [reduction],
  ReduceMin: [reduction],
  ReduceProd: [reduction],
  ReduceL1: [reduction],
  ReduceL2: [reduction],
  ReduceSumSquare: [reduction],
  ReduceLogSumExp: [reduction],
  ReduceSum: [{ before: 13, rewrite: listToInput("axes", 1) }],
  Resize: [{ before: 11, rewrite: oldResize }],
  Slice: [{
    before: 10,
    rewrite: (node, emitter) => ({
      inputs: [
        node.inputs[0],
        ...["starts", "ends"].map((name) => emitter.ints(intsOf(node, name, []))),
        ...(node.attributes.has("axes") ? [emitter.ints(intsOf(node, "axes", []))] : []),
      ],
      attributes: without(node.attributes, "starts", "ends", "axes"),
    }),
  }],
  Softmax: [flatSoftmax],
  Split: [
    { before: 13, rewrite: (node, emitter) => evenly(node, listToInput("split", 1)(node, emitter)) },
    { before: 18, rewrite: (node) => evenly(node, {}) },
  ],
  Squeeze: [{ before: 13, rewrite: listToInput("axes", 1) }],
  Unsqueeze: [{ before: 13, rewrite: listToInput("axes", 1) }],
  Upsample: [{ before: 10, rewrite: oldResize }],
};

/** A `Split` without sizes splits evenly: from opset 18 on it must say into how many parts. */
function evenly(node: Node, changed: Partial<Node>): Partial<Node> {
  const { inputs = node.inputs, attributes = node.attributes } = changed;
  if (inputs.length > 1 && inputs[1] !== "") return { inputs, attributes };
  return { inputs, attributes: new Map([...attributes, ["num_outputs", int(node.outputs.length)]]) };
}

function withInput(inputs: readonly string[], position: number, name: string): string[] {
  return Array.from({ length: Math.max(inputs.length, position + 1) }, (_, index) => index === position ? name : inputs[index] ?? "");
}

function without(attributes: ReadonlyMap<string, Attribute>, ...names: readonly string[]): ReadonlyMap<string, Attribute> {
  return new Map([...attributes].filter(([name]) => !names.includes(name)));
}
