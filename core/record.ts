import type { TraceRow } from "./region_method.ts";
import type { Shading } from "./renderer.ts";
import type { Axis } from "./semantic_space.ts";

/** Robust: the network is right in the box. Adversarial: it is wrong, and the method grew on 1 - f. */
export type Target = "robust" | "adversarial";

/** Version of the record's layout; it changes when a field changes its meaning. */
export const RECORD_VERSION = 1;

/** How a plugin from outside took part in a run, for the record. */
export interface PluginUse {
  /** What it plugs into. */
  readonly kind: "parameter" | "renderer" | "classifier" | "method" | "reporter";
  /** Name of the plugin. */
  readonly name: string;
  /** Its version, as it says itself. */
  readonly version: string;
  /** The file or folder as the user named it. */
  readonly origin: string;
  /** Of the module's source. */
  readonly sha256: string;
  /** `process`: it ran in a process of its own, with no permissions but these. `trusted`: in the program itself, with all of the program's. */
  readonly isolation: "process" | "trusted";
  /** What it was granted, as `net:example.org`. */
  readonly permissions: readonly string[];
  /** A value for each of its options. */
  readonly options: Readonly<Record<string, number>>;
}

/** What every record says about how it came to be. Nothing in it depends on the time, the machine or the number of workers. */
export interface RunBase {
  /** Version of the layout, {@linkcode RECORD_VERSION}. */
  readonly version: number;
  /** Name and version of this program, and of what computes. */
  readonly versions: Readonly<Record<string, string>>;
  /** The parameters that vary, in the order of every point, bound and axis. */
  readonly space: readonly Axis[];
  /** Parameters held at a value other than their default. */
  readonly fixed: Readonly<Record<string, number>>;
  /** Name of the renderer. */
  readonly renderer: string;
  /** How it shades faces; absent, in records of earlier versions, means flat. */
  readonly shading?: Shading;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The plugins from outside that were loaded; absent where there were none. */
  readonly plugins?: readonly PluginUse[];
}

/** What a record of one network and one mesh says about how it came to be. */
export interface RunHead extends RunBase {
  /** The network: its name, the SHA-256 of its file, the size of its pictures, and what was found in it. */
  readonly classifier: {
    readonly name: string;
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly facts: Readonly<Record<string, string | number | boolean>>;
  };
  /** The object: its name, the SHA-256 of its file, its triangles, and whose colors it has. */
  readonly mesh: { readonly name: string; readonly sha256: string; readonly triangles: number; readonly colors: "white" | "mesh" };
  /** The class whose score was taken. */
  readonly class: { readonly index: number; readonly label: string };
}

/** What sampling a box says about equation (2), or (3) for an adversarial region: all of it about f, or 1 - f. */
export interface RegionCheck {
  /** Points drawn, uniform in the box. */
  readonly samples: number;
  /** Mean of the scores. */
  readonly mean: number;
  /** Bounds of the mean that hold together at `confidence`. */
  readonly meanLow: number;
  /** Upper bound of the mean. */
  readonly meanHigh: number;
  /** Variance of the scores. */
  readonly variance: number;
  /** Upper bound of the variance at `confidence`. */
  readonly varianceHigh: number;
  /** Lowest score. */
  readonly minimum: number;
  /** Share of points below `floor`, with its upper bound at `confidence`. */
  readonly badShare: number;
  /** Upper bound of that share. */
  readonly badShareHigh: number;
  /** Of every bound, in (0, 1). */
  readonly confidence: number;
  /** What was asked: mean at least this (1 - eps_m), variance at most this (eps_v), and what counts as bad. */
  readonly thresholds: RegionThresholds;
  /** Whether u0 lies in the box. */
  readonly containsInitialPoint: boolean;
  /** Whether the samples' mean and variance meet the thresholds, the box contains u0, and no more of it must be bad than may be. */
  readonly holds: boolean;
  /** At `confidence`, `confirmed` where the box satisfies the equation, `refuted` where it does not or more of it is bad than may be, else `open`. */
  readonly verdict: "confirmed" | "refuted" | "open";
}

/** What a box is asked for: equation (2), and what counts as bad. */
export interface RegionThresholds {
  /** 1 - eps_m. */
  readonly mean: number;
  /** eps_v. */
  readonly variance: number;
  /** A point that scores below this is a bad one. */
  readonly floor: number;
  /** Share of the box that may be bad; absent where any. */
  readonly badShare?: number;
}

/** The largest box around u0 that meets the demands on the map behind the figure, which is coarse: a yardstick, not a bound. */
export interface LargestRecord {
  /** Lower bounds. */
  readonly a: readonly number[];
  /** Upper bounds; beyond the seam where the box lies across. */
  readonly b: readonly number[];
  /** In units of the parameters. */
  readonly volume: number;
  /** The region's volume over that: above 1 where the region is larger than any box that meets the demands. */
  readonly share: number;
}

/** One grown box. */
export interface RegionRecord {
  /** Name of the method. */
  readonly method: string;
  /** What the region was to be. */
  readonly target: Target;
  /** A value for each of the method's options. */
  readonly options: Readonly<Record<string, number>>;
  /** How finely faces were to be placed, in parameter units: one number, or one a parameter; absent where as finely as the method can. */
  readonly resolution?: readonly number[];
  /** u0. */
  readonly initialPoint: readonly number[];
  /** f(u0), of the class itself also where the target is adversarial. */
  readonly initialScore: number;
  /** Lower bounds; beyond the seam where the box lies across. */
  readonly a: readonly number[];
  /** Upper bounds. */
  readonly b: readonly number[];
  /** Of what lies in Omega, in units of the parameters. */
  readonly volume: number;
  /** The same over Vol(Omega). */
  readonly volumeRatio: number;
  /** Steps that the method took. */
  readonly steps: number;
  /** Points scored, and points differentiated, for this region. */
  readonly evaluations: number;
  /** Points differentiated. */
  readonly gradientEvaluations: number;
  /** Where gradients came from: `none`, `exact`, `picture` (pictures differenced) or `function` (scores differenced). */
  readonly gradients: GradientSource;
  /** Why it ended: `steps`, `converged`, `interrupted`, `failed`, or a reason of the method's own. */
  readonly stopped: string;
  /** What the method says of its own. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What sampling the box says; null where it was not sampled. */
  readonly check: RegionCheck | null;
  /** The boxes on the way. */
  readonly trace: readonly TraceRow[];
  /** What the search for the box's worst point found; absent or null where it was not searched. */
  readonly falsification?: FalsificationRecord | null;
  /** Pockets where the network fails inside the box, the deepest first; absent or null where they were not looked for. */
  readonly traps?: readonly Trap[] | null;
  /** The largest box that there is, where all boxes can be looked at: over one or two parameters; null where none meets the demands. */
  readonly largest?: LargestRecord | null;
}

/** The worst point that a search found in a box, all of it about f, or 1 - f for an adversarial region. That none is bad proves nothing. */
export interface FalsificationRecord {
  /** Where it is. */
  readonly point: readonly number[];
  /** The score there. */
  readonly score: number;
  /** The worst of the samples with which the search began: what sampling alone would have found. */
  readonly sampledScore: number;
  /** How it was found. */
  readonly search: "samples" | "evolution" | "gradient";
  /** Points scored on the way. */
  readonly evaluations: number;
  /** Points differentiated on the way. */
  readonly gradientEvaluations: number;
  /** How often the box was cut to leave out bad points; the other fields are of the last search. */
  readonly cuts: number;
}

/** A connected pocket of low score where the network is confident; inside an adversarial region, all of it about 1 - f. */
export interface Trap {
  /** The lowest point that was found in it. */
  readonly bottom: readonly number[];
  /** The score there, and how far that is below the score at which the pocket begins. */
  readonly score: number;
  /** How far the lowest score is below the one at which the pocket begins. */
  readonly depth: number;
  /** Size of the pocket, as a share of what was searched (the box, or Omega) and in units of the parameters. */
  readonly share: number;
  /** Its size in units of the parameters. */
  readonly volume: number;
  /** Ends of the smallest box that holds it; beyond the seam where it lies across. */
  readonly a: readonly number[];
  /** Upper ends of that box. */
  readonly b: readonly number[];
}

/** Where the gradients of a region came from. */
export type GradientSource = "none" | "exact" | "picture" | "function";

/** A map over a lattice. */
export interface MapRecord {
  /** What made it. */
  readonly command: "map";
  /** How it came to be. */
  readonly run: RunHead;
  /** The lattice's coordinates along each axis. */
  readonly axes: readonly { readonly name: string; readonly unit: string; readonly values: readonly number[] }[];
  /** Number of values along each axis: scores are row-major in this shape. */
  readonly shape: readonly number[];
  /** Row-major, first axis slowest; NaN where a point was not scored. */
  readonly scores: readonly number[];
  /** Derivatives of the score for each parameter at each point, row-major in the shape with the parameters last; where they were asked for. */
  readonly gradients?: { readonly source: GradientSource; readonly values: readonly number[] };
  /** Of a map that was sampled only where it varies: which points were measured (indices into the scores), and how well the others are known. */
  readonly adaptive?: {
    readonly tolerance: number;
    /** Largest share of the points that was to be measured; absent where there was no limit. */
    readonly share?: number;
    readonly measured: readonly number[];
    /** Measured points that the others miss by more than the tolerance; absent in records of earlier versions. */
    readonly surprises?: number;
    /** Of random points that were measured at the end: share within the tolerance, and errors. */
    readonly check: {
      readonly points: number;
      readonly withinTolerance: number;
      readonly meanError: number;
      readonly maximumError: number;
    };
  };
  /** Points scored for it. */
  readonly evaluations: number;
  /** Whether every point was scored; NaN (null in JSON) stands where one was not. */
  readonly complete: boolean;
  /** Of the points that were scored. */
  readonly summary: { readonly mean: number; readonly minimum: number; readonly maximum: number };
  /** Pockets where the network fails inside the confident part of the map, the deepest first; absent where they were not looked for. */
  readonly traps?: readonly Trap[];
}

/** Regions, and for the figure a map of the space or of slices through it where it was small enough to sample. */
export interface GrowRecord {
  /** What made it. */
  readonly command: "grow";
  /** How it came to be. */
  readonly run: RunHead;
  /** In the order of initial points, then methods. */
  readonly regions: readonly RegionRecord[];
  /** Scores for the figure; null where none were sampled. */
  readonly backdrop: Backdrop | null;
}

/** Scores behind the boxes of a figure: along one axis, or over two, the others held at the first initial point. */
export interface Backdrop {
  /** Through the same point, along different axes. */
  readonly slices: readonly Slice[];
}

/** A 1-D or 2-D lattice through a point of a space. */
export interface Slice {
  /** Indices of the axes that vary, one or two. */
  readonly axes: readonly number[];
  /** Coordinates along each. */
  readonly values: readonly (readonly number[])[];
  /** Row-major, first axis slowest. */
  readonly scores: readonly number[];
  /** The full point through which the slice goes. */
  readonly through: readonly number[];
}
