import { edgesOf, next } from "../edges.ts";
import type { Shown } from "../shown.ts";
import type { Surface } from "../surface.ts";
import type { Contacts } from "./contacts.ts";

/** How a face lies at an edge: it begins there, on one side or the other, or goes through. */
export const FORWARD = 0, BACKWARD = 1, THROUGH = 2;

/** The lines on a surface across which a picture can jump: edges of faces, and lines where faces go through each other. */
export interface FeatureEdges {
  /** The two vertices of each edge, [edges x 2]. */
  readonly ends: Uint32Array;
  /** Where each edge's faces begin in `flaps`, with the end of the last behind, [edges + 1]. */
  readonly starts: Uint32Array;
  /**
   * The faces at each edge, `4 * face + how`, faces counted from 1: FORWARD where the face runs from the edge's first end to its second, so that
   * it lies on the left as seen with its corners counterclockwise, BACKWARD where it runs the other way, THROUGH where it lies on both sides.
   */
  readonly flaps: Uint32Array;
  /** 1 where the edge lies along a face that it does not belong to, or faces cross there, [edges]. */
  readonly touching: Uint8Array;
  /** Where the faces that each edge lies along begin in `touched`, with the end of the last behind, [edges + 1]. */
  readonly touchedStarts: Uint32Array;
  /** Faces, counted from 1, that edges lie along to which they do not belong. */
  readonly touched: Uint32Array;
  /** Where the flat neighbors of each face begin in `flat`, counted from 1, [faces + 2]. */
  readonly flatStarts: Uint32Array;
  /** Faces that go on from a face in its plane, across an edge that is left out. */
  readonly flat: Uint32Array;
  /** Where the faces that each goes through begin in `crossed`, counted from 1, [faces + 2]. */
  readonly crossedStarts: Uint32Array;
  /** Faces that go through a face. */
  readonly crossed: Uint32Array;
  /** The face beyond the edge from each corner to the next, counted from 1; 0 where there is none, or more than one, [faces x 3]. */
  readonly across: Uint32Array;
}

/** Faces whose normals differ by less than this (sine) make no edge: no picture shows it. */
const FLAT = 1e-5;

/**
 * Finds the edges that can be seen: all but those between two faces in one plane.
 *
 * @param contacts Its contacts; the ends of their lines are the surface's last vertices.
 * @param shown Where faces show more than their brightness: an edge between two of one plane is left out only if they show one color.
 */
export function featureEdgesOf(surface: Surface, contacts: Contacts, shown?: Shown): FeatureEdges {
  const { triangles, positions } = surface;
  const edges = edgesOf(triangles, positions.length / 3);
  const across = new Uint32Array(triangles.length);
  const ends: number[] = [], starts: number[] = [], flaps: number[] = [], touching: number[] = [], flatPairs: number[] = [];
  const touched: number[] = [], touchedStarts = [0], along = grouped(contacts.touched, triangles.length);
  for (let edge = 0; edge + 1 < edges.starts.length; edge++) {
    const start = edges.starts[edge], end = edges.starts[edge + 1];
    const first = edges.halfEdges[start], second = edges.halfEdges[end - 1];
    if (end - start === 2) {
      across[first] = faceOf(second);
      across[second] = faceOf(first);
    }
    if (end - start === 2 && isFlat(surface, first, second) && (shown?.isSame(faceOf(first), faceOf(second)) ?? true)) {
      flatPairs.push(faceOf(first), faceOf(second));
      continue;
    }
    starts.push(flaps.length);
    const low = edges.vertices[2 * edge];
    ends.push(low, edges.vertices[2 * edge + 1]);
    for (let i = start; i < end; i++) {
      const half = edges.halfEdges[i];
      for (let k = along.starts[half]; k < along.starts[half + 1]; k++) touched.push(along.faces[k]);
      flaps.push(4 * faceOf(half) + (triangles[half] === low ? FORWARD : BACKWARD));
    }
    touching.push(touched.length > touchedStarts[touchedStarts.length - 1] ? 1 : 0);
    touchedStarts.push(touched.length);
  }
  const firstPoint = (positions.length - contacts.points.length) / 3;
  for (let line = 0; 2 * line < contacts.faces.length; line++) {
    starts.push(flaps.length);
    ends.push(firstPoint + 2 * line, firstPoint + 2 * line + 1);
    flaps.push(4 * contacts.faces[2 * line] + THROUGH, 4 * contacts.faces[2 * line + 1] + THROUGH);
    touching.push(1);
    touchedStarts.push(touched.length);
  }
  starts.push(flaps.length);
  const flats = partners(flatPairs, triangles.length / 3), crossings = partners(contacts.faces, triangles.length / 3);
  return {
    ends: Uint32Array.from(ends),
    starts: Uint32Array.from(starts),
    flaps: Uint32Array.from(flaps),
    touching: Uint8Array.from(touching),
    touchedStarts: Uint32Array.from(touchedStarts),
    touched: Uint32Array.from(touched),
    flatStarts: flats.starts,
    flat: flats.faces,
    crossedStarts: crossings.starts,
    crossed: crossings.faces,
    across,
  };
}

/** Whether an edge is one of a face's own. */
export function owns({ starts, flaps }: FeatureEdges, edge: number, face: number): boolean {
  for (let i = starts[edge]; i < starts[edge + 1]; i++) {
    if (flaps[i] >>> 2 === face) return true;
  }
  return false;
}

/** Whether an edge lies along a face that it does not belong to. */
export function touches({ touchedStarts, touched }: FeatureEdges, edge: number, face: number): boolean {
  for (let k = touchedStarts[edge]; k < touchedStarts[edge + 1]; k++) {
    if (touched[k] === face) return true;
  }
  return false;
}

/** Whether two faces go through each other. */
export function cross({ crossedStarts, crossed }: FeatureEdges, one: number, other: number): boolean {
  for (let k = crossedStarts[one]; k < crossedStarts[one + 1]; k++) {
    if (crossed[k] === other) return true;
  }
  return false;
}

/** Whether two half-edges run in opposite directions between faces that lie side by side in one plane. */
function isFlat({ triangles, normals }: Surface, first: number, second: number): boolean {
  if (triangles[first] !== triangles[next(second)]) return false;
  const a = first - first % 3, b = second - second % 3;
  const x = normals[a + 1] * normals[b + 2] - normals[a + 2] * normals[b + 1];
  const y = normals[a + 2] * normals[b] - normals[a] * normals[b + 2];
  const z = normals[a] * normals[b + 1] - normals[a + 1] * normals[b];
  const cosine = normals[a] * normals[b] + normals[a + 1] * normals[b + 1] + normals[a + 2] * normals[b + 2];
  return cosine > 0 && x * x + y * y + z * z < FLAT * FLAT;
}

/** The face of a half-edge, counted from 1. */
function faceOf(halfEdge: number): number {
  return Math.floor(halfEdge / 3) + 1;
}

/** Faces by what they are listed for: where those of each begin, with the end of the last behind. */
interface Groups {
  readonly starts: Uint32Array;
  readonly faces: Uint32Array;
}

/** Lists the partners of each face, counted from 1, in pairs of faces. */
function partners(pairs: readonly number[], faces: number): Groups {
  return grouped(pairs.flatMap((face, i) => [face, pairs[i ^ 1]]), faces + 1);
}

/** Lists the faces of each of so many things in pairs of a thing, counted from 0, and a face. */
function grouped(pairs: readonly number[], things: number): Groups {
  const starts = new Uint32Array(things + 1), faces = new Uint32Array(pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) starts[pairs[i] + 1]++;
  for (let thing = 0; thing < things; thing++) starts[thing + 1] += starts[thing];
  const fill = starts.slice();
  for (let i = 0; i < pairs.length; i += 2) faces[fill[pairs[i]]++] = pairs[i + 1];
  return { starts, faces };
}
