import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { Classifier } from "../../core/classifier.ts";
import { Random } from "../../core/random.ts";
import { type Requirement, Requirements } from "./requirement.ts";

/** A classifier to try. */
export interface ClassifierCase {
  readonly load: () => Promise<Classifier>;
  /** Whether it has gradients. */
  readonly gradients: boolean;
  /** Step of the finite differences pixel by pixel, in picture values; 1e-2 by default. */
  readonly step?: number;
  /** Relative error of finite differences that the network's float32 and its kinks allow; 1e-2 by default. */
  readonly tolerance?: number;
}

/** How far a picture's scores may be apart in different batches, where the classifier says that they may: operators that round by places in memory. */
const ROUNDING = 1e-6;

/** What every classifier must do. */
export function classifierConformance({ load, gradients, step = 1e-2, tolerance = 1e-2 }: ClassifierCase): Requirement[] {
  // Loading is the dear part of it: all share one classifier, which the last of them disposes of.
  let loaded: Promise<Classifier> | undefined;
  const { all, test: add } = new Requirements();
  const test: Test = (what, body) => add(what, async () => await body(await (loaded ??= load())));

  test("classify() gives a distribution over the classes for each picture", async (classifier) => {
    const scores = await classifier.classify(pictures(classifier, 3), 3);
    const { classes } = classifier.info;
    assertEquals(scores.length, 3 * classes, `3 pictures of ${classes} classes must have ${3 * classes} scores`);
    assert(scores.every((score) => score >= 0 && score <= 1), "scores must be in [0, 1]");
    for (const row of rows(scores, classes)) {
      const sum = row.reduce((sum, score) => sum + score, 0);
      assert(Math.abs(sum - 1) <= 1e-12, `scores of a picture must have the sum 1: it is ${sum}`);
    }
  });

  test("classify() scores pictures by what is in them", async (classifier) => {
    const [first, second] = rows(await classifier.classify(pictures(classifier, 2), 2), classifier.info.classes);
    assertNotEquals(first, second, "two pictures have the same scores");
  });

  test("classify() gives a picture the same in any batch and time after time", async (classifier) => {
    const count = 5;
    const all = pictures(classifier, count);
    const { classes } = classifier.info;
    const together = (await classifier.classify(all, count)).slice();
    assertEquals(await classifier.classify(all, count), together, "scores differ the second time");
    for (const [start, end] of [[0, 1], [0, 2], [1, 4], [4, 5]]) {
      const part = all.subarray(start * pictureLength(classifier), end * pictureLength(classifier));
      const scores = await classifier.classify(part, end - start);
      const expected = together.subarray(start * classes, end * classes);
      if (classifier.info.facts.batchInvariant !== false) assertEquals(scores, expected, "scores differ in another batch");
      else scores.forEach((score, i) => assertAlmostEquals(score, expected[i], ROUNDING));
    }
  });

  test("classify() takes pictures in shared memory and no pictures at all", async (classifier) => {
    const own = pictures(classifier, 1);
    const shared = new Float32Array(new SharedArrayBuffer(own.byteLength));
    shared.set(own);
    const expected = (await classifier.classify(own, 1)).slice();
    assertEquals(await classifier.classify(shared, 1), expected, "scores differ for shared memory");
    assertEquals((await classifier.classify(own, 0)).length, 0, "no picture must have no scores");
  });

  test("info says the same after each load", async (classifier) => {
    const again = await load();
    assertEquals(again.info, classifier.info, "info differs");
    const batch = pictures(classifier, 1);
    assertEquals(await again.classify(batch, 1), await classifier.classify(batch, 1), "scores differ");
    await again.dispose();
  });

  if (gradients) testGradients(test, { step, tolerance });
  else {
    test("differentiate() is absent", (classifier) => {
      assertEquals(classifier.differentiate, undefined);
      return Promise.resolve();
    });
  }

  test("dispose() frees it", (classifier) => classifier.dispose());

  return all;
}

type Test = (what: string, body: (classifier: Classifier) => Promise<void>) => void;

function testGradients(test: Test, { step, tolerance }: Required<Pick<ClassifierCase, "step" | "tolerance">>): void {
  test("differentiate() gives the scores of classify()", async (classifier) => {
    const batch = pictures(classifier, 2);
    const { classes } = classifier.info;
    const scores = rows(await classifier.classify(batch, 2), classes).map((row) => row.slice());
    for (const classIndex of [0, classes - 1]) {
      const { scores: found } = await classifier.differentiate!(batch, 2, classIndex);
      assertEquals(found.length, 2, "2 pictures must have 2 scores of a class");
      scores.forEach((row, i) => assertAlmostEquals(found[i], row[classIndex], 1e-5, `score of class ${classIndex}`));
    }
  });

  test("differentiate() gives a picture the same in any batch", async (classifier) => {
    const batch = pictures(classifier, 3);
    const length = pictureLength(classifier);
    const together = (await classifier.differentiate!(batch, 3, 1)).gradients.slice();
    assertEquals(together.length, 3 * length, `3 pictures must have ${3 * length} derivatives`);
    const scale = largest(together);
    assert(scale > 0, "all gradients are 0");
    for (const picture of [0, 1, 2]) {
      const [start, end] = [picture * length, (picture + 1) * length];
      const alone = (await classifier.differentiate!(batch.subarray(start, end), 1, 1)).gradients;
      const allowed = classifier.info.facts.batchInvariant === false ? 1e-4 * scale : 0;
      together.subarray(start, end).forEach((value, i) =>
        assert(Math.abs(value - alone[i]) <= allowed, "gradients differ in another batch")
      );
    }
  });

  test("differentiate() agrees with finite differences of classify() along its own direction", async (classifier) => {
    const picture = pictures(classifier, 1);
    const { classes } = classifier.info;
    const before = await classifier.classify(picture, 1);
    const classIndex = top(before);
    const score = before[classIndex];
    const gradient = (await classifier.differentiate!(picture, 1, classIndex)).gradients.slice();
    const square = gradient.reduce((sum, value) => sum + value * value, 0);
    assert(square > 0, "the gradient of the top score is 0");
    // A step that should change the score by this share of what is left of it, to each side: small, for networks bend quickly along their gradient.
    const change = 2e-3 * score * (1 - score);
    const moved = Float32Array.from({ length: 2 * picture.length }, (_, i) => {
      const value = i % picture.length;
      return picture[value] + (i < picture.length ? change : -change) * gradient[value] / square;
    });
    const scores = await classifier.classify(moved, 2);
    const difference = scores[classIndex] - scores[classes + classIndex];
    const ratio = difference / (2 * change);
    assert(Math.abs(ratio - 1) <= tolerance, `differences of the score are ${ratio} times what the gradient says`);
  });

  test("differentiate() agrees with finite differences of classify() pixel by pixel, where the gradient is large", async (classifier) => {
    const picture = pictures(classifier, 1);
    const { classes } = classifier.info;
    const classIndex = top(await classifier.classify(picture, 1));
    const gradient = (await classifier.differentiate!(picture, 1, classIndex)).gradients.slice();
    const pixels = Array.from(gradient.keys()).sort((i, j) => Math.abs(gradient[j]) - Math.abs(gradient[i])).slice(0, 9);
    const errors: number[] = [];
    for (const pixel of pixels) {
      const moved = new Float32Array(2 * picture.length);
      moved.set(picture);
      moved.set(picture, picture.length);
      moved[pixel] += step;
      moved[picture.length + pixel] -= step;
      const scores = await classifier.classify(moved, 2);
      const difference = (scores[classIndex] - scores[classes + classIndex]) / (moved[pixel] - moved[picture.length + pixel]);
      errors.push(Math.abs(difference / gradient[pixel] - 1));
    }
    // The median: a kink within the step spoils the difference of a pixel.
    assert(errors.sort((m, n) => m - n)[4] < tolerance, `relative errors are ${errors}`);
  });
}

/** Smooth pictures with some noise, different from each other, away from the border of [0, 1]. */
function pictures({ info: { width, height } }: Classifier, count: number): Float32Array {
  const random = new Random(7);
  const planes = 3 * count;
  const result = new Float32Array(planes * width * height);
  for (let plane = 0; plane < planes; plane++) {
    const [x, y, phase] = [1 + 4 * random.uniform(), 1 + 4 * random.uniform(), 6 * random.uniform()];
    for (let i = 0; i < width * height; i++) {
      const wave = Math.sin((x * (i % width)) / width + (y * Math.floor(i / width)) / height + phase);
      result[plane * width * height + i] = 0.5 + 0.3 * wave + 0.1 * (random.uniform() - 0.5);
    }
  }
  return result;
}

function pictureLength({ info: { width, height } }: Classifier): number {
  return 3 * width * height;
}

function rows(values: Float64Array, width: number): Float64Array[] {
  return Array.from({ length: values.length / width }, (_, row) => values.subarray(row * width, (row + 1) * width));
}

function top(scores: Float64Array): number {
  return scores.indexOf(Math.max(...scores));
}

function largest(values: Float32Array): number {
  return values.reduce((result, value) => Math.max(result, Math.abs(value)), 0);
}
