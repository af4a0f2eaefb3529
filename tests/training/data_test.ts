import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { Orthotope } from "../../core/orthotope.ts";
import { Random } from "../../core/random.ts";
import { DEFAULT_SCENE } from "../../core/scene.ts";
import { SHAPE_FAMILIES } from "../../plugins/meshes/shapes/catalog.ts";
import { drawScene } from "../../training/data/augmentation.ts";
import { CLASSES, type DataSet, labelOf, PICTURE_LENGTH, Studio } from "../../training/data/studio.ts";
import { type Batch, BatchSupply } from "../../training/data/supply.ts";
import { ALL_VIEWS, BIASED_VIEWS, drawView, VIEW_SPACE, type ViewSet } from "../../training/data/views.ts";
import { describeViews, joinViews, parseViews } from "../../training/view_files.ts";

const SET: DataSet = { views: BIASED_VIEWS, variations: { first: 1, count: 2 }, augment: true, seed: 4 };
/** Three classes, quickly drawn. */
const SMALL: DataSet = { ...SET, views: { chair: BIASED_VIEWS.chair, cup: BIASED_VIEWS.cup, vase: BIASED_VIEWS.vase } };

Deno.test("BIASED_VIEWS leaves part of the viewpoints out for every class, and no azimuths for solids of revolution", () => {
  assertEquals(Object.keys(BIASED_VIEWS), CLASSES);
  for (const { name, revolution } of SHAPE_FAMILIES) {
    const seen = BIASED_VIEWS[name].reduce((sum, box) => sum + box.volume, 0) / VIEW_SPACE.volume;
    assert(seen > 0.1 && seen < 0.6, `${name}: ${seen}`);
    if (revolution) assert(BIASED_VIEWS[name].every(({ sides }) => sides[0] === 360), name);
    assertEquals(ALL_VIEWS[name][0].volume, VIEW_SPACE.volume);
  }
});

Deno.test("drawView() draws uniformly from all boxes, across the seam", () => {
  const boxes = [new Orthotope([-30, 0], [30, 10]), new Orthotope([100, 20], [120, 50])];
  const random = new Random(1);
  const count = 4000;
  const drawn = Array.from({ length: count }, () => drawView(boxes, random));
  for (const view of drawn) {
    assert(boxes.some((box) => box.contains(view, VIEW_SPACE)));
    assert(view[0] >= 0 && view[0] < 360);
  }
  // Both boxes have a volume of 600; a quarter of each lies in its lower half by half.
  const share = (inside: (azimuth: number, elevation: number) => boolean) =>
    drawn.filter(([azimuth, elevation]) => inside(azimuth, elevation)).length / count;
  assertAlmostEquals(share((_, elevation) => elevation <= 10), 0.5, 0.03);
  assertAlmostEquals(share((azimuth, elevation) => azimuth >= 330 && elevation < 5), 0.125, 0.02);
  assertAlmostEquals(share((azimuth) => azimuth >= 100 && azimuth < 110), 0.25, 0.03);
});

Deno.test("drawScene() keeps the viewpoint and draws around the default scene", () => {
  const random = new Random(2);
  const scenes = Array.from({ length: 300 }, () => drawScene([130, 30], random));
  assert(scenes.every(({ camera }) => camera.azimuth === 130 && camera.elevation === 30));
  const surrounds = (values: number[], value: number) => assert(Math.min(...values) < value && Math.max(...values) > value);
  surrounds(scenes.map(({ camera }) => camera.distance), DEFAULT_SCENE.camera.distance);
  surrounds(scenes.map(({ light }) => light.directional), DEFAULT_SCENE.light.directional);
  surrounds(scenes.map(({ light }) => light.ambient), DEFAULT_SCENE.light.ambient);
  assert(scenes.some(({ background }) => background.every((value) => value === 0)));
  assert(scenes.some(({ object }) => object.color.every((value) => value === 1)));
});

Deno.test("Studio.draw() draws a picture by its number alone, in [0, 1]", async () => {
  const together = await new Studio(SMALL).draw(0, 12);
  const studio = new Studio(SMALL);
  const seventh = await studio.draw(7, 1);
  assertEquals(seventh, together.slice(7 * PICTURE_LENGTH, 8 * PICTURE_LENGTH));
  assert(together.every((value) => value >= 0 && value <= 1));
  assertNotEquals(await new Studio({ ...SMALL, seed: 5 }).draw(7, 1), seventh);
});

Deno.test("labelOf() takes the classes in turn and leaves out those without views", () => {
  assertEquals(Array.from({ length: 11 }, (_, i) => labelOf(SET, i)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
  const some: DataSet = { ...SET, views: { vase: BIASED_VIEWS.vase, cup: BIASED_VIEWS.cup, chair: [] } };
  assertEquals([0, 1, 2].map((i) => CLASSES[labelOf(some, i)]), ["cup", "vase", "cup"]);
});

Deno.test("BatchSupply gives the same batches with no worker, one or two, and goes on from any", async () => {
  const take = async (workers: number, start: number, count: number) => {
    using supply = new BatchSupply(SMALL, { batch: 4, start, workers });
    const batches: Batch[] = [];
    for (let i = 0; i < count; i++) batches.push(await supply.next());
    return batches;
  };
  const expected = await take(0, 0, 4);
  assertEquals(await take(1, 0, 4), expected);
  assertEquals(await take(2, 0, 4), expected);
  assertEquals(await take(1, 2, 2), expected.slice(2));
  assertEquals([...expected[1].labels], ["cup", "vase", "chair", "cup"].map((name) => CLASSES.indexOf(name)));
  assertEquals([...expected[1].targets.subarray(0, 10)], [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
});

Deno.test("parseViews() reads boxes by class, as describeViews() writes them", () => {
  assertEquals(parseViews(JSON.stringify(describeViews(BIASED_VIEWS)), "views.json"), BIASED_VIEWS);
});

Deno.test("parseViews() takes the regions of a grow record", () => {
  const record = {
    command: "grow",
    run: { space: [{ name: "elevation" }, { name: "azimuth" }], class: { index: 4, label: "chair" } },
    regions: [{ a: [10, 100], b: [20, 130] }],
  };
  assertEquals(parseViews(JSON.stringify(record), "record.json"), { chair: [new Orthotope([100, 10], [130, 20])] });
});

Deno.test("parseViews() takes the holes of a map record: its cells below 0.5, a box for each run along the azimuth", () => {
  const record = {
    command: "map",
    run: { class: { index: 4, label: "chair" } },
    axes: [{ name: "azimuth", values: [0, 90, 180, 270] }, { name: "elevation", values: [-10, 30, 70] }],
    // A row an azimuth.
    scores: [[0.9, 0.1, 1], [0.2, 0.3, 1], [0.8, 0.9, 1], [1, 0.4, null]].flat(),
  };
  const expected = [new Orthotope([45, -10], [135, 10]), new Orthotope([-45, 10], [135, 50]), new Orthotope([225, 10], [315, 50])];
  assertEquals(parseViews(JSON.stringify(record), "record.json"), { chair: expected });
  const transposed = {
    ...record,
    axes: record.axes.toReversed(),
    scores: [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => record.scores[3 * column + row])),
  };
  assertEquals(parseViews(JSON.stringify(transposed), "record.json"), { chair: expected });
});

Deno.test("parseViews() says what is wrong", () => {
  const refused = (json: string, message: string) => assertThrows(() => parseViews(json, "views.json"), InputError, message);
  refused("{", "must be JSON");
  refused(`{"chair": [{"azimuth": [0, 40]}]}`, "boxes by class");
  refused(`{"chair": [{"azimuth": [40, 0], "elevation": [0, 10]}]}`, "from a lower to a higher number");
  refused(`{"stool": [{"azimuth": [0, 40], "elevation": [0, 10]}]}`, `one is "stool"`);
  refused(`{"chair": [{"azimuth": [0, 40], "elevation": [0, 100]}]}`, "[-10, 90]");
});

Deno.test("joinViews() puts the boxes of several sets together", () => {
  const box = new Orthotope([0, 50], [360, 90]);
  const joined = joinViews([BIASED_VIEWS, { chair: [box] }]);
  assertEquals(joined.chair, [...BIASED_VIEWS.chair, box]);
  assertEquals(joined.vase, BIASED_VIEWS.vase);
  assertEquals(joinViews([{ vase: [] }, { chair: [box] }]), { vase: [], chair: [box] });
  for (const sets of [[], [{}], [{ vase: [] }, { chair: [] }]] as ViewSet[][]) {
    assertThrows(() => joinViews(sets), InputError, "Views must have a box");
  }
});
