import type { Normalization } from "../core/classifier.ts";
import { DEFAULTS } from "../core/defaults.ts";
import { InputError } from "../core/errors.ts";
import { triangleCount } from "../core/mesh.ts";
import { RECORD_VERSION, type RunHead } from "../core/record.ts";
import type { PluginRegistry } from "../core/registry.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import config from "../deno.json" with { type: "json" };
import { type ClassifierFile, classOf, labelsOf, readClassifier } from "./classifier_file.ts";
import { type OpenedMesh, openMesh } from "./open_mesh.ts";
import type { PipelineSetup } from "./protocol.ts";
import { RenderedFunction } from "./rendered_function.ts";
import { WorkerPool } from "./worker_pool.ts";

/** What a rendered semantic function is made of. */
export interface FunctionSetup {
  readonly registry: PluginRegistry;
  readonly scenes: SceneSpace;
  /** Path or name of the mesh. */
  readonly mesh: string;
  /** Path or name of the classifier. */
  readonly classifier: string;
  /** Index or label of the object's class; a built-in shape has one of its own. */
  readonly class?: string | number;
  /** Path of a file with the names of the classes. */
  readonly labels?: string;
  readonly colors?: "white" | "mesh";
  readonly normalization?: Normalization;
  readonly renderer?: string;
  readonly provider?: string;
  /** Whether gradients will be wanted, and from what: the renderer's derivatives or differenced pictures. */
  readonly gradients?: "exact" | "picture" | "none";
  readonly workers?: number;
  readonly threads?: number;
  readonly batch?: number;
  readonly seed?: number;
}

/** A rendered semantic function and what goes with it. */
export interface OpenedFunction extends AsyncDisposable {
  readonly f: RenderedFunction;
  /** Who made the scores, for the record. */
  readonly head: RunHead;
  /** Names of all classes; empty where they are not known. */
  readonly labels: readonly string[];
}

/** The files of a run, read and checked. */
interface LoadedSetup {
  readonly pipeline: PipelineSetup;
  readonly classifier: ClassifierFile;
  readonly mesh: OpenedMesh;
}

async function loadSetup(setup: FunctionSetup): Promise<LoadedSetup> {
  const { registry, colors = DEFAULTS.colors, renderer = DEFAULTS.renderer, provider = DEFAULTS.provider, gradients = "none" } = setup;
  registry.get("renderer", renderer);
  const [mesh, classifier] = await Promise.all([openMesh(setup.mesh, colors), readClassifier(setup.classifier, setup.labels)]);
  return {
    mesh,
    classifier,
    pipeline: {
      renderer,
      classifier: "onnx",
      mesh: mesh.mesh,
      colors,
      source: {
        name: setup.classifier,
        bytes: classifier.bytes,
        ...(setup.normalization === undefined ? {} : { normalization: setup.normalization }),
        threads: setup.threads ?? DEFAULTS.threads,
        provider,
        gradients: gradients !== "none",
      },
      derivatives: gradients === "picture" ? "picture" : "exact",
    },
  };
}

/**
 * Opens f(u) = C_z(R(S_z, u)), equation (1), on a pool of workers.
 *
 * @throws InputError where a file is missing or damaged, or the class is not there.
 */
export async function openFunction(setup: FunctionSetup): Promise<OpenedFunction> {
  const { pipeline, classifier, mesh } = await loadSetup(setup);
  const pool = await WorkerPool.start(pipeline, { workers: setup.workers ?? navigator.hardwareConcurrency });
  try {
    const { info } = pool.info;
    const labels = labelsOf(classifier, info.classes);
    const classIndex = classOf(setup.class, { mesh: setup.mesh, labels, classes: info.classes });
    const head: RunHead = {
      version: RECORD_VERSION,
      versions: { orthotope: config.version, ...dependencyVersions() },
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
      seed: setup.seed ?? DEFAULTS.seed,
    };
    const f = new RenderedFunction(setup.scenes, pool, {
      classIndex,
      batch: setup.batch ?? DEFAULTS.batch,
      gradients: pipeline.source.gradients,
    });
    return { f, head, labels, [Symbol.asyncDispose]: () => Promise.resolve(pool.close()) };
  } catch (error) {
    pool.close();
    throw error;
  }
}

/** Versions of what computes pictures and scores, as the import map pins them. */
function dependencyVersions(): Record<string, string> {
  const imports = config.imports as Record<string, string>;
  return Object.fromEntries(["onnxruntime-node", "three"].map((name) => {
    const version = imports[name].match(/@([^@/]+)$/);
    if (version === null) throw new Error(`The import map pins no version of ${name}`);
    return [name, version[1]];
  }));
}

/** Reads a normalization: `none`, `imagenet`, or `mean,mean,mean/deviation,deviation,deviation`. */
export function parseNormalization(text: string): Normalization | undefined {
  if (text === "none") return undefined;
  if (text === "imagenet") return { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
  const [mean, deviation, ...more] = text.split("/").map((part) => part.split(",").map(Number));
  const isTriple = (values: number[] | undefined): values is [number, number, number] =>
    values?.length === 3 && values.every(Number.isFinite);
  if (!isTriple(mean) || !isTriple(deviation) || more.length > 0 || deviation.some((value) => value <= 0)) {
    throw new InputError(`Normalization must be none, imagenet, or M,M,M/D,D,D with deviations above 0: current value is "${text}"`);
  }
  return { mean, deviation };
}
