import { assert, assertEquals } from "@std/assert";
import { closedForm } from "../../core/closed_form.ts";
import { growRegions } from "../../core/growth.ts";
import { toRegionRecord } from "../../core/region_record.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";
import { naive } from "../../plugins/methods/naive.ts";

const space = new SemanticSpace([
  { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
  { name: "elevation", unit: "degree", low: -10, high: 90 },
]);

Deno.test("toRegionRecord() has the initial point within the range of each axis, where the box is", async () => {
  for (const azimuth of [-50, 310, 1030]) {
    const initialPoint = [azimuth, 20];
    const options = { steps: 1, epsilon: 1 };
    const [region] = await growRegions(closedForm(space, () => 0.9), [{ method: naive, target: "robust", initialPoint, options }]);
    const record = toRegionRecord(region, { space, initialScore: 0.9, check: null });
    assertEquals(record.initialPoint, [310, 20]);
    assert(record.a[0] < 310 && record.b[0] > 310);
  }
});
