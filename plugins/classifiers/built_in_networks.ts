/** A network that ships with the project, trained by `deno task train`. */
export interface BuiltInNetwork {
  /** Architecture and the set of viewpoints that it was trained on. */
  readonly name: string;
  readonly model: URL;
  /** JSON: data, seed, accuracy, SHA-256 and command. */
  readonly card: URL;
}

const FOLDER = new URL("../../fixtures/networks/", import.meta.url);

/** Names of the classes of all built-in networks, one a line. */
export const BUILT_IN_LABELS = new URL("labels.txt", FOLDER);

/**
 * The built-in networks: four architectures, trained on part of the viewpoints (`biased`) and on all of them (`all`). Their classes are the built-in
 * shape families.
 */
export const BUILT_IN_NETWORKS: readonly BuiltInNetwork[] = ["biased", "all"].flatMap((views) =>
  ["alexnet", "vgg", "resnet", "inception"].map((architecture) => {
    const name = `${architecture}-${views}`;
    return { name, model: new URL(`${name}.onnx`, FOLDER), card: new URL(`${name}.json`, FOLDER) };
  })
);
