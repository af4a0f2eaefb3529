import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { growRegions } from "../../core/growth.ts";
import { type MeasureDesign, type MeasuredRegion, measureRegions, reachesBorder } from "../../core/measures.ts";
import { Orthotope } from "../../core/orthotope.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { naive } from "../../plugins/methods/naive.ts";
import { oirB } from "../../plugins/methods/oir_b.ts";
import { PAPER_CLASSES, PAPER_SPACE, PAPER_STEPS, type PaperRegion, readPaperMaps, readPaperRegions } from "../paper_records.ts";
import { needsShared } from "../shared_data.ts";

const NETWORKS = ["AlexNet", "ResNet50"];
const METHODS = ["naive", "oir_b", "oir_w"];
const POINTS = [[130, 30], [50, 20], [200, 15], [310, 50]];
const SHAPES = 10;
const options = { replicates: 200, confidence: 0.95, seed: 1 };
const design: MeasureDesign = {
  networks: NETWORKS.length,
  methods: METHODS.length,
  points: POINTS.length,
  shapes: PAPER_CLASSES.map(() => SHAPES),
};

/** The authors clip boxes to Omega without going around: their azimuth has ends. */
const open = new SemanticSpace(PAPER_SPACE.axes.map(({ name, unit, low, high }) => ({ name, unit, low, high })));

/** A row as measures take it. */
function measured(row: PaperRegion, network: string, box: Orthotope | null, space: SemanticSpace): MeasuredRegion {
  return {
    network: NETWORKS.indexOf(network),
    class: PAPER_CLASSES.indexOf(row.class),
    shape: row.shape,
    point: POINTS.findIndex((point) => point.join() === row.initialPoint.join()),
    method: METHODS.indexOf(row.method),
    volumeRatio: box === null ? 0 : box.clippedVolume(space) / space.volume,
    check: null,
    atBorder: box !== null && reachesBorder(box, space),
    evaluations: 0,
    gradientEvaluations: 0,
  };
}

/** The authors' own boxes; not those that ran away to NaN, and nothing where a box turned inside out. */
async function recorded(): Promise<MeasuredRegion[]> {
  const all: MeasuredRegion[] = [];
  for (const network of NETWORKS) {
    for (const row of await readPaperRegions(network)) {
      const { a, b } = row;
      const isBound = (bound: number | null): bound is number => bound !== null;
      if (!a.every(isBound) || !b.every(isBound)) continue;
      all.push(measured(row, network, a.every((low, axis) => low <= b[axis]) ? new Orthotope(a, b) : null, open));
    }
  }
  return all;
}

/** Mean volume of the authors' boxes in percent of Omega, by network and method, to three decimals, and how many there are. */
const PUBLISHED = [
  ["AlexNet", "naive", 1.231, 400],
  ["AlexNet", "oir_b", 7.533, 400],
  ["AlexNet", "oir_w", 9.131, 400],
  ["ResNet50", "naive", 5.268, 400],
  ["ResNet50", "oir_b", 13.019, 400],
  ["ResNet50", "oir_w", 15.768, 399],
] as const;

Deno.test({
  ...needsShared("measureRegions() gives the SRVR of the authors' own boxes, by network and method, to three decimals", "paper/regions"),
  async fn() {
    const measures = measureRegions(await recorded(), design, options);
    for (const [network, method, percent, count] of PUBLISHED) {
      const group = { network: NETWORKS.indexOf(network), method: METHODS.indexOf(method) };
      const { meanRatio, regions, srvr, srvrLow, srvrHigh } = measures.of(group);
      assertEquals([(100 * meanRatio).toFixed(3), regions], [percent.toFixed(3), count], `${network} ${method}`);
      // The mean over classes is the same mean but where a box is missing.
      if (count === 400) assertAlmostEquals(srvr, meanRatio, 1e-12);
      assert(srvrLow < srvr && srvr < srvrHigh && srvrHigh - srvrLow < 2 * srvr, `${srvrLow} ${srvr} ${srvrHigh}`);
    }
    const [{ difference, low, high }] = measures.differences;
    assert(low < difference && difference < high && high < 0, `AlexNet less ResNet50 is in [${low}, ${high}]`);
  },
});

/** Shapes of each class that are grown anew. */
const REGROWN = 2;

/** Steps of a growth: as many as theirs, so that the boxes compare. */
const growth = { steps: PAPER_STEPS, tolerance: 0 };

Deno.test({
  ...needsShared("Regions grown anew on the authors' maps rank their networks as theirs do", "paper/maps"),
  async fn() {
    const regions: MeasuredRegion[] = [];
    for (const network of NETWORKS) {
      const mapOf = await readPaperMaps(network);
      const rows = (await readPaperRegions(network)).filter(({ method, shape }) => method !== "oir_w" && shape < REGROWN);
      for (const group of Map.groupBy(rows, (row) => `${row.class} ${row.shape}`).values()) {
        const grown = await growRegions(
          mapOf(group[0]),
          group.map(({ method, initialPoint }) => ({
            method: method === "naive" ? naive : oirB,
            target: "robust",
            initialPoint,
            options: growth,
          })),
        );
        grown.forEach(({ box }, i) => regions.push(measured(group[i], network, box, PAPER_SPACE)));
      }
    }
    const measures = measureRegions(regions, design, options);
    for (const method of [0, 1]) {
      const [alexnet, resnet] = [0, 1].map((network) => measures.of({ network, method }).srvr);
      assert(alexnet < 0.8 * resnet, `${METHODS[method]}: AlexNet ${alexnet}, ResNet50 ${resnet}`);
    }
    assert(measures.differences[0].high < 0);
  },
});
