import { assert, assertEquals, assertRejects } from "@std/assert";
import { download, type DownloadOptions } from "../../../commands/models/download.ts";
import { partialPath } from "../../../commands/models/transfer.ts";
import { InputError } from "../../../core/errors.ts";
import { sha256 } from "../../../workers/input_files.ts";
import { withFolder } from "../command_line.ts";
import { breakOff, partly, serve, whole } from "./server.ts";

/** Not a multiple of anything. */
const CONTENT = Uint8Array.from({ length: 300_007 }, (_, i) => (i * 7 + (i >> 8)) % 251);
const SHA256 = await sha256(CONTENT);
const EXPECTED = { bytes: CONTENT.length, sha256: SHA256 };

interface Case {
  readonly url: string;
  readonly path: string;
  fetch(options?: Partial<DownloadOptions>): ReturnType<typeof download>;
}

/** Downloads into a folder that is removed, without waiting between attempts. */
function withDownload(url: string, use: (given: Case) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const path = new URL(`../../../${folder}/network.onnx`, import.meta.url).pathname;
    const fetch = (options: Partial<DownloadOptions> = {}) =>
      download(url, path, { ...EXPECTED, signal: new AbortController().signal, pause: 0, ...options });
    await use({ url, path, fetch });
  });
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

Deno.test("download() writes what the server sends, under its name once it is verified", async () => {
  await using server = serve(whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    const seen: number[] = [];
    assertEquals(await fetch({ onBytes: (bytes) => seen.push(bytes) }), EXPECTED);
    assertEquals(await Deno.readFile(path), CONTENT);
    assertEquals(seen.at(-1), CONTENT.length);
    assert(!await exists(partialPath(path)));
  });
});

Deno.test("download() goes on where an earlier run stopped", async () => {
  await using server = serve(whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    await Deno.writeFile(partialPath(path), CONTENT.subarray(0, 123_456));
    assertEquals(await fetch(), EXPECTED);
    assertEquals(server.ranges, ["bytes=123456-"]);
    assertEquals(await Deno.readFile(path), CONTENT);
  });
});

Deno.test("download() verifies a file that an earlier run had got to its end, without asking again", async () => {
  await using server = serve(whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    await Deno.writeFile(partialPath(path), CONTENT);
    assertEquals(await fetch(), EXPECTED);
    assertEquals(server.ranges, []);
  });
});

Deno.test("download() starts again where the server knows no ranges", async () => {
  await using server = serve(() => new Response(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    await Deno.writeFile(partialPath(path), CONTENT.subarray(0, 5000));
    assertEquals(await fetch(), EXPECTED);
    assertEquals(await Deno.readFile(path), CONTENT);
  });
});

Deno.test("download() does not go on with a file whose hash it does not know", async () => {
  await using server = serve(whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    await Deno.writeFile(partialPath(path), new Uint8Array(5000));
    assertEquals(await fetch({ bytes: undefined, sha256: undefined }), EXPECTED);
    assertEquals(server.ranges, [""]);
  });
});

Deno.test("download() goes on when the connection breaks, as often as it gets on", async () => {
  const piece = partly(CONTENT, 60_000, (controller) => setTimeout(() => breakOff(controller), 20));
  await using server = serve(piece, piece, piece, piece, whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    assertEquals(await fetch({ retries: 1 }), EXPECTED);
    assertEquals(await Deno.readFile(path), CONTENT);
    assert(server.ranges.length === 5 && server.ranges[0] === "", String(server.ranges));
  });
});

Deno.test("download() says that a server breaks off again and again, and keeps what came", async () => {
  const first = partly(CONTENT, 60_000, (controller) => setTimeout(() => breakOff(controller), 20));
  const nothing = partly(CONTENT, 0, (controller) => setTimeout(() => breakOff(controller), 5));
  await using server = serve(first, nothing);
  await withDownload(server.url, async ({ path, fetch }) => {
    const error = await assertRejects(() => fetch({ retries: 2 }), InputError);
    assert(/^127\.0\.0\.1:\d+ .*: run the same command again to go on from there$/.test(error.message), error.message);
    assertEquals((await Deno.stat(partialPath(path))).size, 60_000);
    assert(!await exists(path));
  });
});

Deno.test("download() notices a file that ends too early, with and without an announced length", async () => {
  for (const headers of [[], [["content-length", "1000"]]] as [string, string][][]) {
    await using server = serve(() => new Response(new Blob([CONTENT.subarray(0, 1000)]).stream(), { headers }));
    await withDownload(server.url, async ({ path, fetch }) => {
      await assertRejects(() => fetch({ retries: 1 }), InputError);
      assert(!await exists(path));
    });
  }
});

Deno.test("download() refuses a file of another length at once", async () => {
  const pointer = new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\n");
  await using server = serve(() => new Response(pointer));
  await withDownload(server.url, async ({ path, fetch }) => {
    await assertRejects(fetch, InputError, `it has ${pointer.length} bytes, and ${CONTENT.length} are right`);
    assertEquals(server.ranges.length, 1);
    assert(!await exists(path) && !await exists(partialPath(path)));
  });
});

Deno.test("download() refuses a file that goes on and on", async () => {
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => controller.enqueue(CONTENT),
      }),
    );
  await using server = serve(endless);
  await withDownload(server.url, async ({ path, fetch }) => {
    await assertRejects(fetch, InputError, `more than ${CONTENT.length} bytes`);
    assert(!await exists(path));
  });
});

Deno.test("download() refuses a file of the right length and another hash, and keeps nothing of it", async () => {
  const other = CONTENT.slice();
  other[777]++;
  await using server = serve(whole(other));
  await withDownload(server.url, async ({ path, fetch }) => {
    await assertRejects(fetch, InputError, `its SHA-256 is ${await sha256(other)}, and ${SHA256} is right`);
    assert(!await exists(path) && !await exists(partialPath(path)));
  });
});

Deno.test("download() says that a server does not have the file, and does not insist", async () => {
  await using server = serve(() => new Response("no", { status: 404 }));
  await withDownload(server.url, async ({ path, fetch }) => {
    await assertRejects(fetch, InputError, "answers with status 404");
    assertEquals(server.ranges.length, 1);
    assert(!await exists(path) && !await exists(partialPath(path)));
  });
});

Deno.test("download() asks again where a server has a bad moment", async () => {
  await using server = serve(() => new Response("later", { status: 503 }), whole(CONTENT));
  await withDownload(server.url, async ({ fetch }) => {
    assertEquals(await fetch(), EXPECTED);
  });
});

Deno.test("download() follows a redirection, and keeps its range on the way", async () => {
  await using server = serve(whole(CONTENT));
  await using sign = serve(() => Response.redirect(server.url, 302));
  await withDownload(sign.url, async ({ path, fetch }) => {
    await Deno.writeFile(partialPath(path), CONTENT.subarray(0, 1000));
    assertEquals(await fetch(), EXPECTED);
    assertEquals(server.ranges, ["bytes=1000-"]);
  });
});

Deno.test("download() names the host that it may not reach", async () => {
  await using sign = serve(() => Response.redirect("http://example.invalid/network.onnx", 302));
  for (const url of [sign.url, "http://example.invalid/network.onnx"]) {
    await withDownload(url, async ({ fetch }) => {
      await assertRejects(fetch, InputError, "--allow-net=example.invalid");
    });
  }
});

Deno.test("download() waits for a slow server and gives up on one that stalls", async () => {
  const slow = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        async start(controller) {
          for (let from = 0; from < CONTENT.length; from += 100_000) {
            controller.enqueue(CONTENT.slice(from, from + 100_000));
            await new Promise((resolve) => setTimeout(resolve, 120));
          }
          controller.close();
        },
      }),
    );
  await using patient = serve(slow);
  await withDownload(patient.url, async ({ fetch }) => {
    assertEquals(await fetch({ patience: 0.3 }), EXPECTED);
  });
  await using stalled = serve(partly(CONTENT, 1000, () => undefined), partly(CONTENT, 0, () => undefined));
  await withDownload(stalled.url, async ({ path, fetch }) => {
    await assertRejects(() => fetch({ patience: 0.1, retries: 1 }), InputError, "stalled");
    assertEquals((await Deno.stat(partialPath(path))).size, 1000);
  });
});

Deno.test("download() stops when it is told to, and goes on later", async () => {
  await using server = serve(partly(CONTENT, 50_000, () => undefined), whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    const stop = new AbortController();
    await assertRejects(() => fetch({ signal: stop.signal, onBytes: () => stop.abort() }), DOMException);
    const { size } = await Deno.stat(partialPath(path));
    assert(size > 0 && size <= 50_000, String(size));
    assertEquals(await fetch(), EXPECTED);
    assertEquals(server.ranges, ["", `bytes=${size}-`]);
  });
});

Deno.test("download() leaves a file alone that another process is at", async () => {
  await using server = serve(whole(CONTENT));
  await withDownload(server.url, async ({ path, fetch }) => {
    using other = await Deno.open(partialPath(path), { write: true, create: true });
    await other.lock(true);
    await assertRejects(fetch, InputError, "is being pulled by another process");
  });
});

Deno.test("download() says that there is no server", async () => {
  const { url } = await (async () => {
    await using gone = serve(() => new Response());
    return gone;
  })();
  await withDownload(url, async ({ path, fetch }) => {
    await assertRejects(fetch, InputError, "cannot be reached");
    assert(!await exists(partialPath(path)));
  });
});
