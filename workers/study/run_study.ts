import { InputError, PluginFailure } from "../../core/errors.ts";
import type { Mesh } from "../../core/mesh.ts";
import type { SceneSpace } from "../../core/scene_space.ts";
import { RenderedFunction } from "../rendered_function.ts";
import type { WorkerPool } from "../worker_pool.ts";
import { type ItemContents, writeContent } from "./item_content.ts";
import type { StudyItem, StudyUnit } from "./items.ts";
import type { MeshShelf } from "./mesh_shelf.ts";
import type { Plan, PlanSources } from "./plan.ts";
import { runGrowth, runMap } from "./run_item.ts";
import { startNetwork, type StudyPlugins } from "./start_network.ts";
import type { StudyStore } from "./store.ts";
import { isKept } from "./stored_items.ts";

/** What is told while a study runs. */
export interface StudyWatcher {
  /** An item is under way: what share of it is done, and how many points it has scored. */
  onProgress?(item: StudyItem, share: number, points: number): void;
  /** Nothing is left to do for an item: how that came, and how many points it has scored just now. */
  onItem?(item: StudyItem, end: "computed" | "restored" | "left out", points: number): void;
}

/** How a study is run. */
export interface RunStudyOptions extends StudyWatcher, StudyPlugins {
  readonly units: readonly StudyUnit[];
  readonly sources: PlanSources;
  readonly scenes: SceneSpace;
  /** Is told when a plugin has failed, without which the study cannot go on; it is to abort the signal. */
  readonly stop: (failure: PluginFailure) => void;
  readonly shelf: MeshShelf;
  readonly workers: number;
  readonly threads: number;
  readonly signal: AbortSignal;
}

/** Computes the items of a plan that its store lacks, one after the other, each with all workers. Where it is interrupted, what is done stays. */
export async function runStudy(plan: Plan, store: StudyStore, options: RunStudyOptions): Promise<void> {
  const { units, signal } = options;
  for (const [network, own] of Map.groupBy(units, (unit) => unit.network)) {
    if (signal.aborted) return;
    const session = new NetworkSession(plan, network, options);
    try {
      for (const unit of own) await runUnit(unit, { plan, store, session, options });
    } finally {
      await session.close();
    }
  }
}

interface UnitContext {
  readonly plan: Plan;
  readonly store: StudyStore;
  readonly session: NetworkSession;
  readonly options: RunStudyOptions;
}

async function runUnit(unit: StudyUnit, { plan, store, session, options }: UnitContext): Promise<void> {
  const { registry, signal, stop, onProgress, onItem } = options;
  for (const item of [unit.map, unit.grow]) {
    if (item === null || signal.aborted) continue;
    if (store.has(item.key)) {
      onItem?.(item, "restored", 0);
      continue;
    }
    if (item.kind === "grow" && isKept(plan, unit, store) === false) {
      onItem?.(item, "left out", 0);
      continue;
    }
    const f = await session.functionOf(unit);
    let scored = 0;
    const watch = {
      signal,
      onProgress(share: number, points: number) {
        scored = points;
        onProgress?.(item, share, points);
      },
    };
    const meshHash = plan.classes[unit.class].shapes[unit.shape].sha256;
    const content = await unlessFailed<ItemContents[StudyItem["kind"]] | undefined>(
      item.kind === "map" || plan.kind === "bias"
        ? runMap(f, plan, watch)
        : runGrowth(f, plan, { ...watch, method: (name) => registry.get("method", name), meshHash }),
      stop,
    );
    if (content === undefined) return;
    store.put(item.key, writeContent(content));
    onItem?.(item, "computed", scored);
  }
}

/** A result; nothing where a plugin from outside has failed, of which `stop` is told. */
async function unlessFailed<Result>(result: Promise<Result>, stop: RunStudyOptions["stop"]): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    stop(error);
  }
}

/** Workers with the sessions of one network, started when the first score is wanted; they go on from mesh to mesh. */
class NetworkSession {
  readonly #plan: Plan;
  readonly #network: number;
  readonly #options: RunStudyOptions;
  #pool: WorkerPool | undefined;
  #mesh = "";

  constructor(plan: Plan, network: number, options: RunStudyOptions) {
    this.#plan = plan;
    this.#network = network;
    this.#options = options;
  }

  /** The network's score of a shape's class. */
  async functionOf(unit: StudyUnit): Promise<RenderedFunction> {
    const { scenes, sources, shelf } = this.#options;
    const source = sources.meshes[unit.class][unit.shape];
    const { mesh } = await shelf.open(source);
    if (this.#pool === undefined) this.#pool = await this.#start(mesh);
    else if (this.#mesh !== source) this.#pool.setMesh(mesh);
    this.#mesh = source;
    return new RenderedFunction(scenes, this.#pool, {
      classIndex: this.#plan.networks[this.#network].labels[unit.class].index,
      batch: this.#plan.batch,
      gradients: this.#gradients !== "none",
    });
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  /** Where gradients of pictures come from. */
  get #gradients(): "exact" | "picture" | "none" {
    const { gradients } = this.#plan.kind === "study" ? this.#plan : { gradients: "none" as const };
    return gradients === "function" ? "none" : gradients;
  }

  async #start(mesh: Mesh): Promise<WorkerPool> {
    const { head: { renderer, colors, shading }, provider, networks } = this.#plan;
    const source = this.#options.sources.networks[this.#network];
    const { pool, read } = await startNetwork(source, {
      ...this.#options,
      mesh,
      colors,
      shading,
      renderer,
      provider,
      gradients: this.#gradients,
    });
    if (read.sha256 === networks[this.#network].sha256) return pool;
    await pool.close();
    throw new InputError(`Network "${source.file}" has changed since the study began: start it again`);
  }
}
