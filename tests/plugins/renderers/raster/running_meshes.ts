import { type Mesh, WRAP } from "../../../../core/mesh.ts";
import type { Shading } from "../../../../core/renderer.ts";
import { box, sphere } from "../meshes.ts";

/** Image coordinates of a corner. */
type Place = (corner: number) => readonly [u: number, v: number];
/** Red, green and blue of a place in an image. */
type Paint = (u: number, v: number) => readonly number[];

/** Waves of a few colors, no shorter than a fifth of the image. */
const waves: Paint = (u, v) =>
  [0, 2, 4].map((phase) => 0.5 + 0.4 * Math.sin(2 * Math.PI * (2 * u + v) + phase) * Math.cos(4 * Math.PI * v));

/** A board of so many fields a side, with hard edges. */
const board = (fields: number): Paint => (u, v) =>
  ((Math.floor(fields * u) + Math.floor(fields * v)) & 1) === 1 ? [0.9, 0.2, 0.1] : [0.1, 0.6, 0.9];

/** Meshes on whose faces light or images run. */
export const RUNNING: Readonly<Record<string, { readonly shading: Shading; readonly make: () => Mesh }>> = {
  "smooth sphere": { shading: "smooth", make: () => stretched(sphere(16)) },
  "smooth torus": { shading: "smooth", make: () => torus().mesh },
  "smooth box": { shading: "smooth", make: () => box([1.4, 0.8, 1]) },
  "box, smooth image": { shading: "flat", make: () => imaged(boxed(), 64, waves) },
  "box, sharp image": { shading: "flat", make: () => imaged(boxed(), 256, board(16)) },
  "smooth torus, smooth image": { shading: "smooth", make: () => imaged(torus(), 64, waves) },
  "smooth torus, sharp image": { shading: "smooth", make: () => imaged(torus(), 256, board(8)) },
};

/** A mesh that is longer in x than in y, and in y than in z. */
function stretched(mesh: Mesh): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => value * [1, 0.7, 0.5][i % 3]) };
}

/** A box with an image seen through it aslant. */
function boxed(): { mesh: Mesh; place: Place } {
  const mesh = box([1.4, 0.8, 1]);
  const place: Place = (corner) => {
    const [x, y, z] = mesh.positions.subarray(3 * mesh.triangles[corner]);
    return [0.5 * x + 0.3 * z + 0.5, 0.5 * y + 0.4 * z + 0.5];
  };
  return { mesh, place };
}

/** A torus about y of 32 rings with 16 sides each, with an image three times around it. */
function torus(rings = 32, sides = 16): { mesh: Mesh; place: Place } {
  const positions: number[] = [], triangles: number[] = [], places: (readonly [number, number])[] = [];
  for (let i = 0; i < rings; i++) {
    for (let j = 0; j < sides; j++) {
      const around = 2 * Math.PI * i / rings, across = 2 * Math.PI * j / sides, radius = 0.7 + 0.3 * Math.cos(across);
      positions.push(radius * Math.cos(around), 0.3 * Math.sin(across), radius * Math.sin(around));
      for (const [p, q] of [[i, j], [i, j + 1], [i + 1, j + 1], [i, j], [i + 1, j + 1], [i + 1, j]]) {
        triangles.push((p % rings) * sides + q % sides);
        places.push([3 * p / rings, q / sides]);
      }
    }
  }
  return { mesh: { positions: Float32Array.from(positions), triangles: Uint32Array.from(triangles) }, place: (corner) => places[corner] };
}

/** A mesh with an image. */
function imaged({ mesh, place }: { mesh: Mesh; place: Place }, side: number, paint: Paint): Mesh {
  const corners = Array.from(mesh.triangles.keys());
  const texels = Array.from({ length: side * side }, (_, i) => [...paint((i % side + 0.5) / side, (Math.floor(i / side) + 0.5) / side), 1]);
  return {
    ...mesh,
    colors: new Float32Array(3 * corners.length).fill(1),
    texture: {
      side,
      texels: Uint8Array.from(texels.flat(), (value) => Math.round(255 * value)),
      wraps: Uint8Array.of(WRAP.repeat, WRAP.repeat),
      coordinates: Float32Array.from(corners.flatMap(place)),
      images: new Uint16Array(corners.length / 3).fill(1),
    },
  };
}
