import type { Lattice } from "../../figures/lattice.ts";
import type { PageData } from "../page_data.ts";
import type { Layer, LayerKind } from "./layers.ts";
import { fromBase64 } from "./load_page_data.ts";

/** Colors and range of a layer's values. */
export interface ValueRamp {
  readonly low: number;
  readonly high: number;
  /** [256 x 3], 8-bit RGB. */
  readonly table: Uint8Array;
}

/** Blue where the second is higher, white where they agree, red where the first is. */
const DIFFERENCE = [[5, 77, 150], [250, 250, 250], [178, 24, 43]];

/** The ramps of all kinds of layers. */
export class Ramps {
  readonly #tables: Readonly<Record<LayerKind, Uint8Array>>;

  constructor({ score, spread }: PageData["ramps"]) {
    const difference = new Uint8Array(256 * 3);
    for (let step = 0; step < 256; step++) {
      const share = step / 127.5;
      const [from, to, weight] = share <= 1 ? [DIFFERENCE[0], DIFFERENCE[1], share] : [DIFFERENCE[1], DIFFERENCE[2], share - 1];
      for (let channel = 0; channel < 3; channel++) {
        difference[3 * step + channel] = Math.round(from[channel] + weight * (to[channel] - from[channel]));
      }
    }
    this.#tables = { score: fromBase64(score), spread: fromBase64(spread), difference };
  }

  /** Scores go from 0 to 1, differences from -1 to 1, spreads from 0 to the largest that is seen. */
  of({ kind }: Pick<Layer, "kind">, lattice: Lattice): ValueRamp {
    const table = this.#tables[kind];
    if (kind === "score") return { low: 0, high: 1, table };
    if (kind === "difference") return { low: -1, high: 1, table };
    const most = lattice.scores.reduce((largest, value) => value > largest ? value : largest, 0);
    return { low: 0, high: most || 1, table };
  }
}

/** The color of a value, as CSS has it; null where it is not known. */
export function rampColor({ low, high, table }: ValueRamp, value: number): string | null {
  if (Number.isNaN(value)) return null;
  const step = Math.min(255, Math.max(0, Math.round(255 * (value - low) / (high - low))));
  return `rgb(${table[3 * step]},${table[3 * step + 1]},${table[3 * step + 2]})`;
}
