import type { Axis } from "./semantic_space.ts";
import type { TraceRow } from "./region_method.ts";

/** Robust: the network is right in the box. Adversarial: it is wrong, and the method grew on 1 - f. */
export type Target = "robust" | "adversarial";

/** Version of the record's layout; it changes when a field changes its meaning. */
export const RECORD_VERSION = 1;

/** What every record says about how it came to be. Nothing in it depends on the time, the machine or the number of workers. */
export interface RunHead {
  readonly version: number;
  /** Name and version of this program, and of what computes. */
  readonly versions: Readonly<Record<string, string>>;
  /** The parameters that vary, in the order of every point, bound and axis. */
  readonly space: readonly Axis[];
  /** Parameters held at a value other than their default. */
  readonly fixed: Readonly<Record<string, number>>;
  readonly classifier: {
    readonly name: string;
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly facts: Readonly<Record<string, string | number | boolean>>;
  };
  readonly mesh: { readonly name: string; readonly sha256: string; readonly triangles: number; readonly colors: "white" | "mesh" };
  readonly class: { readonly index: number; readonly label: string };
  readonly renderer: string;
  readonly seed: number;
}

/** What sampling a box says about equation (2), or (3) for an adversarial region: all of it about f, or 1 - f. */
export interface RegionCheck {
  /** Points drawn, uniform in the box. */
  readonly samples: number;
  readonly mean: number;
  /** Bounds of the mean that hold together at `confidence`. */
  readonly meanLow: number;
  readonly meanHigh: number;
  readonly variance: number;
  /** Upper bound of the variance at `confidence`. */
  readonly varianceHigh: number;
  readonly minimum: number;
  /** Share of points below `floor`, with its upper bound at `confidence`. */
  readonly badShare: number;
  readonly badShareHigh: number;
  readonly confidence: number;
  /** What was asked: mean at least this (1 - eps_m), variance at most this (eps_v), and what counts as bad. */
  readonly thresholds: { readonly mean: number; readonly variance: number; readonly floor: number };
  readonly containsInitialPoint: boolean;
  /** Whether the samples' mean and variance meet the thresholds and the box contains u0. */
  readonly holds: boolean;
  /** `confirmed` or `refuted` where the bounds leave no other answer at `confidence`, else `open`. */
  readonly verdict: "confirmed" | "refuted" | "open";
}

/** One grown box. */
export interface RegionRecord {
  readonly method: string;
  readonly target: Target;
  readonly options: Readonly<Record<string, number>>;
  readonly initialPoint: readonly number[];
  /** f(u0), of the class itself also where the target is adversarial. */
  readonly initialScore: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Of what lies in Omega, in units of the parameters. */
  readonly volume: number;
  /** The same over Vol(Omega). */
  readonly volumeRatio: number;
  readonly steps: number;
  /** Points scored, and points differentiated, for this region. */
  readonly evaluations: number;
  readonly gradientEvaluations: number;
  /** Where gradients came from: `none`, `exact`, `picture` (pictures differenced) or `function` (scores differenced). */
  readonly gradients: GradientSource;
  readonly stopped: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly check: RegionCheck | null;
  readonly trace: readonly TraceRow[];
}

/** Where the gradients of a region came from. */
export type GradientSource = "none" | "exact" | "picture" | "function";

/** A map over a lattice. */
export interface MapRecord {
  readonly command: "map";
  readonly run: RunHead;
  /** The lattice's coordinates along each axis. */
  readonly axes: readonly { readonly name: string; readonly unit: string; readonly values: readonly number[] }[];
  /** Number of values along each axis: scores are row-major in this shape. */
  readonly shape: readonly number[];
  readonly scores: readonly number[];
  /** Derivatives of the score for each parameter at each point, row-major in the shape with the parameters last; where they were asked for. */
  readonly gradients?: { readonly source: GradientSource; readonly values: readonly number[] };
  /** Points scored for it. */
  readonly evaluations: number;
  /** Whether every point was scored; NaN (null in JSON) stands where one was not. */
  readonly complete: boolean;
  readonly summary: { readonly mean: number; readonly minimum: number; readonly maximum: number };
}

/** Regions, and for the figure a map of the space or of slices through it where it was small enough to sample. */
export interface GrowRecord {
  readonly command: "grow";
  readonly run: RunHead;
  readonly regions: readonly RegionRecord[];
  readonly backdrop: Backdrop | null;
}

/** Scores behind the boxes of a figure: along one axis, or over two, the others held at the first initial point. */
export interface Backdrop {
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

/** What a reporter can be given. */
export type RunRecord = MapRecord | GrowRecord;
