import type { Random } from "../../core/random.ts";
import { DEFAULT_SCENE, type Scene, type Triple } from "../../core/scene.ts";

/**
 * A scene as a photograph might have it: seen from a viewpoint, everything else drawn at random around the default scene, which is well inside
 * of what is drawn.
 */
export function drawScene([azimuth, elevation]: readonly [number, number], random: Random): Scene {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const color = (): Triple => [random.uniform(), random.uniform(), random.uniform()];
  const plain = random.uniform() < 0.3;
  const objectColor: Triple = plain ? [1, 1, 1] : mix(color(), between(0.65, 1));
  const background: Triple = random.uniform() < 0.4 ? [0, 0, 0] : dim(color(), between(0, 0.5));
  return {
    camera: { azimuth, elevation, distance: between(2.4, 3.15), roll: between(-6, 6), fieldOfView: DEFAULT_SCENE.camera.fieldOfView },
    light: { direction: drawLight(random), directional: between(0.3, 0.65), ambient: between(0.4, 0.6) },
    object: { rotation: [0, 0, 0], shift: [between(-0.12, 0.12), between(-0.12, 0.12), between(-0.12, 0.12)], color: objectColor },
    background,
    post: {
      blur: random.uniform() < 0.5 ? 0 : between(0, 0.01),
      contrast: between(0.8, 1.2),
      brightness: between(-0.06, 0.06),
    },
  };
}

/** Mostly from above, as by day: straight down for a third of the pictures, else anywhere over the horizon. */
function drawLight(random: Random): Triple {
  if (random.uniform() < 0.33) return [0, 1, 0];
  const angle = 2 * Math.PI * random.uniform();
  const height = 0.15 + 0.85 * random.uniform();
  const across = Math.sqrt(1 - height * height);
  return [across * Math.cos(angle), height, across * Math.sin(angle)];
}

/** A color brought towards white, so that its largest channel is `brightness`. */
function mix(color: Triple, brightness: number): Triple {
  const most = Math.max(...color, 1e-3);
  return color.map((value) => brightness * (0.4 + 0.6 * value / most)) as unknown as Triple;
}

function dim(color: Triple, brightness: number): Triple {
  return color.map((value) => brightness * value) as unknown as Triple;
}

/** Adds noise to a picture [3 x size x size] in place, and keeps it in [0, 1]: fine grain, and a soft pattern of gray such as a wall has. */
export function addNoise(picture: Float32Array, size: number, random: Random): void {
  const grain = random.uniform() < 0.5 ? 0 : 0.04 * random.uniform();
  const pattern = random.uniform() < 0.5 ? undefined : drawPattern(size, 0.1 * random.uniform(), random);
  if (grain === 0 && pattern === undefined) return;
  const plane = size * size;
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0; pixel < plane; pixel++) {
      const at = channel * plane + pixel;
      // The sum of two uniform numbers is near enough to a normal one, and quick.
      const noise = grain === 0 ? 0 : grain * 2.45 * (random.uniform() + random.uniform() - 1);
      const value = picture[at] + noise + (pattern === undefined ? 0 : pattern[pixel]);
      picture[at] = value < 0 ? 0 : value > 1 ? 1 : value;
    }
  }
}

/** Random values on a coarse grid, bilinear between them, [size x size]. */
function drawPattern(size: number, amplitude: number, random: Random): Float32Array {
  const cells = 2 + random.integer(5);
  const knots = Float32Array.from({ length: (cells + 1) ** 2 }, () => amplitude * (2 * random.uniform() - 1));
  const pattern = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    const y = row * cells / size, top = Math.floor(y), down = y - top;
    for (let column = 0; column < size; column++) {
      const x = column * cells / size, left = Math.floor(x), right = x - left;
      const knot = top * (cells + 1) + left;
      const upper = knots[knot] * (1 - right) + knots[knot + 1] * right;
      const lower = knots[knot + cells + 1] * (1 - right) + knots[knot + cells + 2] * right;
      pattern[row * size + column] = upper * (1 - down) + lower * down;
    }
  }
  return pattern;
}
