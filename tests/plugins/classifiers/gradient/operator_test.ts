import { assert } from "@std/assert";
import { elementwiseCases } from "./cases/elementwise.ts";
import { layoutCases } from "./cases/layout.ts";
import { matrixCases } from "./cases/matrix.ts";
import { normalizationCases } from "./cases/normalization.ts";
import { resizeCases } from "./cases/resize.ts";
import { windowedCases } from "./cases/windowed.ts";
import { type OperatorCase, runCase } from "./harness.ts";

const families: Readonly<Record<string, readonly OperatorCase[]>> = {
  "element by element": elementwiseCases,
  "windows": windowedCases,
  "matrices": matrixCases,
  "normalization": normalizationCases,
  "layout and reductions": layoutCases,
  "resampling": resizeCases,
};

for (const [family, cases] of Object.entries(families)) {
  Deno.test(`differentiateGraph() agrees with central differences of the definitions: ${family}`, async (t) => {
    for (const test of cases) {
      await t.step(`${test.operator} ${test.what}`, async () => {
        const { forward, gradients } = await runCase(test);
        assert(forward < 2e-6, `forward: relative error ${forward}`);
        for (const error of gradients) assert(error < (test.tolerance ?? 5e-6), `gradients: relative errors ${gradients}`);
      });
    }
  });
}
