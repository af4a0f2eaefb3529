import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import type { RegionRecord } from "../../core/record.ts";
import { region } from "../../plugins/reporters/record_schema/parts.ts";
import type { StudyItem } from "./items.ts";

/** A map: scores over the plan's lattice. */
export interface MapContent {
  readonly scores: readonly number[];
}

/** Regions, in the order of initial points, then methods. */
export interface GrowContent {
  readonly regions: readonly RegionRecord[];
}

/** What the items of a store hold, by kind. */
export interface ItemContents {
  readonly map: MapContent;
  readonly grow: GrowContent;
}

const SCHEMAS: { readonly [Kind in StudyItem["kind"]]: z.ZodType<ItemContents[Kind]> } = {
  map: z.object({ scores: z.array(z.number()) }),
  grow: z.object({ regions: z.array(region) }),
};

/** A content as a store keeps it: numbers that are not finite are null. */
export function writeContent(content: ItemContents[StudyItem["kind"]]): string {
  return JSON.stringify(content);
}

/** Reads a content of a kind. @throws InputError where it is damaged: stores come from other machines as well. */
export function readContent<Kind extends StudyItem["kind"]>(kind: Kind, text: string): ItemContents[Kind] {
  const schema: z.ZodType<ItemContents[Kind]> = SCHEMAS[kind];
  const what = `The store is damaged: an item of kind "${kind}"`;
  const parsed = schema.safeParse(parseJson(text, what));
  if (!parsed.success) throw new InputError(`${what} cannot be read (${parsed.error.issues[0].message.split("\n")[0]})`);
  return parsed.data;
}
