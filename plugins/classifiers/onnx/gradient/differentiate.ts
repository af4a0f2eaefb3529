import { InputError } from "../../../../core/errors.ts";
import type { Graph, Node, ValueInfo } from "../graph.ts";
import { DataType } from "../tensors.ts";
import { Emitter } from "./emitter.ts";
import { foldGraph, withoutUnused } from "./fold.ts";
import { flatOutput, type GradientPath, gradientPath, ruleOf } from "./path.ts";
import { RuleContext } from "./rule.ts";
import { upgradeGraph } from "./upgrade.ts";

/** What to differentiate, and for what. */
export interface DifferentiateOptions {
  /** The value that is differentiated: usually an output of the graph. */
  readonly output: string;
  /** Inputs or initializers whose gradients are wanted. */
  readonly wrt: readonly string[];
  /**
   * Where the vector of the vector-Jacobian product comes from: "input" (the default) adds an input of the output's shape, "shared" one of
   * the shape of a single example, the same for the whole batch, "ones" sums the output's elements.
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
  const { output, wrt } = options;
  const graph = foldGraph(upgradeGraph(model), [output, ...wrt]);
  const emitter = new Emitter(graph, "gradient/");
  for (const node of graph.nodes) emitter.add(node);
  const given = new Set([...graph.inputs.map(({ name }) => name), ...graph.initializers.keys()]);
  for (const name of wrt) {
    if (!given.has(name)) {
      throw new InputError(`Value "${name}" must be one of the model's inputs or initializers to be differentiated for`);
    }
    if (emitter.values.dataType(name) !== DataType.float) throw new InputError(`Value "${name}" must be float32 to be differentiated for`);
    if (!gradientPath(graph, emitter.values, output, [name]).active.has(output)) throw flatOutput(graph, emitter.values, output, name);
  }

  const upstream = addUpstream(graph, emitter, options);
  const gradients = walk(emitter, gradientPath(graph, emitter.values, output, wrt), new Map([[output, upstream.gradient]]));
  const outputs = wrt.map((name) => {
    const flat = () => emitter.floats([0], emitter.values.dims(name).map(() => 1));
    return nameGradient(graph, emitter, name, gradients(name) ?? flat());
  });
  const all = [...graph.outputs, ...outputs];
  return {
    graph: withoutUnused(emitter.build(graph.opset, all), new Set(all.map(({ name }) => name))),
    upstream: upstream.input,
    gradients: outputs.map(({ name }) => name),
  };
}

/** The reverse walk: every node hands the gradients of its outputs on to its inputs, where those of several uses add up. */
function walk(
  emitter: Emitter,
  { nodes, active }: GradientPath,
  start: ReadonlyMap<string, string>,
): (value: string) => string | undefined {
  const contributions = new Map([...start].map(([value, gradient]) => [value, [gradient]]));
  const total = (value: string) => contributions.get(value)?.reduce((sum, next) => emitter.node("Add", [sum, next]));
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => contributions.has(name))) continue;
    const context = new RuleContext(node, emitter, node.outputs.map(total));
    node.inputs.forEach((input, index) => {
      const gradient = active.has(input) ? ruleOf(node)(context, index) : undefined;
      if (gradient !== undefined) contributions.set(input, [...contributions.get(input) ?? [], gradient]);
    });
  }
  return total;
}

function addUpstream(graph: Graph, emitter: Emitter, { output, upstream = "input" }: DifferentiateOptions) {
  const dims = emitter.values.dims(output);
  const dataType = emitter.values.dataType(output);
  if (upstream === "ones") return { input: undefined, gradient: emitter.floats([1], dims.map(() => 1)) };
  const given = graph.outputs.find(({ name }) => name === output)?.dims ?? dims.map((size) => size ?? "");
  const name = emitter.unique(`${output}_weights`);
  const shared = upstream === "shared";
  const shape = dims.map((size, axis) => shared && axis === 0 ? 1 : size ?? given[axis] ?? "");
  return { input: name, gradient: emitter.inputLike({ name, dataType, dims: shape }, output, shared) };
}

function nameGradient(graph: Graph, emitter: Emitter, value: string, gradient: string): ValueInfo {
  const name = emitter.unique(`${value}_gradient`);
  const node: Node = { name, operator: "Identity", domain: "", inputs: [], outputs: [], attributes: new Map() };
  const full = new RuleContext(node, emitter, []).full(gradient, value);
  emitter.add({ ...node, inputs: [full], outputs: [name] });
  const input = graph.inputs.find((input) => input.name === value);
  return { name, dataType: emitter.values.dataType(value), dims: input?.dims ?? emitter.values.dims(value).map((size) => size ?? "") };
}
