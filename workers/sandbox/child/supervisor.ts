import { FrameReader, toFrame } from "./frames.ts";
import { encodeValue } from "./values.ts";

/**
 * Main thread of a plugin's process. The plugin runs in a worker; this thread only carries messages between it and the host, ends the process when
 * it uses too much memory or breaks the rules, and when the host is gone: an endless loop of the plugin cannot keep it from that.
 */

/** How often the memory is looked at, in milliseconds. */
const INTERVAL = 10;

const [memory] = Deno.args.map(Number);

const frames = new FrameReader(Deno.stdin.readable);

function write(message: Uint8Array): void {
  const frame = toFrame(message);
  for (let done = 0; done < frame.length;) done += Deno.stdout.writeSync(frame.subarray(done));
}

/** Ends the process; the host reads why in place of an answer. */
function end(reason: string): never {
  write(encodeValue({ ended: reason.slice(0, 1000) }));
  Deno.exit(1);
}

// Ctrl-C reaches every process of a terminal: the host decides what becomes of this one.
Deno.addSignalListener("SIGINT", () => {});

setInterval(() => {
  if (Deno.memoryUsage().rss > memory) end(`used more than ${Math.round(memory / 2 ** 20)} MiB of memory`);
}, INTERVAL);

const harness = await frames.next(2 ** 20);
const worker = new Worker(new TextDecoder().decode(harness), { type: "module" });
const { port1: port, port2: itsPort } = new MessageChannel();
worker.postMessage(itsPort, [itsPort]);
worker.onmessage = ({ data }) => end(data === "gone" ? "ended itself" : "sent messages that nobody asked for");
worker.onmessageerror = () => end("sent messages that nobody asked for");
worker.onerror = (event) => {
  event.preventDefault();
  end(`threw where nobody catches: ${event.message}`);
};
port.onmessage = ({ data }: MessageEvent<Uint8Array>) => write(data);

while (true) {
  const frame = await frames.next(2 ** 32);
  if (frame === undefined) break;
  port.postMessage(frame, [frame.buffer]);
}
Deno.exit(0);
