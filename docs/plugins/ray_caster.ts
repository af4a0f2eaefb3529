import type { Mesh, OutsidePlugin, Scene } from "@orthotope/orthotope";

/** Nothing nearer to the eye is seen. */
const NEAR = 0.1;

/** Rays to each side of a pixel. */
const RAYS = 2;

export default {
  kind: "renderer",
  name: "ray-caster",
  version: "1.0.0",
  description: "one ray after the other against every triangle: slow, and short",
  create: (mesh, { width, height, colors, shading }) => {
    // An error of this name refuses what the user gave; any other is a failure of the plugin.
    if (shading === "smooth") throw Object.assign(new Error("it draws flat faces only, use --shading flat"), { name: "InputError" });
    return {
      render: (scenes, pictures) =>
        scenes.forEach((scene, i) => {
          const faces = facesOf(mesh, scene, colors === "mesh");
          const slope = Math.tan(scene.camera.fieldOfView * Math.PI / 360) / height;
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              const pixel = [0, 0, 0];
              for (let ray = 0; ray < RAYS * RAYS; ray++) {
                const right = (2 * x - width + (2 * (ray % RAYS) + 1) / RAYS) * slope;
                const up = (height - 2 * y - (2 * Math.floor(ray / RAYS) + 1) / RAYS) * slope;
                const color = colorAlong([right, up, 1], faces) ?? scene.background;
                for (let channel = 0; channel < 3; channel++) pixel[channel] += color[channel] / RAYS ** 2;
              }
              pixel.forEach((value, channel) => pictures[((3 * i + channel) * height + y) * width + x] = Math.min(1, value));
            }
          }
        }),
      dispose() {},
    };
  },
} satisfies OutsidePlugin;

type Vector = readonly number[];

/** A triangle as the eye at the origin sees it. */
interface Face {
  /** Normals of the planes through the eye and each side, opposite to the corners: a ray's weights of the corners are its products with them. */
  readonly sides: readonly Vector[];
  /** Distance along a ray, times the sum of its weights. */
  readonly volume: number;
  /** Colors of the corners, lit. */
  readonly colors: readonly Vector[];
}

function facesOf({ positions, triangles, colors }: Mesh, { camera, object, light }: Scene, ownColors: boolean): Face[] {
  const toEye = (point: Vector) => about(2, camera.roll, about(0, -camera.elevation, about(1, camera.azimuth, point)));
  const toLight = unit(toEye(light.direction));
  const [turnX, turnY, turnZ] = object.rotation;
  const corners = Array.from({ length: positions.length / 3 }, (_, i) => {
    const turned = about(2, turnZ, about(1, turnY, about(0, turnX, Array.from(positions.subarray(3 * i, 3 * i + 3)))));
    const [x, y, z] = toEye(turned.map((value, k) => value + object.shift[k]));
    return [x, y, z + camera.distance];
  });
  return Array.from({ length: triangles.length / 3 }, (_, t) => {
    const [a, b, c] = [0, 1, 2].map((k) => corners[triangles[3 * t + k]]);
    const normal = unit(cross(minus(b, a), minus(c, a)));
    const facing = dot(normal, a) > 0 ? -1 : 1;
    const brightness = light.ambient + light.directional * Math.max(0, facing * dot(normal, toLight));
    const own = (corner: number, k: number) => ownColors && colors !== undefined ? colors[9 * t + 3 * corner + k] : 1;
    return {
      sides: [cross(b, c), cross(c, a), cross(a, b)],
      volume: dot(a, cross(b, c)),
      colors: [0, 1, 2].map((corner) => object.color.map((value, k) => value * own(corner, k) * brightness)),
    };
  });
}

/** The color of the nearest face that a ray from the eye meets. */
function colorAlong(ray: Vector, faces: readonly Face[]): Vector | undefined {
  let nearest = Infinity;
  let color: Vector | undefined;
  for (const { sides, volume, colors } of faces) {
    const [u, v, w] = [dot(ray, sides[0]), dot(ray, sides[1]), dot(ray, sides[2])];
    if (!(u >= 0 && v >= 0 && w >= 0 || u <= 0 && v <= 0 && w <= 0)) continue;
    const depth = volume / (u + v + w);
    if (!(depth >= NEAR && depth < nearest)) continue;
    nearest = depth;
    color = [0, 1, 2].map((k) => (u * colors[0][k] + v * colors[1][k] + w * colors[2][k]) / (u + v + w));
  }
  return color;
}

/** A point turned about an axis: 0 is x, 1 is y, 2 is z. */
function about(axis: number, degrees: number, point: Vector): Vector {
  const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  const [next, last] = [(axis + 1) % 3, (axis + 2) % 3];
  return point.map((value, k) => k === axis ? value : k === next ? c * value - s * point[last] : s * point[next] + c * value);
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function minus(a: Vector, b: Vector): Vector {
  return a.map((value, k) => value - b[k]);
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return vector.map((value) => length > 0 ? value / length : 0);
}
