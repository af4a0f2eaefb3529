import { InputError, outOfRange, unknownName } from "../../core/errors.ts";
import { methodOptions } from "../../core/method_options.ts";
import { latticeOf } from "../../core/lattice_map.ts";
import { triangleCount } from "../../core/mesh.ts";
import { RECORD_VERSION } from "../../core/record.ts";
import { runVersions } from "../versions.ts";
import type { BiasChoices, ClassChoice, MethodChoice, StudyChoices, SubjectChoices } from "./choices.ts";
import type { MeshShelf } from "./mesh_shelf.ts";
import type { BiasPlan, PlannedClass, PlannedMethod, PlanSources, StudyPlan, SubjectPlan } from "./plan.ts";
import { planNetworks } from "./planned_networks.ts";
import type { StudyPlugins } from "./start_network.ts";

/** What plans are made with. */
export interface PlanContext extends StudyPlugins {
  /** Keeps the meshes that were opened. */
  readonly shelf: MeshShelf;
}

/** Resolves a study. @throws InputError where something of it is missing, damaged or makes no sense. */
export async function planStudy(choices: StudyChoices, context: PlanContext): Promise<{ plan: StudyPlan; sources: PlanSources }> {
  const { target, points, scenes, filter, traceRows, replicates } = choices;
  if (points.length === 0) throw new InputError("A study needs at least one initial point");
  for (const point of points) scenes.space.requirePoint(point);
  if (choices.methods.length === 0) throw new InputError("A study needs at least one region method");
  const methods = choices.methods.map((choice) => planMethod(choice, choices));
  requireNames("methods", methods);
  if (filter !== null && choices.lattice === null) throw new InputError("A filter of shapes needs maps: give the step of the maps");
  if (filter !== null && !(filter.score >= 0 && filter.score <= 1)) throw outOfRange("The score of the filter", filter.score, 0, 1);
  const { plan, sources } = await planSubject(choices, context);
  const names = plan.networks.map(({ name }) => name);
  if (filter !== null && !names.includes(filter.network)) throw unknownName("network of the filter", filter.network, names);
  const gradients = choices.methods.some(({ method }) => method.whiteBox) ? choices.gradients : "none";
  return { plan: { kind: "study", ...plan, target, points, methods, gradients, filter, traceRows, replicates }, sources };
}

/** Resolves data semantic maps. @throws InputError where something of it is missing, damaged or makes no sense. */
export async function planBias(choices: BiasChoices, context: PlanContext): Promise<{ plan: BiasPlan; sources: PlanSources }> {
  const method = planMethod(choices.method, choices);
  const { plan, sources } = await planSubject(choices, context);
  const { map } = plan;
  if (map === null) throw new InputError("Data semantic maps need a lattice: give its step");
  return { plan: { kind: "bias", ...plan, map, method, regions: choices.regions }, sources };
}

/** A value for each option of a method; what the check asks is asked of a method that has options of the same names. */
function planMethod({ method, options }: MethodChoice, { thresholds, confidence }: SubjectChoices): PlannedMethod {
  const { badShare, ...demands } = thresholds;
  const all = { ...demands, ...(badShare === undefined ? {} : { bad: badShare }), confidence };
  const asked = Object.entries(all).filter(([name]) => Object.hasOwn(method.options, name));
  return { name: method.name, options: methodOptions(method, { ...Object.fromEntries(asked), ...options }) };
}

async function planSubject(
  choices: SubjectChoices,
  { shelf, ...plugins }: PlanContext,
): Promise<{ plan: SubjectPlan; sources: PlanSources }> {
  const { scenes, renderer, provider, batch, seed, colors, shading, samples, confidence, thresholds } = choices;
  plugins.registry.get("renderer", renderer);
  if (choices.classes.length === 0) throw new InputError("A study needs at least one class");
  requireNames("classes", choices.classes);
  const classes: PlannedClass[] = [];
  for (const choice of choices.classes) classes.push(await planClass(choice, shelf));
  const { mesh } = await shelf.open(choices.classes[0].shapes[0].mesh);
  const networks = await planNetworks(choices.networks, {
    ...plugins,
    classes: choices.classes,
    mesh,
    colors,
    shading,
    renderer,
    provider,
  });
  const lattice = choices.lattice === null ? null : latticeOf(choices.lattice);
  return {
    plan: {
      head: {
        version: RECORD_VERSION,
        versions: runVersions(),
        space: scenes.space.axes,
        fixed: scenes.fixed,
        renderer,
        shading,
        seed,
        colors,
        ...(plugins.uses.length === 0 ? {} : { plugins: plugins.uses }),
      },
      provider,
      batch,
      networks,
      classes,
      map: lattice === null ? null : {
        axes: scenes.space.axes.map(({ name, unit }, i) => ({ name, unit, values: Array.from(lattice.axes[i]) })),
        shape: lattice.shape,
      },
      check: { samples, confidence, thresholds },
    },
    sources: {
      networks: choices.networks.map(({ file, normalization }) => ({ file, ...(normalization === undefined ? {} : { normalization }) })),
      meshes: choices.classes.map(({ shapes }) => shapes.map(({ mesh }) => mesh)),
    },
  };
}

async function planClass({ name, shapes }: ClassChoice, shelf: MeshShelf): Promise<PlannedClass> {
  if (shapes.length === 0) throw new InputError(`Class "${name}" needs at least one shape`);
  const planned: PlannedClass["shapes"][number][] = [];
  for (const shape of shapes) {
    const { mesh, name, sha256 } = await shelf.open(shape.mesh);
    planned.push({ name: shape.name ?? name, sha256, triangles: triangleCount(mesh) });
  }
  requireNames(`shapes of class "${name}"`, planned);
  return { name, shapes: planned };
}

function requireNames(what: string, items: readonly { readonly name: string }[]): void {
  const names = items.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InputError(`Two ${what} are named "${twice}": each can be used once`);
}
