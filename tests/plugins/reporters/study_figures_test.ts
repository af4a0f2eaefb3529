import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { RunRecord } from "../../../core/reporter.ts";
import { createFigures } from "../../../plugins/reporters/figures/figures.ts";
import { comparedMapsFigure } from "../../../plugins/reporters/figures/study_figures.ts";
import { drawSvg } from "../../../plugins/reporters/figures/svg_surface.ts";
import type { Figure } from "../../../plugins/reporters/figures/surface.ts";
import { loadMeasure } from "../../../plugins/reporters/figures/typography.ts";
import { colorDistance, decodePng, drawRecord, scaleBetween } from "./drawings.ts";
import { AZIMUTH, ELEVATION, mapRecord, smoothScore, trap, withGradients } from "./record_parts.ts";
import { biasRecord, studyRecord } from "./study_records.ts";
import { parseSvg, placedTexts, type SvgElement } from "./svg_elements.ts";

const PLANE = [AZIMUTH, ELEVATION];

async function svgOf(record: RunRecord, name: string): Promise<SvgElement[]> {
  const figure = (await createFigures(record)).find((candidate) => candidate.name === name);
  if (figure === undefined) throw new Error(`There is no figure ${name}`);
  return parseSvg(await drawSvg(figure));
}

function ofClass(elements: readonly SvgElement[], name: string): SvgElement[] {
  return elements.filter(({ attributes }) => attributes.class === name);
}

/** Left, top, width and height of a box that was drawn as a path. */
function boxOf({ attributes: { d } }: SvgElement): [number, number, number, number] {
  const [x, y, width, height] = (d.match(/-?[\d.]+/g) ?? []).map(Number);
  return [x, y, width, height];
}

Deno.test("srvr draws bars as long as the shares, the highest first, with what holds and the interval", async () => {
  const study = studyRecord(PLANE, [12, 5]);
  const elements = await svgOf(study, "srvr");
  const texts = placedTexts(elements);
  const place = scaleBetween(texts, "across", "0", "20");
  const bars = ofClass(elements, "bar").map(boxOf).filter(([, , , height]) => height > 10);
  const held = ofClass(elements, "bar-holding").map(boxOf).filter(([, , , height]) => height > 10);
  study.ranking.forEach((name, i) => {
    const { srvr, srvrHolding } = study.networks.find((network) => network.name === name)!;
    assertAlmostEquals(bars[i][0] + bars[i][2], place(100 * srvr), 0.5);
    assertAlmostEquals(held[i][0] + held[i][2], place(100 * srvrHolding), 0.5);
    assert(i === 0 || bars[i][1] > bars[i - 1][1], "a row below the other");
  });
  const [first] = ofClass(elements, "interval").map(({ attributes }) => attributes.d.match(/-?[\d.]+/g)!.map(Number));
  const best = study.networks[3];
  assertAlmostEquals(first[0], place(100 * best.srvrLow), 0.5);
  assertAlmostEquals(first[2], place(100 * best.srvrHigh), 0.5);
  assertEquals(ofClass(elements, "accuracy").length, 3, "a dot for each network with a card");
});

Deno.test("srvr_classes has a row a class, the mean, a row a method, and errors, as the paper's table 2", async () => {
  const study = studyRecord(PLANE, [12, 5]);
  const texts = placedTexts(await svgOf(study, "srvr_classes"));
  const row = (name: string) => {
    const label = texts.find(({ text }) => text === name)!;
    return texts.filter((text) => text !== label && Math.abs(text.bottom - label.bottom) < 3).sort((left, right) => left.left - right.left)
      .map(({ text }) => text);
  };
  assertEquals(row("cup"), ["12.0", "9.00", "6.00", "3.00"]);
  assertEquals(row("mean"), ["16.0", "12.0", "8.00", "4.00"]);
  assertEquals(row("slab"), ["24.0", "18.0", "12.0", "6.00"]);
  assertEquals(row("top-1 error"), ["–", "20.0", "30.0", "40.0"]);
});

Deno.test("networks draws the mean map of each class by each network, all on one scale", async () => {
  const study = studyRecord(PLANE, [24, 10]);
  const elements = await svgOf(study, "networks");
  const images = elements.filter(({ name }) => name === "image");
  assertEquals(images.length, 2 * 4 + 1, "a map each, and the color bar");
  const { pixels } = await drawRecord(study, "networks");
  const scores = study.map === null ? [] : mapRecord(PLANE, [24, 10]).scores;
  const peak = Math.max(...scores);
  // The first network's maps are the whole score, and less by a tenth on the second shape: both shapes of the cup count, one of the chair.
  const { viridis } = await rampOf();
  const top = (image: SvgElement) => {
    const { x, y, width, height } = image.attributes;
    return pixels.at(Number(x) + 8.2 / 24 * Number(width), Number(y) + (1 - 3.5 / 10) * Number(height));
  };
  assert(colorDistance(top(images[0]), viridis(peak * (1 + 1 / 1.1) / 2)) < 14, "cup");
  assert(colorDistance(top(images[4]), viridis(peak)) < 14, "chair");
});

/** The figures' own colors of scores are tested elsewhere; here they tell scores. */
async function rampOf() {
  const { MAP_RAMP } = await import("../../../plugins/reporters/figures/score_ramp.ts");
  return { viridis: (score: number) => Array.from(MAP_RAMP.table.subarray(3 * Math.round(255 * score), 3 * Math.round(255 * score) + 3)) };
}

Deno.test("comparedMapsFigure() has a panel or a curve for each network", async () => {
  const measure = await loadMeasure();
  const named = (space: typeof PLANE, shape: number[], name: string) => {
    const record = mapRecord(space, shape);
    return { ...record, run: { ...record.run, classifier: { ...record.run.classifier, name } } };
  };
  const draw = async (figure: Figure) => parseSvg(await drawSvg(figure));
  const maps = await draw(comparedMapsFigure(["a", "b", "c"].map((name) => named(PLANE, [12, 5], name)), measure));
  assertEquals(maps.filter(({ name }) => name === "image").length, 4);
  const curves = await draw(comparedMapsFigure(["a", "b", "c"].map((name) => named([AZIMUTH], [24], name)), measure));
  assertEquals(new Set(ofClass(curves, "curve").map(({ attributes }) => attributes.stroke)).size, 3);
  assertEquals(placedTexts(curves).filter(({ text }) => ["a", "b", "c"].includes(text)).length, 3);
});

Deno.test("data_map shows the mean with its regions, how far maps differ, and each network's share", async () => {
  const bias = biasRecord(PLANE, [24, 10]);
  assertEquals((await createFigures(bias)).map(({ name }) => name), ["data_map_coffee_mug", "data_map_coffee_mug_2"]);
  const elements = await svgOf(bias, "data_map_coffee_mug");
  const [panel] = elements.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
  const boxes = ofClass(elements, "region").map(boxOf).sort(([left], [right]) => left - right);
  bias.classes[0].regions.forEach(({ a, b }, i) => {
    assertAlmostEquals(boxes[i][0], Number(panel.x) + a[0] / 360 * Number(panel.width), 0.5);
    assertAlmostEquals(boxes[i][2], (b[0] - a[0]) / 360 * Number(panel.width), 0.5);
    assertAlmostEquals(boxes[i][1], Number(panel.y) + (90 - b[1]) / 100 * Number(panel.height), 0.5);
  });
  const texts = placedTexts(elements).map(({ text }) => text);
  for (const text of ["alexnet", "spread of networks", "60 %"]) assert(texts.includes(text), text);
});

Deno.test("map draws gradients as arrows that point uphill, longer where it is steeper, and traps at their bottoms", async () => {
  const flat = mapRecord(PLANE, [24, 10], { score: ([azimuth]) => azimuth / 400 });
  const values = flat.scores.flatMap((_, i) => [Math.floor(i / 10) < 12 ? 0.002 : 0.001, 0]);
  const elements = await svgOf({ ...flat, gradients: { source: "exact", values }, traps: [trap([90, 40])] }, "map");
  const arrows = ofClass(elements, "arrow").slice(0, -1).map(({ attributes }) => attributes.d.match(/-?[\d.]+/g)!.map(Number));
  assert(arrows.length > 20 && arrows.length < 240, `${arrows.length} arrows`);
  for (const [fromX, fromY, toX, toY] of arrows) {
    assertAlmostEquals(toY, fromY, 0.1);
    assert(toX > fromX);
  }
  const lengths = arrows.map(([fromX, , toX]) => toX - fromX);
  assertAlmostEquals(Math.max(...lengths) / Math.min(...lengths), 2, 0.05);
  const [panel] = elements.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
  const [x, y] = ofClass(elements, "trap")[0].attributes.d.match(/-?[\d.]+/g)!.map(Number);
  assertAlmostEquals(x, Number(panel.x) + Number(panel.width) / 4, 0.5);
  assertAlmostEquals(y - 5, Number(panel.y) + Number(panel.height) / 2, 0.5);
});

Deno.test("map draws arrows upwards where the score rises with the axis up", async () => {
  const rising = withGradients(mapRecord(PLANE, [24, 10]));
  const elements = await svgOf(rising, "map");
  const [panel] = elements.filter(({ name }) => name === "image").map(({ attributes }) => attributes);
  for (const { attributes: { d } } of ofClass(elements, "arrow").slice(0, -1)) {
    const [fromX, fromY, toX, toY] = d.match(/-?[\d.]+/g)!.map(Number);
    const value = (x: number, y: number) => [
      (x - Number(panel.x)) / Number(panel.width) * 360,
      90 - (y - Number(panel.y)) / Number(panel.height) * 100,
    ];
    const [from, to] = [smoothScore(PLANE, value(fromX, fromY)), smoothScore(PLANE, value(toX, toY))];
    // Across the peak an arrow may end as high as it began.
    assert(to > from || Math.hypot(toX - fromX, toY - fromY) < 6, `${from} to ${to}`);
  }
});

Deno.test("map of one parameter has what is seen along its axis, each picture below its value", async () => {
  const record = mapRecord([AZIMUTH], [24]);
  const asked: number[] = [];
  const [figure] = await createFigures(record, (points) => {
    asked.push(...points.map(([value]) => value));
    const shade = (value: number) => ({ width: 1, height: 1, values: Uint8Array.of(value / 360 * 255, 0, 0) });
    return Promise.resolve(points.map(([value]) => shade(value)));
  });
  const { drawPng } = await import("../../../plugins/reporters/figures/canvas_surface.ts");
  const elements = parseSvg(await drawSvg(figure));
  const pixels = await decodePng(await drawPng(figure), 2);
  const place = scaleBetween(placedTexts(elements), "across", "0°", "360°");
  assertEquals(asked.length, 7);
  const frames = ofClass(elements, "picture").map(boxOf);
  asked.forEach((value, i) => {
    const [x, y, width, height] = frames[i];
    assertAlmostEquals(x + width / 2, place(value), 1);
    assert(colorDistance(pixels.at(x + width / 2, y + height / 2), [Math.floor(value / 360 * 255), 0, 0]) <= 1);
  });
});
