import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readStudyFile } from "../../commands/study_file.ts";
import { initialPoints, methodChoices, PRESETS, subjectChoices } from "../../commands/study_choices.ts";
import { InputError } from "../../core/errors.ts";
import { builtInPlugins } from "../../plugins/mod.ts";
import { withFolder } from "./command_line.ts";

const registry = builtInPlugins();
const plugins = { registry, optionsOf: () => undefined };

async function read(text: string, name = "study.yaml") {
  let result: Awaited<ReturnType<typeof readStudyFile>> = {};
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    result = await readStudyFile(`${folder}/${name}`).catch((error) => {
      if (error instanceof InputError) throw new InputError(error.message.replaceAll(folder, "FOLDER"));
      throw error;
    });
    result = JSON.parse(JSON.stringify(result).replaceAll(folder, "FOLDER"));
  });
  return result;
}

Deno.test("readStudyFile() reads YAML, with files beside it", async () => {
  const study = await read(`
networks:
  - resnet-biased
  - models/a.onnx
  - { file: /abs/b.onnx, name: b, labels: labels.txt, normalization: imagenet }
meshes: shapes
classes: [cup, { name: "03001627", label: folding chair }, { name: mug, label: 968, shapes: [cup:3, extra/mug.obj] }]
points: [[130, 30], { elevation: 20, azimuth: 50 }]
methods: [naive, { name: oir_b, steps: 100 }]
options: { eta: 0.2 }
filter: { network: b }
map: 12
`);
  assertEquals(study, {
    networks: ["resnet-biased", "FOLDER/models/a.onnx", {
      file: "/abs/b.onnx",
      name: "b",
      labels: "FOLDER/labels.txt",
      normalization: "imagenet",
    }],
    meshes: "FOLDER/shapes",
    classes: ["cup", { name: "03001627", label: "folding chair" }, { name: "mug", label: 968, shapes: ["cup:3", "FOLDER/extra/mug.obj"] }],
    points: [[130, 30], { elevation: 20, azimuth: 50 }],
    methods: ["naive", { name: "oir_b", steps: 100 }],
    options: { eta: 0.2 },
    filter: { network: "b", score: 0.1 },
    map: 12,
  });
});

Deno.test("readStudyFile() reads JSON", async () => {
  assertEquals(await read('{"shapes": 3, "target": "adversarial"}', "study.json"), { shapes: 3, target: "adversarial" });
});

/** Files that are wrong, and what is said of them. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  "networks: [": ["must be YAML or JSON"],
  "": ["must be fields with values"],
  "- a\n- b": ["must be fields with values"],
  "netwroks: [a]": ['Unknown field "netwroks", did you mean "networks"'],
  "shapes: 0": ["shapes: must be 1 or more"],
  "shapes: ten\nconfidence: 2": ["shapes: must be a number", "confidence: must be "],
  "points: [130]": ["points.0: must be a list"],
  "networks: a": ["networks: must be a list"],
  "networks: []": ["networks: must have 1 or more entries"],
  "classes: [03001627]": ["classes.0: must be a text, in quotes where it looks like a number"],
  "methods: [{ steps: 3 }]": ["methods.0: name: must be a text"],
  "methods: [{ name: naive, steps: many }]": ["methods.0: steps: must be a number"],
  "networks: [{ file: a.onnx, label: b }]": ['networks.0: Unknown field "label"'],
  "preset: mine": ['preset: must be "paper"'],
  "target: both": ['target: must be "robust" or "adversarial"'],
};

for (const [text, messages] of Object.entries(WRONG)) {
  Deno.test(`readStudyFile() says in a line each what is wrong with ${JSON.stringify(text)}`, async () => {
    const error = await assertRejects(() => read(text), InputError);
    const lines = error.message.split("\n");
    assertEquals(lines.length, messages.length, error.message);
    messages.forEach((message, i) => {
      assertStringIncludes(lines[i], 'Study "FOLDER/study.yaml"');
      assertStringIncludes(lines[i], message);
    });
  });
}

Deno.test("subjectChoices() takes ten built-in shapes of ten classes that no built-in network was trained on, and the biased networks", async () => {
  const { networks, classes, scenes, lattice } = await subjectChoices({}, { registry, step: 12 });
  assertEquals(networks.map(({ file }) => file), ["alexnet-biased", "vgg-biased", "resnet-biased", "inception-biased"]);
  assertEquals([classes.length, ...new Set(classes.map(({ shapes }) => shapes.length))], [10, 10]);
  assertEquals(classes[5].shapes[0], { mesh: "cup:1001" });
  assertEquals(initialPoints({}, scenes.space), [[130, 30], [50, 20], [200, 15], [310, 50]]);
  assertEquals(lattice?.map(({ length }) => length), [30, 9]);
  assertEquals(methodChoices(PRESETS.paper, plugins).map(({ method }) => method.name), ["naive", "oir_b", "oir_w"]);
});

Deno.test("Choices of a study say which class, method, option or point is wrong", async () => {
  const context = { registry, step: 12 };
  await assertRejects(() => subjectChoices({ classes: ["cupp"] }, context), InputError, 'did you mean "cup"');
  await assertRejects(() => subjectChoices({ parameters: "azimut" }, context), InputError, 'did you mean "azimuth"');
  await assertRejects(() => subjectChoices({ map: [1, 2, 3] }, context), InputError, "one step for each of 2 parameters");
  const message = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return "";
  };
  const { scenes: { space } } = await subjectChoices({}, context);
  assertStringIncludes(
    message(() => methodChoices({ methods: ["naive"], options: { alpha: 1 } }, plugins)),
    '"alpha" is an option of none',
  );
  assertStringIncludes(message(() => methodChoices({ methods: ["naif"] }, plugins)), 'Unknown method "naif"');
  assertStringIncludes(message(() => initialPoints({ points: [{ azimuth: 3 }] }, space)), 'lacks "elevation"');
  assertStringIncludes(message(() => initialPoints({ points: [{ azimuth: 3, elevation: 3, roll: 3 }] }, space)), '"roll"');
});
