import type { Classifier } from "../core/classifier.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import { differentiatePicture, renderPictures } from "../core/picture.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { Renderer } from "../core/renderer.ts";
import { readScene } from "../core/scene.ts";
import { SceneSpace } from "../core/scene_space.ts";
import type { ParameterPlugin } from "../core/semantic_parameter.ts";
import { drawSheet, encodeDerivativePng, encodePng, sheetCapacity } from "../plugins/reporters/picture.ts";
import { chooseClassifier } from "../workers/classifier_choice.ts";
import { labelsOf } from "../workers/classifier_file.ts";
import { parseNormalization } from "../workers/open_function.ts";
import { openMesh } from "../workers/open_mesh.ts";
import { writeOutput } from "./files.ts";
import { number, type Option, type OptionValues, text } from "./options.ts";
import { parseAssignments, parseChoice } from "./parameter_options.ts";
import { pictureName } from "./picture_name.ts";
import { Progress } from "./progress.ts";
import { openRegistry, PLUGIN_OPTIONS } from "./registry.ts";
import { table } from "./region_table.ts";
import type { CommandContext, ExitStatus } from "./run.ts";
import { SHARED_OPTIONS } from "./shared_options.ts";

const { mesh, labels, set, colors, shading, normalization, renderer, provider, threads, json, quiet, help } = SHARED_OPTIONS;

/** Options of `render`. */
export const options = {
  mesh,
  classifier: text("FILE|NAME", "what names the picture's classes: an ONNX file or a built-in network (default: none, the picture alone)"),
  labels,
  point: text("POINT", "the semantic point: azimuth=130,elevation=30, or 130,30 for these two"),
  set,
  sheet: sheetSize("COLUMNSxROWS", "draws a contact sheet over one parameter"),
  over: text("NAME[=LOW:HIGH]", "the parameter of the contact sheet (default azimuth)"),
  derivative: text("NAME", "draws the picture's derivative along a parameter instead: red where it rises, blue where it falls"),
  size: number("N", "side of the picture in pixels, where no classifier says it (default 224)", { low: 8, high: 4096, integer: true }),
  colors,
  shading,
  normalization,
  renderer,
  provider,
  threads,
  ...PLUGIN_OPTIONS,
  out: pngFile("FILE", `the picture, a PNG file (default: in ${DEFAULTS.out}/, named after the mesh and the point)`),
  json,
  quiet,
  help,
};

/** Renders one semantic point, or a sheet of them, and says what a classifier sees there. */
export async function run(given: OptionValues<typeof options>, _context: CommandContext): Promise<ExitStatus> {
  const progress = new Progress({ quiet: given.quiet === true });
  requireClassifier(given);
  await using plugins = await openRegistry(given);
  const { registry } = plugins;
  const { scenes, points } = scenesOf(given, registry);
  const appearance = { colors: given.colors ?? DEFAULTS.colors, shading: given.shading ?? DEFAULTS.shading };
  const opened = await openMesh(given.mesh ?? DEFAULTS.mesh, appearance);
  const network = given.classifier === undefined ? undefined : await openClassifier(given, given.classifier, registry);
  const size = given.size ?? 224;
  const { width, height } = network?.classifier.info ?? { width: size, height: size };
  if (given.sheet !== undefined) requireRoom(given.sheet, { width, height });
  const artist = await registry.get("renderer", given.renderer ?? DEFAULTS.renderer)
    .create(opened.mesh, { width, height, ...appearance });
  const path = given.out ?? `${DEFAULTS.out}/${pictureName(opened.name, { scenes, points }, given)}`;
  const count = points.length;
  const pictures = new Float32Array(count * 3 * width * height);
  await renderPictures(artist, await scenes.scenes(points), { width, height }, pictures);
  const seen = network === undefined ? [] : await topClasses(network, pictures, count);
  const file = given.derivative === undefined
    ? await toPng(pictures, { width, height, points, axis: scenes.space.axes[0], sheet: given.sheet, seen })
    : await drawDerivative(artist, { scenes, point: points, width, height });
  artist.dispose();
  await writeOutput(path, file);
  progress.say(`Wrote ${path}`);
  const rows = Array.from(
    points,
    (value, i) => ({ point: { ...scenes.fixed, [scenes.space.axes[0].name]: value }, classes: seen[i] ?? [] }),
  );
  if (given.json) console.log(JSON.stringify({ command: "render", mesh: opened.name, picture: path, pictures: rows }, null, 2));
  else if (count === 1 && seen.length > 0) console.log(table(seen[0].map(({ label, score }) => [score.toFixed(4), label])));
  await network?.classifier.dispose();
  return 0;
}

/** @throws InputError where an option is about the classifier and there is none, or about the size that the classifier says. */
function requireClassifier(given: OptionValues<typeof options>): void {
  if (given.classifier !== undefined) {
    if (given.size !== undefined) {
      throw new InputError("--size is for pictures that no classifier sees: --classifier says their size, give one of the two");
    }
    return;
  }
  const stray = (["labels", "normalization", "provider", "threads"] as const).find((name) => given[name] !== undefined);
  if (stray !== undefined) throw new InputError(`--${stray} is about a classifier: give --classifier as well, or leave it out`);
}

/** The scenes to draw: along one parameter, the others held. */
function scenesOf(given: OptionValues<typeof options>, registry: PluginRegistry): { scenes: SceneSpace; points: Float64Array } {
  const set = new Map<ParameterPlugin, number>(parseAssignments(given.set, registry, "--set"));
  const point = given.point === undefined ? [] : parseAssignments([named(given.point)], registry, "--point");
  const twice = point.find(([parameter]) => set.has(parameter));
  if (twice !== undefined) throw new InputError(`--set and --point both give "${twice[0].name}": give it with one of them`);
  const held = new Map([...set, ...point]);
  const over = parseChoice(given.derivative ?? given.over ?? "azimuth", registry);
  const value = held.get(over.parameter) ?? over.parameter.default;
  // A sheet goes through its point, along one parameter of it; one that --set holds does not vary, as the space says.
  if (given.sheet === undefined || !set.has(over.parameter)) held.delete(over.parameter);
  const scenes = new SceneSpace([over], [...held], registry.all("parameter"));
  if (given.derivative !== undefined && given.sheet !== undefined) {
    throw new InputError("--derivative draws one picture and --sheet several: give one of them");
  }
  if (given.sheet === undefined) {
    if (given.over !== undefined) throw new InputError("--over is the parameter of a contact sheet: give --sheet as well, or leave it out");
    return { scenes, points: Float64Array.of(value) };
  }
  const { low } = scenes.space.axes[0];
  const count = given.sheet.columns * given.sheet.rows;
  const cells = scenes.space.isPeriodic(0) ? count : Math.max(1, count - 1);
  return { scenes, points: Float64Array.from({ length: count }, (_, i) => low + i / cells * scenes.space.extent(0)) };
}

async function drawDerivative(
  renderer: Renderer,
  { scenes, point, width, height }: { scenes: SceneSpace; point: Float64Array; width: number; height: number },
): Promise<Uint8Array> {
  const picture = new Float32Array(3 * width * height);
  const derivatives = new Float32Array(3 * width * height);
  const tangents = [readScene(await scenes.tangents(point))];
  const [scene] = await scenes.scenes(point);
  await differentiatePicture(renderer, scene, { width, height, tangents, picture, derivatives });
  return encodeDerivativePng(derivatives, { width, height });
}

/** `130,30` is azimuth and elevation. */
function named(point: string): string {
  if (point.includes("=")) return point;
  const names = DEFAULTS.parameters.split(",");
  const values = point.split(",");
  if (values.length !== names.length) {
    throw new InputError(`--point must be written NAME=VALUE,... or ${names.join(",")}: current value is "${point}"`);
  }
  return values.map((value, i) => `${names[i]}=${value}`).join(",");
}

interface OpenedClassifier {
  readonly classifier: Classifier;
  readonly labels: readonly string[];
}

async function openClassifier(given: OptionValues<typeof options>, path: string, registry: PluginRegistry): Promise<OpenedClassifier> {
  const { plugin, file } = await chooseClassifier(path, { registry, labels: given.labels });
  const classifier = await registry.get("classifier", plugin).load({
    name: path,
    bytes: file.bytes,
    normalization: given.normalization === undefined ? file.normalization : parseNormalization(given.normalization),
    threads: given.threads ?? DEFAULTS.threads,
    provider: given.provider ?? DEFAULTS.provider,
    gradients: false,
  });
  return { classifier, labels: labelsOf(file, classifier.info.classes) };
}

/** The five classes with the highest scores, for each picture. */
async function topClasses({ classifier, labels }: OpenedClassifier, pictures: Float32Array, count: number) {
  const scores = await classifier.classify(pictures, count);
  const { classes } = classifier.info;
  return Array.from(
    { length: count },
    (_, i) =>
      Array.from({ length: classes }, (_, index) => ({ index, label: labels[index] ?? String(index), score: scores[i * classes + index] }))
        .sort((left, right) => right.score - left.score || left.index - right.index)
        .slice(0, 5),
  );
}

async function toPng(
  pictures: Float32Array,
  { width, height, points, axis, sheet, seen }: {
    width: number;
    height: number;
    points: Float64Array;
    axis: { readonly name: string; readonly unit: string };
    sheet: SheetSize | undefined;
    seen: Awaited<ReturnType<typeof topClasses>>;
  },
): Promise<Uint8Array> {
  if (sheet === undefined) return await encodePng(pictures, { width, height });
  const captions = Array.from(points, (value, i) => {
    const where = `${axis.name} ${Number(value.toPrecision(4))}${axis.unit === "degree" ? "°" : ""}`;
    return seen[i] === undefined ? where : `${where}  ${seen[i][0].label.split(",")[0]} ${seen[i][0].score.toFixed(2)}`;
  });
  return await drawSheet(pictures, { width, height, columns: sheet.columns, rows: sheet.rows, captions });
}

interface SheetSize {
  readonly columns: number;
  readonly rows: number;
}

function requireRoom({ columns, rows }: SheetSize, size: { readonly width: number; readonly height: number }): void {
  const most = sheetCapacity(size);
  if (columns * rows <= most) return;
  throw new InputError(
    `--sheet has room for ${most} pictures of ${size.width} x ${size.height} pixels: ${columns}x${rows} are ${columns * rows}`,
  );
}

function pngFile(argument: string, description: string): Option<string> {
  return {
    argument,
    description,
    parse(value, name) {
      if (!/\.png$/i.test(value)) {
        throw new InputError(`${name} must be the name of a PNG file, as picture.png: current value is "${value}"`);
      }
      return value;
    },
  };
}

function sheetSize(argument: string, description: string): Option<SheetSize> {
  return {
    argument,
    description,
    parse(value, name) {
      const match = /^(\d{1,3})x(\d{1,3})$/.exec(value);
      const [columns, rows] = [Number(match?.[1]), Number(match?.[2])];
      if (!(columns > 0 && rows > 0)) throw new InputError(`${name} must be written COLUMNSxROWS, as in 4x3: current value is "${value}"`);
      return { columns, rows };
    },
  };
}
