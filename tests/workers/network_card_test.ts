import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { SHAPE_FAMILIES } from "../../plugins/meshes/shapes/catalog.ts";
import { classOf, labelsOf, readClassifier } from "../../workers/classifier_file.ts";
import { readAccuracy } from "../../workers/network_card.ts";
import { withFolder, writeText } from "../commands/command_line.ts";

Deno.test("readAccuracy() reads the card beside a network, and only what it says", () =>
  withFolder(async (folder) => {
    const cards = {
      usual: { accuracy: { top1: 0.7, top5: 0.9 } },
      single: { accuracy: { top1: 0.7 } },
      own: { name: "x", accuracy: { augmented: { all: 0.96, byClass: {} }, defaultScene: { all: 0.98 } } },
      silent: { name: "x" },
      wrong: { accuracy: { top1: 70 } },
    };
    for (const [name, card] of Object.entries(cards)) await Deno.writeTextFile(`${folder}/${name}.v1.json`, JSON.stringify(card));
    await Deno.writeTextFile(`${folder}/damaged.json`, "{");
    const read = (name: string) => readAccuracy(`${folder}/${name}.v1.onnx`);
    assertEquals(await read("usual"), { top1: 0.7, top5: 0.9 });
    assertEquals(await read("single"), { top1: 0.7, top5: null });
    assertEquals(await read("own"), { top1: 0.96, top5: null });
    for (const name of ["silent", "wrong", "none"]) assertEquals(await read(name), null);
    await assertRejects(() => readAccuracy(`${folder}/damaged.onnx`), InputError, "must be JSON");
  }));

const NETWORKS = new URL("../../fixtures/networks/", import.meta.url);
const names = SHAPE_FAMILIES.map(({ name }) => name);

Deno.test("readClassifier() finds the names of the classes in the card beside a network, and so the class of a built-in shape", () =>
  withFolder(async (folder) => {
    for (const end of ["onnx", "json"]) await Deno.copyFile(new URL(`resnet-all.${end}`, NETWORKS), `${folder}/mine.${end}`);
    const file = await readClassifier(`${folder}/mine.onnx`);
    assertEquals(file.labels, names);
    const labels = labelsOf(file, names.length);
    assertEquals(classOf(undefined, { mesh: "teapot:3", labels, classes: names.length }), names.indexOf("teapot"));
    assertThrows(() => classOf(undefined, { mesh: "mine.obj", labels, classes: names.length }), InputError, "--class is missing");
    const given = await writeText(`${folder}/labels.txt`, names.toReversed().join("\n"));
    assertEquals((await readClassifier(`${folder}/mine.onnx`, given)).labels, names.toReversed());
  }));

Deno.test("readClassifier() takes no names from the card of another network, nor from another file", () =>
  withFolder(async (folder) => {
    await Deno.copyFile(new URL("resnet-all.onnx", NETWORKS), `${folder}/mine.onnx`);
    assertEquals((await readClassifier(`${folder}/mine.onnx`)).labels, []);
    await Deno.copyFile(new URL("vgg-all.json", NETWORKS), `${folder}/mine.json`);
    assertEquals((await readClassifier(`${folder}/mine.onnx`)).labels, []);
    await writeText(`${folder}/mine.json`, "not JSON");
    assertEquals((await readClassifier(`${folder}/mine.onnx`)).labels, []);
  }));
