/** How a server behaves, for one request after the other; the last one goes on. */
export type Behavior = (request: Request) => Response | Promise<Response>;

/** A server on this machine, and what it was asked. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** The `range` headers of its requests, "" where there was none. */
  readonly ranges: string[];
}

/** Serves requests as the behaviors say. */
export function serve(...behaviors: readonly Behavior[]): TestServer {
  const ranges: string[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => undefined,
    onError: () => new Response(null, { status: 500 }),
  }, (request) => {
    ranges.push(request.headers.get("range") ?? "");
    return behaviors[Math.min(ranges.length, behaviors.length) - 1](request);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/network.onnx`,
    ranges,
    [Symbol.asyncDispose]: async () => {
      await server.shutdown();
    },
  };
}

/** Serves bytes, whole or from where it is asked to. */
export function whole(bytes: Uint8Array<ArrayBuffer>): Behavior {
  return (request) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
    if (from === 0) return new Response(bytes);
    return new Response(bytes.slice(from), {
      status: 206,
      headers: { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` },
    });
  };
}

/** Announces all of the bytes, serves some of what it is asked for, and then does `after`. */
export function partly(
  bytes: Uint8Array<ArrayBuffer>,
  count: number,
  after: (controller: ReadableStreamDefaultController) => void,
): Behavior {
  return (request) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(from, from + count));
        after(controller);
      },
    });
    const headers = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}`, "content-length": String(bytes.length - from) };
    return new Response(body, { status: from === 0 ? 200 : 206, headers });
  };
}

/** Breaks the connection. */
export function breakOff(controller: ReadableStreamDefaultController): void {
  controller.error(new Error("broken on purpose"));
}
