import { encodeModel } from "../../plugins/classifiers/onnx/codec.ts";
import { tinyNetwork, type TinyOptions } from "../plugins/classifiers/onnx/tiny_network.ts";

const ROOT = new URL("../../", import.meta.url);

/** What a command line printed, and how it ended. */
export interface Ended {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** The program as a user starts it, with the permissions of its tasks; in an environment with these variables besides. */
export function orthotope(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-P=run", "cli.ts", ...args],
    cwd: ROOT,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", ...environment },
  });
}

/** Runs a command line to its end. */
export async function runCommandLine(...args: string[]): Promise<Ended> {
  const { code, stdout, stderr } = await orthotope(args).output();
  const decoder = new TextDecoder();
  const errors = decoder.decode(stderr).split("\n").filter((line) => !line.includes("experimental feature")).join("\n");
  return { status: code, output: decoder.decode(stdout), errors };
}

/** Runs a command line until its first line of progress says that pictures are being scored, and interrupts it. */
export async function interruptCommandLine(...args: string[]): Promise<Pick<Ended, "status" | "errors">> {
  const process = orthotope(args).spawn();
  const decoder = new TextDecoder();
  let errors = "";
  for await (const chunk of process.stderr) {
    errors += decoder.decode(chunk);
    if (errors.includes("pictures/s")) break;
  }
  process.kill("SIGINT");
  const { code } = await process.status;
  await process.stdout.cancel();
  return { status: code, errors };
}

/** A folder for the files of a test, below the project's, removed after it. Paths are relative to the project. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const parent = new URL(".cache/tests/", ROOT);
  await Deno.mkdir(parent, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: parent.pathname });
  try {
    await use(folder.slice(ROOT.pathname.length));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes a file of a test. */
export async function writeText(path: string, content: string | Uint8Array): Promise<string> {
  const url = new URL(path, ROOT);
  await (typeof content === "string" ? Deno.writeTextFile(url, content) : Deno.writeFile(url, content));
  return path;
}

/** Reads a file of a test. */
export function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

/** Writes a small network and gives its path. */
export function writeNetwork(folder: string, options: TinyOptions = {}): Promise<string> {
  return writeText(`${folder}/tiny.onnx`, encodeModel(tinyNetwork(options)));
}

/** Writes a tetrahedron and gives its path. */
export function writeMesh(folder: string): Promise<string> {
  return writeText(`${folder}/tetrahedron.obj`, "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n");
}
