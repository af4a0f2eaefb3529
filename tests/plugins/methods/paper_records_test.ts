import { assert } from "@std/assert";
import { closedForm } from "../../../core/closed_form.ts";
import { growRegions } from "../../../core/growth.ts";
import { Orthotope } from "../../../core/orthotope.ts";
import type { RegionMethod } from "../../../core/region_method.ts";
import { naive } from "../../../plugins/methods/naive.ts";
import { oirB } from "../../../plugins/methods/oir_b.ts";
import { PAPER_SPACE as space, PAPER_STEPS, readPaperMaps, readPaperRegions } from "../../paper_records.ts";
import { needsShared } from "../../shared_data.ts";

const ALPHA = 0.05, LAMBDA = 0.1;

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)];
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [leftMean, rightMean] = [mean(left), mean(right)];
  let both = 0, leftSquare = 0, rightSquare = 0;
  left.forEach((value, i) => {
    both += (value - leftMean) * (right[i] - rightMean);
    leftSquare += (value - leftMean) ** 2;
    rightSquare += (right[i] - rightMean) ** 2;
  });
  return both / Math.sqrt(leftSquare * rightSquare);
}

for (const network of ["AlexNet", "ResNet50"]) {
  for (const method of [naive, oirB]) {
    Deno.test({
      ...needsShared(
        `${method.name} reproduces 100 steps of the authors' boxes on ${network} while these are tiny`,
        `paper/regions/${network}.json`,
      ),
      async fn() {
        const errors: number[] = [];
        for (const row of await readPaperRegions(network)) {
          const later = row.trace.find(([step]) => step === 100);
          if (row.method !== method.name || later === undefined) continue;
          const [, aAzimuth, aElevation, bAzimuth, bElevation, loss] = row.trace[0];
          const [width, height] = [bAzimuth - aAzimuth, bElevation - aElevation];
          const delta = width * height / 4;
          const score = method === oirB
            ? loss / (4 * delta * ((1 + ALPHA) ** 2 - 2))
            : (LAMBDA * Math.hypot(width, height) - loss) / (4 * delta);
          if (!(score >= 0 && score <= 1)) continue;
          const [{ box }] = await growRegions(closedForm(space, () => score), [
            { method, target: "robust", initialPoint: row.initialPoint, options: { steps: 100, tolerance: 0 } },
          ]);
          const recorded = later[3] - later[1];
          errors.push(Math.abs(box.sides[0] - recorded) / recorded);
        }
        assert(errors.length > 100, `${errors.length} records`);
        assert(median(errors) < 0.01, `median relative error of the side is ${median(errors)}`);
      },
    });
  }
}

/** Correlations of volumes that are known to be reachable, by network and method. */
const CORRELATIONS: readonly [network: string, method: RegionMethod, correlation: number][] = [
  ["AlexNet", oirB, 0.88],
  ["ResNet50", oirB, 0.7],
  ["AlexNet", naive, 0.55],
];

for (const [network, method, expected] of CORRELATIONS) {
  Deno.test({
    ...needsShared(
      `${method.name} grows regions on the authors' maps of ${network} whose volumes follow theirs`,
      `paper/maps/${network}.npy`,
    ),
    async fn() {
      const mapOf = await readPaperMaps(network);
      const ours: number[] = [], theirs: number[] = [];
      for (const row of await readPaperRegions(network)) {
        const bounds = [...row.a, ...row.b];
        if (row.method !== method.name || bounds.some((bound) => bound === null || !Number.isFinite(bound))) continue;
        if (!(row.a[0]! <= row.b[0]! && row.a[1]! <= row.b[1]!)) continue;
        const [{ box }] = await growRegions(mapOf(row), [
          { method, target: "robust", initialPoint: row.initialPoint, options: { steps: PAPER_STEPS, tolerance: 0 } },
        ]);
        ours.push(box.clippedVolume(space));
        theirs.push(new Orthotope(row.a as number[], row.b as number[]).clippedVolume(space));
      }
      const found = correlation(ours, theirs);
      assert(found >= expected, `correlation over ${ours.length} regions is ${found}`);
    },
  });
}
