import { z } from "zod";
import { InputError } from "../core/errors.ts";
import { readInput } from "../workers/input_files.ts";
import { describeIssue } from "./study_file_words.ts";

const share = z.number().min(0).max(1);
const name = z.string().min(1);
const whole = z.int().min(0);

const network = z.union([
  name,
  z.strictObject({ file: name, name: name.optional(), labels: name.optional(), normalization: name.optional() }),
]);

const kind = z.union([
  name,
  z.strictObject({ name, label: z.union([name, whole]).optional(), shapes: z.array(name).min(1).optional() }),
]);

const method = z.union([name, z.object({ name }).catchall(z.number())]);

const point = z.union([z.array(z.number()).min(1), z.record(z.string(), z.number())]);

/** What a study's file may hold; the options of the commands are named alike. */
const studyFile = z.strictObject({
  preset: z.enum(["paper"]),
  networks: z.array(network).min(1),
  labels: name,
  normalization: name,
  meshes: name,
  classes: z.array(kind).min(1),
  shapes: z.int().min(1),
  points: z.array(point).min(1),
  methods: z.array(method).min(1),
  options: z.record(z.string(), z.number()),
  target: z.enum(["robust", "adversarial"]),
  parameters: z.union([name, z.array(name).min(1)]),
  set: z.record(z.string(), z.number()),
  gradient: z.enum(["exact", "picture", "function"]),
  colors: z.enum(["white", "mesh"]),
  shading: z.enum(["flat", "smooth"]),
  renderer: name,
  provider: name,
  batch: z.int().min(1).max(4096),
  seed: whole,
  samples: whole,
  confidence: z.number().min(0.5).max(1 - 1e-9),
  mean: share,
  variance: share,
  floor: share,
  bad: share,
  filter: z.strictObject({ network: name, score: share.default(0.1) }),
  map: z.union([z.number().min(0), z.array(z.number().positive()).min(1)]),
  trace: whole,
  replicates: z.int().min(1).max(1e6),
  regions: whole,
}).partial();

/** Whether a study has a field of this name. */
export function isStudyField(name: string): boolean {
  return Object.hasOwn(studyFile.shape, name);
}

/** A study as it is described: what is missing has a default. */
export type StudyDefinition = z.infer<typeof studyFile>;

/**
 * Reads a study from a YAML or JSON file. Files that it names lie relative to its own folder.
 *
 * @throws InputError with one line for each thing that is wrong with it.
 */
export async function readStudyFile(path: string): Promise<StudyDefinition> {
  const text = new TextDecoder().decode(await readInput(path, "study"));
  const parsed = studyFile.safeParse(await parseText(text, path));
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const fields = issue.path.length === 0 ? Object.keys(studyFile.shape) : [];
      return `Study "${path}": ${issue.path.length === 0 ? "" : `${issue.path.join(".")}: `}${describeIssue(issue, fields)}`;
    });
    throw new InputError(lines.join("\n"));
  }
  return located(parsed.data, path.replace(/[^/\\]*$/, ""));
}

/** JSON is YAML, but says better what is wrong with it. */
async function parseText(text: string, path: string): Promise<unknown> {
  const parse = path.toLowerCase().endsWith(".json") ? JSON.parse : await loadYaml();
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new InputError(`Study "${path}" must be YAML or JSON: ${error.message.split("\n")[0].replace(/:$/, "")}`);
  }
}

/** The package's build for browsers: that for Node looks at environment variables, which commands may not see. */
async function loadYaml(): Promise<(text: string) => unknown> {
  const { parse }: typeof import("yaml") = await import(new URL("../browser/index.js", import.meta.resolve("yaml")).href);
  return parse;
}

/** The same study with its files' paths relative to the current folder. A name without a dot or a slash is that of something built in. */
function located(study: StudyDefinition, folder: string): StudyDefinition {
  const place = (path: string) => /^([/\\]|[A-Za-z]:)/.test(path) || !/[./\\]/.test(path) ? path : folder + path;
  const always = (path: string) => /^([/\\]|[A-Za-z]:)/.test(path) ? path : folder + path;
  return {
    ...study,
    ...(study.labels === undefined ? {} : { labels: always(study.labels) }),
    ...(study.meshes === undefined ? {} : { meshes: always(study.meshes) }),
    ...(study.networks === undefined ? {} : {
      networks: study.networks.map((entry) => {
        if (typeof entry === "string") return place(entry);
        return { ...entry, file: place(entry.file), ...(entry.labels === undefined ? {} : { labels: always(entry.labels) }) };
      }),
    }),
    ...(study.classes === undefined ? {} : {
      classes: study.classes.map((entry) =>
        typeof entry === "string" || entry.shapes === undefined ? entry : { ...entry, shapes: entry.shapes.map(place) }
      ),
    }),
  };
}
