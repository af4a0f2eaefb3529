import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import type { StudyNetwork } from "../../core/study_record.ts";
import { BUILT_IN_NETWORKS } from "../../plugins/classifiers/built_in_networks.ts";

const share = z.number().min(0).max(1);

/** What cards say of accuracy: shares by their usual names, or those of the networks that are trained here. */
const card = z.object({
  accuracy: z.union([
    z.object({ top1: share, top5: share.nullish() }),
    z.object({ augmented: z.object({ all: share }) }).transform(({ augmented }) => ({ top1: augmented.all, top5: null })),
  ]),
});

/**
 * The accuracy that the card of a network gives: the JSON file beside it, named alike. Null where there is no card, or it tells no accuracy.
 *
 * @throws InputError where the card is no JSON.
 */
export async function readAccuracy(nameOrPath: string): Promise<StudyNetwork["accuracy"]> {
  const path = BUILT_IN_NETWORKS.find(({ name }) => name === nameOrPath)?.card ?? nameOrPath.replace(/(\.[^./\\]*)?$/, ".json");
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  const parsed = card.safeParse(parseJson(text, String(path)));
  return parsed.success ? { top1: parsed.data.accuracy.top1, top5: parsed.data.accuracy.top5 ?? null } : null;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(`Card "${path}" must be JSON: ${error.message.split("\n")[0]}`);
    throw error;
  }
}
