/** What is known of a classifier once it is loaded. */
export interface ClassifierInfo {
  /** Width of the pictures that it takes, in pixels. */
  readonly width: number;
  /** Height of the pictures that it takes, in pixels. */
  readonly height: number;
  /** How many classes it scores. */
  readonly classes: number;
  /** Plain facts for people and for the record: input name, layout, normalization, what was found in the file. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

/** Scores of one class and their gradients for the pictures. */
export interface PictureGradients {
  /** Scores of the class, [count]. */
  readonly scores: Float64Array;
  /** Their derivatives for every picture value, [count x 3 x height x width]. */
  readonly gradients: Float32Array;
}

/** Scores pictures: planar RGB float32 in [0, 1], [count x 3 x height x width]. What it holds is reused: callers keep no result across calls. */
export interface Classifier {
  /** What is known of it. */
  readonly info: ClassifierInfo;
  /** Softmax scores, [count x classes]. */
  classify(pictures: Float32Array, count: number): Promise<Float64Array>;
  /** Scores of one class with their gradients for the pictures. Absent where the classifier is a black box. */
  differentiate?(pictures: Float32Array, count: number, classIndex: number): Promise<PictureGradients>;
  /** Frees what the classifier holds outside the JavaScript heap. */
  dispose(): Promise<void>;
}

/** How pictures in [0, 1] become what a network was trained on: `(picture - mean) / deviation`, by channel. */
export interface Normalization {
  /** Mean of each channel. */
  readonly mean: readonly [number, number, number];
  /** Standard deviation of each channel. */
  readonly deviation: readonly [number, number, number];
}

/** What a classifier is loaded from. */
export interface ClassifierSource {
  /** What to call it in messages, usually the path. */
  readonly name: string;
  /** The content of its file. */
  readonly bytes: Uint8Array;
  /** Absent: pictures go in as they are. */
  readonly normalization?: Normalization;
  /** Threads of one session. */
  readonly threads: number;
  /** Where it runs: `cpu`, `cuda`, `webgpu`, ... */
  readonly provider: string;
  /** Whether `differentiate` will be wanted: it may cost memory and start-up time. */
  readonly gradients: boolean;
}

/** A kind of classifier. */
export interface ClassifierPlugin {
  /** What makes it one of its kind. */
  readonly kind: "classifier";
  /** In lower case, words joined by hyphens. */
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** Loads a classifier. Throws `InputError` where the source is damaged or is no classifier. */
  load(source: ClassifierSource): Promise<Classifier>;
}
