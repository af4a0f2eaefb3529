import { assert, assertEquals } from "@std/assert";
import { growRegions } from "../../core/growth.ts";
import { interpolateMap } from "../../core/interpolated_map.ts";
import { BUILT_IN_LABELS, BUILT_IN_NETWORKS } from "../../plugins/classifiers/built_in_networks.ts";
import { oirB } from "../../plugins/methods/oir_b.ts";
import type { NetworkCard } from "../../training/card.ts";
import { CLASSES } from "../../training/data/studio.ts";
import { ALL_VIEWS, BIASED_VIEWS, VIEW_SPACE } from "../../training/data/views.ts";
import { measureAccuracy } from "../../training/evaluate.ts";
import { coverage, mapShape, rocArea, viewLattice } from "../../training/ground_truth.ts";
import { describeViews } from "../../training/view_files.ts";

const models = BUILT_IN_NETWORKS.map(({ model }) => Deno.readFileSync(model));
const cards = BUILT_IN_NETWORKS.map(({ card }) => JSON.parse(Deno.readTextFileSync(card)) as NetworkCard);
const biased = BUILT_IN_NETWORKS.flatMap(({ name }, i) => name.endsWith("-biased") ? [i] : []);

const lattice = viewLattice(15, 12.5);
/** The canonical shape and another; training saw neither. */
const VARIATIONS = [0, 1001];

/** Maps of every class, shape and network, [class][shape][network], made once. */
let allMaps: Promise<Float64Array[][][]> | undefined;
function maps(): Promise<Float64Array[][][]> {
  allMaps ??= (async () => {
    const byClass: Float64Array[][][] = [];
    for (const name of CLASSES) {
      const shapes: Float64Array[][] = [];
      for (const variation of VARIATIONS) shapes.push(await mapShape(models, { name, variation }, lattice));
      byClass.push(shapes);
    }
    return byClass;
  })();
  return allMaps;
}

function mean(arrays: readonly Float64Array[]): Float64Array {
  return arrays[0].map((_, i) => arrays.reduce((sum, array) => sum + array[i], 0) / arrays.length);
}

Deno.test("rocArea() is the chance that a marked item scores higher, ties half", () => {
  assertEquals(rocArea([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]), 1);
  assertEquals(rocArea([0.9, 0.2, 0.8, 0.1], [0, 0, 1, 1]), 0.25);
  assertEquals(rocArea([0.5, 0.5, 0.5], [0, 1, 1]), 0.5);
});

Deno.test("coverage() marks the trained viewpoints: as large a share of the lattice as of the space", () => {
  const fine = viewLattice(5, 5);
  for (const name of CLASSES) {
    const share = coverage(BIASED_VIEWS[name], fine).reduce((sum, mark) => sum + mark, 0) / fine.size;
    const volume = BIASED_VIEWS[name].reduce((sum, box) => sum + box.volume, 0) / VIEW_SPACE.volume;
    assert(Math.abs(share - volume) < 0.03, `${name}: ${share}, not ${volume}`);
  }
});

Deno.test("built-in networks are the files that their cards describe", async () => {
  assertEquals(Deno.readTextFileSync(BUILT_IN_LABELS).trim().split("\n"), CLASSES);
  for (const [i, { name }] of BUILT_IN_NETWORKS.entries()) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", models[i])).toHex();
    assertEquals([cards[i].name, cards[i].sha256, cards[i].bytes], [name, digest, models[i].length]);
    assert(models[i].length < 1_000_000, name);
    assertEquals(cards[i].data.boxes, describeViews(name.endsWith("-all") ? ALL_VIEWS : BIASED_VIEWS));
    assert(cards[i].accuracy.augmented.all >= 0.95, `${name}: ${cards[i].accuracy.augmented.all}`);
  }
});

Deno.test("built-in networks name what they were trained for, on shapes that training never saw", async () => {
  for (const views of [BIASED_VIEWS, ALL_VIEWS]) {
    const chosen = BUILT_IN_NETWORKS.flatMap(({ name }, i) => name.endsWith("-biased") === (views === BIASED_VIEWS) ? [i] : []);
    const data = { views, variations: { first: 2001, count: 4 }, augment: true, seed: 77 };
    const accuracies = await measureAccuracy(chosen.map((i) => models[i]), data, { pictures: 400, workers: 0 });
    // Four standard deviations of a share of 0.95 of so many pictures.
    accuracies.forEach(({ all }, k) =>
      assert(all > 0.95 - 4 * Math.sqrt(0.95 * 0.05 / 400), `${BUILT_IN_NETWORKS[chosen[k]].name}: ${all}`)
    );
  }
});

Deno.test("the data semantic map of the biased networks shows where training had views: area under the ROC curve 0.9 or more", async () => {
  const scores: number[] = [];
  const marks: number[] = [];
  for (const [i, shapes] of (await maps()).entries()) {
    const map = mean(shapes.flatMap((networks) => biased.map((network) => networks[network])));
    const trained = coverage(BIASED_VIEWS[CLASSES[i]], lattice);
    scores.push(...map);
    marks.push(...trained);
    const area = rocArea(map, trained);
    console.log(`${CLASSES[i].padEnd(9)} ${area.toFixed(3)}`);
    assert(area > 0.8, `${CLASSES[i]}: ${area}`);
  }
  const area = rocArea(scores, marks);
  console.log(`all       ${area.toFixed(3)}`);
  assert(area >= 0.9, `${area}`);
});

Deno.test("networks trained on all viewpoints have a higher SRVR than those of the same architecture trained on some", async () => {
  const srvr = new Map<string, number>();
  const points = [[130, 30], [50, 20], [200, 15], [310, 50]];
  const all = await maps();
  for (const [network, { name }] of BUILT_IN_NETWORKS.entries()) {
    let volume = 0;
    for (const [, shape] of all) {
      const f = interpolateMap(VIEW_SPACE, lattice, shape[network]);
      const regions = await growRegions(f, points.map((initialPoint) => ({ method: oirB, target: "robust", initialPoint })));
      volume += regions.reduce((sum, { box }) => sum + box.clippedVolume(VIEW_SPACE), 0);
    }
    srvr.set(name, volume / (all.length * points.length * VIEW_SPACE.volume));
    console.log(`${name.padEnd(17)} ${srvr.get(name)!.toFixed(3)}`);
  }
  for (const architecture of ["alexnet", "vgg", "resnet", "inception"]) {
    const [some, every] = [srvr.get(`${architecture}-biased`)!, srvr.get(`${architecture}-all`)!];
    assert(every > some, `${architecture}: ${every}, not above ${some}`);
  }
});
