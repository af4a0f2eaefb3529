import type { RegionRecord } from "../../../../core/record.ts";
import type { Layer } from "./layers.ts";
import type { Subject } from "./subjects.ts";

/** What of a subject is shown, and how. */
export interface ViewState {
  readonly subject: Subject;
  /** The layer that is drawn; undefined where there is none. */
  readonly layer: Layer | undefined;
  /** Networks whose line at 0.5, or curve, is drawn as well. */
  readonly outlined: ReadonlySet<string>;
  /** The axes that are drawn, one or two: across, and up. */
  readonly axes: readonly number[];
  /** The semantic point that is looked at, [n]. */
  readonly point: readonly number[];
  /** The region that is followed, and the row of its trace; null: none is. */
  readonly followed: { readonly region: RegionRecord; readonly row: number } | null;
  /** Colors of networks and of methods. */
  readonly networkColors: ReadonlyMap<string, string>;
  readonly methodColors: ReadonlyMap<string, string>;
}

/** A panel that shows a state. */
export interface StateView {
  readonly root: HTMLElement;
  show(state: ViewState): void;
}

/** Bounds of the region that is followed, at the step that is shown. */
export function followedBounds({ followed }: ViewState): { a: readonly number[]; b: readonly number[] } | null {
  if (followed === null) return null;
  const { region, row } = followed;
  return region.trace[row] ?? region;
}
