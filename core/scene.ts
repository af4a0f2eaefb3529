/** A point or direction in space, or linear RGB in [0, 1]. */
export type Triple = readonly [number, number, number];

/**
 * All that a picture depends on besides the mesh: plain, JSON-able data. The same shape with derivatives in place of values is a scene tangent.
 *
 * Angles are in degrees, lengths in units of the normalized mesh (whose longest side spans [-1, 1]), colors linear RGB in [0, 1].
 */
export interface Scene {
  /** Where the eye is and how it looks; it looks at the origin. */
  readonly camera: {
    /** Angle around +y, 0 looks from -z, 90 from +x. */
    readonly azimuth: number;
    /** Angle above the horizon. */
    readonly elevation: number;
    /** Distance of the eye from the origin. */
    readonly distance: number;
    /** Rotation of the picture about its center, counterclockwise. */
    readonly roll: number;
    /** Full vertical angle of view. */
    readonly fieldOfView: number;
  };
  /** White light: from one direction, and from everywhere. */
  readonly light: {
    /** Direction towards the light, of any positive length. */
    readonly direction: Triple;
    /** Intensity of the directional light. */
    readonly directional: number;
    /** Intensity of the ambient light. */
    readonly ambient: number;
  };
  /** How the object is turned, shifted and colored. */
  readonly object: {
    /** Rotations about x, then y, then z, before the shift. */
    readonly rotation: Triple;
    readonly shift: Triple;
    /** Multiplies the color of the surface, channel by channel. */
    readonly color: Triple;
  };
  /** Color where there is no object. */
  readonly background: Triple;
  /** Applied to the finished picture in this order: blur, contrast, brightness; then values are clamped to [0, 1]. */
  readonly post: {
    /** Standard deviation of a Gaussian, as a share of the picture's height. */
    readonly blur: number;
    /** Factor about mid-gray 0.5. */
    readonly contrast: number;
    /** Added to every channel. */
    readonly brightness: number;
  };
}

/** The derivative of a scene along one semantic parameter: derivatives where {@linkcode Scene} has values. */
export type SceneTangent = Scene;

/** The paper's scene: eye at distance 2.732 with a field of view of 60 degrees, white object, light from above, black background. */
export const DEFAULT_SCENE: Scene = frozenScene({
  camera: { azimuth: 0, elevation: 0, distance: 2.732, roll: 0, fieldOfView: 60 },
  light: { direction: [0, 1, 0], directional: 0.5, ambient: 0.5 },
  object: { rotation: [0, 0, 0], shift: [0, 0, 0], color: [1, 1, 1] },
  background: [0, 0, 0],
  post: { blur: 0, contrast: 1, brightness: 0 },
});

/** A scene of which nothing can be changed any more: whoever is given one and writes into it is told so, in place of changing the scenes of others. */
export function frozenScene(scene: Scene): Scene {
  for (const part of Object.values(scene)) {
    for (const inner of [...Object.values(part), part]) if (!ArrayBuffer.isView(inner)) Object.freeze(inner);
  }
  return Object.freeze(scene);
}

/** How many numbers a scene has. */
export const SCENE_SIZE = 25;

/** Writes a scene (or tangent) as a row of {@linkcode SCENE_SIZE} numbers, in the order of the interface. */
export function writeScene(scene: Scene, row: Float64Array, offset = 0): void {
  const { camera, light, object, background, post } = scene;
  row[offset] = camera.azimuth;
  row[offset + 1] = camera.elevation;
  row[offset + 2] = camera.distance;
  row[offset + 3] = camera.roll;
  row[offset + 4] = camera.fieldOfView;
  row.set(light.direction, offset + 5);
  row[offset + 8] = light.directional;
  row[offset + 9] = light.ambient;
  row.set(object.rotation, offset + 10);
  row.set(object.shift, offset + 13);
  row.set(object.color, offset + 16);
  row.set(background, offset + 19);
  row[offset + 22] = post.blur;
  row[offset + 23] = post.contrast;
  row[offset + 24] = post.brightness;
}

/** Reads a scene (or tangent) from a row written by {@linkcode writeScene}. */
export function readScene(row: Float64Array, offset = 0): Scene {
  const triple = (start: number): Triple => [row[offset + start], row[offset + start + 1], row[offset + start + 2]];
  return {
    camera: {
      azimuth: row[offset],
      elevation: row[offset + 1],
      distance: row[offset + 2],
      roll: row[offset + 3],
      fieldOfView: row[offset + 4],
    },
    light: { direction: triple(5), directional: row[offset + 8], ambient: row[offset + 9] },
    object: { rotation: triple(10), shift: triple(13), color: triple(16) },
    background: triple(19),
    post: { blur: row[offset + 22], contrast: row[offset + 23], brightness: row[offset + 24] },
  };
}

/** Names of a scene's numbers in the order of its row: `camera.azimuth`, `light.direction.0`, ... */
export const SCENE_NUMBERS: readonly string[] = namesIn(readScene(Float64Array.from({ length: SCENE_SIZE }, (_, i) => i)));

/** Paths to the numbers in an object, each in the place that its number says. */
function namesIn(part: object, path: readonly string[] = [], names: string[] = []): string[] {
  for (const [key, inner] of Object.entries(part)) {
    if (typeof inner === "number") names[inner] = [...path, key].join(".");
    else namesIn(inner, [...path, key], names);
  }
  return names;
}
