import { DEFAULTS } from "../core/defaults.ts";
import { PLUGIN_OPTIONS } from "./registry.ts";
import { choice, flag, number, type OptionValues, repeated, text } from "./options.ts";

/** Options of every command that scores pictures. */
export const SHARED_OPTIONS = {
  mesh: text(
    "FILE|NAME",
    `the object: an OBJ, glTF, GLB, PLY or STL file, or a built-in shape as chair or chair:7 (default ${DEFAULTS.mesh})`,
  ),
  classifier: text("FILE|NAME", `the network: an ONNX file or a built-in one (default ${DEFAULTS.classifier})`),
  labels: text("FILE", "names of the classes: one a line, or JSON"),
  class: text("INDEX|LABEL", "the object's class (default: that of a built-in shape, where the labels have its name)"),
  parameters: text("NAMES", `what varies, with ranges as azimuth=0:360 (default ${DEFAULTS.parameters})`),
  set: repeated(text("NAME=VALUE", "holds a parameter at a value")),
  colors: choice(["white", "mesh"], `the object's colors: white as in the paper, or the mesh's own (default ${DEFAULTS.colors})`),
  shading: choice(["flat", "smooth"], `one brightness a face as in the paper, or smooth faces (default ${DEFAULTS.shading})`),
  normalization: text(
    "NAME|M,M,M/D,D,D",
    "none, imagenet, or mean and deviation by channel (default: what a pulled network was trained for, else none)",
  ),
  renderer: text("NAME", `the renderer (default ${DEFAULTS.renderer})`),
  provider: text(
    "NAME[,NAME...]",
    `where networks run: cpu, cuda, cuda:0,cuda:1 (workers take turns), tensorrt, webgpu or auto (default ${DEFAULTS.provider})`,
  ),
  gradient: { ...choice(["exact", "picture", "function"], "where gradients come from (default exact)"), implied: "exact" },
  workers: number("N", "workers, each with its own session (default: one a core)", { low: 1, high: 256, integer: true }),
  threads: number("N", `threads a worker (default ${DEFAULTS.threads})`, { low: 1, high: 256, integer: true }),
  batch: number("N", `points a job (default ${DEFAULTS.batch})`, { low: 1, high: 4096, integer: true }),
  seed: number("N", `seed of all random numbers (default ${DEFAULTS.seed})`, { low: 0, high: Number.MAX_SAFE_INTEGER, integer: true }),
  ...PLUGIN_OPTIONS,
  out: text("DIR", `where results go (default: a folder of the run's own in ${DEFAULTS.out}/)`),
  json: flag("prints the record on standard output"),
  quiet: flag("no progress and no messages"),
  help: flag("shows this help"),
};

/** Values of the shared options. */
export type SharedOptions = OptionValues<typeof SHARED_OPTIONS>;
