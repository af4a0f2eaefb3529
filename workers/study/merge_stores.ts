import { InputError } from "../../core/errors.ts";
import type { Plan } from "./plan.ts";
import { readPlan } from "./plan_schema.ts";
import { StudyStore } from "./store.ts";

/** The plan that stores have in common. @throws InputError where a folder has no store, or they are not of the same study. */
export function commonPlan(folders: readonly string[]): Plan {
  return readPlan(commonText(folders), folders[0]);
}

/**
 * Joins the stores of parts of one study into another, which may have some of it already. Where two have the same item, the first stays.
 *
 * @throws InputError where a folder has no store, or the parts are not of the same study: nothing is joined then.
 */
export function mergeStores(folders: readonly string[], into: StudyStore): Plan {
  const plan = commonPlan(folders);
  for (const folder of folders) {
    using part = StudyStore.read(folder);
    for (const { key, content } of part.items()) into.put(key, content);
  }
  into.plan = commonText(folders);
  return plan;
}

function commonText(folders: readonly string[]): string {
  let plan: string | undefined;
  for (const folder of folders) {
    using part = StudyStore.read(folder);
    const own = part.plan;
    if (own === undefined) throw new InputError(`Folder "${folder}" must be that of a study: its store has no plan`);
    plan ??= own;
    if (own !== plan) throw new InputError(`Folders "${folders[0]}" and "${folder}" must be parts of one study: their plans differ`);
  }
  if (plan === undefined) throw new InputError("Merging needs at least one folder: give --from");
  return plan;
}
