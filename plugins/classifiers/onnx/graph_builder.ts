import type { Attribute, Graph, Node, Tensor, ValueInfo } from "./graph.ts";
import { DataType } from "./tensors.ts";

/** The operator set that new graphs are written in. */
export const OPSET = 17;
/** The version of the file format that goes with it. */
export const IR_VERSION = 8;

/** A whole number, as axes and flags are. */
export const int = (value: number): Attribute => ({ type: "int", value });
/** A real number. */
export const float = (value: number): Attribute => ({ type: "float", value });
/** A word, as the mode of padding is. */
export const string = (value: string): Attribute => ({ type: "string", value });
/** Whole numbers, as strides and pads are. */
export const ints = (...value: readonly number[]): Attribute => ({ type: "ints", value });
/** Real numbers. */
export const floats = (...value: readonly number[]): Attribute => ({ type: "floats", value });
/** A tensor. */
export const tensor = (value: Tensor): Attribute => ({ type: "tensor", value });

/** A float32 tensor of a shape. */
export function floatTensor(dims: readonly number[], data: Float32Array | readonly number[]): Tensor {
  return { dataType: DataType.float, dims, data: data instanceof Float32Array ? data : Float32Array.from(data) };
}

/** An int64 tensor of one dimension, as shapes, axes and pads are. */
export function intTensor(values: readonly number[]): Tensor {
  return { dataType: DataType.int64, dims: [values.length], data: BigInt64Array.from(values, BigInt) };
}

/** What a node has besides its operator and inputs. */
export interface NodeOptions {
  /** How many outputs it has, or their names ("" for one that is not wanted); one by default. */
  readonly outputs?: number | readonly string[];
  /** Base of the names of the node and its outputs; the operator's name by default. */
  readonly name?: string;
  /** Operator set; the standard one by default. */
  readonly domain?: string;
}

/**
 * Collects nodes in the order in which they compute, and gives values names that nothing else has.
 *
 * @example
 * ```ts
 * const builder = new GraphBuilder();
 * const input = builder.input("input", ["batch", 3, 8, 8]);
 * const pooled = builder.node("GlobalAveragePool", [input]);
 * builder.output(builder.node("Flatten", [pooled], { axis: int(1) }), ["batch", 3]);
 * const graph = builder.build("mean");
 * ```
 */
export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #initializers = new Map<string, Tensor>();
  readonly #names = new Set<string>();
  readonly #counts = new Map<string, number>();
  readonly #base: Graph | undefined;

  /**
   * @param base A graph to go on from: its names are taken.
   * @param nodes The nodes to begin with; those of `base` by default.
   */
  constructor(base?: Graph, nodes: readonly Node[] = base?.nodes ?? []) {
    this.#base = base;
    if (base === undefined) return;
    this.#nodes.push(...nodes);
    this.#inputs.push(...base.inputs);
    this.#outputs.push(...base.outputs);
    for (const [name, value] of base.initializers) this.#initializers.set(name, value);
    for (const value of [...base.inputs, ...base.outputs]) this.#names.add(value.name);
    for (const name of base.initializers.keys()) this.#names.add(name);
    for (const node of base.nodes) [node.name, ...node.inputs, ...node.outputs].forEach((name) => this.#names.add(name));
  }

  /** A name that nothing has yet: `base` itself, or with a number. */
  fresh(base: string): string {
    let name = base;
    for (let count = this.#counts.get(base) ?? 1; this.#names.has(name); count++) {
      name = `${base}_${count}`;
      this.#counts.set(base, count + 1);
    }
    this.#names.add(name);
    return name;
  }

  /** Adds an input. Returns its name. */
  input(name: string, dims: readonly (number | string)[], dataType: number = DataType.float): string {
    this.#names.add(name);
    this.#inputs.push({ name, dataType, dims });
    return name;
  }

  /** Adds a stored tensor. Returns its name, made from `base`. */
  constant(base: string, value: Tensor): string {
    const name = this.fresh(base);
    this.#initializers.set(name, value);
    return name;
  }

  /** Adds a node that has its names already. */
  add(node: Node): void {
    this.#nodes.push(node);
  }

  /** Adds a node. Returns the name of its first output. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    options: NodeOptions = {},
  ): string {
    return this.nodes(operator, inputs, attributes, options)[0];
  }

  /** Adds a node of several outputs. Returns their names. */
  nodes(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    { outputs = 1, name: base = operator, domain = "" }: NodeOptions = {},
  ): readonly string[] {
    const name = this.fresh(base);
    const names = typeof outputs === "number" ? Array.from({ length: outputs }, () => this.fresh(`${base}_output`)) : outputs;
    for (const output of names) this.#names.add(output);
    this.#nodes.push({ name, operator, domain, inputs, outputs: names, attributes: new Map(Object.entries(attributes)) });
    return names;
  }

  /** Makes a value an output of the graph. */
  output(name: string, dims: readonly (number | string)[], dataType: number = DataType.float): void {
    this.#outputs.push({ name, dataType, dims });
  }

  /** The graph so far. */
  build(name: string = this.#base?.name ?? ""): Graph {
    return {
      ...(this.#base ?? { opset: OPSET, otherOpsets: new Map(), irVersion: IR_VERSION }),
      name,
      nodes: [...this.#nodes],
      inputs: [...this.#inputs],
      outputs: [...this.#outputs],
      initializers: new Map(this.#initializers),
    };
  }
}
