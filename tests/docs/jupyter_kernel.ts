/** What came until a cell had ended: pictures and other displays by kind, what it printed, and its error. */
export interface CellResult {
  readonly displays: readonly Readonly<Record<string, string>>[];
  readonly printed: string;
  readonly error: string | null;
}

const DELIMITER = "<IDS|MSG>";
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A socket that speaks ZeroMQ's wire protocol (ZMTP 3.0, no security) to the kernel, as Jupyter's own front ends do. */
class ZmqSocket implements Disposable {
  readonly #connection: Deno.TcpConn;
  #buffer = new Uint8Array();

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async connect(port: number, type: "DEALER" | "SUB"): Promise<ZmqSocket> {
    const socket = new ZmqSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
    const greeting = new Uint8Array(64);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0]);
    greeting.set(encoder.encode("NULL"), 12);
    await socket.#write(greeting);
    await socket.#read(64);
    const property = [11, ...encoder.encode("Socket-Type"), 0, 0, 0, type.length, ...encoder.encode(type)];
    const ready = Uint8Array.from([5, ...encoder.encode("READY"), ...property]);
    await socket.#write(Uint8Array.from([4, ready.length, ...ready]));
    await socket.#frame();
    if (type === "SUB") await socket.#write(Uint8Array.of(0, 1, 1));
    return socket;
  }

  /** Sends the frames of one message. */
  async send(frames: readonly Uint8Array[]): Promise<void> {
    for (const [i, frame] of frames.entries()) {
      const header = new Uint8Array(9);
      header[0] = 2 | Number(i < frames.length - 1);
      new DataView(header.buffer).setBigUint64(1, BigInt(frame.length));
      await this.#write(header);
      await this.#write(frame);
    }
  }

  /** The frames of the next message. */
  async receive(): Promise<Uint8Array[]> {
    const frames: Uint8Array[] = [];
    while (true) {
      const { flags, body } = await this.#frame();
      if (flags & 4) continue;
      frames.push(body);
      if (!(flags & 1)) return frames;
    }
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #frame(): Promise<{ flags: number; body: Uint8Array }> {
    const [flags] = await this.#read(1);
    const isLong = (flags & 2) !== 0;
    const size = await this.#read(isLong ? 8 : 1);
    const length = isLong ? Number(new DataView(size.buffer).getBigUint64(0)) : size[0];
    return { flags, body: await this.#read(length) };
  }

  async #read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunk = new Uint8Array(65536);
    while (this.#buffer.length < length) {
      const count = await this.#connection.read(chunk);
      if (count === null) throw new Error("The kernel has closed the connection");
      const longer = new Uint8Array(this.#buffer.length + count);
      longer.set(this.#buffer);
      longer.set(chunk.subarray(0, count), this.#buffer.length);
      this.#buffer = longer;
    }
    const bytes = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return bytes;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let offset = 0; offset < bytes.length;) offset += await this.#connection.write(bytes.subarray(offset));
  }
}

/** Deno's kernel for Jupyter notebooks, started in the notebook's folder as Jupyter starts it. */
export class JupyterKernel implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #shell: ZmqSocket;
  readonly #published: ZmqSocket;
  readonly #file: string;

  private constructor(process: Deno.ChildProcess, sockets: { shell: ZmqSocket; published: ZmqSocket }, file: string) {
    this.#process = process;
    this.#shell = sockets.shell;
    this.#published = sockets.published;
    this.#file = file;
  }

  /** @param file Where the ports are written for the kernel to read. */
  static async start(folder: URL, file: string): Promise<JupyterKernel> {
    const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;
    const listeners = names.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
    const ports = Object.fromEntries(names.map((name, i) => [name, listeners[i].addr.port])) as Record<typeof names[number], number>;
    for (const listener of listeners) listener.close();
    const connection = { ip: "127.0.0.1", transport: "tcp", key: "", signature_scheme: "hmac-sha256", kernel_name: "deno", ...ports };
    await Deno.writeTextFile(file, JSON.stringify(connection));
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", file],
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const published = await whenListening(ports.iopub_port, "SUB");
    const shell = await whenListening(ports.shell_port, "DEALER");
    return new JupyterKernel(process, { shell, published }, file);
  }

  /** Runs a cell and waits for its end. */
  async execute(code: string): Promise<CellResult> {
    const id = crypto.randomUUID();
    const header = {
      msg_id: id,
      session: "test",
      username: "test",
      date: "2024-01-01T00:00:00Z",
      msg_type: "execute_request",
      version: "5.3",
    };
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true };
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    await this.#shell.send([DELIMITER, "", ...parts].map((part) => encoder.encode(part)));
    const displays: Record<string, string>[] = [];
    let printed = "";
    let error: string | null = null;
    while (true) {
      const frames = (await this.#published.receive()).map((frame) => decoder.decode(frame));
      const start = frames.indexOf(DELIMITER) + 2;
      const [message, parent, , body] = frames.slice(start, start + 4).map((text) => JSON.parse(text));
      // What a cell shows and prints may come only after the kernel has said that it is idle: with the next cell, then.
      if (message.msg_type === "display_data" || message.msg_type === "execute_result") displays.push(body.data);
      if (message.msg_type === "stream") printed += body.text;
      if (parent.msg_id !== id) continue;
      if (message.msg_type === "error") error = [body.ename, body.evalue, ...body.traceback].join("\n");
      else if (message.msg_type === "status" && body.execution_state === "idle") return { displays, printed, error };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#shell[Symbol.dispose]();
    this.#published[Symbol.dispose]();
    this.#process.kill("SIGKILL");
    await this.#process.status;
    await Deno.remove(this.#file);
  }
}

/** Connects once the kernel listens, which takes it a moment. */
async function whenListening(port: number, type: "DEALER" | "SUB"): Promise<ZmqSocket> {
  for (let patience = 300;; patience--) {
    try {
      return await ZmqSocket.connect(port, type);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused) || patience === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
