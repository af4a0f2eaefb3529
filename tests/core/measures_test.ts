import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type MeasuredRegion, measureRegions, reachesBorder } from "../../core/measures.ts";
import { Random } from "../../core/random.ts";
import { SemanticSpace } from "../../core/semantic_space.ts";

const options = { replicates: 400, confidence: 0.9, seed: 1 };

function region(given: Partial<MeasuredRegion>): MeasuredRegion {
  const zeros = { network: 0, class: 0, shape: 0, point: 0, method: 0, volumeRatio: 0, evaluations: 0, gradientEvaluations: 0 };
  return { ...zeros, check: null, atBorder: false, ...given };
}

/** Every combination of a design, with a share of Omega from a formula. */
function all(
  { networks, methods, points, shapes }: { networks: number; methods: number; points: number; shapes: readonly number[] },
  ratio: (region: MeasuredRegion) => number,
): MeasuredRegion[] {
  const regions: MeasuredRegion[] = [];
  for (let network = 0; network < networks; network++) {
    shapes.forEach((count, of) => {
      for (let shape = 0; shape < count; shape++) {
        for (let point = 0; point < points; point++) {
          for (let method = 0; method < methods; method++) regions.push(region({ network, class: of, shape, point, method }));
        }
      }
    });
  }
  return regions.map((plain) => ({ ...plain, volumeRatio: ratio(plain) }));
}

Deno.test("measureRegions() takes means over shapes and points, then classes, then methods, as equation (19) does", () => {
  // Two classes of one and three shapes: the mean over classes is not the mean over regions.
  const design = { networks: 1, methods: 2, points: 2, shapes: [1, 3] };
  const measures = measureRegions(all(design, (r) => r.class === 0 ? 0.5 : 0.1 * (1 + r.shape) + 0.01 * r.method), design, options);
  assertAlmostEquals(measures.of({ network: 0, class: 1, method: 0 }).srvr, 0.2);
  assertAlmostEquals(measures.of({ network: 0, class: 1, method: 1 }).srvr, 0.21);
  assertAlmostEquals(measures.of({ network: 0, class: 1 }).srvr, 0.205);
  assertAlmostEquals(measures.of({ network: 0, method: 1 }).srvr, (0.5 + 0.21) / 2);
  const { srvr, meanRatio, medianRatio, regions } = measures.of({ network: 0 });
  assertAlmostEquals(srvr, (0.5 + 0.205) / 2);
  assertAlmostEquals(meanRatio, (0.5 + 3 * 0.205) / 4);
  assertAlmostEquals(medianRatio, (0.21 + 0.3) / 2);
  assertEquals(regions, 16);
});

Deno.test("measureRegions() counts what holds, what is certain, what ran into the border and what it cost", () => {
  const check = (holds: boolean, verdict: "confirmed" | "open", badShare = 0) => ({ holds, verdict, badShare });
  const regions = [
    region({ point: 0, volumeRatio: 0.4, check: check(true, "confirmed"), atBorder: true, evaluations: 3 }),
    region({ point: 1, volumeRatio: 0.2, check: check(true, "open", 0.3), gradientEvaluations: 5 }),
    region({ point: 2, volumeRatio: 0.6, check: check(false, "open", 0.5), atBorder: true }),
    region({ point: 3, volumeRatio: 0.8, atBorder: true }),
  ];
  const { holds, confirmed, badShare, atBorder, evaluations, gradientEvaluations, srvr } = measureRegions(
    regions,
    { networks: 1, methods: 1, points: 4, shapes: [1] },
    options,
  ).of({ network: 0 });
  assertEquals([holds, confirmed, atBorder, evaluations, gradientEvaluations], [2 / 3, 1 / 3, 3 / 4, 3, 5]);
  assertAlmostEquals(badShare!, (0.2 * 0.3 + 0.6 * 0.5) / (0.4 + 0.2 + 0.6), 1e-12);
  assertAlmostEquals(srvr, 0.5);
  const checked = measureRegions(regions.slice(0, 3), { networks: 1, methods: 1, points: 4, shapes: [1] }, options).of({ network: 0 });
  assertAlmostEquals(checked.srvrHolding, 0.2);
});

Deno.test("measureRegions() counts what fails as empty in srvrHolding and its interval", () => {
  const design = { networks: 1, methods: 2, points: 4, shapes: [3, 2] };
  const all = [0, 1].flatMap((of) =>
    Array.from({ length: design.shapes[of] }, (_, shape) => shape).flatMap((shape) =>
      [0, 1, 2, 3].flatMap((point) =>
        [0, 1].map((method) => {
          const holds = (shape + point + method) % 3 !== 0;
          const check = { holds, verdict: "open", badShare: 0 } as const;
          return region({ class: of, shape, point, method, volumeRatio: 0.1 * (1 + shape) + 0.05 * point + 0.2 * method, check });
        })
      )
    )
  );
  const { srvrHolding, srvrHoldingLow, srvrHoldingHigh } = measureRegions(all, design, options).of({ network: 0 });
  const emptied = all.map((each) => ({ ...each, volumeRatio: each.check?.holds ? each.volumeRatio : 0 }));
  const { srvr, srvrLow, srvrHigh } = measureRegions(emptied, design, options).of({ network: 0 });
  assertEquals([srvrHolding, srvrHoldingLow, srvrHoldingHigh], [srvr, srvrLow, srvrHigh]);
  assert(srvrLow < srvr && srvr < srvrHigh);
});

Deno.test("measureRegions() covers the true SRVR with its intervals about as often as it says, or more", () => {
  const design = { networks: 1, methods: 1, points: 8, shapes: [10, 10] };
  const truth = 0.3;
  let covered = 0;
  const studies = 150;
  for (let study = 0; study < studies; study++) {
    const random = new Random(study, 77);
    const shapeEffects = design.shapes.map((count) => Array.from({ length: count }, () => 0.05 * random.normal()));
    const pointEffects = Array.from({ length: design.points }, () => 0.03 * random.normal());
    const regions = all(design, (r) => truth + shapeEffects[r.class][r.shape] + pointEffects[r.point] + 0.05 * random.normal());
    const { srvrLow, srvrHigh } = measureRegions(regions, design, { ...options, replicates: 300 }).of({ network: 0 });
    if (srvrLow <= truth && truth <= srvrHigh) covered++;
  }
  assert(covered / studies > 0.83, `intervals of 90 % covered the truth in ${covered} of ${studies} studies`);
  assert(covered < studies, "intervals that always cover say nothing");
});

Deno.test("measureRegions() does not draw shapes that were left out", () => {
  const design = { networks: 1, methods: 1, points: 3, shapes: [4, 2] };
  const regions = all(design, (r) => 0.1 * r.shape + 0.05 * r.class + 0.02 * r.point);
  const wider = { ...design, shapes: [9, 5] };
  const moved = regions.map((region) => ({ ...region, shape: 2 * region.shape }));
  assertEquals(measureRegions(moved, wider, options).of({ network: 0 }), measureRegions(regions, design, options).of({ network: 0 }));
});

Deno.test("measureRegions() compares networks on the same samples: a constant lead has an interval without width", () => {
  const design = { networks: 2, methods: 1, points: 3, shapes: [4] };
  const regions = all(design, (r) => 0.1 * r.shape + 0.03 * r.point + (r.network === 1 ? 0.2 : 0));
  const measures = measureRegions(regions, design, options);
  const [{ first, second, difference, low, high }] = measures.differences;
  assertEquals([first, second], [0, 1]);
  for (const value of [difference, low, high]) assertAlmostEquals(value, -0.2, 1e-12);
  const { srvrLow, srvrHigh } = measures.of({ network: 0 });
  assert(srvrHigh - srvrLow > 0.05);
});

Deno.test("measureRegions() says NaN where there is nothing to resample or to measure", () => {
  const measures = measureRegions([region({ volumeRatio: 0.25 })], { networks: 2, methods: 1, points: 1, shapes: [1] }, options);
  const { srvr, srvrLow, srvrHigh, srvrHolding, holds, badShare } = measures.of({ network: 0 });
  assertEquals([srvr, srvrLow, srvrHigh, srvrHolding, holds, badShare], [0.25, NaN, NaN, NaN, NaN, NaN]);
  assertEquals([measures.of({ network: 1 }).srvr, measures.of({ network: 1 }).regions], [NaN, 0]);
});

Deno.test("reachesBorder() looks at open ends, and at going all around where there are none", () => {
  const space = new SemanticSpace([
    { name: "azimuth", unit: "degree", low: 0, high: 360, period: 360 },
    { name: "elevation", unit: "degree", low: -10, high: 90 },
  ]);
  assertEquals(reachesBorder({ a: [0, 0], b: [359, 80] }, space), false);
  assertEquals(reachesBorder({ a: [-20, 0], b: [30, 80] }, space), false);
  assertEquals(reachesBorder({ a: [-20, 0], b: [340, 80] }, space), true);
  assertEquals(reachesBorder({ a: [10, -10], b: [30, 80] }, space), true);
  assertEquals(reachesBorder({ a: [10, 0], b: [30, 90] }, space), true);
});
