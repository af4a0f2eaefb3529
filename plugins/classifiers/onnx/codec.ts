import { InputError } from "../../../core/errors.ts";
import { decodeAttribute, encodeAttribute } from "./attributes.ts";
import type { Graph, Node, Tensor, ValueInfo } from "./graph.ts";
import { producersOf } from "./producers.ts";
import {
  decodeMessage,
  encodeMessage,
  type GraphMessage,
  type ModelMessage,
  type NodeMessage,
  own,
  toLong,
  type ValueMessage,
} from "./schema.ts";
import { decodeTensor, encodeTensor } from "./tensors.ts";

/**
 * The graph in the bytes of an ONNX file. Tensors are views of `bytes` where they are aligned there. Annotations (documentation, shapes of
 * intermediate values, metadata) are left behind: they go stale as soon as a graph is changed.
 *
 * @param name What to call the model in messages.
 * @throws InputError where the bytes are no ONNX model, are damaged, or keep tensors in other files.
 */
export function decodeModel(bytes: Uint8Array, name: string): Graph {
  const model = readMessage(bytes, name);
  const graph = own(model, "graph");
  if (!graph || graph.node.length === 0 || model.opset_import.length === 0) throw notOnnx(name);
  if (graph.sparse_initializer?.length) {
    throw new InputError(`Model ${name} keeps weights as sparse tensors: save it with dense ones`);
  }
  const opsets = new Map(model.opset_import.map(({ domain, version }) => [standardDomain(domain), Number(version ?? 0)]));
  const initializers = new Map<string, Tensor>();
  for (const tensor of graph.initializer) initializers.set(tensor.name ?? "", decodeTensor(tensor, name));
  const nodes = graph.node.map((node) => decodeNode(node, name));
  const producer = [model.producer_name, model.producer_version].filter(Boolean).join(" ");
  return {
    name: graph.name ?? "",
    opset: opsets.get("") ?? 0,
    otherOpsets: new Map([...opsets].filter(([domain]) => domain !== "")),
    irVersion: Number(model.ir_version ?? 0),
    nodes: inOrder(nodes, name),
    inputs: graph.input.filter((value) => !initializers.has(value.name ?? "")).map(decodeValue),
    outputs: graph.output.map(decodeValue),
    initializers,
    ...(producer === "" ? {} : { producer }),
    ...(model.functions?.length ? { functions: model.functions } : {}),
  };
}

/** The bytes of an ONNX file that holds a graph. The same graph gives the same bytes. */
export function encodeModel(graph: Graph): Uint8Array {
  const opsets = [...graph.otherOpsets];
  if (graph.opset > 0) opsets.unshift(["", graph.opset]);
  const message: GraphMessage = {
    name: graph.name,
    node: graph.nodes.map(encodeNode),
    initializer: [...graph.initializers].map(([name, tensor]) => encodeTensor(tensor, name)),
    input: graph.inputs.map(encodeValue),
    output: graph.outputs.map(encodeValue),
  };
  return encodeMessage({
    ir_version: graph.irVersion,
    producer_name: graph.producer ?? "orthotope",
    graph: message,
    opset_import: opsets.map(([domain, version]) => ({ domain, version })),
    functions: [...(graph.functions ?? [])],
  });
}

function readMessage(bytes: Uint8Array, name: string): ModelMessage {
  if (bytes.length === 0) throw new InputError(`Model ${name} is empty: give an ONNX file`);
  try {
    return decodeMessage(bytes);
  } catch {
    // Whatever the reader stumbled over, the bytes are at fault: it has no other input.
    throw notOnnx(name);
  }
}

function notOnnx(name: string): InputError {
  return new InputError(`Model ${name} is no ONNX file, or a damaged one: export the network again with torch.onnx.export or the like`);
}

function standardDomain(domain: string | undefined): string {
  return domain === undefined || domain === "ai.onnx" ? "" : domain;
}

function decodeNode(message: NodeMessage, model: string): Node {
  const attributes = message.attribute.map((attribute) => [attribute.name ?? "", decodeAttribute(attribute, model)] as const);
  return {
    name: message.name ?? "",
    operator: message.op_type ?? "",
    domain: standardDomain(message.domain),
    inputs: message.input,
    outputs: message.output,
    attributes: new Map(attributes),
  };
}

function encodeNode(node: Node): NodeMessage {
  return {
    name: node.name,
    op_type: node.operator,
    domain: node.domain,
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: [...node.attributes].map(([name, attribute]) => encodeAttribute(name, attribute)),
  };
}

function decodeValue(message: ValueMessage): ValueInfo {
  const tensor = own(message, "type")?.tensor_type;
  const dims = (tensor?.shape?.dim ?? []).map((dim) => {
    const size = own(dim, "dim_value");
    // Exporters write -1 or 0 for a free dimension as well.
    return size !== undefined && Number(size) > 0 ? Number(size) : dim.dim_param ?? "";
  });
  return { name: message.name ?? "", dataType: tensor?.elem_type ?? 0, dims };
}

/** A value without dimensions is written without a shape: readers then take any, or infer it. */
function encodeValue({ name, dataType, dims }: ValueInfo): ValueMessage {
  if (dataType === 0) return { name };
  const shape = { dim: dims.map((dim) => typeof dim === "number" ? { dim_value: toLong(dim) } : dim === "" ? {} : { dim_param: dim }) };
  return { name, type: { tensor_type: { elem_type: dataType, ...(dims.length > 0 ? { shape } : {}) } } };
}

/** Nodes in topological order: as they are where the file keeps to the standard, sorted where it does not. */
function inOrder(nodes: readonly Node[], model: string): readonly Node[] {
  const producers = producersOf(nodes);
  const sorted = new Set<Node>();
  const waiting = new Set<Node>();
  // A stack of its own: a chain of nodes may be longer than the call stack.
  for (const root of nodes) {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack[stack.length - 1];
      const sources = sorted.has(node) ? [] : node.inputs.map((input) => producers.get(input));
      const missing = sources.filter((source) => source !== undefined && !sorted.has(source)) as Node[];
      if (missing.length === 0) {
        sorted.add(node);
        stack.pop();
      } else if (waiting.has(node)) {
        throw new InputError(`Model ${model} is damaged: its node "${node.name}" depends on itself`);
      } else {
        waiting.add(node);
        stack.push(...missing);
      }
    }
  }
  return [...sorted];
}
