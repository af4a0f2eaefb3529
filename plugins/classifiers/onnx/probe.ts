import { Random } from "../../../core/random.ts";
import type { Network } from "./network.ts";

/** What a network does with two pictures of noise. */
export interface Probe {
  /** Whether a picture gives the same in a batch as alone, but for rounding. */
  readonly batches: boolean;
  /** Whether it gives the same to the last bit: some operators round by the place of a number in memory. */
  readonly invariant: boolean;
  /** What the network's first output is for each picture. */
  readonly rows: readonly [Float32Array, Float32Array];
}

/** How far a picture in a batch may be from itself alone, for the largest value. */
const TOLERANCE = 1e-3;

/**
 * Runs a network on two pictures of noise, of `length` values each, together and alone. Throws what the runtime throws where it cannot take them.
 *
 * @param others What the network's other inputs take.
 */
export async function probe(network: Network, length: number, ...others: readonly Float32Array[]): Promise<Probe> {
  const random = new Random(1);
  const pictures = Float32Array.from({ length: 2 * length }, () => random.uniform());
  const together = (await network.run(pictures, 2, ...others)).map((values) => values.slice());
  const alone = await network.run(pictures.subarray(length), 1, ...others);
  const second = together.map((values) => values.subarray(values.length / 2));
  const scales = alone.map((values) => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0));
  const differ = (allowed: (output: number) => number) =>
    alone.some((values, output) => values.some((value, i) => Math.abs(value - second[output][i]) > allowed(output)));
  return {
    // Differences that are no numbers count as none: whoever scores pictures complains of them.
    batches: !differ((output) => TOLERANCE * scales[output]),
    invariant: !differ(() => 0),
    rows: [together[0].subarray(0, together[0].length / 2), second[0]],
  };
}
