/** Training of small networks on pictures of the built-in shapes, from viewpoints of a user's choice. */
export { CLASSES, type DataSet, Studio } from "./data/studio.ts";
export { type Batch, BatchSupply, type SupplyOptions } from "./data/supply.ts";
export { ALL_VIEWS, BIASED_VIEWS, VIEW_SPACE, type ViewSet } from "./data/views.ts";
export { type Accuracy, type EvaluationOptions, measureAccuracy } from "./evaluate.ts";
export { coverage, mapShape, rocArea, viewLattice } from "./ground_truth.ts";
export { type Architecture, PICTURE_SIZE } from "./network/architecture.ts";
export { ARCHITECTURES, findArchitecture } from "./network/architectures.ts";
export { storedValues, type Values } from "./network/graphs.ts";
export { type ConvolutionOptions, type Feature, Layers, type WindowOptions } from "./network/layers.ts";
/** What a training step says. */
export type { StepResult } from "./step.ts";
export { type CheckpointStore, type TrainingOptions, trainNetwork } from "./train_network.ts";
export { describeViews, joinViews, NAMED_VIEWS, parseViews } from "./view_files.ts";
/** What a trained network was made of, so that it can be made again. */
export type { NetworkCard } from "./card.ts";
