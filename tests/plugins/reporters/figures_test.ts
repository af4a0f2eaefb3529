import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { describeMap } from "../../../plugins/reporters/figures/map_figures.ts";
import { svg } from "../../../plugins/reporters/svg.ts";
import { colorDistance, drawRecord, isNear, parseColor, type Pixels, scaleBetween } from "./drawings.ts";
import {
  AMBIENT,
  AZIMUTH,
  DISTANCE,
  ELEVATION,
  growRecord,
  LIGHT,
  mapRecord,
  RED,
  region,
  withGradients,
  withMeasuredPoints,
} from "./record_parts.ts";
import { RECORDS } from "./records.ts";
import { marks, parseSvg, type PlacedText, placedTexts } from "./svg_elements.ts";

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

Deno.test("map gives its mean and its highest score with the digits that the command prints", () => {
  const record = mapRecord([AZIMUTH, ELEVATION], [4, 3]);
  const describe = (summary: typeof record.summary) => describeMap({ ...record, summary });
  assertStringIncludes(describe({ mean: 0.8031, minimum: 0.1, maximum: 0.99996 }), "mean 0.803, highest 1.000.");
  assertStringIncludes(describe({ mean: 0.8, minimum: NaN, maximum: NaN }), "mean 0.800, highest –.");
});
