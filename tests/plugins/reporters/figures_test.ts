import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { svg } from "../../../plugins/reporters/svg.ts";
import { methodColors } from "../../../plugins/reporters/figures/theme.ts";
import { colorDistance, drawRecord, parseColor, type Pixels, scaleBetween } from "./drawings.ts";
import {
  AMBIENT,
  AZIMUTH,
  check,
  DISTANCE,
  ELEVATION,
  falsification,
  growRecord,
  LIGHT,
  mapRecord,
  RED,
  region,
  withGradients,
  withMeasuredPoints,
} from "./record_parts.ts";
import { RECORDS } from "./records.ts";
import { parseSvg, type PlacedText, placedTexts, type SvgElement } from "./svg_elements.ts";

const SLAB = parseColor(methodColors(["slab"]).get("slab") ?? "");
const NAIVE = parseColor(methodColors(["naive"]).get("naive") ?? "");

function marks(elements: readonly SvgElement[], kind: string): SvgElement[] {
  return elements.filter(({ attributes }) => attributes.class === kind);
}

/** Whether a color is found within a few pixels left and right of a place, or above and below it. */
function isNear(pixels: Pixels, x: number, y: number, color: readonly number[], reach = 3): boolean {
  for (let step = -reach; step <= reach; step += 0.5) {
    if (colorDistance(pixels.at(x + step, y), color) < 12 || colorDistance(pixels.at(x, y + step), color) < 12) return true;
  }
  return false;
}

for (const [title, record] of Object.entries(RECORDS)) {
  Deno.test(`figures of a ${title}: no text leaves the figure or touches another`, async () => {
    for (const { name, bytes } of await svg.report(record)) {
      const [root, ...elements] = parseSvg(bytes);
      const [width, height] = [Number(root.attributes.width), Number(root.attributes.height)];
      const texts = placedTexts(elements);
      for (const { text, left, right, top, bottom } of texts) {
        assert(left >= 0 && right <= width && top >= 0 && bottom <= height, `"${text}" of ${name} leaves the figure`);
      }
      texts.forEach((one, i) =>
        texts.slice(i + 1).forEach((other) => {
          const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
          assert(apart, `"${one.text}" and "${other.text}" of ${name} overlap`);
        })
      );
      assert(width === 600 && bytes.length < 300_000, `${name} has ${bytes.length} bytes`);
    }
  });
}

Deno.test("svg of a map of 120 x 34 points stays below 300 kB, and carries its description", async () => {
  let state = 1;
  const noise = () => (state = state * 16807 % 2147483647) / 2147483647;
  const [{ bytes }] = await svg.report(mapRecord([AZIMUTH, ELEVATION], [120, 34], { score: noise }));
  assert(bytes.length < 300_000, `${bytes.length} bytes`);
  const [root] = parseSvg(bytes);
  assertMatch(root.children[0].text, /^Score of “cup” over azimuth, elevation: small on cup/);
});

Deno.test("map of one parameter: the curve passes through the scores and closes over the seam", async () => {
  const record = mapRecord([AZIMUTH], [24]);
  const { pixels, elements, texts } = await drawRecord(record, "map");
  const x = scaleBetween(texts, "across", "0°", "360°");
  const y = scaleBetween(texts, "up", "0", "1");
  const [curve] = marks(elements, "curve");
  const color = parseColor(curve.attributes.stroke);
  for (let i = 0; i < 24; i++) assert(isNear(pixels, x(15 * i), y(record.scores[i]), color), `no curve at ${15 * i}°`);
  assert(isNear(pixels, x(359), y(record.scores[0]), color));
  assertEquals(texts.filter(({ text }) => ["azimuth", "score", "Score of “cup”", "0.5"].includes(text)).length, 4);
});

/** Reads scores back from colors: each is looked up at the color bar of its figure, which is found by its labels. */
function colorBarReader(pixels: Pixels, texts: readonly PlacedText[]): (color: readonly number[]) => number {
  const labels = texts.filter(({ text }) => text === "0.25" || text === "0.75").sort((left, right) => right.left - left.left).slice(0, 2);
  const [low, high] = labels.sort((left, right) => right.bottom - left.bottom).map(({ top, bottom }) => (top + bottom) / 2);
  const shown = (score: number) => pixels.at(labels[0].left - 13, low + (score - 0.25) / 0.5 * (high - low));
  const candidates = Array.from({ length: 197 }, (_, i) => (i + 1.5) / 200);
  return (color) =>
    candidates.reduce((best, score) => colorDistance(shown(score), color) < colorDistance(shown(best), color) ? score : best);
}

Deno.test("map of two parameters: a cell's color stands beside its score at the color bar", async () => {
  const record = mapRecord([AZIMUTH, ELEVATION], [6, 4]);
  const { pixels, texts } = await drawRecord(record, "map");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  const scoreOf = colorBarReader(pixels, texts);
  for (let i = 0; i < 6; i++) {
    for (let j = 0; j < 4; j++) {
      const [azimuth, elevation] = [i === 0 ? 10 : 60 * i, [-2, 23.33, 56.67, 82][j]];
      assertAlmostEquals(scoreOf(pixels.at(x(azimuth), y(elevation))), record.scores[i * 4 + j], 0.015, `cell ${i}, ${j}`);
    }
  }
  assertEquals(pixels.at(x(355), y(23.33)), pixels.at(x(5), y(23.33)), "the first azimuth's cell goes on before the seam");
});

Deno.test("regions over two parameters: the backdrop's color at each of its points stands beside its score at the color bar", async () => {
  const record = growRecord([AZIMUTH, ELEVATION], []);
  const { pixels, texts } = await drawRecord(record, "regions");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "0°", "90°")];
  const scoreOf = colorBarReader(pixels, texts);
  const [{ values: [azimuths, elevations], scores }] = record.backdrop?.slices ?? [];
  azimuths.slice(1).forEach((azimuth, i) =>
    elevations.slice(1, -1).forEach((elevation, j) => {
      const score = scores[(i + 1) * elevations.length + j + 1];
      if (Math.abs(score - 0.5) > 0.08) {
        assertAlmostEquals(scoreOf(pixels.at(x(azimuth), y(elevation))), score, 0.03, `${azimuth}, ${elevation}`);
      }
    })
  );
});

Deno.test("map of two parameters: what was not scored has a color that is not of the scale", async () => {
  const record = mapRecord([AZIMUTH, DISTANCE], [6, 4], { score: ([azimuth]) => azimuth > 200 ? NaN : 0.1 });
  const { pixels, texts, elements } = await drawRecord(record, "map");
  const [x, y] = [scaleBetween(texts, "across", "0°", "360°"), scaleBetween(texts, "up", "2", "4")];
  const [red, green, blue] = pixels.at(x(270), y(3));
  assert(Math.max(red, green, blue) - Math.min(red, green, blue) < 12, "gray");
  assert(colorDistance(pixels.at(x(120), y(3)), [red, green, blue]) > 60);
  assert(elements.some(({ name, text }) => name === "text" && text.includes("stopped at 16 of 24 points")));
});

Deno.test("map of two parameters: the contour goes between what is above and below 0.5", async () => {
  const record = mapRecord([DISTANCE, ELEVATION], [15, 11], { score: ([distance]) => distance > 3.3 ? 1 : 0 });
  const { elements, texts } = await drawRecord(record, "map");
  const x = scaleBetween(texts, "across", "2", "5");
  const [contour] = marks(elements, "contour");
  const y = scaleBetween(texts, "up", "0°", "90°");
  const points = [...contour.attributes.d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, left, top]) => [Number(left), Number(top)]);
  // What closes the line outside of the map is cut off there.
  const xs = points.filter(([left, top]) => left < x(5) - 1 && top > y(90) + 1 && top < y(-10) - 1).map(([left]) => left);
  assert(xs.length > 1);
  const values = mapRecord([DISTANCE], [15]).axes[0].values;
  const step = values.findIndex((value) => value > 3.3);
  for (const value of xs) assertAlmostEquals(value, x((values[step - 1] + values[step]) / 2), 1);
});

Deno.test("map of three parameters: slices go through the highest score, curves are means over the others", async () => {
  const [space, shape] = [[AZIMUTH, ELEVATION, DISTANCE], [8, 5, 4]];
  const record = mapRecord(space, shape, {
    score: ([azimuth, elevation, distance]) => (azimuth / 45 + elevation / 20 + 2 * distance) / 25,
  });
  const values = record.axes.map((axis) => axis.values);
  const scoreAt = ([i, j, k]: readonly number[]) => record.scores[(i * shape[1] + j) * shape[2] + k];
  const { pixels, elements, texts } = await drawRecord(record, "map");
  const scoreOf = colorBarReader(pixels, texts);
  const images = elements.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
  for (const [panel, [across, up]] of [[0, 1], [0, 2], [1, 2]].entries()) {
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(images[panel][name]));
    const inside = (value: number, { low, high }: typeof AZIMUTH) => Math.min(Math.max((value - low) / (high - low), 0.02), 0.98);
    for (const i of values[across].keys()) {
      for (const j of values[up].keys()) {
        const point = shape.map((length, axis) => axis === across ? i : axis === up ? j : length - 1);
        const x = left + width * inside(values[across][i], space[across]);
        const y = top + height * (1 - inside(values[up][j], space[up]));
        assertAlmostEquals(scoreOf(pixels.at(x, y)), scoreAt(point), 0.02, `panel ${panel}, point ${point}`);
      }
    }
  }
  const y = scaleBetween(texts, "up", "0", "1");
  const heights = [...marks(elements, "curve")[0].attributes.d.matchAll(/,([\d.]+)/g)].map(([, height]) => Number(height)).slice(1, -1);
  for (const i of values[0].keys()) {
    const others = record.scores.slice(i * 20, (i + 1) * 20);
    assertAlmostEquals(heights[i], y(others.reduce((sum, score) => sum + score, 0) / 20), 0.6);
  }
});

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

Deno.test("maps that were measured in part: a dot at every measured point, dark or light, and how well the others are known", async () => {
  for (const [space, shape] of [[[AZIMUTH], [24]], [[AZIMUTH, ELEVATION], [24, 10]]] as const) {
    const record = withMeasuredPoints(mapRecord(space, shape));
    const { elements, texts } = await drawRecord(record, "map");
    const dots = marks(elements, "measured").flatMap(({ attributes: { d } }) => d.match(/M/g) ?? []);
    assertEquals(dots.length, record.adaptive!.measured.length);
    const said = texts.map(({ text }) => text).join(" ");
    const count = `the ${record.adaptive!.measured.length} of ${record.scores.length} points that were measured`;
    for (const words of [count, "to within 0.05", "at 95 % of 20 random points", "largest error 0.071"]) {
      assert(said.includes(words), words);
    }
  }
  const whole = await drawRecord(mapRecord([AZIMUTH, ELEVATION], [24, 10]), "map");
  assertEquals(marks(whole.elements, "measured").length, 0);
});

Deno.test("map of two parameters: dots stand in the cells that were measured", async () => {
  const record = withMeasuredPoints(mapRecord([DISTANCE, ELEVATION], [5, 5]));
  const { elements, texts } = await drawRecord(record, "map");
  const [x, y] = [scaleBetween(texts, "across", "2", "5"), scaleBetween(texts, "up", "0°", "90°")];
  const dots = marks(elements, "measured").flatMap(({ attributes: { d } }) =>
    [...d.matchAll(/M(-?[\d.]+),(-?[\d.]+)h([\d.]+)/g)].map((
      [, left, top, side],
    ) => [Number(left) + Number(side) / 2, Number(top) + Number(side) / 2])
  );
  const wanted = record.adaptive!.measured.map((index) => [
    x(record.axes[0].values[Math.floor(index / 5)]),
    y(record.axes[1].values[index % 5]),
  ]);
  for (const [left, top] of wanted) assert(dots.some(([x, y]) => Math.hypot(x - left, y - top) < 0.8), `${left}, ${top}`);
});

Deno.test("map with gradients over one parameter: tangents touch the curve with the slope of the score", async () => {
  const record = withGradients(mapRecord([DISTANCE], [24]));
  const { elements, texts } = await drawRecord(record, "map");
  const [x, y] = [scaleBetween(texts, "across", "2", "5"), scaleBetween(texts, "up", "0", "1")];
  const tangents = marks(elements, "tangent").map(({ attributes: { d } }) => d.match(/-?[\d.]+/g)!.map(Number));
  assert(tangents.length >= 8);
  for (const [left, start, right, end] of tangents) {
    const index = record.axes[0].values.findIndex((value) => Math.abs(x(value) - (left + right) / 2) < 0.6);
    assertAlmostEquals((start + end) / 2, y(record.scores[index]), 0.6);
    const slope = (end - start) / (right - left) * (x(3) - x(2)) / (y(1) - y(0));
    assertAlmostEquals(slope, record.gradients!.values[index], 0.01);
  }
  assert(texts.some(({ text }) => text.startsWith("Tangents: the derivative of the score, exact")));
});

Deno.test("map with gradients over three parameters: arrows rise along every slice; over six it says that there are none", async () => {
  const solid = await drawRecord(withGradients(mapRecord([AZIMUTH, ELEVATION, DISTANCE], [12, 10, 8])), "map");
  assert(marks(solid.elements, "arrow").length > 3 * 9);
  assert(solid.texts.some(({ text }) => text.startsWith("Arrows: the gradient along each slice, exact")));
  const space = [AZIMUTH, ELEVATION, DISTANCE, LIGHT, AMBIENT, RED];
  const many = await drawRecord(withGradients(mapRecord(space, [2, 2, 2, 2, 2, 2])), "map");
  assert(many.texts.some(({ text }) => text.startsWith("Gradients of more than 5 parameters are not drawn")));
});

Deno.test("trace: a column a method, a pair of bounds a region and axis, a loss where there is one", async () => {
  const boxes = [
    region({ a: [20, 10], b: [80, 50] }),
    region({ a: [90, 10], b: [95, 20] }),
    region({
      a: [20, 10],
      b: [80, 50],
      method: "naive",
      trace: [{ step: 0, a: [50, 30], b: [51, 31], loss: NaN }, { step: 9, a: [20, 10], b: [80, 50], loss: NaN }],
    }),
    region({ a: [20, 10], b: [80, 50], method: "oir_b", trace: [] }),
  ];
  const { elements, texts } = await drawRecord(growRecord([AZIMUTH, ELEVATION], boxes), "trace");
  assertEquals(marks(elements, "bound").length, 3 * 2 * 2);
  assertEquals(marks(elements, "loss").filter(({ attributes }) => attributes.d !== "").length, 2);
  assertEquals(texts.filter(({ text }) => ["slab", "naive", "oir_b"].includes(text)).map(({ text }) => text), ["slab", "naive"]);
  assertEquals(texts.filter(({ text }) => text === "step").length, 2);
});

Deno.test("trace: bounds stand where they were at each step, and the loss is drawn relative to its largest size", async () => {
  const trace = [{ step: 0, a: [50], b: [60], loss: 25 }, { step: 10, a: [20], b: [150], loss: -50 }];
  const { elements, texts } = await drawRecord(growRecord([AZIMUTH], [region({ a: [20], b: [150], trace })]), "trace");
  const ends = (kind: string) =>
    marks(elements, kind).map(({ attributes: { d } }) => [...d.matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]));
  const x = scaleBetween(texts, "across", "0", "10");
  const [azimuth, loss] = [scaleBetween(texts, "up", "90°", "270°"), scaleBetween(texts, "up", "−1", "1")];
  const wanted: [number[][], (value: number) => number, number[]][] = [
    [ends("bound")[0], azimuth, [50, 20]],
    [ends("bound")[1], azimuth, [60, 150]],
    [ends("loss")[0], loss, [0.5, -1]],
  ];
  for (const [points, place, values] of wanted) {
    points.forEach(([left, top], i) => {
      assertAlmostEquals(left, x([0, 10][i]), 10);
      assertAlmostEquals(top, place(values[i]), 0.6);
    });
  }
});
