import { assertEquals, assertRejects } from "@std/assert";
import { InputError } from "../../core/errors.ts";
import { WorkerPool } from "../../workers/worker_pool.ts";
import { fakeSetup } from "./fake_plugins.ts";
import { TO_CHOOSE, WITHOUT_DEVICE } from "./provider_worker.ts";

const entry = new URL("./provider_worker.ts", import.meta.url);

/** How many workers of a pool loaded the network where, once all have. */
async function loadsOf(provider: string, workers: number): Promise<number[]> {
  const counts = new Uint8Array(new SharedArrayBuffer(10));
  const setup = fakeSetup();
  const pool = await WorkerPool.start({ ...setup, source: { ...setup.source, bytes: counts, provider } }, { workers, entry });
  try {
    while (counts.reduce((sum, count) => sum + count, 0) < workers) await new Promise((resolve) => setTimeout(resolve, 5));
    return Array.from(counts);
  } finally {
    await pool.close();
  }
}

Deno.test("workers of a pool take the providers in turn", async () => {
  assertEquals((await loadsOf("cuda:0,cuda:2", 5)).slice(0, 3), [3, 0, 2]);
  assertEquals((await loadsOf("cpu", 3))[WITHOUT_DEVICE], 3);
});

Deno.test("the first worker chooses for auto, and the others do as it does", async () => {
  const counts = await loadsOf("auto", 3);
  assertEquals([counts[TO_CHOOSE], counts[WITHOUT_DEVICE]], [1, 2]);
});

Deno.test("a malformed provider is told before any worker starts", async () => {
  await assertRejects(() => loadsOf("cuda:first", 2), InputError, '"cuda:first"');
});
