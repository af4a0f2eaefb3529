import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { methodColors } from "../../../plugins/reporters/figures/theme.ts";
import { colorDistance, drawRecord, isNear, parseColor, scaleBetween } from "./drawings.ts";
import { AZIMUTH, check, DISTANCE, ELEVATION, falsification, growRecord, region } from "./record_parts.ts";
import { marks } from "./svg_elements.ts";

const SLAB = parseColor(methodColors(["slab"]).get("slab") ?? "");

const NAIVE = parseColor(methodColors(["naive"]).get("naive") ?? "");

Deno.test("regions over two parameters: edges have the method's color where the bounds are, and failing boxes are thinner and not tinted", async () => {
  const boxes = [region({ a: [60, 10], b: [120, 40] }), region({ a: [200, 20], b: [280, 60], method: "naive", check: check(false) })];
  const { pixels, elements, texts } = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes), "regions");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  for (const [{ a, b }, color] of [[boxes[0], SLAB], [boxes[1], NAIVE]] as const) {
    for (const azimuth of [a[0], b[0]]) assert(isNear(pixels, x(azimuth), y(a[1] + 5), color));
    for (const elevation of [a[1], b[1]]) assert(isNear(pixels, x(a[0] + 9), y(elevation), color));
    assert(!isNear(pixels, x(a[0] + 12), y(a[1] + 10), color), "no edge inside");
  }
  const [held, failed] = ["slab", "naive"].map((method) =>
    marks(elements, "region").filter(({ children }) => children[0].text.startsWith(method))[0]
  );
  assert(Number(held.attributes["stroke-width"]) >= 2 * Number(failed.attributes["stroke-width"]));
  assertEquals([held.attributes.fill === "none", failed.attributes.fill], [false, "none"]);
  assertEquals(held.children[0].text, "slab, robust: azimuth 60° to 120°, elevation 10° to 40°; holds, mean 0.95, variance 0.01");
  assertEquals(failed.attributes["stroke-dasharray"], undefined);
  assertEquals(marks(elements, "initial-point").length, 2);
  for (const words of ["check holds", "check fails", "slab", "1/1 hold", "naive", "0/1 hold", "initial point"]) {
    assert(texts.some(({ text }) => text === words), words);
  }
  assert(!texts.some(({ text }) => text === "adversarial" || text === "not checked"), "nothing is explained that does not occur");
});

Deno.test("regions over two parameters: a box across the seam is seen at both ends, and nowhere between", async () => {
  const record = growRecord([AZIMUTH, ELEVATION], [region({ a: [-40, 10], b: [70, 50], target: "adversarial" })]);
  const { pixels, elements, texts } = await drawRecord(record, "regions");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  const solid = (azimuth: number) => [20, 22, 24, 26, 28, 31].some((elevation) => isNear(pixels, x(azimuth), y(elevation), SLAB));
  assert(solid(70) && solid(320), "right edge at the left end, left edge at the right end");
  assert(!solid(200) && !solid(40) && !solid(340));
  assert(!solid(1) && !solid(359), "no edge along the seam");
  assertEquals(marks(elements, "region").length, 2);
  assert(marks(elements, "region").every(({ attributes }) => attributes["stroke-dasharray"] !== undefined));
  const background = pixels.at(x(200), y(45));
  assert(background[0] >= background[2] - 30, "backdrop is without the tint");
  const [red, , blue] = pixels.at(x(345), y(45));
  assert(red > blue + 5, "the part before the seam is tinted");
});

Deno.test("regions over two parameters: a box that is as wide as the period has no upright edges", async () => {
  const { pixels, texts } = await drawRecord(growRecord([AZIMUTH, ELEVATION], [region({ a: [100, 10], b: [460, 50] })]), "regions");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  for (const azimuth of [50, 100, 300]) assert(!isNear(pixels, x(azimuth), y(25), SLAB));
  for (const azimuth of [20, 200, 340]) assert(isNear(pixels, x(azimuth), y(50), SLAB));
});

Deno.test("regions over two parameters: says how many boxes are too small to be seen", async () => {
  const boxes = [
    region({ a: [60, 10], b: [60.01, 10.01] }),
    region({ a: [60, 10], b: [60.01, 60] }),
    region({ a: [200, 20], b: [202, 21] }),
  ];
  const { texts } = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes), "regions");
  assert(texts.some(({ text }) => text.startsWith("2 of 3 regions are too small to be seen")));
  const shown = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes.slice(1, 2)), "regions");
  assert(!shown.texts.some(({ text }) => text.includes("too small")));
});

Deno.test("regions over one parameter: spans lie below the curve, hollow where the check fails", async () => {
  const boxes = [region({ a: [40], b: [100] }), region({ a: [200], b: [300], method: "naive", check: check(false) })];
  const { pixels, elements, texts } = await drawRecord(growRecord([AZIMUTH], boxes), "regions");
  const x = scaleBetween(texts, "across", "0°", "360°");
  const middle = (method: string) => {
    const labels = texts.filter(({ text }) => text === method).sort((left, right) => right.bottom - left.bottom);
    return (labels[0].top + labels[0].bottom) / 2;
  };
  for (const azimuth of [45, 95]) assert(colorDistance(pixels.at(x(azimuth), middle("slab")), SLAB) < 12);
  for (const azimuth of [35, 105]) assertEquals(pixels.at(x(azimuth), middle("slab")), [255, 255, 255]);
  assertEquals(pixels.at(x(220), middle("naive")), [255, 255, 255]);
  for (const azimuth of [200, 300]) assert(isNear(pixels, x(azimuth), middle("naive"), NAIVE));
  assertEquals(marks(elements, "region").length, 2);
  assertEquals(marks(elements, "curve").length, 1);
});

Deno.test("regions over three parameters: only boxes that hold the point are seen in the slices through it", async () => {
  const space = [AZIMUTH, ELEVATION, DISTANCE];
  const boxes = [region({ a: [20, 10, 2], b: [80, 50, 3] }), region({ a: [200, 10, 2], b: [260, 50, 3], method: "naive" })];
  const first = await drawRecord(growRecord(space, boxes), "regions");
  const second = await drawRecord(growRecord(space, boxes), "regions_2");
  const seen = ({ elements }: typeof first) => marks(elements, "region").map(({ children }) => children[0].text.split(",")[0]);
  assertEquals(new Set(seen(first)), new Set(["slab"]));
  assertEquals(seen(first).length, 3 + 3, "a section in each of three pairs, a span along each of three axes");
  assertEquals(new Set(seen(second)), new Set(["naive"]));
  assertEquals(first.elements.filter(({ name }) => name === "image").length, 4, "three slices and the color bar");
  assertEquals(second.elements.filter(({ name }) => name === "image").length, 0, "the backdrop does not go through the second point");
  assert(first.texts.some(({ text }) => text.startsWith("Slices through initial point 1 of 2: azimuth 50°, elevation 30°, distance 2.5")));
});

Deno.test("regions over two parameters: a cross marks the worst point that was found, in the turn of the map, with its score", async () => {
  const boxes = [
    region({ a: [-40, 10], b: [70, 50], falsification: falsification([-30, 20], { score: 0.25 }) }),
    region({ a: [200, 20], b: [280, 60], method: "naive", target: "adversarial", falsification: falsification([210, 30], { cuts: 2 }) }),
    region({ a: [200, 20], b: [280, 60], method: "oir_b", falsification: null }),
  ];
  const { elements, texts } = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes), "regions");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  const crosses = marks(elements, "worst-point");
  assertEquals(crosses.map(({ children }) => children[0].text), [
    "worst point found in slab from azimuth 15°, elevation 30°: score 0.25 at azimuth 330°, elevation 20°",
    "worst point found in naive from azimuth 240°, elevation 40°: score 0.88 at azimuth 210°, elevation 30°, after 2 cuts",
  ]);
  for (const [i, [azimuth, elevation]] of [[330, 20], [210, 30]].entries()) {
    const numbers = [...crosses[i].attributes.d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, left, top]) => [Number(left), Number(top)]);
    for (const [axis, place] of [x(azimuth), y(elevation)].entries()) {
      const values = numbers.map((each) => each[axis]);
      assertAlmostEquals((Math.min(...values) + Math.max(...values)) / 2, place, 0.6);
    }
  }
  assert(texts.some(({ text }) => text === "worst point found"), "the legend explains it");
  assert(texts.some(({ text }) => text.startsWith("Worst point found, in naive: score 0.88 at azimuth 210°")));
  const plain = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes.slice(2)), "regions");
  assert(!plain.texts.some(({ text }) => text.includes("orst point")));
});

Deno.test("regions over one parameter and over three: worst points stand on the curve, and in the lanes of their regions", async () => {
  const line = [region({ a: [40], b: [100], falsification: falsification([90], { score: 0.4 }) })];
  const curve = await drawRecord(growRecord([AZIMUTH], line), "regions");
  assertEquals(marks(curve.elements, "worst-point").length, 2);
  const y = scaleBetween(curve.texts, "up", "0", "1"), x = scaleBetween(curve.texts, "across", "0°", "360°");
  const [cross] = marks(curve.elements, "worst-point").map(({ attributes }) =>
    attributes.d.match(/M([\d.]+),([\d.]+)/)!.slice(1).map(Number)
  );
  assertAlmostEquals(cross[0] + 4.5, x(90), 0.6);
  assertAlmostEquals(cross[1] + 4.5, y(0.4), 0.6);
  const space = [AZIMUTH, ELEVATION, DISTANCE];
  const solid = [region({ a: [20, 10, 2], b: [80, 50, 3], falsification: falsification([30, 20, 2.1]) })];
  assertEquals(marks((await drawRecord(growRecord(space, solid), "regions")).elements, "worst-point").length, 3, "one an axis");
});
