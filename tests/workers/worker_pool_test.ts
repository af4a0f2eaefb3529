import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { DEFAULT_SCENE, SCENE_SIZE, writeScene } from "../../core/scene.ts";
import { SceneSpace } from "../../core/scene_space.ts";
import { backgroundColors } from "../../plugins/parameters/background.ts";
import { azimuth, elevation } from "../../plugins/parameters/camera.ts";
import { RenderedFunction } from "../../workers/rendered_function.ts";
import { WorkerDeath, WorkerPool } from "../../workers/worker_pool.ts";
import { BLUE, fakeMesh, fakeSetup } from "./fake_plugins.ts";

const entry = new URL("./fake_worker.ts", import.meta.url);
const scenes = new SceneSpace([{ parameter: azimuth }, { parameter: elevation }, { parameter: backgroundColors[2] }]);

function pointsOf(count: number, blue: number = BLUE.nothing): Float64Array {
  return Float64Array.from({ length: 3 * count }, (_, i) => [(i * 7) % 360, (i * 5) % 90, blue][i % 3]);
}

function redOf(points: Float64Array): number[] {
  return Array.from({ length: points.length / 3 }, (_, i) => Math.fround(points[3 * i] / 360));
}

async function withPool(
  { workers, deaths }: { workers: number; deaths?: number },
  use: (f: RenderedFunction, pool: WorkerPool) => Promise<void>,
): Promise<void> {
  const pool = await WorkerPool.start(fakeSetup(deaths), { workers, entry });
  try {
    await use(new RenderedFunction(scenes, pool, { classIndex: 0, batch: 4, gradients: false }), pool);
  } finally {
    await pool.close();
  }
}

for (const workers of [1, 2, 3]) {
  Deno.test(`WorkerPool scores points in their order with ${workers} workers, several batches at once`, () =>
    withPool({ workers }, async (f) => {
      const batches = [1, 7, 50, 3].map((count) => pointsOf(count));
      const scores = await Promise.all(batches.map((points) => f.evaluate(points)));
      assertEquals(scores.map((part) => Array.from(part)), batches.map(redOf));
    }));
}

for (const [death, blue] of [["throws where nobody catches", BLUE.die], ["closes itself", BLUE.close]] as const) {
  Deno.test(`WorkerPool replaces a worker that ${death}, and does its batch again`, () =>
    withPool({ workers: 2, deaths: 1 }, async (f) => {
      const points = pointsOf(40);
      points[3 * 17 + 2] = blue;
      assertEquals(Array.from(await f.evaluate(points)), redOf(points));
      assertEquals(Array.from(await f.evaluate(pointsOf(9))), redOf(pointsOf(9)));
    }));

  Deno.test(`WorkerPool gives up when a worker ${death} twice on the same batch`, () =>
    withPool({ workers: 2, deaths: 2 }, async (f) => {
      const points = pointsOf(40);
      points[3 * 17 + 2] = blue;
      await assertRejects(() => f.evaluate(points), WorkerDeath, "A worker ended twice on the same batch");
      await assertRejects(() => f.evaluate(pointsOf(1)), WorkerDeath);
    }));
}

Deno.test("WorkerPool passes on what a job throws, and goes on", () =>
  withPool({ workers: 1 }, async (f) => {
    await assertRejects(() => f.evaluate(pointsOf(1, BLUE.refuse)), InputError, "The fake refuses blue");
    const bug = await assertRejects(() => f.evaluate(pointsOf(1, BLUE.bug)), Error, "the fake has a bug");
    assert(bug.stack?.includes("fake_plugins.ts"), "the stack tells where it happened");
    assertEquals(Array.from(await f.evaluate(pointsOf(2))), redOf(pointsOf(2)));
  }));

Deno.test("WorkerPool stops at a signal and can be used again", () =>
  withPool({ workers: 1 }, async (f) => {
    const controller = new AbortController();
    const waiting = f.evaluate(pointsOf(500), controller.signal);
    controller.abort(new Error("enough"));
    await assertRejects(() => waiting, Error, "enough");
    await assertRejects(() => f.evaluate(pointsOf(1), controller.signal), Error, "enough");
    assertEquals(Array.from(await f.evaluate(pointsOf(2))), redOf(pointsOf(2)));
  }));

Deno.test("WorkerPool.setMesh() changes what all workers render, also those that replace others, and not while jobs are under way", () =>
  withPool({ workers: 2, deaths: 1 }, async (_, pool) => {
    const green = new RenderedFunction(scenes, pool, { classIndex: 1, batch: 1, gradients: false });
    const scoresOf = async (points: Float64Array) => new Set((await green.evaluate(points)).map((score) => Math.round(100 * score)));
    const level = new Float64Array(3 * 20);
    assertEquals(await scoresOf(level), new Set([0]));
    pool.setMesh(fakeMesh(0.5));
    assertEquals(await scoresOf(level), new Set([50]));
    const deadly = level.slice();
    deadly[3 * 9 + 2] = BLUE.die;
    assertEquals(await scoresOf(deadly), new Set([50]));
    assertEquals(await scoresOf(level), new Set([50]));
    const scene = new Float64Array(SCENE_SIZE);
    writeScene(DEFAULT_SCENE, scene);
    const waiting = pool.run({ kind: "score", scenes: scene, classIndex: 1 });
    assertThrows(() => pool.setMesh(fakeMesh()), Error, "while jobs are under way");
    await waiting;
    pool.setMesh(fakeMesh(2));
    await assertRejects(() => green.evaluate(level.slice(0, 3)), InputError, "cannot render this mesh");
    pool.setMesh(fakeMesh(0.25));
    assertEquals(await scoresOf(level), new Set([25]));
  }));

Deno.test("WorkerPool.start() refuses what cannot be loaded", async () => {
  const setup = fakeSetup();
  const empty = { ...setup, source: { ...setup.source, bytes: new Uint8Array(0) } };
  await assertRejects(() => WorkerPool.start(empty, { workers: 2, entry }), InputError, "must not be empty");
  await assertRejects(() => WorkerPool.start({ ...setup, renderer: "none" }, { workers: 1, entry }), InputError, 'Unknown renderer "none"');
});
