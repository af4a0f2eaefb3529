import { DEFAULTS } from "../core/defaults.ts";
import { InputError, unknownName } from "../core/errors.ts";
import { createLattice } from "../core/lattice_map.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import type { SemanticSpace } from "../core/semantic_space.ts";
import { BUILT_IN_NETWORKS } from "../plugins/classifiers/built_in_networks.ts";
import { SHAPE_FAMILIES } from "../plugins/meshes/shapes/catalog.ts";
import { parseNormalization } from "../workers/open_function.ts";
import type { ClassChoice, MethodChoice, NetworkChoice, SubjectChoices } from "../workers/study/choices.ts";
import { findShapes } from "../workers/study/shape_folder.ts";
import type { OpenedRegistry } from "./registry.ts";
import { parseSceneSpace } from "./parameter_options.ts";
import type { StudyDefinition } from "./study_file.ts";

/** The first of the built-in shapes' variations that the built-in networks were not trained on. */
const FIRST_UNSEEN_SHAPE = 1001;

/** The paper's number of shapes of a class, and its initial points over azimuth and elevation. */
const PAPER_SHAPES = 10;
const PAPER_POINTS = [[130, 30], [50, 20], [200, 15], [310, 50]];

/** Studies by name. The paper's is made on the built-in shapes and networks, unless others are given. */
export const PRESETS: Readonly<Record<NonNullable<StudyDefinition["preset"]>, StudyDefinition>> = {
  paper: { shapes: PAPER_SHAPES, points: PAPER_POINTS, methods: ["naive", "oir_b", "oir_w"] },
};

/** What all commands about many networks and shapes need, from the definition of a study. @throws InputError where a part of it makes no sense. */
export async function subjectChoices(
  study: StudyDefinition,
  { registry, shapes, step }: { registry: PluginRegistry; shapes?: number; step: number },
): Promise<SubjectChoices> {
  const scenes = studySpace(study, registry);
  return {
    networks: networkChoices(study),
    classes: await classChoices(study, study.shapes ?? shapes ?? PAPER_SHAPES),
    scenes,
    colors: study.colors ?? DEFAULTS.colors,
    shading: study.shading ?? DEFAULTS.shading,
    renderer: study.renderer ?? DEFAULTS.renderer,
    provider: study.provider ?? DEFAULTS.provider,
    batch: study.batch ?? DEFAULTS.batch,
    seed: study.seed ?? DEFAULTS.seed,
    thresholds: {
      mean: study.mean ?? DEFAULTS.mean,
      variance: study.variance ?? DEFAULTS.variance,
      floor: study.floor ?? DEFAULTS.floor,
      ...(study.bad === undefined ? {} : { badShare: study.bad }),
    },
    samples: study.samples ?? DEFAULTS.samples,
    confidence: study.confidence ?? DEFAULTS.confidence,
    lattice: latticeAxes(study.map, scenes.space, step),
  };
}

function studySpace({ parameters, set = {} }: StudyDefinition, registry: PluginRegistry): SceneSpace {
  const varying = parameters === undefined ? DEFAULTS.parameters : typeof parameters === "string" ? parameters : parameters.join(",");
  return parseSceneSpace(varying, Object.entries(set).map(([name, value]) => `${name}=${value}`), registry);
}

/** The built-in networks that saw part of the viewpoints: what studies look at where nothing else is named. */
function networkChoices({ networks, labels, normalization }: StudyDefinition): NetworkChoice[] {
  const entries = networks ?? BUILT_IN_NETWORKS.map(({ name }) => name).filter((name) => name.endsWith("-biased"));
  return entries.map((entry) => {
    const given = typeof entry === "string" ? { file: entry } : entry;
    const builtIn = BUILT_IN_NETWORKS.some(({ name }) => name === given.file);
    const shared = builtIn
      ? {}
      : { ...(labels === undefined ? {} : { labels }), ...(normalization === undefined ? {} : { normalization }) };
    const { normalization: text, ...network } = { ...shared, ...given };
    return { ...network, ...(text === undefined ? {} : { normalization: parseNormalization(text) }) };
  });
}

async function classChoices({ meshes, classes }: StudyDefinition, count: number): Promise<ClassChoice[]> {
  const found = meshes === undefined ? builtInShapes(count) : await findShapes(meshes);
  const entries = classes ?? [...found.keys()];
  return entries.map((entry) => {
    const { shapes, ...given } = typeof entry === "string" ? { name: entry } : entry;
    if (shapes !== undefined) return { ...given, shapes: shapes.map((mesh) => ({ mesh })) };
    const own = found.get(given.name);
    if (own === undefined) throw unknownName("class", given.name, [...found.keys()]);
    return { ...given, shapes: own.slice(0, count) };
  });
}

function builtInShapes(count: number): Map<string, ClassChoice["shapes"]> {
  return new Map(
    SHAPE_FAMILIES.map(({ name }) => [name, Array.from({ length: count }, (_, i) => ({ mesh: `${name}:${FIRST_UNSEEN_SHAPE + i}` }))]),
  );
}

/** Parameters up to which maps are sampled where nobody asks for them. */
const MOST_MAPPED = 2;

/** Coordinates of maps: `step` degrees apart, or tenths of the range of another unit, where nothing else is said. */
function latticeAxes(map: StudyDefinition["map"], space: SemanticSpace, step: number): readonly Float64Array[] | null {
  if (map === 0 || (map === undefined && space.dimensions > MOST_MAPPED)) return null;
  const steps = map === undefined
    ? space.axes.map(({ unit }, axis) => unit === "degree" ? step : space.extent(axis) / 10)
    : typeof map === "number"
    ? space.axes.map(() => map)
    : map;
  return createLattice(space, { steps }).axes;
}

/** Methods with the options that each of them has. @throws InputError where an option is none of any of them. */
export function methodChoices(
  { methods = [DEFAULTS.method], options = {} }: StudyDefinition,
  { registry, optionsOf }: Pick<OpenedRegistry, "registry" | "optionsOf">,
): MethodChoice[] {
  const choices = methods.map((entry): MethodChoice => {
    const { name, ...own } = typeof entry === "string" ? { name: entry } : entry;
    const method = registry.get("method", name);
    const shared = Object.entries(options).filter(([option]) => Object.hasOwn(method.options, option));
    return { method, options: { ...Object.fromEntries(shared), ...optionsOf(name), ...own } };
  });
  const stray = Object.keys(options).find((option) => !choices.some(({ method }) => Object.hasOwn(method.options, option)));
  if (stray !== undefined) {
    throw new InputError(
      `"${stray}" is an option of none of the methods ${choices.map(({ method }) => method.name).join(", ")}: leave it out`,
    );
  }
  return choices;
}

/** Initial points in the order of the axes; the paper's where nothing is said and the parameters are its own, else the middle. */
export function initialPoints({ points, parameters }: StudyDefinition, { axes }: SemanticSpace): number[][] {
  if (points === undefined) {
    return parameters === undefined ? PAPER_POINTS : [axes.map(({ low, high }) => (low + high) / 2)];
  }
  return points.map((point) => {
    if (Array.isArray(point)) return point;
    const stray = Object.keys(point).find((name) => !axes.some((axis) => axis.name === name));
    if (stray !== undefined) throw unknownName("parameter of a point", stray, axes.map(({ name }) => name));
    const missing = axes.find(({ name }) => point[name] === undefined);
    if (missing !== undefined) throw new InputError(`A point lacks "${missing.name}": it needs ${axes.map(({ name }) => name).join(", ")}`);
    return axes.map(({ name }) => point[name]);
  });
}
