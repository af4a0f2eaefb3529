import { product } from "../../../core/shape.ts";
import type { Attribute, Graph, Node, Tensor } from "./graph.ts";
import { GraphBuilder, int, intTensor } from "./graph_builder.ts";
import { measureShapes } from "./measure_shapes.ts";
import { DataType } from "./tensors.ts";

/**
 * Where the batch is among the axes of a value: in `axis`, with `left` groups of it to the left of the batch within the axis (1 where the batch
 * comes first there, the number of windows where windows and then pictures are counted).
 */
interface Place {
  readonly axis: number;
  readonly left: number;
}

type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * Whether constants of the graph may fix the batch: shapes that exporters write down as they saw them. Where they may, {@linkcode freeBatch}
 * frees it.
 */
export function mayFixBatch(graph: Graph): boolean {
  return graph.nodes.some(({ operator, inputs }) => {
    if (operator === "Expand" || operator === "Concat") return inputs.some((input) => graph.initializers.has(input));
    const target = operator === "Reshape" ? graph.initializers.get(inputs[1]) : undefined;
    return target !== undefined && Number(target.data[0]) > 0;
  });
}

/**
 * The graph for any number of pictures, where its constants were made for `batch`: follows the batch axis from the input through the nodes, leaves
 * its size open in the targets of Reshape and Expand, and repeats constants that are joined to pictures (class tokens). What it cannot follow it
 * leaves as it is: whether the result is right is for its user to try.
 *
 * @param dims Dimensions of the input, the first of them `batch`.
 * @throws InputError where the graph cannot run at all.
 */
export async function freeBatch(graph: Graph, { name, dims }: { readonly name: string; readonly dims: readonly number[] }): Promise<Graph> {
  const values = graph.nodes.flatMap((node) => node.outputs).filter((value) => value !== "");
  const shapes = new Map([...graph.initializers].map(([key, tensor]) => [key, tensor.dims]));
  for (const [value, shape] of await measureShapes(graph, { name, values, dims })) shapes.set(value, shape);
  shapes.set(graph.inputs[0].name, dims);
  return new BatchTracker(graph, shapes, dims[0]).run();
}

class BatchTracker {
  readonly #places = new Map<string, Place>();
  readonly #builder: GraphBuilder;
  readonly #graph: Graph;
  readonly #shapes: Shapes;
  readonly #batch: number;

  constructor(graph: Graph, shapes: Shapes, batch: number) {
    this.#graph = graph;
    this.#shapes = shapes;
    this.#batch = batch;
    this.#builder = new GraphBuilder(graph, []);
    this.#places.set(graph.inputs[0].name, { axis: 0, left: 1 });
  }

  run(): Graph {
    for (const node of this.#graph.nodes) {
      const source = node.inputs.find((input) => this.#places.has(input));
      if (source === undefined || node.operator === "Shape") {
        this.#builder.add(node);
        continue;
      }
      const place = this.#placeAfter(node, source);
      this.#builder.add(place === undefined ? node : this.#freed(node, place));
      if (place === undefined) continue;
      for (const output of node.outputs) if (output !== "") this.#places.set(output, place);
    }
    return this.#builder.build();
  }

  #shape(value: string): readonly number[] {
    return this.#shapes.get(value) ?? [];
  }

  /** Where the batch is in the outputs of a node; undefined where it is lost. */
  #placeAfter(node: Node, source: string): Place | undefined {
    const { axis, left } = this.#places.get(source)!;
    const rank = this.#shape(source).length;
    const outputRank = this.#shape(node.outputs[0]).length;
    const keep = (moved: number) => moved >= 0 && moved < outputRank ? { axis: moved, left } : undefined;
    switch (node.operator) {
      case "Transpose": {
        const perm = node.attributes.get("perm");
        return keep(perm?.type === "ints" ? perm.value.indexOf(axis) : rank - 1 - axis);
      }
      case "Reshape":
      case "Flatten":
        return this.#placeInOrder(product(this.#shape(source).slice(0, axis)) * left, this.#shape(node.outputs[0]));
      case "Squeeze":
      case "ReduceMean":
      case "ReduceSum":
      case "ReduceMax": {
        if (rank === outputRank) return keep(axis);
        const removed = this.#axesOf(node, rank) ?? this.#shape(source).flatMap((dim, i) => dim === 1 ? [i] : []);
        return keep(axis - removed.filter((other) => other < axis).length);
      }
      case "Unsqueeze": {
        const added = this.#axesOf(node, outputRank) ?? [];
        const kept = Array.from({ length: outputRank }, (_, i) => i).filter((i) => !added.includes(i));
        return keep(kept[axis]);
      }
      case "Gather": {
        const chosen = intOf(node.attributes.get("axis")) ?? 0;
        return keep(axis < (chosen < 0 ? chosen + rank : chosen) ? axis : axis + outputRank - rank);
      }
      default:
        // Broadcasting aligns axes on the right; everything else keeps their number.
        return keep(axis + outputRank - rank);
    }
  }

  /**
   * The place of a batch that has `before` groups of numbers to its left, in a shape of the same numbers in the same order. Where an axis may hold
   * it as its last part and the next one as its first, it is the next one, unless that is the last of all: features do not mix with pictures.
   */
  #placeInOrder(before: number, shape: readonly number[]): Place | undefined {
    const prefixes = shape.map((_, axis) => product(shape.slice(0, axis)));
    const first = prefixes.findIndex((prefix, axis) =>
      prefix === before && shape[axis] % this.#batch === 0 && (axis === 0 || axis < shape.length - 1)
    );
    if (first >= 0) return { axis: first, left: 1 };
    const inside = prefixes.findIndex((prefix, axis) => before % prefix === 0 && shape[axis] % ((before / prefix) * this.#batch) === 0);
    return inside >= 0 ? { axis: inside, left: before / prefixes[inside] } : undefined;
  }

  /** The axes of Squeeze, Unsqueeze and reductions, an attribute or an input by operator set, all positive. */
  #axesOf(node: Node, rank: number): number[] | undefined {
    const attribute = node.attributes.get("axes");
    const axes = attribute?.type === "ints" ? attribute.value : integers(this.#graph.initializers.get(node.inputs[1] ?? ""));
    return axes?.map((axis) => axis < 0 ? axis + rank : axis);
  }

  /** The node without a number in it that stands for the batch. */
  #freed(node: Node, { axis }: Place): Node {
    switch (node.operator) {
      case "Reshape":
        return this.#withTarget(node, (target) => {
          if (target[axis] <= 0) return undefined;
          return this.#shape(node.outputs[0]).map((dim, i) => i === axis ? -1 : dim);
        });
      case "Expand":
        // A target of 1 keeps the input's size.
        return this.#withTarget(node, (target) => {
          const position = axis - this.#shape(node.outputs[0]).length + target.length;
          return target.map((dim, i) => i === position && this.#places.has(node.inputs[0]) ? 1 : dim);
        });
      case "Concat":
        return { ...node, inputs: node.inputs.map((input) => this.#places.has(input) ? input : this.#repeated(input, axis, node)) };
      default:
        return node;
    }
  }

  #withTarget(node: Node, change: (target: readonly number[]) => readonly number[] | undefined): Node {
    const target = integers(this.#graph.initializers.get(node.inputs[1]));
    const changed = target && change(target);
    if (changed === undefined) return node;
    return { ...node, inputs: [node.inputs[0], this.#builder.constant("shape", intTensor(changed))] };
  }

  /** A value that is the same for every picture, once for each of them: its size along `axis` becomes that of what it is joined to. */
  #repeated(value: string, axis: number, { inputs }: Node): string {
    const shape = this.#shape(value);
    const joined = inputs.find((input) => this.#places.has(input))!;
    if (shape[axis] !== this.#batch) return value;
    const builder = this.#builder;
    const take = (from: string, index: number, along: number) =>
      builder.node("Gather", [from, builder.constant("index", intTensor([index]))], { axis: int(along) });
    const ones = (count: number) => builder.constant("ones", intTensor(new Array<number>(count).fill(1)));
    const one = this.#batch === 1 ? value : take(value, 0, axis);
    const size = take(builder.node("Shape", [joined]), axis, 0);
    const target = builder.node("Concat", [ones(axis), size, ones(shape.length - axis - 1)], { axis: int(0) });
    return builder.node("Expand", [one, target]);
  }
}

function intOf(attribute: Attribute | undefined): number | undefined {
  return attribute?.type === "int" ? attribute.value : undefined;
}

function integers(tensor: Tensor | undefined): number[] | undefined {
  return tensor?.dataType === DataType.int64 ? Array.from(tensor.data as BigInt64Array, Number) : undefined;
}
