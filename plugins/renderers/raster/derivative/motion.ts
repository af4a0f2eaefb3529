import type { Scene, SceneTangent, Triple } from "../../../../core/scene.ts";
import { apply, applyTransposed, multiply, objectRotation, type Pose, rotationX, rotationY, rotationZ, viewAxes } from "../pose.ts";

const RADIANS = Math.PI / 180;

/** How the picture of a rigid object moves and changes along a scene tangent. */
export interface Motion {
  /** Whether any point moves in the picture. */
  readonly moves: boolean;
  /** Angular velocity of the object in camera axes, radians. */
  readonly turn: Float64Array;
  /** Velocity, in camera axes, of the point of the object that is at the eye. */
  readonly drift: Float64Array;
  /** Derivative of {@linkcode Pose.zoom}. */
  readonly zoom: number;
  /** Whether the brightness of any face changes. */
  readonly shades: boolean;
  /** Derivative of the unit vector towards the light, in object axes. */
  readonly light: Float64Array;
  readonly directional: number;
  readonly ambient: number;
  readonly color: Triple;
  readonly background: Triple;
}

/** The motion of a scene along a tangent. The pose is a chain of rotations, so angular velocities add up along it. */
export function motionOf(scene: Scene, tangent: SceneTangent, pose: Pose): Motion {
  const { camera, object, light } = scene;
  const [turnX, turnY, turnZ] = tangent.object.rotation.map((rate) => rate * RADIANS);
  const rotateZ = rotationZ(object.rotation[2]);
  const objectTurn = add(
    Float64Array.of(0, 0, turnZ),
    add(apply(rotateZ, [0, turnY, 0]), apply(multiply(rotateZ, rotationY(object.rotation[1])), [turnX, 0, 0])),
  );
  const view = multiply(rotationZ(camera.roll), viewAxes(camera.azimuth, camera.elevation));
  const tilt = add(
    Float64Array.of(-tangent.camera.elevation * RADIANS, 0, 0),
    apply(rotationX(-camera.elevation), [0, tangent.camera.azimuth * RADIANS, 0]),
  );
  const viewTurn = add(Float64Array.of(0, 0, tangent.camera.roll * RADIANS), apply(rotationZ(camera.roll), tilt));
  const turn = add(viewTurn, apply(view, objectTurn));
  const offsetRate = add(cross(viewTurn, apply(view, object.shift)), apply(view, tangent.object.shift));
  offsetRate[2] += tangent.camera.distance;
  const drift = add(offsetRate, cross(pose.offset, turn));
  const zoom = -0.5 * tangent.camera.fieldOfView * RADIANS * (1 + pose.zoom ** 2);

  const length = Math.hypot(...light.direction);
  const unit = Float64Array.from(light.direction, (value) => length > 0 ? value / length : 0);
  const rate = Float64Array.from(tangent.light.direction, (value) => length > 0 ? value / length : 0);
  const along = unit[0] * rate[0] + unit[1] * rate[1] + unit[2] * rate[2];
  const worldLight = add(rate.map((value, i) => value - along * unit[i]), cross(unit, objectTurn));
  const lightRate = applyTransposed(objectRotation(object.rotation), worldLight);
  const { directional, ambient } = tangent.light;
  const nonzero = (values: Float64Array) => values.some((value) => value !== 0);
  return {
    moves: nonzero(turn) || nonzero(drift) || zoom !== 0,
    turn,
    drift,
    zoom,
    shades: directional !== 0 || ambient !== 0 || (light.directional !== 0 && nonzero(lightRate)),
    light: lightRate,
    directional,
    ambient,
    color: tangent.object.color,
    background: tangent.background,
  };
}

function add(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, i) => value + right[i]);
}

function cross([ax, ay, az]: Float64Array, [bx, by, bz]: Float64Array): Float64Array {
  return Float64Array.of(ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx);
}
