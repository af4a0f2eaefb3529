import { type ItemContents, readContent } from "./item_content.ts";
import type { StudyItem, StudyUnit } from "./items.ts";
import type { Plan } from "./plan.ts";
import type { StudyStore } from "./store.ts";

/** What a store holds of an item; undefined where it has not been computed. */
export function storedItem<Kind extends StudyItem["kind"]>(
  store: StudyStore,
  item: StudyItem & { readonly kind: Kind },
): ItemContents[Kind] | undefined {
  const text = store.get(item.key);
  return text === undefined ? undefined : readContent(item.kind, text);
}

/** The scores of a map; undefined where there is none, or it has not been computed. */
export function storedMap(store: StudyStore, item: StudyItem | null): readonly number[] | undefined {
  return item === null ? undefined : storedItem(store, { ...item, kind: "map" })?.scores;
}

/** Mean of scores. */
export function meanScore(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Whether a shape passes the study's filter; undefined where the map that says so has not been computed. */
export function isKept(plan: Plan, { filter }: StudyUnit, store: StudyStore): boolean | undefined {
  if (plan.kind === "bias" || plan.filter === null || filter === null) return true;
  const scores = storedMap(store, filter);
  return scores === undefined ? undefined : meanScore(scores) >= plan.filter.score;
}
