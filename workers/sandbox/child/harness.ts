/// <reference lib="deno.worker" />
import { stripTypeScriptTypes } from "node:module";
import type { Classifier, ClassifierPlugin, ClassifierSource } from "../../../core/classifier.ts";
import type { OutsidePlugin } from "../../../core/manifest.ts";
import type { Mesh } from "../../../core/mesh.ts";
import type { GrowthProblem, RegionGrowth, TraceRow } from "../../../core/region_method.ts";
import type { Renderer, RendererPlugin, RenderOptions } from "../../../core/renderer.ts";
import type { Reporter, RunRecord } from "../../../core/reporter.ts";
import { frozenScene, readScene, type Scene, SCENE_SIZE, writeScene } from "../../../core/scene.ts";
import { sceneMisfit } from "../../../core/scene_misfit.ts";
import type { SemanticParameter } from "../../../core/semantic_parameter.ts";
import { type Axis, SemanticSpace } from "../../../core/semantic_space.ts";
import { described } from "./described.ts";
import { decodeValue, encodeValue } from "./values.ts";

/**
 * The worker in which a plugin runs: loads its source and answers the host's calls, one after the other. It shares its globals with the plugin, so
 * nothing that it says is taken on trust: the host looks at every answer.
 */

let plugins: readonly OutsidePlugin[] = [];

/** What calls go on with later, by a number that the host gives. */
const growths = new Map<number, { readonly growth: RegionGrowth; readonly rows: TraceRow[] }>();
const classifiers = new Map<number, Classifier>();
const renderers = new Map<number, Renderer>();

/** What the host can ask for. */
const calls = {
  /** Loads the plugins of a module. Returns what they say of themselves, and which functions they have. */
  async load(source: string): Promise<unknown> {
    const script = stripTypeScriptTypes(source, { mode: "transform" });
    const { default: exported } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    plugins = Array.isArray(exported) ? [...exported] : [exported];
    return plugins.map(described);
  },

  configure(index: number, options: Record<string, number>): void {
    plugins[index].configure?.(options);
  },

  apply(index: number, rows: Float64Array, values: Float64Array): unknown {
    const parameter = plugins[index] as SemanticParameter;
    const applied = new Float64Array(rows.length);
    values.forEach((value, i) => {
      const scene = parameter.apply(frozenScene(readScene(rows, i * SCENE_SIZE)), value);
      const misfit = sceneMisfit(scene);
      if (misfit !== undefined) throw new WrongAnswer(misfit);
      writeScene(scene, applied, i * SCENE_SIZE);
    });
    return applied;
  },

  startGrowth(index: number, id: number, problem: { axes: readonly Axis[] } & Omit<GrowthProblem, "space" | "trace">): unknown {
    const method = plugins[index] as Extract<OutsidePlugin, { kind: "method" }>;
    const rows: TraceRow[] = [];
    const { axes, ...rest } = problem;
    const growth = method.grow({ ...rest, space: new SemanticSpace(axes), trace: (row) => rows.push(row) });
    if (typeof growth?.next !== "function") throw new WrongAnswer("it must be a generator, as *grow(problem) { ... }");
    growths.set(id, { growth, rows });
    return step(id);
  },

  goOn(_index: number, id: number, response: { scores: Float64Array; gradients?: Float64Array }): unknown {
    return step(id, response);
  },

  async loadClassifier(index: number, id: number, source: ClassifierSource): Promise<unknown> {
    const classifier = await (plugins[index] as ClassifierPlugin).load(source);
    requireFunctions(classifier, "classify", "dispose");
    classifiers.set(id, classifier);
    return { info: classifier.info, whiteBox: typeof classifier.differentiate === "function" };
  },

  classify(_index: number, id: number, pictures: Float32Array, count: number): unknown {
    return classifiers.get(id)!.classify(pictures, count);
  },

  differentiateClass(_index: number, id: number, pictures: Float32Array, count: number, classIndex: number): unknown {
    return classifiers.get(id)!.differentiate!(pictures, count, classIndex);
  },

  async disposeClassifier(_index: number, id: number): Promise<void> {
    await classifiers.get(id)!.dispose();
    classifiers.delete(id);
  },

  async createRenderer(index: number, id: number, mesh: Mesh, options: RenderOptions): Promise<unknown> {
    const renderer = await (plugins[index] as RendererPlugin).create(mesh, options);
    requireFunctions(renderer, "render", "dispose");
    renderers.set(id, renderer);
    return { differentiable: typeof renderer.differentiate === "function" };
  },

  async render(_index: number, id: number, rows: Float64Array, size: number): Promise<unknown> {
    const scenes = scenesOf(rows);
    const pictures = new Float32Array(scenes.length * size);
    await renderers.get(id)!.render(scenes, pictures);
    return pictures;
  },

  async differentiatePicture(_index: number, id: number, row: Float64Array, rows: Float64Array, size: number): Promise<unknown> {
    const tangents = scenesOf(rows);
    const picture = new Float32Array(size);
    const derivatives = new Float32Array(tangents.length * size);
    await renderers.get(id)!.differentiate!(readScene(row), tangents, picture, derivatives);
    return { picture, derivatives };
  },

  disposeRenderer(_index: number, id: number): void {
    renderers.get(id)!.dispose();
    renderers.delete(id);
  },

  report(index: number, record: RunRecord): unknown {
    return (plugins[index] as Reporter).report(record);
  },
};

/** What a plugin gave is not what its kind must give. */
class WrongAnswer extends Error {}

/** @throws WrongAnswer where something lacks one of these functions. */
function requireFunctions(given: unknown, ...names: readonly string[]): void {
  const missing = names.filter((name) => typeof (given as Readonly<Record<string, unknown>> | undefined | null)?.[name] !== "function");
  if (missing.length > 0) throw new WrongAnswer(`an object must be given that has ${missing.map((name) => `${name}()`).join(" and ")}`);
}

/** Names of the calls. */
export type CallName = keyof typeof calls;

function scenesOf(rows: Float64Array): Scene[] {
  return Array.from({ length: rows.length / SCENE_SIZE }, (_, i) => readScene(rows, i * SCENE_SIZE));
}

function step(id: number, response?: { scores: Float64Array; gradients?: Float64Array }): unknown {
  const { growth, rows } = growths.get(id)!;
  // A generator takes nothing at its first step.
  const { done, value } = response === undefined ? growth.next(...([] as unknown as [never])) : growth.next(response);
  if (done) growths.delete(id);
  return { done: done === true, value, trace: rows.splice(0) };
}

// Standard output belongs to the protocol.
Object.assign(console, { log: console.error, info: console.error, debug: console.error });

const worker = self as unknown as DedicatedWorkerGlobalScope;
const close = worker.close.bind(worker);
const sayGone = worker.postMessage.bind(worker, "gone");
worker.close = () => {
  sayGone();
  close();
};
worker.addEventListener("unload", () => sayGone());

worker.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  worker.onmessage = null;
  port.onmessage = async ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => {
    const reply = await answer(data);
    port.postMessage(reply, [reply.buffer]);
  };
};

async function answer(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const [name, ...given] = decodeValue(bytes) as [CallName, ...unknown[]];
    return encodeValue({ result: await (calls[name] as (...given: unknown[]) => unknown)(...given) });
  } catch (error) {
    if (error instanceof WrongAnswer) return encodeValue({ wrong: error.message });
    return encodeValue({ error: error instanceof Error ? describeError(error) : String(error) });
  }
}

/** An error's kind and message; some messages begin with the kind themselves. */
function describeError({ name, message }: Error): string {
  return message.startsWith(`${name}: `) ? message : `${name}: ${message}`;
}
