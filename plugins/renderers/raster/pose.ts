import type { Scene, Triple } from "../../../core/scene.ts";

const RADIANS = Math.PI / 180;

/** Where the object stands before the camera, and the light before the object. */
export interface Pose {
  /** Rotation from object to camera axes (x to the right, y up, z into the picture), row-major 3 x 3. */
  readonly rotation: Float64Array;
  /** The object's origin in camera axes. */
  readonly offset: Float64Array;
  /** Height of the picture over the height that the camera sees at distance 1, times one half: half pictures a unit slope. */
  readonly zoom: number;
  /** Unit vector towards the light in object axes, or zero where the light has no direction. */
  readonly light: Float64Array;
}

/**
 * The pose of a scene. The camera's axes are those of `docs/rendering.md` in closed form, so they are defined and continuous at the poles and
 * beyond: past 90 degrees of elevation the camera comes down on the other side upside down.
 */
export function poseOf(scene: Scene): Pose {
  const { camera, object, light } = scene;
  const view = multiply(rotationZ(camera.roll), viewAxes(camera.azimuth, camera.elevation));
  const turn = objectRotation(object.rotation);
  const offset = apply(view, object.shift);
  offset[2] += camera.distance;
  const length = Math.hypot(...light.direction);
  const toLight = applyTransposed(turn, light.direction);
  return {
    rotation: multiply(view, turn),
    offset,
    zoom: 1 / Math.tan(camera.fieldOfView * RADIANS / 2),
    light: length > 0 ? toLight.map((value) => value / length) : new Float64Array(3),
  };
}

/** Rows x, y, z of a camera that looks at the origin. */
export function viewAxes(azimuth: number, elevation: number): Float64Array {
  const t = azimuth * RADIANS, e = elevation * RADIANS;
  const ct = Math.cos(t), st = Math.sin(t), ce = Math.cos(e), se = Math.sin(e);
  return Float64Array.of(ct, 0, st, -se * st, ce, se * ct, -ce * st, -se, ce * ct);
}

/** Rotations about x, then y, then z. */
export function objectRotation([x, y, z]: Triple): Float64Array {
  return multiply(rotationZ(z), multiply(rotationY(y), rotationX(x)));
}

/** Rotation about x, degrees. */
export function rotationX(angle: number): Float64Array {
  const c = Math.cos(angle * RADIANS), s = Math.sin(angle * RADIANS);
  return Float64Array.of(1, 0, 0, 0, c, -s, 0, s, c);
}

/** Rotation about y, degrees. */
export function rotationY(angle: number): Float64Array {
  const c = Math.cos(angle * RADIANS), s = Math.sin(angle * RADIANS);
  return Float64Array.of(c, 0, s, 0, 1, 0, -s, 0, c);
}

/** Rotation about z, degrees. */
export function rotationZ(angle: number): Float64Array {
  const c = Math.cos(angle * RADIANS), s = Math.sin(angle * RADIANS);
  return Float64Array.of(c, -s, 0, s, c, 0, 0, 0, 1);
}

/** Product of two 3 x 3 matrices. */
export function multiply(left: Float64Array, right: Float64Array): Float64Array {
  const product = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      for (let k = 0; k < 3; k++) product[3 * row + column] += left[3 * row + k] * right[3 * k + column];
    }
  }
  return product;
}

/** Matrix times vector. */
export function apply(matrix: Float64Array, [x, y, z]: ArrayLike<number> & Iterable<number>): Float64Array {
  return Float64Array.of(
    matrix[0] * x + matrix[1] * y + matrix[2] * z,
    matrix[3] * x + matrix[4] * y + matrix[5] * z,
    matrix[6] * x + matrix[7] * y + matrix[8] * z,
  );
}

/** Transposed matrix times vector. */
export function applyTransposed(matrix: Float64Array, [x, y, z]: ArrayLike<number> & Iterable<number>): Float64Array {
  return Float64Array.of(
    matrix[0] * x + matrix[3] * y + matrix[6] * z,
    matrix[1] * x + matrix[4] * y + matrix[7] * z,
    matrix[2] * x + matrix[5] * y + matrix[8] * z,
  );
}
