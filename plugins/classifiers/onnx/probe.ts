import { Random } from "../../../core/random.ts";
import type { Network } from "./network.ts";

/** What a network does with two pictures of noise. */
export interface Probe {
  /** Whether a picture gives the same in a batch as alone. */
  readonly batches: boolean;
  /** What the network gives for each picture. */
  readonly rows: readonly [Float32Array, Float32Array];
}

/** How far a picture in a batch may be from itself alone, for the largest value: a batch may be summed in another order. */
const TOLERANCE = 1e-3;

/** Runs a network on two pictures of noise, of `length` values each, together and alone. Throws what the runtime throws where it cannot take them. */
export async function probe(network: Network, length: number): Promise<Probe> {
  const random = new Random(1);
  const pictures = Float32Array.from({ length: 2 * length }, () => random.uniform());
  const together = (await network.run(pictures, 2))[0].slice();
  const [first, second] = [together.subarray(0, together.length / 2), together.subarray(together.length / 2)];
  const [alone] = await network.run(pictures.subarray(length), 1);
  const scale = alone.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  // Values that are not finite are no matter of batches: whoever scores pictures complains of them.
  const batches = alone.every((value, i) => !Number.isFinite(value) || Math.abs(value - second[i]) <= TOLERANCE * scale);
  return { batches, rows: [first, second] };
}
