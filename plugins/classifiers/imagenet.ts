import labels from "./imagenet_labels.json" with { type: "json" };

/** How many classes ImageNet (ILSVRC 2012) has. */
export const IMAGENET_CLASSES = 1000;

/** Names of ImageNet's classes in the usual order, with their synonyms, as WordNet has them. */
export const IMAGENET_LABELS: readonly string[] = labels;
