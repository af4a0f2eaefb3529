import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../../core/errors.ts";
import { SHAPE_FAMILIES } from "../../../plugins/meshes/shapes/catalog.ts";
import { classIndex } from "../../../workers/study/class_label.ts";
import { MeshShelf } from "../../../workers/study/mesh_shelf.ts";
import { findShapes } from "../../../workers/study/shape_folder.ts";
import { withFolder } from "../../commands/command_line.ts";

Deno.test("findShapes() reads class/shape.obj and the layouts of ShapeNet, in order, and leaves the rest", () =>
  withFolder(async (folder) => {
    const files = [
      "cup/small.obj",
      "cup/big.glb",
      "cup/readme.txt",
      "03001627/b1/models/model_normalized.obj",
      "03001627/a9/models/model_normalized.obj",
      "03001627/a9/images/0.png",
      "02691156/old/model.obj",
      "02691156/empty/notes.txt",
      "empty/notes.txt",
      "stray.obj",
    ];
    for (const file of files) {
      await Deno.mkdir(`${folder}/${file.replace(/[^/]*$/, "")}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/${file}`, "");
    }
    assertEquals([...await findShapes(folder)].map(([name, shapes]) => [name, ...shapes.map((shape) => `${shape.name} ${shape.mesh}`)]), [
      ["02691156", `old ${folder}/02691156/old/model.obj`],
      [
        "03001627",
        `a9 ${folder}/03001627/a9/models/model_normalized.obj`,
        `b1 ${folder}/03001627/b1/models/model_normalized.obj`,
      ],
      ["cup", `big ${folder}/cup/big.glb`, `small ${folder}/cup/small.obj`],
    ]);
    await assertRejects(() => findShapes(`${folder}/empty`), InputError, "it holds none");
    await assertRejects(() => findShapes(`${folder}/none`), InputError, "Cannot find the folder of meshes");
    await assertRejects(() => findShapes(`${folder}/stray.obj`), InputError, "it is a file");
  }));

Deno.test("classIndex() takes the label that was given, a built-in shape's class, a synset's, or the name", () => {
  const own = { network: "n", labels: ["cat", "dog, hound"], classes: 2 };
  assertEquals(classIndex({ name: "beast", label: "hound" }, own), 1);
  assertEquals(classIndex({ name: "beast", label: 0 }, own), 0);
  assertEquals(classIndex({ name: "dog" }, own), 1);
  const builtIn = { network: "n", labels: SHAPE_FAMILIES.map(({ name }) => name), classes: SHAPE_FAMILIES.length };
  assertEquals(classIndex({ name: "cup" }, builtIn), SHAPE_FAMILIES.findIndex(({ name }) => name === "cup"));
  const imageNet = { network: "n", labels: [], classes: 1000 };
  assertEquals(classIndex({ name: "cup" }, imageNet), 968);
  assertEquals(classIndex({ name: "03928116" }, imageNet), 579);
  for (const name of ["whale", "03928116"]) {
    assertThrows(() => classIndex({ name }, own), InputError, `Class "${name}" is not known to network "n", give its label`);
  }
  const { message } = assertThrows(() => classIndex({ name: "cup" }, own), InputError);
  assertEquals(message, `Class "cup" is not known to network "n", give its label in the study's file or as NAME=LABEL in --classes`);
  assertThrows(() => classIndex({ name: "dog", label: "whale" }, own), InputError, "give another label");
  assertThrows(() => classIndex({ name: "dog", label: 5 }, own), InputError, "[0, 1]");
});

Deno.test("MeshShelf opens a mesh once", async () => {
  const shelf = new MeshShelf({ colors: "white" });
  const first = await shelf.open("cup:3");
  assertEquals(await shelf.open("vase:1") === first, false);
  assertEquals(await shelf.open("cup:3") === first, true);
});
