import type { Measure } from "./measures.ts";
import type { MapRecord, RegionCheck, RegionRecord, RunBase, Target } from "./record.ts";
import type { Appearance } from "./renderer.ts";

/** What the records of several networks and shapes say about how they came to be. */
export interface StudyHead extends RunBase {
  /** The objects' own colors, or white. */
  readonly colors: Appearance["colors"];
}

/** A network of a study. */
export interface StudyNetwork {
  /** Name of the network. */
  readonly name: string;
  /** Of its file. */
  readonly sha256: string;
  /** Width of its pictures in pixels. */
  readonly width: number;
  /** Height of its pictures in pixels. */
  readonly height: number;
  /** What was found in it. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Shares of pictures that it names rightly, as its card says; null where there is none. */
  readonly accuracy: { readonly top1: number; readonly top5: number | null } | null;
  /** What it calls each class of the study, in their order. */
  readonly labels: readonly { readonly index: number; readonly label: string }[];
}

/** A class of a study with its shapes. */
export interface StudyClass {
  /** Name of the class. */
  readonly name: string;
  /** Its shapes, in their order. */
  readonly shapes: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly triangles: number;
    /** Whether it passed the study's filter; shapes that did not have no regions and count nowhere. */
    readonly kept: boolean;
  }[];
}

/** Measures of a network: of all, and by method, by class, and by both, under their names. */
export interface NetworkMeasures extends Measure {
  /** By method, over all classes. */
  readonly byMethod: Readonly<Record<string, Measure>>;
  /** By class, over all methods and by method. */
  readonly byClass: Readonly<Record<string, Measure & { readonly byMethod: Readonly<Record<string, Measure>> }>>;
}

/** What one network did on one shape. */
export interface StudyResult {
  /** Names. */
  readonly network: string;
  /** Name of the class. */
  readonly class: string;
  /** Name of the shape. */
  readonly shape: string;
  /** Mean and scores of the map, row-major over the study's `map`; null where it was not sampled. */
  readonly meanScore: number | null;
  /** Scores of the map, row-major. */
  readonly scores: readonly number[] | null;
  /** In the order of initial points, then methods. */
  readonly regions: readonly RegionRecord[];
}

/** Regions of many networks, shapes, initial points and methods, and SRVR. */
export interface StudyRecord {
  /** What made it. */
  readonly command: "study";
  /** How it came to be. */
  readonly run: StudyHead;
  /** Whether every region is there. */
  readonly complete: boolean;
  /** What the regions were to be. */
  readonly target: Target;
  /** Initial points. */
  readonly points: readonly (readonly number[])[];
  /** Methods, with a value for each of their options. */
  readonly methods: readonly { readonly name: string; readonly options: Readonly<Record<string, number>> }[];
  /** Of the check of each region, and of the intervals of SRVR. */
  readonly check: { readonly samples: number; readonly confidence: number; readonly thresholds: RegionCheck["thresholds"] };
  /** How the intervals of SRVR were drawn. */
  readonly bootstrap: { readonly replicates: number; readonly seed: number };
  /** Shapes were left out whose mean score on this network is below `score`; null: none was. */
  readonly filter: { readonly network: string; readonly score: number } | null;
  /** A row a network. */
  readonly networks: readonly (StudyNetwork & NetworkMeasures)[];
  /** Names of the networks, the highest SRVR first; over all methods, and by method. */
  readonly ranking: readonly string[];
  /** The same by `srvrHolding`: only regions that satisfy equation (2), or (3), count. Absent from records that had none. */
  readonly rankingHolding?: readonly string[];
  /** The order by the regions of each method. */
  readonly rankingByMethod: Readonly<Record<string, readonly string[]>>;
  /** SRVR of the first network less that of the second, with its bootstrap interval. */
  readonly differences: readonly {
    readonly first: string;
    readonly second: string;
    readonly difference: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Classes with their shapes. */
  readonly classes: readonly StudyClass[];
  /** The lattice of the maps; null where none were sampled. */
  readonly map: { readonly axes: MapRecord["axes"]; readonly shape: readonly number[] } | null;
  /** By network, then class, then shape. */
  readonly results: readonly StudyResult[];
}

/** The data semantic map of a class: what the maps of networks, averaged over shapes, have in common. */
export interface DataSemanticMap {
  /** Name of the class. */
  readonly name: string;
  /** The shapes that were averaged over. */
  readonly shapes: StudyClass["shapes"];
  /** Mean over networks, and over shapes, of the score; row-major over the record's lattice. */
  readonly mean: readonly number[];
  /** Standard deviation over all maps, and over the networks' means. */
  readonly deviation: readonly number[];
  /** Standard deviation over the networks' means. */
  readonly networkDeviation: readonly number[];
  /** Each network's mean over shapes, and the share of its variance over Omega that the mean of the other networks explains (NaN where there is none). */
  readonly networks: readonly {
    readonly name: string;
    readonly meanScore: number;
    readonly explained: number;
    readonly scores: readonly number[];
  }[];
  /** Class-global adversarial regions, grown on the interpolated mean, the largest first; `networkMeans`: each network's mean at the points of the check. */
  readonly regions: readonly (RegionRecord & { readonly networkMeans: readonly number[] })[];
}

/** Data semantic maps of classes. */
export interface BiasRecord {
  /** What made it. */
  readonly command: "bias";
  /** How it came to be. */
  readonly run: StudyHead;
  /** Whether every map is there. */
  readonly complete: boolean;
  /** The networks that were averaged over. */
  readonly networks: readonly StudyNetwork[];
  /** The lattice of the maps. */
  readonly axes: MapRecord["axes"];
  /** Number of values along each axis. */
  readonly shape: readonly number[];
  /** What grew the regions, with a value for each of its options. */
  readonly method: { readonly name: string; readonly options: Readonly<Record<string, number>> };
  /** A map a class. */
  readonly classes: readonly DataSemanticMap[];
}
