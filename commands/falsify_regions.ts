import { cutBox } from "../core/cut.ts";
import { falsify, type FalsifyOptions } from "../core/falsify.ts";
import type { GrownRegion } from "../core/growth.ts";
import type { FalsificationRecord } from "../core/record.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";

/** How regions are searched for their worst points. */
export interface FalsifyRegionsOptions {
  /** `cut`: a box that holds a point below the floor gives way until none is found; `report`: it stays, and the record tells. */
  readonly mode: "report" | "cut";
  readonly floor: number;
  /** Points with which each search begins. */
  readonly samples: number;
  /** Points that were scored before, as those of the map behind the figure. */
  readonly known?: FalsifyOptions["known"];
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A region, perhaps cut, and what the search for its worst point found. */
export interface FalsifiedRegion {
  readonly region: GrownRegion;
  readonly falsification: FalsificationRecord;
}

/** A box that is still falsified after so many cuts is left as it is: what remains of it is more hole than box. */
const MOST_CUTS = 20;

/** Searches a region for its worst point, and where that is wanted cuts it until the search finds no bad one. */
export async function falsifyRegion(f: SemanticFunction, grown: GrownRegion, options: FalsifyRegionsOptions): Promise<FalsifiedRegion> {
  const { mode, floor, samples, known, seed, signal } = options;
  const { target, initialPoint } = grown.task;
  let region = grown;
  let evaluations = 0, gradientEvaluations = 0;
  for (let cuts = 0;; cuts++) {
    const below = mode === "cut" ? floor : -Infinity;
    const found = await falsify(f, region.box, { target, samples, known, below, seed: seed + cuts, signal });
    evaluations += found.evaluations;
    gradientEvaluations += found.gradientEvaluations;
    const { point, score, sampledScore, search } = found;
    const box = mode === "cut" && score < floor && cuts < MOST_CUTS
      ? cutBox(region.box, point, { space: f.space, initialPoint })
      : undefined;
    if (box === undefined) {
      return { region, falsification: { point: Array.from(point), score, sampledScore, search, evaluations, gradientEvaluations, cuts } };
    }
    region = { ...region, box };
  }
}
