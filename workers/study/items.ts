import { sha256 } from "../input_files.ts";
import type { Plan } from "./plan.ts";

/** What can be computed on its own, and is kept under the hash of all that it depends on. */
export interface StudyItem {
  /** A map, or the regions of all initial points and methods. */
  readonly kind: "map" | "grow";
  /** Indices into the plan. */
  readonly network: number;
  readonly class: number;
  readonly shape: number;
  /** SHA-256 of model, mesh and configuration. */
  readonly key: string;
}

/** The items of one network and one shape. */
export interface StudyUnit {
  readonly network: number;
  readonly class: number;
  readonly shape: number;
  readonly map: StudyItem | null;
  readonly grow: StudyItem | null;
  /** The map that says whether the shape is kept; null: it is. */
  readonly filter: StudyItem | null;
  /** SHA-256 of model, mesh and class: where a study is split, this says who does it. */
  readonly key: string;
}

/** Changes when what an item holds changes its meaning. */
const ITEM_VERSION = 1;

/**
 * The units of a plan in the order in which they are done: all of one network together, so that its sessions are started once; the network whose
 * maps filter the shapes first.
 */
export async function planUnits(plan: Plan): Promise<StudyUnit[]> {
  const units: StudyUnit[] = [];
  const filter = plan.kind === "study" ? plan.filter?.network : undefined;
  const filters = new Map<string, StudyItem | null>();
  const order = plan.networks.map((_, network) => network)
    .sort((left, right) => Number(plan.networks[right].name === filter) - Number(plan.networks[left].name === filter) || left - right);
  for (const network of order) {
    for (const [of, { shapes }] of plan.classes.entries()) {
      for (const shape of shapes.keys()) {
        const unit = await planUnit(plan, { network, class: of, shape });
        if (plan.networks[network].name === filter) filters.set(`${of} ${shape}`, unit.map);
        units.push({ ...unit, filter: filters.get(`${of} ${shape}`) ?? null });
      }
    }
  }
  return units;
}

async function planUnit(plan: Plan, place: { network: number; class: number; shape: number }): Promise<Omit<StudyUnit, "filter">> {
  const { sha256: model, facts, labels } = plan.networks[place.network];
  const { sha256: mesh } = plan.classes[place.class].shapes[place.shape];
  const { versions, space, fixed, renderer, shading = "flat", colors, plugins = [] } = plan.head;
  const subject = {
    version: ITEM_VERSION,
    versions,
    model,
    facts,
    class: labels[place.class].index,
    mesh,
    colors,
    shading,
    renderer,
    provider: plan.provider,
    batch: plan.batch,
    space,
    fixed,
    // Who computes, wherever it lay on this machine.
    plugins: plugins.filter(({ kind }) => kind !== "reporter").map(({ kind, name, sha256, options }) => ({ kind, name, sha256, options })),
  };
  const item = async (kind: StudyItem["kind"], configuration: object): Promise<StudyItem> => ({
    kind,
    ...place,
    key: await hash({ kind, subject, configuration }),
  });
  return {
    ...place,
    key: await hash({ model, mesh, class: subject.class }),
    map: plan.map === null ? null : await item("map", { axes: plan.map.axes.map(({ values }) => values) }),
    grow: plan.kind === "bias" ? null : await item("grow", growConfiguration(plan)),
  };
}

function growConfiguration(plan: Extract<Plan, { kind: "study" }>): object {
  const { target, points, methods, gradients, check, traceRows, head: { seed } } = plan;
  return { target, points, methods, gradients, check, traceRows, seed };
}

/** SHA-256 of a value, whatever the order in which its fields were written. */
export async function hash(value: unknown): Promise<string> {
  return await sha256(new TextEncoder().encode(JSON.stringify(sorted(value))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([left], [right]) => left < right ? -1 : 1).map(([name, part]) => [name, sorted(part)]),
  );
}

/** One of several parts of a study. */
export interface Shard {
  /** From 1 on. */
  readonly index: number;
  readonly count: number;
}

/**
 * The units of a shard, in their order: units are dealt out in the order of their keys, so that shards differ by one at most. The maps that filter its
 * shapes are in each shard that needs them.
 */
export function unitsOfShard(units: readonly StudyUnit[], { index, count }: Shard): StudyUnit[] {
  const dealt = units.toSorted((left, right) => left.key < right.key ? -1 : Number(left.key > right.key)).filter((_, rank) =>
    rank % count === index - 1
  );
  const own = new Set(dealt);
  const filters = new Set(dealt.map(({ filter }) => filter?.key));
  return units.flatMap((unit) => {
    if (own.has(unit)) return [unit];
    return unit.map !== null && filters.has(unit.map.key) ? [{ ...unit, grow: null }] : [];
  });
}
