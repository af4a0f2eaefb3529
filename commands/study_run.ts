import { DEFAULTS } from "../core/defaults.ts";
import type { SceneSpace } from "../core/scene_space.ts";
import { hash, planUnits, type Shard, type StudyItem, type StudyUnit, unitsOfShard } from "../workers/study/items.ts";
import type { MeshShelf } from "../workers/study/mesh_shelf.ts";
import type { Plan, PlanSources } from "../workers/study/plan.ts";
import { writePlan } from "../workers/study/plan_schema.ts";
import { runStudy } from "../workers/study/run_study.ts";
import { StudyStore } from "../workers/study/store.ts";
import { makeFolder } from "./files.ts";
import type { Progress } from "./progress.ts";
import type { OpenedRegistry } from "./registry.ts";
import type { CommandContext } from "./run.ts";

/** How a plan is carried out. */
export interface RunPlanOptions {
  readonly plan: Plan;
  readonly sources: PlanSources;
  readonly scenes: SceneSpace;
  readonly plugins: OpenedRegistry;
  readonly shelf: MeshShelf;
  /** What the user says of how it is computed, and of the folder of the run; by default that is one of the plan's own. */
  readonly given: { readonly shard?: Shard; readonly workers?: number; readonly threads?: number; readonly out?: string };
  readonly signal: AbortSignal;
  readonly stop: CommandContext["stop"];
  readonly progress: Progress;
  /** About how many points an item scores. */
  readonly cost: (item: StudyItem) => number;
  /** Told before anything is computed what there is to do: the units, and those of their items that the store does not have. */
  readonly announce: (units: readonly StudyUnit[], missing: readonly StudyItem[]) => void;
  /** Told when the last item of one network and class has been computed. */
  readonly onClass?: (group: { readonly network: number; readonly class: number }, store: StudyStore, units: readonly StudyUnit[]) => void;
}

/** A store with the units of its plan; to be closed by whoever asked for it. */
export interface CarriedOut {
  readonly folder: string;
  readonly store: StudyStore;
  /** All units of the plan, of whatever shard. */
  readonly units: readonly StudyUnit[];
}

/** Carries a plan out in its folder: what the store there has is kept, the rest is computed. */
export async function runPlan(options: RunPlanOptions): Promise<CarriedOut> {
  const { plan, given: { shard, out, workers, threads }, progress, cost, announce, onClass } = options;
  const folder = out ?? `${DEFAULTS.out}/${plan.kind}-${(await hash(plan)).slice(0, 8)}`;
  await makeFolder(folder);
  const store = StudyStore.open(folder);
  try {
    await removePartialFiles(folder);
    const units = await planUnits(plan);
    const own = shard === undefined ? units : unitsOfShard(units, shard);
    store.plan = writePlan(plan);
    const items = own.flatMap(({ map, grow }) => [map, grow]).filter((item) => item !== null);
    const missing = items.filter(({ key }) => !store.has(key));
    announce(own, missing);
    const total = missing.reduce((sum, item) => sum + cost(item), 0);
    let [done, scored] = [0, 0];
    const left = new Map<string, number>();
    const touched = new Set<string>();
    const groupOf = ({ network, class: of }: { network: number; class: number }) => `${network} ${of}`;
    for (const unit of own) {
      left.set(groupOf(unit), (left.get(groupOf(unit)) ?? 0) + (unit.map === null ? 0 : 1) + (unit.grow === null ? 0 : 1));
    }
    progress.start(plan.kind, "pictures");
    await runStudy(plan, store, {
      ...options,
      ...options.plugins,
      units: own,
      workers: workers ?? navigator.hardwareConcurrency,
      threads: threads ?? DEFAULTS.threads,
      onProgress(item, share, points) {
        progress.label(`${plan.networks[item.network].name}, ${plan.classes[item.class].name}:`);
        progress.update(done + share * cost(item), total, scored + points);
      },
      onItem(item, end, points) {
        if (end !== "restored") done += cost(item);
        scored += points;
        const group = groupOf(item);
        if (end === "computed") touched.add(group);
        left.set(group, left.get(group)! - 1);
        if (left.get(group) === 0 && touched.has(group)) onClass?.(item, store, units);
      },
    });
    progress.end();
    return { folder, store, units };
  } catch (error) {
    store[Symbol.dispose]();
    throw error;
  }
}

/** Removes what a process that was killed had not finished writing; the lock says that nobody else is writing there. */
async function removePartialFiles(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (/\.(json|csv|npz|png|svg)\.\d+\.tmp$/.test(name)) await Deno.remove(`${folder}/${name}`);
  }
}

/** Says of a part of a study how it becomes a whole. */
export function sayPart({ shard, progress }: { readonly shard?: Shard; readonly progress: Progress }): void {
  if (shard === undefined || shard.count === 1) return;
  progress.say(`Part ${shard.index} of ${shard.count}: study merge --from DIR --from DIR ... --out DIR joins the folders of all parts`);
}

/** What every study writes of its record. */
export const STUDY_REPORTERS = ["json", "csv", "npz", "png", "svg"];
