import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gltf } from "../plugins/meshes/gltf_files.ts";
import { runCommandLine, withFolder, writeMesh, writeNetwork, writeText } from "./command_line.ts";

/** What is wrong, the options that say so (files are made by `prepare`), and what the one line must name. */
interface BadInput {
  readonly wrong: string;
  readonly command?: string;
  readonly options: (files: Files) => Promise<string[]> | string[];
  readonly says: string;
}

interface Files {
  readonly folder: string;
  readonly mesh: string;
  readonly network: string;
  write(name: string, content: string | Uint8Array): Promise<string>;
}

const SHIFTED = ["--parameters", "azimuth"];

const INPUTS: readonly BadInput[] = [
  {
    wrong: "a folder where a picture is to be written",
    command: "render",
    async options({ folder, mesh }) {
      await Deno.mkdir(new URL(`../../${folder}/a.png`, import.meta.url));
      return ["--mesh", mesh, "--size", "16", "--out", `${folder}/a.png`];
    },
    says: "it is a folder",
  },
  {
    wrong: "a picture that is to be no PNG",
    command: "render",
    options: ({ folder, mesh }) => ["--mesh", mesh, "--out", `${folder}/out`],
    says: "must be the name of a PNG file",
  },
  {
    wrong: "a sheet of more pictures than one has room for",
    command: "render",
    options: ({ folder, mesh }) => ["--mesh", mesh, "--sheet", "400x300", "--over", "azimuth", "--out", `${folder}/a.png`],
    says: "--sheet has room for 1030 pictures of 224 x 224 pixels: 400x300 are 120000",
  },
  { wrong: "a name that is no network", options: (files) => given(files, { network: "skynet" }), says: 'Unknown network "skynet"' },
  { wrong: "a shading that is none", options: (files) => [...given(files), "--shading", "gouraud"], says: "one of flat, smooth" },
  { wrong: "no class", options: ({ mesh, network }) => ["--mesh", mesh, "--classifier", network], says: "--class is missing" },
  {
    wrong: "a mesh that is not there",
    options: (files) => given(files, { mesh: "no/such.obj" }),
    says: 'Cannot find the mesh "no/such.obj"',
  },
  {
    wrong: "a name that is no shape",
    options: (files) => given(files, { mesh: "unicorn" }),
    says: 'Mesh "unicorn" must be a file or one of',
  },
  {
    wrong: "a mesh of an unknown kind",
    options: async (files) => given(files, { mesh: await files.write("a.xyz", "0 0 0") }),
    says: '"xyz"',
  },
  {
    wrong: "an OBJ without faces",
    options: async (files) => given(files, { mesh: await files.write("points.obj", "v 0 0 0\nv 1 0 0\n") }),
    says: "points.obj",
  },
  {
    wrong: "an OBJ with a vertex that is no number",
    options: async (files) => given(files, { mesh: await files.write("nan.obj", "v 0 0 nan\nv 1 0 0\nv 0 1 0\nf 1 2 3\n") }),
    says: "nan.obj",
  },
  {
    wrong: "an OBJ with a number that is too large",
    options: async (files) => given(files, { mesh: await files.write("huge.obj", "v 1e40 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n") }),
    says: 'huge.obj" must be three finite numbers of at most 3.4e38: one reads "v 1e40 0 0"',
  },
  {
    wrong: "a glTF whose buffer is missing",
    options: async (files) =>
      given(files, { mesh: await files.write("far.gltf", gltf({}, { buffers: [{ byteLength: 60, uri: "missing.bin" }] })) }),
    says: "missing.bin",
  },
  { wrong: "a GLB that is none", options: async (files) => given(files, { mesh: await files.write("a.glb", "glTF?") }), says: "a.glb" },
  {
    wrong: "a network that is text",
    options: async (files) => given(files, { network: await files.write("a.onnx", "hello world") }),
    says: "a.onnx",
  },
  {
    wrong: "a network that is cut off",
    options: async (files) =>
      given(files, {
        network: await files.write("cut.onnx", (await Deno.readFile(new URL(`../../${files.network}`, import.meta.url))).slice(0, 300)),
      }),
    says: "cut.onnx",
  },
  { wrong: "a class that is not there", options: (files) => given(files, { class: "99" }), says: "[0, 4]" },
  { wrong: "a label without labels", options: (files) => given(files, { class: "cup" }), says: "needs labels" },
  {
    wrong: "labels that are too few",
    options: async (files) => [...given(files), "--labels", await files.write("labels.txt", "cat\ndog\n")],
    says: "must name the 5 classes",
  },
  { wrong: "an unknown parameter", options: (files) => [...given(files), "--parameters", "azimut"], says: 'did you mean "azimuth"' },
  { wrong: "a range upside down", options: (files) => [...given(files), "--parameters", "azimuth=90:10"], says: "90:10" },
  {
    wrong: "a parameter that is held and varies",
    options: (files) => [...given(files), ...SHIFTED, "--set", "azimuth=3"],
    says: "choose one",
  },
  {
    wrong: "a point outside Omega",
    options: (files) => [...given(files), "--at", "0,95"],
    says: '"elevation" of a point must be in [-10, 90]',
  },
  { wrong: "a point with too few numbers", options: (files) => [...given(files), "--at", "7"], says: "A point needs 2 numbers" },
  { wrong: "a resolution below 0", options: (files) => [...given(files), "--resolution", "-3"], says: "must be at least 0" },
  { wrong: "too many resolutions", options: (files) => [...given(files), "--resolution", "3,3,3"], says: "needs one number, or" },
  {
    wrong: "a resolution that no chosen method knows",
    options: (files) => [...given(files), "--method", "naive", "--resolution", "3"],
    says: "--resolution is an option of slab",
  },
  {
    wrong: "a source of gradients that none are taken from",
    options: (files) => [...given(files), "--method", "naive,slab", "--gradient", "picture"],
    says: "--gradient is for methods that follow gradients, and for --falsify",
  },
  {
    wrong: "too few points to find a trap on",
    options: (files) => [...given(files), "--traps", "15"],
    says: "--traps must be 0, or at least 16 over 2 parameters: current value is 15",
  },
  { wrong: "an unknown option", options: (files) => [...given(files), "--step", "3"], says: "--step" },
  { wrong: "an unknown method", options: (files) => [...given(files), "--method", "oir"], says: 'Unknown method "oir"' },
  {
    wrong: "an option that no chosen method has",
    options: (files) => [...given(files), "--method", "naive", "--beta", "0.1"],
    says: "--beta",
  },
  { wrong: "a method twice", options: (files) => [...given(files), "--method", "slab,slab"], says: '--method names "slab" twice' },
  {
    wrong: "a parameter held at two values",
    options: (files) => [...given(files), "--parameters", "azimuth", "--set", "elevation=1,elevation=2"],
    says: '--set names "elevation" twice',
  },
  ...[["labels", "a.txt"], ["normalization", "imagenet"], ["provider", "cpu"], ["threads", "2"]].map(([name, value]) => ({
    wrong: `--${name}, and no classifier`,
    command: "render",
    options: ({ folder, mesh }: Files) => ["--mesh", mesh, `--${name}`, value, "--out", `${folder}/a.png`],
    says: `--${name} is about a classifier: give --classifier as well`,
  })),
  {
    wrong: "a size and a classifier",
    command: "render",
    options: ({ folder, mesh, network }) => ["--mesh", mesh, "--classifier", network, "--size", "64", "--out", `${folder}/a.png`],
    says: "--classifier says their size",
  },
  {
    wrong: "a parameter that is set and of the point",
    command: "render",
    options: ({ folder, mesh }) => ["--mesh", mesh, "--set", "azimuth=1,roll=2", "--point", "130,30", "--out", `${folder}/a.png`],
    says: '--set and --point both give "azimuth": give it with one of them',
  },
  {
    wrong: "a sheet over a parameter that is held",
    command: "render",
    options: (
      { folder, mesh },
    ) => ["--mesh", mesh, "--set", "distance=3", "--sheet", "2x1", "--over", "distance", "--out", `${folder}/a.png`],
    says: '"distance" is held at 3 and varies as well',
  },
  {
    wrong: "a parameter held at two values",
    command: "study",
    options: ({ network }) => ["--networks", network, "--set", "distance=1", "--set", "distance=2"],
    says: '--set names "distance" twice',
  },
  ...["falsify", "resolution", "relative"].flatMap((name) =>
    ["study", "bias"].map((command) => ({
      wrong: `--${name}, which is for regions of one network`,
      command,
      options: ({ network }: Files) => ["--networks", network, `--${name}`, ...(name === "resolution" ? ["3"] : [])],
      says: `Unknown option "--${name}"`,
    }))
  ),
  {
    wrong: "a source of gradients, which it asks no network for",
    command: "bias",
    options: ({ network }) => ["--networks", network, "--gradient", "picture"],
    says: 'Unknown option "--gradient"',
  },
  {
    wrong: "a point with a parameter twice",
    command: "study",
    options: ({ network }) => ["--networks", network, "--at", "azimuth=130,azimuth=20,elevation=3"],
    says: '--at names "azimuth" twice',
  },
  {
    wrong: "a point with a parameter twice",
    options: (files) => [...given(files), "--at", "azimuth=130,azimuth=20,elevation=3"],
    says: '--at names "azimuth" twice',
  },
  {
    wrong: "an option twice",
    command: "map",
    options: (files) => [...given(files), "--counts", "3,3", "--counts", "2,2"],
    says: "--counts must be given once: it is given as 3,3 and 2,2",
  },
  {
    wrong: "an option of a plugin twice",
    options: (files) => [...given(files), "--option", "a.x=1", "--option", "a.x=2"],
    says: '--option sets "a.x" twice',
  },
  {
    wrong: "an option of a plugin where there is none",
    options: (files) => [...given(files), "--option", "naive.eta=1"],
    says: '--option names "naive", and there is no plugin from outside',
  },
  {
    wrong: "steps that are no whole number",
    options: (files) => [...given(files), "--method", "naive", "--steps", "1.5"],
    says: "--steps must be a whole number",
  },
  {
    wrong: "a weight above what the number of parameters allows",
    options: (files) => [...given(files), "--method", "oir_w", "--beta", "0.5"],
    says: "must be in [0, 0.25]: current value is 0.5",
  },
  { wrong: "a number that is none", options: (files) => [...given(files), "--workers", "many"], says: "--workers must be a number" },
  { wrong: "a step below 0", command: "map", options: (files) => [...given(files), "--step", "-3"], says: "must be above 0" },
  {
    wrong: "a step and counts",
    command: "map",
    options: (files) => [...given(files), "--step", "3", "--counts", "4,4"],
    says: "exclude each other",
  },
  { wrong: "an unknown provider", options: (files) => [...given(files), "--provider", "abacus"], says: "abacus" },
  {
    wrong: "a folder that may not be written",
    options: (files) => [...given(files), "--samples", "0", "--out", "/orthotope-test"],
    says: "--allow-write",
  },
  {
    wrong: "a folder that may not be written, before it looks at anything else",
    command: "train",
    options: () => ["--from", "no/such.onnx", "--out", "/orthotope-test"],
    says: "--allow-write",
  },
  { wrong: "an unknown command", command: "grwo", options: () => [], says: 'did you mean "grow"' },
  { wrong: "a sheet of no size", command: "render", options: ({ mesh }) => ["--mesh", mesh, "--sheet", "4by3"], says: "4x3" },
];

function given({ mesh, network }: Files, changed: { mesh?: string; network?: string; class?: string } = {}): string[] {
  return ["--mesh", changed.mesh ?? mesh, "--classifier", changed.network ?? network, "--class", changed.class ?? "0"];
}

for (const { wrong, command = "grow", options, says } of INPUTS) {
  Deno.test(`orthotope ${command} with ${wrong} ends with status 2 and one line that names it`, () =>
    withFolder(async (folder) => {
      const files: Files = {
        folder,
        mesh: await writeMesh(folder),
        network: await writeNetwork(folder),
        write: (name, content) => writeText(`${folder}/${name}`, content),
      };
      const out = `${folder}/out`;
      const chosen = await options(files);
      const { status, output, errors } = await runCommandLine(
        command,
        "--quiet",
        ...(chosen.includes("--out") || command === "grwo" ? [] : ["--out", out]),
        ...chosen,
      );
      assertEquals({ status, output, lines: errors.trimEnd().split("\n").length }, { status: 2, output: "", lines: 1 }, errors);
      assertStringIncludes(errors, says);
      assert(!errors.trimEnd().endsWith("."), errors);
      assert(!await exists(out), "nothing is half-written");
    }));
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(new URL(`../../${path}`, import.meta.url));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
