import * as ort from "onnxruntime-node";
import { Random } from "../../../../core/random.ts";
import { encodeModel } from "../../../../plugins/classifiers/onnx/codec.ts";
import type { Attribute, Graph, Node, Tensor, ValueInfo } from "../../../../plugins/classifiers/onnx/graph.ts";
import { differentiateGraph } from "../../../../plugins/classifiers/onnx/gradient/mod.ts";
import { type Array64, size } from "./reference/array.ts";
import { definitions } from "./reference/operators.ts";

/** The size that "batch" has when a case runs. */
const BATCH = 2;

/** An input of a case: of the graph where it is fed, of the model's weights where it is stored. */
export interface CaseInput {
  readonly dims: readonly (number | "batch")[];
  readonly dataType: number;
  readonly values?: readonly number[];
  /** Where random values lie. */
  readonly range?: readonly [number, number];
  readonly stored?: boolean;
}

/** One operator with one choice of attributes and shapes. */
export interface OperatorCase {
  readonly operator: string;
  readonly what: string;
  readonly opset?: number;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly (CaseInput | undefined)[];
  readonly outputs?: number;
  /** Largest relative error of the gradient, 1e-5 by default. */
  readonly tolerance?: number;
}

/** Random numbers that are fed. */
export const real = (dims: CaseInput["dims"], range: readonly [number, number] = [-2, 2]): CaseInput => ({ dims, dataType: 1, range });
/** Random numbers that the model stores. */
export const stored = (dims: readonly number[], range: readonly [number, number] = [-1, 1]): CaseInput => ({
  dims,
  dataType: 1,
  range,
  stored: true,
});
/** Stored numbers. */
export const constant = (values: readonly number[], dims: readonly number[] = []): CaseInput => ({
  dims,
  dataType: 1,
  values,
  stored: true,
});
/** Stored whole numbers: axes, shapes, indices. */
export const list = (values: readonly number[], dims: readonly number[] = [values.length]): CaseInput => ({
  dims,
  dataType: 7,
  values,
  stored: true,
});

/** Relative error in the Euclidean norm. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0, norm = 0;
  for (let index = 0; index < expected.length; index++) {
    difference += (actual[index] - expected[index]) ** 2;
    norm += expected[index] ** 2;
  }
  if (actual.length !== expected.length) return Infinity;
  return norm === 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
}

/** Runs a graph. */
export async function run(graph: Graph, feeds: ReadonlyMap<string, ort.Tensor>): Promise<ort.InferenceSession.OnnxValueMapType> {
  const session = await ort.InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const used = graph.inputs.map(({ name }) => [name, feeds.get(name)!] as const);
    return await session.run(Object.fromEntries(used));
  } finally {
    await session.release();
  }
}

/** What a case came to. */
export interface CaseResult {
  /** Relative error of the runtime's outputs against the definition, those of the differentiated graph included. */
  readonly forward: number;
  /** Relative errors of gradients against central differences of the definition, by input. */
  readonly gradients: readonly number[];
}

/** Runs a case: the definition in float64 is the truth, its central differences are the true gradient. */
export async function runCase(test: OperatorCase, seed = 1): Promise<CaseResult> {
  const random = new Random(seed);
  const { graph, arrays, node } = graphOf(test, random);
  const definition = definitions[definitionName(test)];
  const truth = definition(node, arrays as Array64[]);
  const feeds = new Map(graph.inputs.map(({ name }) => [name, tensorOf(arrays[Number(name.slice(1))]!, 1)]));
  const outputs = await run(graph, feeds);
  let forward = Math.max(...node.outputs.map((name, index) => relativeError(outputs[name].data as Float32Array, truth[index].data)));

  // Only one output can be differentiated at a time: each in turn.
  const gradients: number[] = [];
  for (const [position, output] of node.outputs.entries()) {
    const weights = truth[position].data.map(() => Math.fround(random.normal()));
    const wrt = arrays.flatMap((_, index) =>
      test.inputs[index]?.dataType === 1 && test.inputs[index]?.values === undefined ? [`x${index}`] : []
    );
    const differentiated = differentiateGraph(graph, { output, wrt });
    feeds.set(differentiated.upstream!, tensorOf({ dims: truth[position].dims, data: weights }, 1));
    const results = await run(differentiated.graph, feeds);
    forward = Math.max(forward, relativeError(results[output].data as Float32Array, truth[position].data));
    wrt.forEach((name, index) => {
      const input = Number(name.slice(1));
      const expected = centralDifferences((array) => {
        const result = definition(node, arrays.with(input, array) as Array64[])[position].data;
        return result.reduce((sum, value, at) => sum + value * weights[at], 0);
      }, arrays[input]!);
      gradients.push(relativeError(results[differentiated.gradients[index]].data as Float32Array, expected));
    });
  }
  return { forward, gradients };
}

/** Some operators meant something else in old operator sets. */
function definitionName({ operator, opset = 18 }: OperatorCase): string {
  if (opset < 13 && operator.endsWith("Softmax")) return `Flat${operator}`;
  return opset < 11 && operator === "Resize" ? "Upsample" : operator;
}

function centralDifferences(apply: (array: Array64) => number, { dims, data }: Array64): Float64Array {
  const step = 1e-5;
  return data.map((value, index) => {
    const [up, down] = [step, -step].map((shift) => apply({ dims, data: data.with(index, value + shift) }));
    return (up - down) / (2 * step);
  });
}

/** The graph of one node, with the arrays of its inputs; values are float32 numbers, so that float64 sees the same. */
function graphOf(test: OperatorCase, random: Random) {
  const arrays = test.inputs.map((input): Array64 | undefined => {
    if (input === undefined) return undefined;
    const dims = input.dims.map((length) => length === "batch" ? BATCH : length);
    const [low, high] = input.range ?? [0, 0];
    const data = input.values ?? Array.from({ length: size(dims) }, () => Math.fround(low + (high - low) * random.uniform()));
    return { dims, data: Float64Array.from(data) };
  });
  const names = test.inputs.map((input, index) => input === undefined ? "" : `x${index}`);
  const initializers = new Map<string, Tensor>();
  const inputs: ValueInfo[] = [];
  test.inputs.forEach((input, index) => {
    if (input === undefined) return;
    if (input.stored) initializers.set(names[index], storedTensor(arrays[index]!, input.dataType));
    else inputs.push({ name: names[index], dataType: input.dataType, dims: input.dims });
  });
  const node: Node = {
    name: "tested",
    operator: test.operator,
    domain: "",
    inputs: names,
    outputs: Array.from({ length: test.outputs ?? 1 }, (_, index) => `y${index}`),
    attributes: new Map(Object.entries(test.attributes ?? {})),
  };
  const outputs = node.outputs.map((name) => ({ name, dataType: 1, dims: [] }));
  const graph: Graph = {
    name: "case",
    opset: test.opset ?? 18,
    otherOpsets: new Map(),
    irVersion: 8,
    nodes: [node],
    inputs,
    outputs,
    initializers,
  };
  return { graph, arrays, node };
}

function storedTensor({ dims, data }: Array64, dataType: number): Tensor {
  if (dataType === 7) return { dataType, dims, data: BigInt64Array.from(data, (value) => BigInt(value)) };
  if (dataType === 9) return { dataType, dims, data: Uint8Array.from(data) };
  return { dataType, dims, data: Float32Array.from(data) };
}

function tensorOf({ dims, data }: Array64, dataType: number): ort.Tensor {
  return dataType === 9
    ? new ort.Tensor("bool", Uint8Array.from(data), [...dims])
    : new ort.Tensor("float32", Float32Array.from(data), [...dims]);
}
