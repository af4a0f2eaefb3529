import { assert } from "@std/assert";
import { growRegions } from "../../../../core/growth.ts";
import { interpolateMap } from "../../../../core/interpolated_map.ts";
import { largestBox } from "../../../../core/largest_box.ts";
import { createLattice } from "../../../../core/lattice_map.ts";
import { decodeNpy } from "../../../../core/npy.ts";
import { SemanticSpace } from "../../../../core/semantic_space.ts";
import { slab } from "../../../../plugins/methods/slab/slab.ts";
import { needsShared, SHARED } from "../../../shared_data.ts";

const DEMANDS = { mean: 0.6, variance: 0.08, floor: 0.35, badShare: 0.01 };
/** The paper's initial points, as elevation and azimuth. */
const POINTS = [[30, 130], [20, 50], [15, 200], [50, 310]];

Deno.test({
  ...needsShared("slab's boxes on the paper authors' maps satisfy equation (2) and are about as large as any that do", "paper/maps"),
  fn: async () => {
    const space = new SemanticSpace([
      { name: "elevation", unit: "degree", low: -10, high: 90 },
      { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
    ]);
    const lattice = createLattice(space, { steps: [3, 3] });
    const unit = Float64Array.from({ length: 2 * 100 * 100 }, (_, i) => ((i % 2 === 0 ? Math.floor(i / 200) : (i >> 1) % 100) + 0.5) / 100);
    const shares: number[] = [];
    for (
      const name of [...Deno.readDirSync(new URL("paper/maps/", SHARED))].map((entry) => entry.name).filter((file) => file.endsWith(".npy"))
    ) {
      const { data, shape } = decodeNpy(Deno.readFileSync(new URL(`paper/maps/${name}`, SHARED)), name);
      // The first shape of every class.
      for (let map = 0; map < shape[0] * shape[1]; map += shape[1]) {
        const f = interpolateMap(space, lattice, Array.from(data.subarray(map * lattice.size, (map + 1) * lattice.size), Number));
        const scoresOfPoints = await f.evaluate(Float64Array.from(POINTS.flat()));
        const initialPoint = POINTS.find((_, i) => scoresOfPoints[i] >= 0.7);
        if (initialPoint === undefined) continue;
        const optimum = await largestBox(f, initialPoint, { ...DEMANDS, cells: [34, 60] });
        const [{ box }] = await growRegions(f, [{ method: slab, target: "robust", initialPoint }]);
        const scores = await f.evaluate(box.place(unit));
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
        assert(mean >= DEMANDS.mean && variance <= DEMANDS.variance, `${name} ${map}: mean ${mean}, variance ${variance}`);
        assert(scores.filter((score) => score < DEMANDS.floor).length / scores.length < 0.03, `${name} ${map}: bad share`);
        if (optimum !== undefined) shares.push(box.clippedVolume(space) / optimum.volume);
      }
    }
    shares.sort((one, other) => one - other);
    assert(shares.length >= 5, `${shares.length} cases`);
    assert(shares[shares.length >> 1] > 0.85, `median share of the largest box ${shares[shares.length >> 1]}`);
  },
});
