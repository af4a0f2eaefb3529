import type { GrowRecord, MapRecord } from "../../../core/record.ts";
import type { BiasRecord, StudyRecord } from "../../../core/study_record.ts";
import type { Appearance } from "../../../core/renderer.ts";

/** All that a page shows, as it stands in the page. Numbers that are not known are null, as JSON has it. */
export interface PageData {
  readonly title: string;
  readonly runs: readonly PageRun[];
  readonly meshes: readonly PageMesh[];
  /** Colors of scores and of spreads from 0 to 1, [256 x 3] 8-bit RGB, as base64. */
  readonly ramps: { readonly score: string; readonly spread: string };
}

/** A study whose maps are packed: base64 of 16-bit numbers, see {@linkcode UNKNOWN}. */
export interface PageStudy extends Omit<StudyRecord, "results"> {
  readonly results: readonly (Omit<StudyRecord["results"][number], "scores"> & { readonly packed: string | null })[];
}

/** A run: the name of its folder, and its record with traces thinned. */
export interface PageRun {
  readonly name: string;
  readonly record: MapRecord | GrowRecord | BiasRecord | PageStudy;
}

/**
 * A mesh, found by its SHA-256 and its looks: base64 of float32 positions, uint32 triangles, and float32 colors, images and normals where the runs saw it in
 * color or smooth.
 */
export interface PageMesh extends Required<Appearance> {
  readonly sha256: string;
  readonly positions: string;
  readonly triangles: string;
  readonly cornerColors?: string;
  readonly cornerNormals?: string;
  readonly texture?: PackedTexture;
}

/** The images of a mesh that is seen in color: base64 of what a mesh has as arrays. */
export interface PackedTexture {
  readonly side: number;
  readonly texels: string;
  readonly wraps: string;
  readonly cutoffs?: string;
  readonly coordinates: string;
  readonly images: string;
}

/** Stands for a score that is not known among packed ones; others are scores times {@linkcode PACKED_ONE}. */
export const UNKNOWN = 65535;

/** How a score of 1 is packed. */
export const PACKED_ONE = 65534;
