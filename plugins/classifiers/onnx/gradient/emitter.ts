import type { Attribute, Graph, Node, Tensor, ValueInfo } from "../graph.ts";
import { floatTensor, intTensor } from "../graph_builder.ts";
import { knownTensor } from "./shapes/known.ts";
import { Values } from "./values.ts";

/** A graph under construction that knows the shapes of its values, those of the nodes just added included. */
export class Emitter {
  readonly values: Values;
  readonly #base: Graph;
  readonly #nodes: Node[] = [];
  readonly #inputs: ValueInfo[];
  readonly #initializers: Map<string, Tensor>;
  readonly #names: Set<string>;
  readonly #shared = new Map<string, string>();
  readonly #emitted = new Map<string, readonly string[]>();
  readonly #producers = new Map<string, Node>();
  readonly #uses = new Map<string, number>();
  readonly #settled = new Set<string>();
  readonly #prefix: string;
  #count = 0;

  /**
   * @param base Gives inputs, initializers and the names that are taken; its nodes are added one by one.
   * @param prefix What names of new values begin with.
   */
  constructor(base: Graph, prefix: string) {
    this.#base = base;
    this.#prefix = prefix;
    this.#inputs = [...base.inputs];
    this.#initializers = new Map(base.initializers);
    this.#names = new Set([
      ...base.inputs.map(({ name }) => name),
      ...base.initializers.keys(),
      ...base.nodes.flatMap(({ outputs }) => outputs),
    ]);
    for (const name of base.nodes.flatMap(({ inputs }) => inputs)) this.#uses.set(name, (this.#uses.get(name) ?? 0) + 1);
    this.values = new Values({ ...base, nodes: [] });
  }

  /** Adds a node as it is. */
  add(node: Node): void {
    this.#nodes.push(node);
    for (const output of node.outputs) this.#producers.set(output, node);
    this.values.infer(node);
  }

  /** Adds a node of one output, unless the same node is there. Returns the output's name. */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.nodes(operator, inputs, attributes, 1)[0];
  }

  /** Adds a node of several outputs, unless the same node is there. Returns their names. */
  nodes(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>>, count: number): readonly string[] {
    const key = JSON.stringify([operator, inputs, attributes, count]);
    const known = this.#emitted.get(key);
    if (known !== undefined) return known;
    const outputs = Array.from({ length: count }, () => this.#fresh(operator));
    this.add({ name: outputs[0], operator, domain: "", inputs, outputs, attributes: new Map(Object.entries(attributes)) });
    this.#emitted.set(key, outputs);
    return outputs;
  }

  /** The node that computes a value; undefined for inputs and stored tensors. */
  producer(name: string): Node | undefined {
    return this.#producers.get(name);
  }

  /** How many inputs of the base graph's nodes a value is. */
  uses(name: string): number {
    return this.#uses.get(name) ?? 0;
  }

  /** Records that a gradient is zero already wherever the rectifier that made its value is flat. */
  settle(gradient: string): string {
    this.#settled.add(gradient);
    return gradient;
  }

  /** Whether a gradient was recorded as settled. */
  isSettled(gradient: string): boolean {
    return this.#settled.has(gradient);
  }

  /** The output `index` of a node that is there, which is added to it where it has none. Returns the output's name. */
  outputOf(node: Node, index: number): string {
    const position = this.#nodes.findIndex(({ outputs }) => outputs[0] === node.outputs[0]);
    const present = this.#nodes[position];
    if (present.outputs[index]) return present.outputs[index];
    const name = this.#fresh(node.operator);
    const outputs = Array.from(
      { length: Math.max(index + 1, present.outputs.length) },
      (_, at) => at === index ? name : present.outputs[at] ?? "",
    );
    this.#nodes[position] = { ...present, outputs };
    this.values.infer(this.#nodes[position]);
    return name;
  }

  /** Adds an input that takes what has the shape of a value, or of one example of it. Returns its name. */
  inputLike(info: ValueInfo, value: string, single: boolean): string {
    this.#inputs.push(info);
    this.#names.add(info.name);
    this.values.addLike(info.name, value, single);
    return info.name;
  }

  /** A name that nothing has: the wanted one, or one that begins with it. */
  unique(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.#names.has(name); count++) name = `${wanted}_${count}`;
    this.#names.add(name);
    return name;
  }

  /** Stores a tensor. Returns its name. */
  constant(tensor: Tensor): string {
    const name = this.#fresh("constant");
    this.#initializers.set(name, tensor);
    this.values.set(name, knownTensor(tensor));
    return name;
  }

  /** A stored float scalar, or a tensor of shape `dims` where that is given. The same numbers are stored once. */
  floats(values: number | readonly number[], dims?: readonly number[]): string {
    const data = typeof values === "number" ? [values] : values;
    const shape = dims ?? (typeof values === "number" ? [] : [data.length]);
    return this.#share(`float [${shape}] ${data}`, () => floatTensor(shape, data));
  }

  /** A stored int64 list. The same numbers are stored once. */
  ints(values: readonly number[]): string {
    return this.#share(`int ${values}`, () => intTensor(values));
  }

  /** A tensor made from a stored one, once for each way of making. Returns its name. */
  derived(name: string, how: string, make: () => Tensor): string {
    return this.#share(`${name} ${how}`, make);
  }

  /** The stored tensor of a name; undefined where the name is no initializer. */
  tensor(name: string): Tensor | undefined {
    return this.#initializers.get(name);
  }

  /** The graph so far, with the outputs of the base and others. */
  build(opset: number, outputs: readonly ValueInfo[]): Graph {
    return {
      ...this.#base,
      opset,
      irVersion: Math.max(this.#base.irVersion, 8),
      nodes: this.#nodes,
      inputs: this.#inputs,
      outputs,
      initializers: this.#initializers,
    };
  }

  #share(key: string, make: () => Tensor): string {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const name = this.constant(make());
    this.#shared.set(key, name);
    return name;
  }

  #fresh(base: string): string {
    return this.unique(`${this.#prefix}${base}_${this.#count++}`);
  }
}
