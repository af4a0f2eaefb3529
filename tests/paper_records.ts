import { interpolateMap } from "../core/interpolated_map.ts";
import { createLattice, type Lattice } from "../core/lattice_map.ts";
import { decodeNpy } from "../core/npy.ts";
import { SemanticSpace } from "../core/semantic_space.ts";
import { SHARED } from "./shared_data.ts";

/** A row of the authors' records. Bounds are null where they ran away to NaN. */
export interface PaperRegion {
  readonly class: string;
  readonly shape: number;
  readonly initialPoint: [number, number];
  readonly method: "naive" | "oir_b" | "oir_w";
  readonly a: (number | null)[];
  readonly b: (number | null)[];
  readonly trace: number[][];
}

/** The order of the classes in the authors' maps. */
export const PAPER_CLASSES = ["aeroplane", "bathtub", "bench", "bottle", "chair", "cup", "piano", "rifle", "vase", "toilet"];

/** The authors' steps a growth. */
export const PAPER_STEPS = 600;

/** Omega of the paper. */
export const PAPER_SPACE = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

const LATTICE: Lattice = createLattice(PAPER_SPACE, { steps: [3, 3] });

/** All regions of a network. */
export async function readPaperRegions(network: string): Promise<PaperRegion[]> {
  return JSON.parse(await Deno.readTextFile(new URL(`paper/regions/${network}.json`, SHARED)));
}

/** The maps of a network as functions, by class and shape: the authors' arrays run over elevation, then azimuth. */
export async function readPaperMaps(
  network: string,
): Promise<(subject: { readonly class: string; readonly shape: number }) => ReturnType<typeof interpolateMap>> {
  const { shape, data } = decodeNpy(await Deno.readFile(new URL(`paper/maps/${network}.npy`, SHARED)));
  const [, shapes, elevations, azimuths] = shape;
  return ({ class: of, shape }) => {
    const start = (PAPER_CLASSES.indexOf(of) * shapes + shape) * elevations * azimuths;
    const scores = Float64Array.from(
      { length: azimuths * elevations },
      (_, i) => Number(data[start + (i % elevations) * azimuths + Math.floor(i / elevations)]),
    );
    return interpolateMap(PAPER_SPACE, LATTICE, scores);
  };
}
