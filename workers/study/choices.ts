import type { Normalization } from "../../core/classifier.ts";
import type { MethodPlugin } from "../../core/region_method.ts";
import type { RegionCheck, Target } from "../../core/record.ts";
import type { Appearance } from "../../core/renderer.ts";
import type { SceneSpace } from "../../core/scene_space.ts";

/** A network that a study is to use. */
export interface NetworkChoice {
  /** A file, or the name of a built-in network. */
  readonly file: string;
  /** What to call it; its file's name by default. */
  readonly name?: string;
  /** A file with the names of its classes. */
  readonly labels?: string;
  readonly normalization?: Normalization;
}

/** A class that a study is to use. */
export interface ClassChoice {
  readonly name: string;
  /** What networks call it, or its index; by default found from its name. */
  readonly label?: string | number;
  /** Meshes: files, or names of built-in shapes, with what to call them. */
  readonly shapes: readonly { readonly name?: string; readonly mesh: string }[];
}

/** A method with values for some of its options. */
export interface MethodChoice {
  readonly method: MethodPlugin;
  readonly options: Readonly<Record<string, number>>;
}

/** What studies and data semantic maps have in common. */
export interface SubjectChoices extends Required<Appearance> {
  readonly networks: readonly NetworkChoice[];
  readonly classes: readonly ClassChoice[];
  readonly scenes: SceneSpace;
  readonly renderer: string;
  readonly provider: string;
  readonly batch: number;
  readonly seed: number;
  readonly thresholds: RegionCheck["thresholds"];
  /** Points that a check draws; 0: none is made. */
  readonly samples: number;
  readonly confidence: number;
  /** Coordinates of the maps along each axis; null: none are sampled. */
  readonly lattice: readonly Float64Array[] | null;
}

/** All that a study is told. */
export interface StudyChoices extends SubjectChoices {
  readonly points: readonly (readonly number[])[];
  readonly methods: readonly MethodChoice[];
  readonly target: Target;
  readonly gradients: "exact" | "picture" | "function";
  /** Leaves out shapes whose mean score on a network (its name) is below `score`. */
  readonly filter: { readonly network: string; readonly score: number } | null;
  /** Most rows of the trace of a region that are kept. */
  readonly traceRows: number;
  /** Samples of the bootstrap. */
  readonly replicates: number;
}

/** All that data semantic maps are told. */
export interface BiasChoices extends SubjectChoices {
  readonly method: MethodChoice;
  /** Most class-global regions a class. */
  readonly regions: number;
}
