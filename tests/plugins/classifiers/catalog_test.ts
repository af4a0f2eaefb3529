import { assert, assertEquals } from "@std/assert";
import config from "../../../deno.json" with { type: "json" };
import { BUILT_IN_NETWORKS } from "../../../plugins/classifiers/built_in_networks.ts";
import { CATALOG, CATALOG_HOSTS } from "../../../plugins/classifiers/catalog.ts";
import { IMAGENET_CLASSES, IMAGENET_LABELS } from "../../../plugins/classifiers/imagenet.ts";
import { resolveClass } from "../../../plugins/classifiers/onnx/labels.ts";
import { SHAPE_FAMILIES } from "../../../plugins/meshes/shapes/catalog.ts";
import { needsShared, SHARED } from "../../shared_data.ts";

Deno.test("CATALOG names each network once, and none that is built in", () => {
  const names = [...CATALOG, ...BUILT_IN_NETWORKS].map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  for (const name of ["alexnet", "vgg11_bn", "resnet50", "inception_v3"]) assert(names.includes(name), name);
});

Deno.test("CATALOG pins size and hash of every file, but for Inception v3", () => {
  for (const { name, bytes, sha256 } of CATALOG) {
    assertEquals(bytes !== undefined && bytes > 1e6, name !== "inception_v3", name);
    assertEquals(/^[0-9a-f]{64}$/.test(sha256 ?? ""), name !== "inception_v3", name);
  }
  const hashes = CATALOG.flatMap(({ sha256 }) => sha256 ?? []);
  assertEquals(new Set(hashes).size, hashes.length);
});

Deno.test("CATALOG is complete: license, side, normalization and errors of each network", () => {
  for (const { name, license, side, normalization, top1Error, top5Error, published } of CATALOG) {
    assert(license !== "" && published !== "" && [224, 299].includes(side), name);
    assert(0 < top5Error && top5Error < top1Error && top1Error < 50, name);
    assert(normalization.deviation.every((value) => value > 0), name);
  }
  // The paper's table 2, but for VGG, whose file has batch normalization.
  for (const [name, top1, top5] of [["alexnet", 43.45, 20.91], ["resnet50", 23.85, 7.13], ["inception_v3", 22.55, 6.44]] as const) {
    const entry = CATALOG.find((candidate) => candidate.name === name)!;
    assert(Math.abs(entry.top1Error - top1) < 0.2 && Math.abs(entry.top5Error - top5) < 0.2, name);
  }
});

Deno.test("the task models may reach the catalog's hosts and no others", () => {
  assertEquals(config.permissions.models.net, [...CATALOG_HOSTS]);
  for (const url of CATALOG.flatMap(({ urls }) => urls)) {
    assert((CATALOG_HOSTS as readonly string[]).includes(new URL(url).host), url);
    assertEquals(new URL(url).protocol, "https:");
  }
  assert(!("net" in config.permissions.run));
});

Deno.test("IMAGENET_LABELS knows the paper's classes and those of the built-in shapes", () => {
  assertEquals(IMAGENET_LABELS.length, IMAGENET_CLASSES);
  const classes: [string, number][] = [
    ["airliner", 404],
    ["bathtub", 435],
    ["park bench", 703],
    ["water bottle", 898],
    ["folding chair", 559],
    ["cup", 968],
    ["grand piano", 579],
    ["assault rifle", 413],
    ["vase", 883],
    ["toilet seat", 861],
    ["teapot", 849],
  ];
  for (const [label, index] of classes) assertEquals(resolveClass(label, IMAGENET_LABELS, IMAGENET_CLASSES), index, label);
  for (const { name, imageNet } of SHAPE_FAMILIES) assert(IMAGENET_LABELS[imageNet.index].includes(imageNet.label), name);
  assertEquals([0, 1, 2, 999].map((index) => IMAGENET_LABELS[index].split(",")[0]), [
    "tench",
    "goldfish",
    "great white shark",
    "toilet tissue",
  ]);
});

Deno.test({
  ...needsShared("IMAGENET_LABELS agrees with another list of them", "models/imagenet_labels.txt"),
  fn: async () => {
    const others = (await Deno.readTextFile(new URL("models/imagenet_labels.txt", SHARED))).trimEnd().split("\n");
    assertEquals([...IMAGENET_LABELS], others);
  },
});
