import { product } from "../../../core/shape.ts";
import type { Graph } from "./graph.ts";
import { GraphBuilder } from "./graph_builder.ts";
import { cannotRun, openSession, runtime } from "./runtime.ts";
import { DataType } from "./tensors.ts";

/** Which values to measure, and on what. */
export interface MeasureOptions {
  /** What to call the model in messages. */
  readonly name: string;
  /** Names of values of the graph. */
  readonly values: readonly string[];
  /** Dimensions of the input. */
  readonly dims: readonly number[];
}

/**
 * The dimensions that values of a graph of one float32 input have, found by running it once on zeros: right for every operator, whatever the file
 * declares.
 *
 * @throws InputError where the graph cannot run.
 */
export async function measureShapes(graph: Graph, { name, values, dims }: MeasureOptions): Promise<Map<string, readonly number[]>> {
  const builder = new GraphBuilder({ ...graph, outputs: [] });
  const shapes = values.map((value) => [value, builder.node("Shape", [value])] as const);
  for (const [, shape] of shapes) builder.output(shape, [""], DataType.int64);
  const { Tensor } = await runtime();
  const session = await openSession(builder.build(), { name, threads: 1, provider: "cpu", optimize: false });
  try {
    const zeros = new Tensor("float32", new Float32Array(product(dims)), dims);
    const results = await session.run({ [graph.inputs[0].name]: zeros });
    return new Map(shapes.map(([value, shape]) => [value, Array.from(results[shape].data as BigInt64Array, Number)]));
  } catch (error) {
    throw cannotRun(name, error);
  } finally {
    await session.release();
  }
}
