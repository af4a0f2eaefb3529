import type { MapRecord, RegionCheck, Target } from "../../core/record.ts";
import type { StudyHead, StudyNetwork } from "../../core/study_record.ts";

/** What is sampled and grown on every network and shape, resolved: all that a record depends on, and nothing of where files lie. */
export interface SubjectPlan {
  readonly head: StudyHead;
  readonly provider: string;
  /** Most points a job: some networks round by it. */
  readonly batch: number;
  readonly networks: readonly StudyNetwork[];
  readonly classes: readonly PlannedClass[];
  readonly map: { readonly axes: MapRecord["axes"]; readonly shape: readonly number[] } | null;
  readonly check: { readonly samples: number; readonly confidence: number; readonly thresholds: RegionCheck["thresholds"] };
}

/** A class with its shapes. */
export interface PlannedClass {
  readonly name: string;
  readonly shapes: readonly { readonly name: string; readonly sha256: string; readonly triangles: number }[];
}

/** A method with a value for each of its options. */
export interface PlannedMethod {
  readonly name: string;
  readonly options: Readonly<Record<string, number>>;
}

/** A study. */
export interface StudyPlan extends SubjectPlan {
  readonly kind: "study";
  readonly target: Target;
  readonly points: readonly (readonly number[])[];
  readonly methods: readonly PlannedMethod[];
  readonly gradients: "exact" | "picture" | "function" | "none";
  readonly filter: { readonly network: string; readonly score: number } | null;
  readonly traceRows: number;
  readonly replicates: number;
}

/** Data semantic maps. */
export interface BiasPlan extends SubjectPlan {
  readonly kind: "bias";
  readonly map: NonNullable<SubjectPlan["map"]>;
  readonly method: PlannedMethod;
  /** Most class-global regions a class. */
  readonly regions: number;
}

/** What a run folder with a store is about. */
export type Plan = StudyPlan | BiasPlan;

/** Where the files of a plan are on this machine. */
export interface PlanSources {
  /** A network each: its file or built-in name, and how its pictures are normalized. */
  readonly networks: readonly NetworkSource[];
  /** By class, then shape: a file or the name of a built-in shape. */
  readonly meshes: readonly (readonly string[])[];
}

/** Where a network is. */
export interface NetworkSource {
  readonly file: string;
  readonly normalization?: { readonly mean: readonly [number, number, number]; readonly deviation: readonly [number, number, number] };
}
