import { product } from "../../../core/shape.ts";
import type { Graph } from "./graph.ts";
import { openSession, runtime, type RuntimeTensor, type Session, type SessionOptions } from "./runtime.ts";

type TensorClass = Awaited<ReturnType<typeof runtime>>["Tensor"];

/** A graph to open as a network, and how. */
export interface NetworkOptions extends SessionOptions {
  /** How many pictures the graph takes at once; absent where it takes any number. */
  readonly chunk?: number;
}

/** An input or output of a network: its name, and its dimensions for one picture. */
interface Port {
  readonly name: string;
  readonly dims: readonly number[];
  readonly length: number;
}

/**
 * A session for a graph of float32: its first input takes pictures [batch, 3, height, width], every other one a tensor that is the same for all of
 * them, and every output gives a row a picture.
 */
export class Network {
  readonly #session: Session;
  readonly #Tensor: TensorClass;
  readonly #pictures: Port;
  readonly #others: readonly Port[];
  readonly #outputs: readonly Port[];
  readonly #chunk: number | undefined;
  /** Rows of all pictures of a call, by output, and of one run where pictures go in by chunks. */
  #rows: Rows = { count: -1, tensors: {} };
  #chunkRows: Rows = { count: -1, tensors: {} };
  #copy = new Float32Array(0);

  private constructor(session: Session, Tensor: TensorClass, graph: Graph, chunk: number | undefined) {
    this.#session = session;
    this.#Tensor = Tensor;
    const [pictures, ...others] = graph.inputs.map(portOf);
    this.#pictures = pictures;
    this.#others = others;
    this.#outputs = graph.outputs.map(portOf);
    this.#chunk = chunk;
  }

  /** Opens a session. @throws InputError where the runtime refuses the graph or lacks the provider. */
  static async open(graph: Graph, options: NetworkOptions): Promise<Network> {
    const session = await openSession(graph, options);
    const { Tensor } = await runtime();
    return new Network(session, Tensor, graph, options.chunk);
  }

  /**
   * What the graph gives for pictures [count x 3 x height x width]: a row a picture for each output, valid until the next call.
   *
   * @param others What the other inputs take, in their order.
   */
  async run(pictures: Float32Array, count: number, ...others: readonly Float32Array[]): Promise<Float32Array[]> {
    const { length, dims } = this.#pictures;
    if (pictures.length < count * length) {
      throw new RangeError(`Pictures must hold ${count} x ${dims.join(" x ")} values: current length is ${pictures.length}`);
    }
    this.#rows = this.#rowsFor(this.#rows, count);
    const feeds = Object.fromEntries(this.#others.map(({ name, dims }, i) => [name, new this.#Tensor("float32", others[i], [1, ...dims])]));
    if (this.#chunk === undefined) {
      if (count > 0) await this.#runOnce(pictures.subarray(0, count * length), count, feeds, this.#rows);
    } else {
      await this.#runChunks(pictures, count, feeds, this.#chunk);
    }
    return this.#outputs.map(({ name }) => this.#rows.tensors[name].data as Float32Array);
  }

  /** Frees the session. */
  release(): Promise<void> {
    return this.#session.release();
  }

  async #runChunks(pictures: Float32Array, count: number, feeds: Tensors, chunk: number): Promise<void> {
    const { length } = this.#pictures;
    this.#chunkRows = this.#rowsFor(this.#chunkRows, chunk);
    for (let start = 0; start < count; start += chunk) {
      const end = Math.min(start + chunk, count);
      await this.#runOnce(pictures.subarray(start * length, end * length), chunk, feeds, this.#chunkRows);
      for (const output of this.#outputs) {
        const rows = this.#chunkRows.tensors[output.name].data as Float32Array;
        (this.#rows.tensors[output.name].data as Float32Array).set(rows.subarray(0, (end - start) * output.length), start * output.length);
      }
    }
  }

  async #runOnce(pictures: Float32Array, count: number, others: Tensors, rows: Rows): Promise<void> {
    const { name, dims, length } = this.#pictures;
    const tensor = new this.#Tensor("float32", this.#own(pictures, count * length), [count, ...dims]);
    await this.#session.run({ [name]: tensor, ...others }, rows.tensors);
  }

  /** The pictures themselves, or a copy of `length` values where they are too few or in shared memory, which the runtime refuses. */
  #own(pictures: Float32Array, length: number): Float32Array {
    if (pictures.length === length && !(pictures.buffer instanceof SharedArrayBuffer)) return pictures;
    if (this.#copy.length !== length) this.#copy = new Float32Array(length);
    this.#copy.set(pictures);
    return this.#copy;
  }

  #rowsFor(current: Rows, count: number): Rows {
    if (current.count === count) return current;
    const tensors = this.#outputs.map(({ name, dims, length }) =>
      [name, new this.#Tensor("float32", new Float32Array(count * length), [count, ...dims])] as const
    );
    return { count, tensors: Object.fromEntries(tensors) };
  }
}

type Tensors = Record<string, RuntimeTensor>;

interface Rows {
  readonly count: number;
  readonly tensors: Tensors;
}

function portOf({ name, dims }: Graph["inputs"][number]): Port {
  const perPicture = dims.slice(1).map(Number);
  return { name, dims: perPicture, length: product(perPicture) };
}
