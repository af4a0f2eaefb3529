import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { differentiatePost, postProcess } from "../../core/post_processing.ts";
import { Random } from "../../core/random.ts";

const WIDTH = 20, HEIGHT = 14, PLANE = WIDTH * HEIGHT;

/** Random values within [low, high], [3 x height x width]. */
function noise(seed: number, low = 0.2, high = 0.8): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: 3 * PLANE }, () => low + (high - low) * random.uniform());
}

function processed(picture: Float32Array, post: Parameters<typeof postProcess>[1]): Float32Array {
  const copy = picture.slice();
  postProcess(copy, post, { width: WIDTH, height: HEIGHT });
  return copy;
}

Deno.test("postProcess() at its defaults only clamps", () => {
  const picture = noise(1, -0.5, 1.5);
  const expected = picture.map((value) => Math.min(Math.max(value, 0), 1));
  assertEquals(processed(picture, { blur: 0, contrast: 1, brightness: 0 }), expected);
});

Deno.test("postProcess() applies contrast about 0.5, then brightness, then the clamp", () => {
  const picture = noise(2);
  const result = processed(picture, { blur: 0, contrast: 2, brightness: 0.1 });
  picture.forEach((value, i) => assertAlmostEquals(result[i], Math.min(Math.max(0.5 + 2 * (value - 0.5) + 0.1, 0), 1), 1e-6));
});

Deno.test("postProcess() blurs with a Gaussian: as the double sum of its definition, keeping a constant", () => {
  const picture = noise(3);
  const blur = 0.1, deviation = blur * HEIGHT;
  const result = processed(picture, { blur, contrast: 1, brightness: 0 });
  const weight = (k: number) => Math.exp(-0.5 * (k / deviation) ** 2);
  const reach = 9;
  let total = 0;
  for (let k = -reach; k <= reach; k++) total += weight(k);
  const clamp = (value: number, end: number) => Math.min(Math.max(value, 0), end - 1);
  for (const [channel, x, y] of [[0, 0, 0], [1, 10, 7], [2, 19, 13], [0, 3, 12]]) {
    let sum = 0;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        sum += weight(dx) * weight(dy) * picture[channel * PLANE + clamp(y + dy, HEIGHT) * WIDTH + clamp(x + dx, WIDTH)];
      }
    }
    assertAlmostEquals(result[channel * PLANE + y * WIDTH + x], sum / total ** 2, 1e-5);
  }
  const flat = processed(new Float32Array(3 * PLANE).fill(0.3), { blur: 0.3, contrast: 1, brightness: 0 });
  assert(flat.every((value) => Math.abs(value - 0.3) < 1e-6));
});

Deno.test("differentiatePost() is the derivative of postProcess(), clamp and all, by central difference", () => {
  const picture = noise(4), along = [noise(5, -1, 1), noise(6, -1, 1)];
  const post = { blur: 0.08, contrast: 5, brightness: 0.3 };
  const tangents = [{ blur: 0.3, contrast: -0.4, brightness: 0.2 }, { blur: 0, contrast: 0, brightness: 0 }];
  const derivatives = Float32Array.from([...along[0], ...along[1]]);
  const result = picture.slice();
  differentiatePost(result, post, { width: WIDTH, height: HEIGHT, tangents, derivatives });
  assertEquals(result, processed(picture, post));
  assert(result.some((value) => value === 1), "the case must have values that the clamp cuts");
  const step = 1e-3;
  tangents.forEach((tangent, k) => {
    const at = (sign: number) =>
      processed(picture.map((value, i) => value + sign * step * along[k][i]), {
        blur: post.blur + sign * step * tangent.blur,
        contrast: post.contrast + sign * step * tangent.contrast,
        brightness: post.brightness + sign * step * tangent.brightness,
      });
    const after = at(1), before = at(-1);
    let compared = 0;
    for (let i = 0; i < 3 * PLANE; i++) {
      // Where the clamp sets in within the step there is no derivative to compare with.
      if ((after[i] === 1) !== (before[i] === 1)) continue;
      compared++;
      assertAlmostEquals(derivatives[k * 3 * PLANE + i], (after[i] - before[i]) / (2 * step), 2e-3);
    }
    assert(compared > 2.8 * PLANE);
  });
});

Deno.test("differentiatePost() at the defaults leaves derivatives as they are, on values of exactly 0 and 1 too", () => {
  const picture = noise(7).map((value, i) => i % 5 === 0 ? 0 : i % 5 === 1 ? 1 : value);
  const derivatives = noise(8, -1, 1);
  const expected = derivatives.slice();
  const post = { blur: 0, contrast: 1, brightness: 0 };
  differentiatePost(picture, post, { width: WIDTH, height: HEIGHT, tangents: [{ blur: 0, contrast: 0, brightness: 0 }], derivatives });
  assertEquals(derivatives, expected);
});
