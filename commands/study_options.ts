import { InputError } from "../core/errors.ts";
import { methods } from "../plugins/methods/mod.ts";
import { GROW_OPTIONS, type GrowOptions } from "./grow_options.ts";
import { number, numbers, type Option, type OptionValues, parseNumber, text, words } from "./options.ts";
import { parseNamedValues } from "./parameter_options.ts";
import { isStudyField, readStudyFile, type StudyDefinition } from "./study_file.ts";

/** Options of `grow` that are about one network, one mesh, one region or one figure, or that not all commands about many of them take. */
const SINGULAR = [
  ...["mesh", "classifier", "class", "backdrop", "traps", "csv", "npz", "at", "method", "target", "gradient"] as const,
  ...["falsify", "resolution", "relative"] as const,
] as const;

/** The options of `grow` that are left. */
type PluralOptions = { readonly [Name in Exclude<keyof GrowOptions, typeof SINGULAR[number]>]: typeof GROW_OPTIONS[Name] };

/** Options of all commands about many networks and shapes: those of `grow` and of its methods, and their own. */
export const SUBJECT_OPTIONS = {
  file: text("FILE", "the study as YAML or JSON: its fields are named as these options, which come before it"),
  networks: words("NAME|FILE[,...]", "built-in networks and ONNX files (default: the built-in ones that saw part of the viewpoints)"),
  meshes: text("DIR", "a folder of meshes as class/shape.obj, or as ShapeNet is laid out (default: the built-in shapes)"),
  classes: words("NAME[=LABEL][,...]", "classes, with what networks call them where that is not their name (default: all there are)"),
  shapes: number("N", "shapes of each class (default 10)", { low: 1, high: 1e6, integer: true }),
  map: numbers("STEP[,STEP...]", "distance between the samples of maps, for all parameters or one each, 0 for none"),
  bad: { ...GROW_OPTIONS.bad, description: "a region holds where no more of it than this share is bad (default: any share)" },
  shard: shardOption("I/N", "computes only part I of N, to be joined by `study merge`"),
};

/** Options that commands about many networks share with `grow`. */
export const SHARED_WITH_GROW = Object.fromEntries(
  Object.entries(GROW_OPTIONS).filter(([name]) => !(SINGULAR as readonly string[]).includes(name)),
) as PluralOptions & Readonly<Record<string, Option<unknown>>>;

/** What these options hold. */
export type SubjectValues = OptionValues<typeof SUBJECT_OPTIONS & PluralOptions>;

/** A study's file with the options that were given in its place. @throws InputError where the file is wrong. */
export async function readDefinition(
  given: SubjectValues,
  own: StudyDefinition,
  options: Readonly<Record<string, number>>,
): Promise<StudyDefinition> {
  const file = given.file === undefined ? {} : await readStudyFile(given.file);
  const shared: StudyDefinition = {
    networks: given.networks?.slice(),
    labels: given.labels,
    normalization: given.normalization,
    meshes: given.meshes,
    classes: given.classes?.map(parseClass),
    shapes: given.shapes,
    parameters: given.parameters,
    set: given.set.length === 0 ? undefined : Object.fromEntries(parseNamedValues(given.set, "--set")),
    colors: given.colors,
    shading: given.shading,
    renderer: given.renderer,
    provider: given.provider,
    batch: given.batch,
    seed: given.seed,
    samples: given.samples,
    confidence: given.confidence,
    mean: given.mean,
    variance: given.variance,
    floor: given.floor,
    bad: given.bad,
    map: given.map === undefined ? undefined : given.map.length === 1 ? given.map[0] : given.map.slice(),
  };
  return { ...file, ...present(shared), ...present(own), options: { ...file.options, ...options } };
}

/** The values of methods' options among those of a command. What a study has a field of its own for is none of them. */
export function givenMethodOptions(given: Readonly<Record<string, unknown>>): Record<string, number> {
  const names = new Set(methods.flatMap((method) => Object.keys(method.options)).filter((name) => !isStudyField(name)));
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, number] => names.has(entry[0]) && typeof entry[1] === "number"),
  );
}

/** An initial point: `130,30`, or `azimuth=130,elevation=30`. */
export function parseStudyPoint(point: string): NonNullable<StudyDefinition["points"]>[number] {
  if (point.includes("=")) return Object.fromEntries(parseNamedValues([point], "--at"));
  return point.split(",").map((value) => parseNumber(value, "--at"));
}

/** What of an object is defined. */
function present(definition: StudyDefinition): StudyDefinition {
  return Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined));
}

/** `cup`, or `03797390=coffee mug`. */
function parseClass(entry: string): NonNullable<StudyDefinition["classes"]>[number] {
  const sign = entry.indexOf("=");
  if (sign < 0) return entry;
  const [name, label] = [entry.slice(0, sign).trim(), entry.slice(sign + 1).trim()];
  if (name === "" || label === "") throw new InputError(`--classes must be written NAME or NAME=LABEL: current value is "${entry}"`);
  return { name, label };
}

function shardOption(argument: string, description: string): Option<{ readonly index: number; readonly count: number }> {
  return {
    argument,
    description,
    parse(value, name) {
      const match = /^(\d{1,6})\/(\d{1,6})$/.exec(value);
      const [index, count] = [Number(match?.[1]), Number(match?.[2])];
      if (!(index >= 1 && index <= count)) {
        throw new InputError(`${name} must be written I/N with 1 <= I <= N, as in 2/8: current value is "${value}"`);
      }
      return { index, count };
    },
  };
}

/** A network's name and the least mean score of the shapes that are kept: `resnet-all`, or `resnet-all:0.2`. */
export function filterOption(argument: string, description: string): Option<{ network: string; score: number }> {
  return {
    argument,
    description,
    parse(value, name) {
      const sign = value.lastIndexOf(":");
      if (sign < 0) return { network: value, score: 0.1 };
      return { network: value.slice(0, sign), score: parseNumber(value.slice(sign + 1), `The score of ${name}`, { low: 0, high: 1 }) };
    },
  };
}
