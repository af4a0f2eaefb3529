import { z } from "zod";
import { InputError } from "../../core/errors.ts";
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
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw damaged(kind, parsed.error.issues[0].message);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged("", error.message);
    throw error;
  }
}

function damaged(kind: string, message: string): InputError {
  return new InputError(
    `The store is damaged: an item ${kind === "" ? "" : `of kind "${kind}" `}cannot be read (${message.split("\n")[0]})`,
  );
}
