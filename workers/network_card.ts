import { z } from "zod";
import { parseJson } from "../core/json.ts";
import type { StudyNetwork } from "../core/study_record.ts";
import { BUILT_IN_NETWORKS } from "../plugins/classifiers/built_in_networks.ts";

const share = z.number().min(0).max(1);

/** What cards say of accuracy: shares by their usual names, or those of the networks that are trained here. */
const measured = z.object({
  accuracy: z.union([
    z.object({ top1: share, top5: share.nullish() }),
    z.object({ augmented: z.object({ all: share }) }).transform(({ augmented }) => ({ top1: augmented.all, top5: null })),
  ]),
});

/** What the cards of networks that are trained here say of their classes. */
const labelled = z.object({ sha256: z.string(), classes: z.array(z.object({ name: z.string() })) });

/**
 * The accuracy that the card of a network gives: the JSON file beside it, named alike. Null where there is no card, or it tells no accuracy.
 *
 * @throws InputError where the card is no JSON.
 */
export async function readAccuracy(nameOrPath: string): Promise<StudyNetwork["accuracy"]> {
  const path = cardPath(nameOrPath);
  const text = await readCard(path);
  if (text === undefined) return null;
  const parsed = measured.safeParse(parseJson(text, `Card "${path}"`));
  return parsed.success ? { top1: parsed.data.accuracy.top1, top5: parsed.data.accuracy.top5 ?? null } : null;
}

/**
 * The names that the card beside a network gives its classes. Empty where there is no card, or another file lies there, or it is that of another
 * network: what it says must be of the very bytes.
 *
 * @param sha256 Of the network.
 */
export async function readCardLabels(path: string, sha256: string): Promise<readonly string[]> {
  const text = await readCard(cardPath(path));
  if (text === undefined || !text.includes(sha256)) return [];
  const parsed = labelled.safeParse(parseJson(text, `Card "${cardPath(path)}"`));
  return parsed.success && parsed.data.sha256 === sha256 ? parsed.data.classes.map(({ name }) => name) : [];
}

function cardPath(nameOrPath: string): string | URL {
  return BUILT_IN_NETWORKS.find(({ name }) => name === nameOrPath)?.card ?? nameOrPath.replace(/(\.[^./\\]*)?$/, ".json");
}

async function readCard(path: string | URL): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
