import type { Normalization } from "../core/classifier.ts";
import { DEFAULTS } from "../core/defaults.ts";
import type { PluginFailure } from "../core/errors.ts";
import { triangleCount } from "../core/mesh.ts";
import { type PluginUse, RECORD_VERSION, type RunHead } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { Appearance } from "../core/renderer.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import type { SemanticFunction } from "../core/semantic_function.ts";
import { chooseClassifier, type ClassifierChoice } from "./classifier_choice.ts";
import { classOf, labelsOf } from "./classifier_file.ts";
import { type OpenedMesh, openMesh } from "./open_mesh.ts";
import type { PipelineSetup } from "./protocol.ts";
import { RenderedFunction } from "./rendered_function.ts";
import type { OutsideModule } from "./sandbox/outside_module.ts";
import { startScorer } from "./scorer.ts";
import { runVersions } from "./versions.ts";

export { parseNormalization } from "../plugins/classifiers/normalization.ts";

/** What a rendered semantic function is made of. */
export interface FunctionSetup extends Partial<Appearance> {
  /** The plugins that there are. */
  readonly registry: PluginRegistry;
  /** The space, and what turns its points into scenes. */
  readonly scenes: SceneSpace;
  /** Path or name of the mesh. */
  readonly mesh: string;
  /** Path or name of the classifier. */
  readonly classifier: string;
  /** Index or label of the object's class; a built-in shape has one of its own. */
  readonly class?: string | number;
  /** Path of a file with the names of the classes. */
  readonly labels?: string;
  /** Default: what the network was trained for, where that is known; else none. */
  readonly normalization?: Normalization;
  /** Name of the renderer. */
  readonly renderer?: string;
  /** Where the network runs: `cpu`, `cuda`, `webgpu`, ... */
  readonly provider?: string;
  /** Whether gradients will be wanted, and from what: the renderer's derivatives or differenced pictures. */
  readonly gradients?: "exact" | "picture" | "none";
  /** Workers, each with its own session; one a core by default. */
  readonly workers?: number;
  /** Threads a worker. */
  readonly threads?: number;
  /** Points a job. */
  readonly batch?: number;
  /** For the record. */
  readonly seed?: number;
  /** Modules of the registry's plugins from outside, and what the record says of them. */
  readonly modules?: readonly OutsideModule[];
  /** Plugins from outside, for the record. */
  readonly uses?: readonly PluginUse[];
  /** Is told when a plugin has failed, without which there are no more scores. */
  readonly onFailure?: (failure: PluginFailure) => void;
}

/** A rendered semantic function and what goes with it. */
export interface OpenedFunction extends AsyncDisposable {
  /** The function; white-box where gradients were asked for and can be had. */
  readonly f: SemanticFunction;
  /** Who made the scores, for the record. */
  readonly head: RunHead;
  /** Names of all classes; empty where they are not known. */
  readonly labels: readonly string[];
}

/** The files of a run, read and checked. */
interface LoadedSetup {
  readonly pipeline: PipelineSetup;
  readonly classifier: ClassifierChoice;
  readonly mesh: OpenedMesh;
}

async function loadSetup(setup: FunctionSetup): Promise<LoadedSetup> {
  const { registry, renderer = DEFAULTS.renderer, provider = DEFAULTS.provider, gradients = "none" } = setup;
  const { colors = DEFAULTS.colors, shading = DEFAULTS.shading } = setup;
  registry.get("renderer", renderer);
  const [mesh, classifier] = await Promise.all([openMesh(setup.mesh, { colors, shading }), chooseClassifier(setup.classifier, setup)]);
  return {
    mesh,
    classifier,
    pipeline: {
      renderer,
      classifier: classifier.plugin,
      mesh: mesh.mesh,
      colors,
      shading,
      source: {
        name: setup.classifier,
        bytes: classifier.file.bytes,
        normalization: setup.normalization ?? classifier.file.normalization,
        threads: setup.threads ?? DEFAULTS.threads,
        provider,
        gradients: gradients !== "none",
      },
      derivatives: gradients === "picture" ? "picture" : "exact",
      ...neededModules(setup.modules, { classifier: classifier.plugin, renderer }),
    },
  };
}

/** The modules of plugins from outside that workers need, as a set-up has them. */
export function neededModules(
  modules: readonly OutsideModule[] = [],
  { classifier, renderer }: Pick<PipelineSetup, "classifier" | "renderer">,
): Pick<PipelineSetup, "plugins"> {
  const plugins = modules.filter(({ expected }) =>
    expected.some(({ kind, name }) => kind === "classifier" && name === classifier || kind === "renderer" && name === renderer)
  );
  return plugins.length === 0 ? {} : { plugins };
}

/**
 * Opens f(u) = C_z(R(S_z, u)), equation (1), on a pool of workers; in this thread where the renderer or the classifier is an object of the program
 * itself.
 *
 * @throws InputError where a file is missing or damaged, or the class is not there.
 */
export async function openFunction(setup: FunctionSetup): Promise<OpenedFunction> {
  const { pipeline, classifier: { file: classifier }, mesh } = await loadSetup(setup);
  const scorer = await startScorer(pipeline, { registry: setup.registry, workers: setup.workers ?? navigator.hardwareConcurrency });
  try {
    const { info } = scorer.info;
    const labels = labelsOf(classifier, info.classes);
    const classIndex = classOf(setup.class, { mesh: setup.mesh, labels, classes: info.classes });
    const head: RunHead = {
      version: RECORD_VERSION,
      versions: runVersions(),
      space: setup.scenes.space.axes,
      fixed: setup.scenes.fixed,
      classifier: {
        name: classifier.name,
        sha256: classifier.sha256,
        width: info.width,
        height: info.height,
        facts: info.facts,
      },
      mesh: { name: mesh.name, sha256: mesh.sha256, triangles: triangleCount(pipeline.mesh), colors: pipeline.colors },
      class: { index: classIndex, label: labels[classIndex] ?? String(classIndex) },
      renderer: pipeline.renderer,
      shading: pipeline.shading,
      seed: setup.seed ?? DEFAULTS.seed,
      ...(setup.uses === undefined || setup.uses.length === 0 ? {} : { plugins: setup.uses }),
    };
    const f = new RenderedFunction(setup.scenes, scorer, {
      classIndex,
      batch: setup.batch ?? DEFAULTS.batch,
      gradients: pipeline.source.gradients,
      onFailure: setup.onFailure,
    });
    return { f, head, labels, [Symbol.asyncDispose]: () => scorer.close() };
  } catch (error) {
    await scorer.close();
    throw error;
  }
}
