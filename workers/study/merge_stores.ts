import { InputError } from "../../core/errors.ts";
import type { Plan } from "./plan.ts";
import { readPlan } from "./plan_schema.ts";
import { StudyStore } from "./store.ts";

/**
 * Joins the stores of parts of one study into another, which may have some of it already. Where two have the same item, the first stays.
 *
 * @throws InputError where a folder has no store, or the parts are not of the same study.
 */
export function mergeStores(folders: readonly string[], into: StudyStore): Plan {
  let plan: string | undefined;
  for (const folder of folders) {
    using part = StudyStore.read(folder);
    const own = part.plan;
    if (own === undefined) throw new InputError(`Folder "${folder}" must be that of a study: its store has no plan`);
    plan ??= own;
    if (own !== plan) throw new InputError(`Folders "${folders[0]}" and "${folder}" must be parts of one study: their plans differ`);
    for (const { key, content } of part.items()) into.put(key, content);
  }
  if (plan === undefined) throw new InputError("Merging needs at least one folder: give --from");
  into.plan = plan;
  return readPlan(plan, folders[0]);
}
