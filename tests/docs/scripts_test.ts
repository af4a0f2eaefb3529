import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { readText, withFolder, writeText } from "../commands/command_line.ts";

const ROOT = new URL("../../", import.meta.url);

/** Runs a script with the permission set that the documentation names. */
async function study(script: string, ...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "-P=study", script, ...args],
    cwd: ROOT,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  const errors = decoder.decode(stderr).split("\n").filter((line) => !line.includes("experimental feature")).join("\n").trim();
  return { code, output: decoder.decode(stdout), errors };
}

/** A folder below `runs/`, where scripts may write. */
async function withRunFolder(use: (folder: string) => Promise<void>): Promise<void> {
  await Deno.mkdir(new URL("runs/", ROOT), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: new URL("runs/", ROOT).pathname, prefix: "test-" });
  try {
    await use(folder.slice(ROOT.pathname.length));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("docs/scripts/compare_methods.ts runs with the permissions of -P=study", () =>
  withRunFolder(async (folder) => {
    const { code, output, errors } = await study("docs/scripts/compare_methods.ts", folder);
    assertEquals([code, errors], [0, ""]);
    assertStringIncludes(output, `Wrote ${folder}/methods.csv`);
    const rows = (await readText(`${folder}/methods.csv`)).trimEnd().split("\n");
    assertEquals(rows.length, 1 + 2 * 2 * 2);
    assertMatch(rows[1], /^teapot,naive,40,30,0\.\d+,0\.\d+$/);
  }));

/** What a script tries, and what it is told. `REFUSED` stands for a library call that writes. */
const REFUSED: Readonly<Record<string, readonly [body: string, says: RegExp]>> = {
  "reaches the network": [
    'await fetch("https://example.org/data.json");',
    /^error: No net access to "example\.org:443": a run that reaches no network depends on its files alone, .*; whoever starts it may allow it with --allow-net=example\.org:443$/,
  ],
  "writes elsewhere": [
    'await Deno.writeTextFile("docs/x.txt", "x");',
    /^error: No write access to ".*docs\/x\.txt": a script writes below runs\/ only, .*--allow-write=/,
  ],
  "writes elsewhere through the library": [
    'await writeFiles("docs/x", [{ name: "a.txt", bytes: new Uint8Array(1) }]);',
    /^error: May not write "docs\/x": .*--allow-write=FOLDER$/,
  ],
  "starts a program": ['await new Deno.Command("ls").output();', /^error: No run access to "ls": a program that a script starts/],
  "reads the environment": ['Deno.env.get("HOME");', /^error: No env access to "HOME": variables of the environment may hold secrets/],
  "loads native code": ['Deno.dlopen("./x.so", {});', /^error: No ffi access to ".*x\.so": native code is not bound by permissions/],
  "asks about the machine": ["Deno.hostname();", /^error: No sys access to "hostname": a run must not depend on the machine/],
  "names what is not there": ['builtInPlugins().get("method", "obi_b");', /^error: Unknown method "obi_b", did you mean "oir_b"/],
};

for (const [what, [body, says]] of Object.entries(REFUSED)) {
  Deno.test(`a script that ${what} ends with status 2 and one line that says which and why`, () =>
    withFolder(async (folder) => {
      const script = await writeText(
        `${folder}/script.ts`,
        `import { builtInPlugins, runScript, writeFiles } from "@orthotope/orthotope";
        await runScript(async () => { ${body} await Promise.all([builtInPlugins, writeFiles]); });`,
      );
      const { code, output, errors } = await study(script);
      assertEquals([code, output], [2, ""], errors);
      assertMatch(errors, says);
      assertEquals(errors.split("\n").length, 1);
    }));
}

Deno.test("a script that does not use runScript() is refused just the same", () =>
  withFolder(async (folder) => {
    const network = await study(await writeText(`${folder}/network.ts`, 'await fetch("https://example.org/");'));
    assertEquals(network.code, 1);
    assertStringIncludes(network.errors, 'Requires net access to "example.org:443"');
    const writing = await study(await writeText(`${folder}/writing.ts`, 'await Deno.writeTextFile("x.txt", "x");'));
    assertEquals(writing.code, 1);
    assertStringIncludes(writing.errors, 'Requires write access to "');
  }));
