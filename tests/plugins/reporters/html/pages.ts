import type { Mesh } from "../../../../core/mesh.ts";
import type { GrowRecord, MapRecord } from "../../../../core/record.ts";
import type { Appearance } from "../../../../core/renderer.ts";
import type { RunRecord } from "../../../../core/reporter.ts";
import { shapeMesh } from "../../../../plugins/meshes/shapes/catalog.ts";
import { collectPageData } from "../../../../plugins/reporters/html/collect_page_data.ts";
import { createPage } from "../../../../plugins/reporters/html/create_page.ts";
import { RUNNING } from "../../renderers/raster/running_meshes.ts";
import { AZIMUTH, ELEVATION, falsification, growRecord, mapRecord, region, smoothScore, withMeasuredPoints } from "../record_parts.ts";

const SPACE = [AZIMUTH, ELEVATION];

/** The mesh of all records of tests, whatever they call it. */
export const MESH = shapeMesh("cup");
const SHA = "b".repeat(64);

/** A map of the cup by a network of a name. */
function mapOf(name: string, score: (point: readonly number[]) => number): MapRecord {
  const record = mapRecord(SPACE, [24, 10], { score });
  return { ...record, run: { ...record.run, classifier: { ...record.run.classifier, name, width: 64, height: 64 } } };
}

/** A map with its highest score a third along each axis. */
export const FIRST = mapOf("first", (point) => smoothScore(SPACE, point));
/** A map that rises along the azimuth. */
export const SECOND = mapOf("second", ([azimuth]) => azimuth / 400);

/** Two regions in the first map: one from a point of its lattice, one across the seam. */
export const GROWTH: GrowRecord = {
  ...growRecord(SPACE, [
    region({ method: "oir_b", a: [30, 0], b: [110, 60], initialPoint: [75, 23.333333333333336] }),
    region({ method: "slab", a: [300, 10], b: [420, 40] }),
  ]),
  run: FIRST.run,
};

/** The same regions, of which the first was searched for its worst point: beyond the seam of none, at a point of the lattice. */
export const FALSIFIED: GrowRecord = {
  ...GROWTH,
  regions: [{ ...GROWTH.regions[0], falsification: falsification([90, FIRST.axes[1].values[4]], { score: 0.07, cuts: 3 }) }, {
    ...GROWTH.regions[1],
    falsification: falsification([390, 20], { score: 0.5, search: "evolution" }),
  }],
};

/** The first map, of which every second point was measured. */
export const PARTLY = withMeasuredPoints(FIRST);

/** An object and how it looks. */
export interface Look extends Required<Appearance> {
  readonly mesh: Mesh;
}

/** The cup as most records of tests saw it. */
export const CUP: Look = { colors: "white", shading: "flat", mesh: MESH };

/** Looks in which light or an image runs across faces. */
export const LOOKS: Readonly<Record<string, Look>> = {
  "smooth faces": { colors: "white", shading: "smooth", mesh: MESH },
  "an image on smooth faces": { colors: "mesh", shading: "smooth", mesh: RUNNING["smooth torus, sharp image"].make() },
};

/** A page of runs, with their mesh. */
export async function pageOf(...records: RunRecord[]): Promise<Uint8Array> {
  return await pageWith(CUP, ...records);
}

/** A page of runs, with an object as they saw it. */
export async function pageWith(look: Look, ...records: RunRecord[]): Promise<Uint8Array> {
  const runs = records.map((record, i) => ({ name: `run${i}`, record }));
  return await createPage(collectPageData(runs, { title: 'A "report" <b>', meshes: [{ sha256: SHA, ...look }] }));
}
