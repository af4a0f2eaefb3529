import {
  BoxGeometry,
  CatmullRomCurve3,
  CylinderGeometry,
  Euler,
  ExtrudeGeometry,
  LatheGeometry,
  Matrix4,
  Quaternion,
  type Shape,
  SphereGeometry,
  SplineCurve,
  TubeGeometry,
  Vector2,
  Vector3,
} from "three";
import { LoftGeometry } from "three/addons/geometries/LoftGeometry.js";
import { RoundedBoxGeometry } from "three/addons/geometries/RoundedBoxGeometry.js";
import { seal } from "./seal.ts";
import type { Solid } from "./family.ts";

/** x, y, z. */
export type Point = readonly [number, number, number];

/** A box of these sides around a center; `bevel` rounds its edges. */
export function box(size: Point, center: Point, bevel = 0): Solid {
  const geometry = bevel > 0 ? new RoundedBoxGeometry(...size, 2, bevel) : new BoxGeometry(...size);
  return seal(geometry.translate(...center));
}

/** A round bar from one point to another; with `radiusTo` it tapers. */
export function rod(from: Point, to: Point, radius: number, { radiusTo = radius, sides = 12 } = {}): Solid {
  return seal(new CylinderGeometry(radiusTo, radius, distance(from, to), sides).applyMatrix4(alongY(from, to)));
}

/** A bar of rectangular section: `width` along x and `depth` along z where it stands upright. */
export function beam(from: Point, to: Point, width: number, depth: number): Solid {
  return seal(new BoxGeometry(width, distance(from, to), depth).applyMatrix4(alongY(from, to)));
}

/** An ellipsoid. */
export function ellipsoid(radii: Point, center: Point, segments = 16): Solid {
  return seal(new SphereGeometry(1, segments, segments >> 1).scale(...radii).translate(...center));
}

/** A bent bar through points; `flat` scales its thickness along x. */
export function pipe(points: readonly Point[], radius: number, { segments = 24, sides = 10, flat = 1 } = {}): Solid {
  const path = new CatmullRomCurve3(points.map((point) => new Vector3(...point)));
  const middle = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const geometry = new TubeGeometry(path, segments, radius, sides);
  return seal(geometry.translate(-middle, 0, 0).scale(flat, 1, 1).translate(middle, 0, 0));
}

/** A solid of revolution about +y from rows [radius, y]: from the axis below to the axis above (or, for a vessel, to the axis inside). */
export function revolve(profile: readonly (readonly [number, number])[], segments = 36): Solid {
  return seal(new LatheGeometry(profile.map(([radius, y]) => new Vector2(Math.max(radius, 0), y)), segments));
}

/** A smooth curve through rows [radius, y], as `count + 1` rows. */
export function smooth(rows: readonly (readonly [number, number])[], count: number): [number, number][] {
  return new SplineCurve(rows.map((row) => new Vector2(...row))).getPoints(count).map(({ x, y }) => [x, y]);
}

/** A plate: an outline in the plane of x and z (as x and y of the shape), from height `y` up to `y + thickness`. */
export function plate(outline: Shape, y: number, thickness: number, { bevel = 0, curveSegments = 16 } = {}): Solid {
  const geometry = new ExtrudeGeometry(outline, {
    depth: thickness - 2 * bevel,
    bevelEnabled: bevel > 0,
    bevelSize: bevel,
    bevelOffset: -bevel,
    bevelThickness: bevel,
    bevelSegments: 2,
    curveSegments,
  });
  return seal(geometry.rotateX(Math.PI / 2).translate(0, y + thickness - bevel, 0));
}

/** A skin over closed cross sections of equally many points, closed by caps at both ends. */
export function loft(sections: readonly Vector3[][]): Solid {
  return seal(new LoftGeometry([...sections]));
}

/** A level cross section: a superellipse with half axes along x and z; exponent 2 is an ellipse, 8 nearly a rectangle. */
export function oval(halfWidth: number, halfDepth: number, center: Point, { exponent = 2, count = 40 } = {}): Vector3[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = 2 * Math.PI * i / count;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const scale = (Math.abs(cosine) ** exponent + Math.abs(sine) ** exponent) ** (-1 / exponent);
    return new Vector3(center[0] + halfWidth * cosine * scale, center[1], center[2] + halfDepth * sine * scale);
  });
}

/** The solid turned about the x, y and z axes (degrees) at a pivot. */
export function turn(solid: Solid, [x, y, z]: Point, pivot: Point = [0, 0, 0]): Solid {
  const rotation = new Matrix4().makeRotationFromEuler(new Euler(...[x, y, z].map((angle) => angle * Math.PI / 180)));
  return solid.translate(-pivot[0], -pivot[1], -pivot[2]).applyMatrix4(rotation).translate(...pivot);
}

function distance(from: Point, to: Point): number {
  return Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
}

/** Carries the y axis, centered on the origin, to the line between two points. */
function alongY(from: Point, to: Point): Matrix4 {
  const [start, end] = [new Vector3(...from), new Vector3(...to)];
  const direction = end.clone().sub(start).normalize();
  const rotation = new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), direction);
  return new Matrix4().compose(start.add(end).multiplyScalar(0.5), rotation, new Vector3(1, 1, 1));
}
