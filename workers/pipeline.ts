import type { Classifier } from "../core/classifier.ts";
import { InputError } from "../core/errors.ts";
import type { Mesh } from "../core/mesh.ts";
import { differentiatePicture, type PictureGradient, renderPictures } from "../core/picture.ts";
import type { PluginRegistry } from "../core/registry.ts";
import { requireNumbers, requireObject, requireSizes } from "../core/plugin_answer.ts";
import type { Renderer } from "../core/renderer.ts";
import { readScene, type Scene, SCENE_SIZE } from "../core/scene.ts";
import type { DifferentiateJob, Job, JobResult, PipelineSetup } from "./protocol.ts";

/** From scenes to scores in one thread: one renderer, one classifier, buffers that are reused. */
export class Pipeline {
  readonly classifier: Classifier;
  readonly #setup: PipelineSetup;
  readonly #registry: PluginRegistry;
  #renderer: Renderer | undefined;
  #meshError: unknown;
  #pictures = new Float32Array(0);
  #derivatives = new Float32Array(0);

  private constructor(classifier: Classifier, setup: PipelineSetup, registry: PluginRegistry) {
    this.classifier = classifier;
    this.#setup = setup;
    this.#registry = registry;
  }

  /** Loads the classifier and makes a renderer for the size of its pictures. */
  static async create(setup: PipelineSetup, registry: PluginRegistry): Promise<Pipeline> {
    const classifier = await registry.get("classifier", setup.classifier).load(setup.source);
    const question = { plugin: `Classifier plugin "${setup.classifier}"`, method: "load" };
    requireObject(classifier, ["classify", "dispose"], question);
    requireSizes(classifier.info, "info", ["width", "height", "classes"], question);
    const pipeline = new Pipeline(classifier, setup, registry);
    pipeline.#renderer = await pipeline.#rendererOf(setup.mesh);
    return pipeline;
  }

  /** Renders another mesh from now on. Where that cannot be, whoever wants a picture of it is told why. */
  async setMesh(mesh: Mesh): Promise<void> {
    this.#renderer?.dispose();
    this.#renderer = undefined;
    try {
      this.#renderer = await this.#rendererOf(mesh);
    } catch (error) {
      this.#meshError = error;
    }
  }

  async #rendererOf(mesh: Mesh): Promise<Renderer> {
    const { width, height } = this.classifier.info;
    const { renderer, colors, shading } = this.#setup;
    const made = await this.#registry.get("renderer", renderer).create(mesh, { width, height, colors, shading });
    requireObject(made, ["render", "dispose"], { plugin: `Renderer plugin "${renderer}"`, method: "create" });
    return made;
  }

  /** Draws the mesh. Throws what its making threw. */
  get renderer(): Renderer {
    if (this.#renderer === undefined) throw this.#meshError;
    return this.#renderer;
  }

  /** Where pictures' derivatives come from. */
  get derivativeSource(): PictureGradient {
    return this.renderer.differentiate === undefined ? "picture" : this.#setup.derivatives;
  }

  get #classifierPlugin(): string {
    return `Classifier plugin "${this.#setup.classifier}"`;
  }

  /** Numbers in one picture. */
  get pictureSize(): number {
    return 3 * this.classifier.info.width * this.classifier.info.height;
  }

  /** Pictures of scenes, [scenes x 3 x height x width], valid until the next call. */
  async pictures(scenes: readonly Scene[]): Promise<Float32Array> {
    const length = scenes.length * this.pictureSize;
    if (this.#pictures.length < length) this.#pictures = new Float32Array(length);
    const pictures = this.#pictures.subarray(0, length);
    await renderPictures(this.renderer, scenes, this.classifier.info, pictures);
    return pictures;
  }

  /** Scores, and gradients where the job asks for them. */
  run(job: Job): Promise<JobResult> {
    return job.kind === "score" ? this.#score(job.scenes, job.classIndex) : this.#differentiate(job);
  }

  async #score(rows: Float64Array, classIndex: number): Promise<JobResult> {
    const scenes = readScenes(rows);
    const all = await this.classifier.classify(await this.pictures(scenes), scenes.length);
    const { classes } = this.classifier.info;
    requireNumbers(all, scenes.length * classes, "scores", { plugin: this.#classifierPlugin, method: "classify" });
    return { scores: Float64Array.from(scenes, (_, i) => all[i * classes + classIndex]) };
  }

  async #differentiate({ scenes: rows, tangents, classIndex }: DifferentiateJob): Promise<JobResult> {
    const { classifier, pictureSize } = this;
    if (classifier.differentiate === undefined) throw new InputError(`Classifier "${this.#setup.source.name}" has no gradient`);
    const scenes = readScenes(rows);
    const count = scenes.length;
    const n = tangents.length / (count * SCENE_SIZE);
    if (this.#pictures.length < count * pictureSize) this.#pictures = new Float32Array(count * pictureSize);
    if (this.#derivatives.length < count * n * pictureSize) this.#derivatives = new Float32Array(count * n * pictureSize);
    for (let i = 0; i < count; i++) {
      await differentiatePicture(this.renderer, scenes[i], {
        width: classifier.info.width,
        height: classifier.info.height,
        tangents: Array.from({ length: n }, (_, k) => readScene(tangents, (i * n + k) * SCENE_SIZE)),
        picture: this.#pictures.subarray(i * pictureSize, (i + 1) * pictureSize),
        derivatives: this.#derivatives.subarray(i * n * pictureSize, (i + 1) * n * pictureSize),
        gradient: this.derivativeSource,
      });
    }
    const answer = await classifier.differentiate(this.#pictures.subarray(0, count * pictureSize), count, classIndex);
    const { scores, gradients: pictureGradients } = answer ?? {}, question = { plugin: this.#classifierPlugin, method: "differentiate" };
    requireNumbers(scores, count, "scores", question);
    requireNumbers(pictureGradients, count * pictureSize, "numbers of gradients", question);
    const gradients = new Float64Array(count * n);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < n; k++) {
        gradients[i * n + k] = innerProduct(pictureGradients, i * pictureSize, this.#derivatives, (i * n + k) * pictureSize, pictureSize);
      }
    }
    return { scores, gradients };
  }

  /** Frees what the renderer and the classifier hold. */
  async dispose(): Promise<void> {
    this.#renderer?.dispose();
    await this.classifier.dispose();
  }
}

function readScenes(rows: Float64Array): Scene[] {
  return Array.from({ length: rows.length / SCENE_SIZE }, (_, i) => readScene(rows, i * SCENE_SIZE));
}

function innerProduct(left: Float32Array, leftStart: number, right: Float32Array, rightStart: number, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += left[leftStart + i] * right[rightStart + i];
  return total;
}
