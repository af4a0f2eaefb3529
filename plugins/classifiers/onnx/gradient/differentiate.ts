import { InputError } from "../../../../core/errors.ts";
import type { Graph, Node, ValueInfo } from "../graph.ts";
import { DataType } from "../tensors.ts";
import { label } from "./attributes.ts";
import { Emitter } from "./emitter.ts";
import { foldGraph, withoutUnused } from "./fold.ts";
import { RuleContext } from "./rule.ts";
import { gradientRules } from "./rules/mod.ts";
import { upgradeGraph } from "./upgrade.ts";

/** What to differentiate, and for what. */
export interface DifferentiateOptions {
  /** The value that is differentiated: usually an output of the graph. */
  readonly output: string;
  /** Inputs or initializers whose gradients are wanted. */
  readonly wrt: readonly string[];
  /**
   * Where the vector of the vector-Jacobian product comes from: "input" (the default) adds an input of the output's shape, "shared" one of the shape of a
   * single example, the same for the whole batch, "ones" sums the output's elements.
   */
  readonly upstream?: "input" | "shared" | "ones";
}

/** A graph with gradients. */
export interface DifferentiatedGraph {
  /** The model's outputs, then the gradients in the order of `wrt`. */
  readonly graph: Graph;
  /** The input that takes the vector; undefined where there is none. */
  readonly upstream: string | undefined;
  /** Names of the outputs that hold the gradients, in the order of `wrt`. Each has the shape of its value. */
  readonly gradients: readonly string[];
}

/**
 * Reverse-mode differentiation of an ONNX graph: one graph, of standard operators only, that gives the model's outputs and vector-Jacobian
 * products in one run.
 *
 * @throws InputError where a name is unknown, an operator on the way has no rule, or a shape that a rule needs is free.
 */
export function differentiateGraph(model: Graph, options: DifferentiateOptions): DifferentiatedGraph {
  const graph = foldGraph(upgradeGraph(model), [options.output, ...options.wrt]);
  const emitter = new Emitter(graph, "gradient/");
  for (const node of graph.nodes) emitter.add(node);
  if (!emitter.values.has(options.output)) throw new InputError(`Output "${options.output}" must be one of the model's values`);
  for (const name of options.wrt) {
    if (!emitter.values.has(name) || emitter.producer(name) !== undefined) {
      throw new InputError(`Value "${name}" must be one of the model's inputs or initializers to be differentiated for`);
    }
  }

  const upstream = addUpstream(graph, emitter, options);
  const gradients = walk(graph, emitter, options, upstream.gradient);
  const outputs = options.wrt.map((name) => {
    const gradient = gradients.get(name);
    if (gradient === undefined && !activeValues(graph, emitter, [name]).has(options.output)) {
      throw new InputError(`Output "${options.output}" must depend on "${name}" to be differentiated for it`);
    }
    return nameGradient(graph, emitter, name, gradient ?? emitter.floats([0], emitter.values.dims(name).map(() => 1)));
  });
  const all = [...graph.outputs, ...outputs];
  return {
    graph: withoutUnused(emitter.build(graph.opset, all), new Set(all.map(({ name }) => name))),
    upstream: upstream.input,
    gradients: outputs.map(({ name }) => name),
  };
}

/** The reverse walk: every node on a path from `wrt` to the output hands its gradient on to its inputs. Returns the gradients of `wrt`. */
function walk(graph: Graph, emitter: Emitter, { output, wrt }: DifferentiateOptions, upstream: string): Map<string, string> {
  const active = activeValues(graph, emitter, wrt);
  const contributions = new Map<string, string[]>([[output, [upstream]]]);
  const total = (value: string): string | undefined => contributions.get(value)?.reduce((sum, next) => emitter.node("Add", [sum, next]));

  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((name) => active.has(name) && contributions.has(name))) continue;
    const context = new RuleContext(node, emitter, node.outputs.map(total));
    node.inputs.forEach((input, index) => {
      if (!active.has(input)) return;
      const gradient = ruleOf(node)(context, index);
      if (gradient !== undefined) contributions.set(input, [...contributions.get(input) ?? [], gradient]);
    });
  }
  return new Map(wrt.flatMap((name) => {
    const gradient = total(name);
    return gradient === undefined ? [] : [[name, gradient]];
  }));
}

function ruleOf(node: Node) {
  if (node.domain === "" && Object.hasOwn(gradientRules, node.operator)) return gradientRules[node.operator];
  throw new InputError(`No gradient rule is known for ${label(node)}${node.domain === "" ? "" : ` of domain ${node.domain}`}`);
}

/** The float values that depend on `wrt`. */
function activeValues(graph: Graph, emitter: Emitter, wrt: readonly string[]): Set<string> {
  const active = new Set(wrt);
  for (const node of graph.nodes) {
    if (!node.inputs.some((name) => active.has(name))) continue;
    for (const name of node.outputs) {
      // Integers and booleans do not vary continuously; what is not understood might.
      if (name !== "" && (!emitter.values.has(name) || isReal(emitter.values.dataType(name)))) active.add(name);
    }
  }
  return active;
}

function isReal(dataType: number): boolean {
  return dataType === DataType.float || dataType === DataType.double;
}

function addUpstream(graph: Graph, emitter: Emitter, { output, upstream = "input" }: DifferentiateOptions) {
  const dims = emitter.values.dims(output);
  const dataType = emitter.values.dataType(output);
  if (upstream === "ones") return { input: undefined, gradient: emitter.floats([1], dims.map(() => 1)) };
  const given = graph.outputs.find(({ name }) => name === output)?.dims ?? dims.map((size) => size ?? "");
  const name = `${output}_weights`;
  const shared = upstream === "shared";
  const shape = dims.map((size, axis) => shared && axis === 0 ? 1 : size ?? given[axis] ?? "");
  return { input: name, gradient: emitter.inputLike({ name, dataType, dims: shape }, output, shared) };
}

function nameGradient(graph: Graph, emitter: Emitter, value: string, gradient: string): ValueInfo {
  const name = `${value}_gradient`;
  const node: Node = { name, operator: "Identity", domain: "", inputs: [], outputs: [], attributes: new Map() };
  const full = new RuleContext(node, emitter, []).full(gradient, value);
  emitter.add({ ...node, inputs: [full], outputs: [name] });
  const input = graph.inputs.find((input) => input.name === value);
  return { name, dataType: emitter.values.dataType(value), dims: input?.dims ?? emitter.values.dims(value).map((size) => size ?? "") };
}
