import { z } from "zod";
import type { ClassifierPlugin } from "../../../core/classifier.ts";
import { parsed } from "../parsed.ts";
import { OVERHEAD, readScores, readValues, type Remote } from "./remote_plugin.ts";

const side = z.int().min(1).max(4096);

const loaded = z.object({
  info: z.object({
    width: side,
    height: side,
    classes: z.int().min(1).max(1_000_000),
    facts: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/), z.union([z.string().max(1000), z.number(), z.boolean()])),
  }),
  whiteBox: z.boolean(),
});

/** A kind of classifier in a sandbox: pictures and scores cross as messages. */
export function remoteClassifier(facts: Omit<ClassifierPlugin, "load">, remote: Remote): ClassifierPlugin {
  return {
    ...facts,
    async load(source) {
      const id = remote.handle();
      const { info, whiteBox } = await remote.call({
        name: "loadClassifier",
        arguments: [id, source],
        most: 2 ** 16,
        read: (result) => parsed(loaded, result),
      });
      const size = 3 * info.width * info.height;
      return {
        info,
        classify: (pictures, count) =>
          remote.call({
            name: "classify",
            arguments: [id, pictures, count],
            most: 8 * count * info.classes + OVERHEAD,
            read: (scores) => readScores(scores, count * info.classes),
          }),
        ...(!whiteBox ? {} : {
          differentiate: (pictures, count, classIndex) =>
            remote.call({
              name: "differentiateClass",
              arguments: [id, pictures, count, classIndex],
              most: (8 + 4 * size) * count + OVERHEAD,
              read(result) {
                const { scores, gradients } = result as Readonly<Record<string, unknown>>;
                return { scores: readScores(scores, count), gradients: readValues(gradients, count * size, "gradients") };
              },
            }),
        }),
        dispose: () => remote.call({ name: "disposeClassifier", arguments: [id], most: OVERHEAD, read: () => undefined }),
      };
    },
  };
}
