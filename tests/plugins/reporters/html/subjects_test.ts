import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { GrowRecord, MapRecord } from "../../../../core/record.ts";
import { collectPageData, thinTrace } from "../../../../plugins/reporters/html/collect_page_data.ts";
import { contourPath } from "../../../../plugins/reporters/html/page/contour.ts";
import type { FullLayer } from "../../../../plugins/reporters/html/page/layers.ts";
import { unpackMesh } from "../../../../plugins/reporters/html/page/unpack_mesh.ts";
import { pageScale } from "../../../../plugins/reporters/html/page/scales.ts";
import { collectSubjects } from "../../../../plugins/reporters/html/page/subjects.ts";
import type { PageRun } from "../../../../plugins/reporters/html/page_data.ts";
import {
  AZIMUTH,
  DISTANCE,
  ELEVATION,
  growRecord,
  mapRecord,
  region,
  smoothScore,
  withGradients,
  withMeasuredPoints,
} from "../record_parts.ts";
import { biasRecord, studyRecord } from "../study_records.ts";
import { FIRST, GROWTH, MESH, SECOND } from "./pages.ts";

/** Runs as a page has them after it was written and read. */
function asRead(...records: Parameters<typeof collectPageData>[0][number]["record"][]): readonly PageRun[] {
  const data = collectPageData(records.map((record, i) => ({ name: `run${i}`, record })), { title: "", meshes: [] });
  return JSON.parse(JSON.stringify(data)).runs;
}

Deno.test("collectSubjects() joins runs of one object and space, and compares their networks", () => {
  const elsewhere: MapRecord = { ...FIRST, run: { ...FIRST.run, mesh: { ...FIRST.run.mesh, sha256: "c".repeat(64) } } };
  const [joined, other, ...more] = collectSubjects(asRead(elsewhere, FIRST, SECOND, GROWTH));
  assertEquals(more, []);
  assertEquals(joined.layers.map(({ name, kind }) => [name, kind]), [
    ["first", "score"],
    ["second", "score"],
    ["mean of networks", "score"],
    ["first − second", "difference"],
  ]);
  assertEquals(joined.regions.map(({ network, region: { method } }) => [network, method]), [["first", "oir_b"], ["first", "slab"]]);
  assertEquals(other.layers.map(({ name }) => name), ["first"]);
  const point = [180, FIRST.axes[1].values[4]];
  const [first, second, mean, difference] = joined.layers.map((layer) => layer.at(point)?.value ?? NaN);
  assertEquals([first, second], [FIRST.scores[124], SECOND.scores[124]]);
  assertAlmostEquals(mean, (first + second) / 2, 1e-12);
  assertAlmostEquals(difference, first - second, 1e-12);
});

Deno.test("collectSubjects() keeps the finest map of a network, whether it is a map or lies behind boxes", () => {
  const coarse = mapRecord([AZIMUTH, ELEVATION], [4, 3]);
  const growth: GrowRecord = { ...growRecord([AZIMUTH, ELEVATION], [region({ a: [30, 0], b: [80, 40] })]), run: coarse.run };
  const [{ layers }] = collectSubjects(asRead(growth, coarse));
  assertEquals(layers.map(({ points }) => points), [64]);
});

Deno.test("collectSubjects() gives a subject a shape of a study, with its maps to 16 bits, and one a class of a bias", () => {
  const study = studyRecord([AZIMUTH, ELEVATION], [12, 5]);
  const subjects = collectSubjects(asRead(study, biasRecord([AZIMUTH, ELEVATION], [12, 5])));
  assertEquals(subjects.length, 4 + 2);
  const cup = subjects.find(({ title }) => title.startsWith("cup · cup:0"))!;
  assertEquals(cup.layers.filter(({ network }) => network !== null).length, 4);
  assertEquals(cup.regions.length, 12);
  const layer = cup.layers[0] as FullLayer;
  study.results[0].scores!.forEach((score, i) => assertAlmostEquals(layer.lattice.scores[i], score, 1e-5));
  const class0 = subjects.find(({ title }) => title.startsWith("coffee mug · data"))!;
  assertEquals(class0.layers.slice(0, 3).map(({ kind }) => kind), ["score", "spread", "spread"]);
  assertEquals(class0.regions.every(({ network }) => network === null), true);
});

Deno.test("collectSubjects() keeps studies and biases apart that saw their objects in other looks", () => {
  const space = [AZIMUTH, ELEVATION];
  const study = studyRecord(space, [12, 5]), bias = biasRecord(space, [12, 5]);
  const looks = [{ colors: "white", shading: "smooth" }, { colors: "mesh", shading: "flat" }] as const;
  const subjects = collectSubjects(asRead(
    ...[study, ...looks.map((look) => ({ ...study, run: { ...study.run, ...look } }))],
    ...[bias, ...looks.map((look) => ({ ...bias, run: { ...bias.run, ...look } }))],
  ));
  for (const { colors, shading } of [{ colors: "white", shading: "flat" }, ...looks]) {
    assertEquals(subjects.filter((subject) => subject.colors === colors && subject.shading === shading).length, 4 + 2);
  }
});

Deno.test("maps that were measured in part and data semantic maps say so; what was not measured is not exact, either way round", () => {
  const space = [AZIMUTH, ELEVATION, DISTANCE];
  const record = withMeasuredPoints(mapRecord(space, [6, 4, 3]));
  const [{ layers: [layer] }] = collectSubjects(asRead(record));
  assert(layer.note?.startsWith("Dots: the 36 of 72 points that were measured"), layer.note);
  const [azimuths, elevations, distances] = record.axes.map(({ values }) => values);
  const exact = (index: number) => index % 2 === 0;
  for (const i of azimuths.keys()) {
    for (const k of distances.keys()) {
      const index = (i * 4 + 1) * 3 + k;
      assertEquals(layer.at([azimuths[i], elevations[1], distances[k]])?.exact, exact(index));
      const section = layer.section([2, 0], [azimuths[i], elevations[1], distances[k]])!;
      assertEquals(section.measured?.[k * 6 + i], exact(index) ? 1 : 0);
    }
  }
  const [{ layers, regions }] = collectSubjects(asRead(biasRecord([AZIMUTH, ELEVATION], [12, 5])));
  assertEquals(
    layers.find(({ name }) => name === "alexnet")?.note,
    "Mean of this network on 1 shape; the mean of the other networks explains 60 % of its variance.",
  );
  assertEquals(layers.find(({ name }) => name === "resnet")?.note, "Mean of this network on 1 shape.");
  assertEquals(regions[0].networkMeans, [0, 0.1, 0.2]);
});

Deno.test("sections have the gradients of their axes, either way round", () => {
  const space = [AZIMUTH, ELEVATION, DISTANCE];
  const record = withGradients(mapRecord(space, [6, 4, 3]));
  const [{ layers: [layer] }] = collectSubjects(asRead(record));
  assert(layer.note?.startsWith("Arrows: the gradient along each slice, exact"), layer.note);
  const point = record.axes.map(({ values }) => values[1]);
  const { slopes } = layer.section([2, 0], point)!;
  for (const k of record.axes[2].values.keys()) {
    for (const i of record.axes[0].values.keys()) {
      const start = 3 * ((i * 4 + 1) * 3 + k);
      assertEquals(slopes!.slice(2 * (k * 6 + i), 2 * (k * 6 + i) + 2), [
        record.gradients!.values[start + 2],
        record.gradients!.values[start],
      ]);
    }
  }
});

Deno.test("layers give sections either way round, and slices only where they go through the point", () => {
  const space = [AZIMUTH, ELEVATION, DISTANCE];
  const record = mapRecord(space, [6, 4, 3]);
  const [{ layers: [full] }] = collectSubjects(asRead(record));
  const point = [60, -10, record.axes[2].values[1]];
  const section = full.section([2, 0], point)!;
  assertEquals(section.axes.map(({ name }) => name), ["distance", "azimuth"]);
  section.values[0].forEach((distance, i) =>
    section.values[1].forEach((azimuth, k) =>
      assertAlmostEquals(section.scores[i * 6 + k], smoothScore(space, [azimuth, -10, distance]), 1e-12)
    )
  );
  const growth = growRecord(space, [region({ a: [30, 0, 2], b: [80, 40, 3] })]);
  const [{ layers: [slices] }] = collectSubjects(asRead(growth));
  const { through } = growth.backdrop!.slices[0];
  assert(slices.section([0, 1], through) !== null);
  assertEquals(slices.section([0, 1], [through[0], through[1], through[2] + 0.5]), null);
  assertEquals(slices.at([0, 0, 5]), null);
});

Deno.test("what is not known stays unknown on the page", () => {
  const record = mapRecord([AZIMUTH], [24], { score: ([azimuth]) => azimuth > 200 ? NaN : 0.5 });
  const [{ layers: [layer] }] = collectSubjects(asRead(record));
  assertEquals([layer.at([90])?.value, layer.at([300])?.value], [0.5, NaN]);
});

Deno.test("contourPath() runs along the circle on which a cone has its level", () => {
  const axes = [{ ...DISTANCE, low: -1, high: 1 }, { ...DISTANCE, low: -1, high: 1 }];
  const values = axes.map(() => Array.from({ length: 41 }, (_, i) => -1 + i / 20));
  const scores = values[0].flatMap((x) => values[1].map((y) => 1 - Math.hypot(x, y)));
  const scale = (axis: typeof DISTANCE) => pageScale(axis, 0, 200);
  const path = contourPath({ axes, values, scores }, 0.5, { x: scale(axes[0]), y: scale(axes[1]) });
  const points = path.match(/-?[\d.]+,-?[\d.]+/g)!.map((pair) => pair.split(",").map(Number));
  assert(points.length > 60);
  for (const [x, y] of points) assertAlmostEquals(Math.hypot(x / 100 - 1, y / 100 - 1), 0.5, 0.02);
});

Deno.test("thinTrace() keeps the first and the last row and so many between", () => {
  const trace = Array.from({ length: 801 }, (_, step) => ({ step, a: [step / 3], b: [step / 3 + 1], loss: NaN }));
  const thin = thinTrace(trace, 81);
  assertEquals(thin.map(({ step }) => step), Array.from({ length: 81 }, (_, i) => 10 * i));
  assertEquals(thin[1].a, [3.333333]);
  assertEquals([thinTrace(trace, 1).length, thinTrace([], 5).length, thinTrace(trace.slice(0, 1), 5).length], [1, 0, 1]);
});

Deno.test("a mesh comes out of the page as it went in", () => {
  const { meshes: [packed] } = collectPageData([], { title: "", meshes: [{ sha256: "", colors: "white", shading: "flat", mesh: MESH }] });
  const { positions, triangles } = unpackMesh(packed);
  assertEquals([positions, triangles], [MESH.positions, MESH.triangles]);
  const faces = MESH.triangles.length / 3;
  const numbers = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));
  const texture = {
    side: 4,
    texels: Uint8Array.from({ length: 128 }, (_, i) => 2 * i),
    wraps: Uint8Array.of(0, 1, 2, 0),
    cutoffs: Float32Array.of(0.5, Infinity),
    coordinates: numbers(6 * faces),
    images: Uint16Array.from({ length: faces }, (_, face) => face % 3),
  };
  const mesh = { ...MESH, colors: numbers(9 * faces), normals: numbers(9 * faces), texture };
  const pages = (["white", "mesh"] as const).map((colors) =>
    unpackMesh(collectPageData([], { title: "", meshes: [{ sha256: "", colors, shading: "smooth", mesh }] }).meshes[0])
  );
  assertEquals(pages, [{ ...MESH, normals: mesh.normals }, mesh]);
});

Deno.test("a page carries images of a mesh at 512 x 512 texels at most", () => {
  const texture = {
    side: 1024,
    texels: new Uint8Array(4 * 1024 ** 2).fill(7),
    wraps: Uint8Array.of(0, 0),
    coordinates: new Float32Array(2 * MESH.triangles.length),
    images: new Uint16Array(MESH.triangles.length / 3).fill(1),
  };
  const { meshes: [packed] } = collectPageData([], {
    title: "",
    meshes: [{ sha256: "", colors: "mesh", shading: "flat", mesh: { ...MESH, texture } }],
  });
  assertEquals(unpackMesh(packed).texture, { ...texture, side: 512, texels: texture.texels.subarray(0, 2 ** 20) });
});
