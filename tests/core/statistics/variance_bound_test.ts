import { assert } from "@std/assert";
import { Random } from "../../../core/random.ts";
import { varianceLowerBound, varianceUpperBound } from "../../../core/statistics/variance_bound.ts";

const VARIABLES: Record<string, { variance: number; draw: (random: Random) => number }> = {
  "fair coin": { variance: 0.25, draw: (random) => random.uniform() < 0.5 ? 1 : 0 },
  "rare failure": { variance: 0.03 * 0.97, draw: (random) => random.uniform() < 0.97 ? 1 : 0 },
  "uniform": { variance: 1 / 12, draw: (random) => random.uniform() },
  "constant": { variance: 0, draw: () => 0.7 },
};

for (const [name, { variance, draw }] of Object.entries(VARIABLES)) {
  Deno.test(`varianceLowerBound(), varianceUpperBound() cover the variance of a ${name} as often as stated`, () => {
    const random = new Random(21, variance * 1000);
    const trials = 500, error = 0.1;
    let below = 0, above = 0, width = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: 100 }, () => draw(random));
      const low = varianceLowerBound(values, { error, horizon: 100 }), high = varianceUpperBound(values, { error, horizon: 100 });
      if (low > variance + 1e-9) below++;
      if (high < variance - 1e-9) above++;
      width += (high - low) / trials;
    }
    const most = trials * error + 3 * Math.sqrt(trials * error * (1 - error));
    assert(below <= most && above <= most, `wrong ${below} and ${above} times of ${trials}`);
    assert(width < 0.2, `the bounds are ${width} apart`);
  });
}
