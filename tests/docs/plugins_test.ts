import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { conformance } from "../../plugins/conformance/mod.ts";
import { openPlugins } from "../../workers/sandbox/open_plugins.ts";
import { withFolder } from "../commands/command_line.ts";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = new URL("docs/plugins/", ROOT);
const README = await Deno.readTextFile(new URL("README.md", FOLDER));

Deno.test("docs/plugins/README.md shows the example as it is, and links all of them", async () => {
  const [, shown] = /^```ts ignore\n(import [\s\S]*?)^```/m.exec(README)!;
  assertEquals(shown, await Deno.readTextFile(new URL("fog.ts", FOLDER)));
  const examples = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name).filter((name) => /^(?!.*_test).*\.ts$/.test(name));
  assertEquals(examples.length, 5);
  for (const name of examples) assertStringIncludes(README, `](${name})`);
});

// The renderer is tried in this program by its own test: every one of its pictures takes a while.
for (const name of ["fog", "cautious", "prevailing_color", "markdown"]) {
  Deno.test(`docs/plugins/${name}.ts does in a process of its own what its kind must do`, async (test) => {
    await using opened = await openPlugins([{ origin: new URL(`${name}.ts`, FOLDER).pathname, trusted: false }]);
    for (const { name, check } of await conformance(opened.plugins[0])) await test.step(name, check);
  });
}

const [, ...blocks] = README.split(/^```sh\n/m).map((part) => part.split("```")[0].trim().split("\n"));
const skeletons = ["plugins new", "sea_mist"];

for (const command of blocks.flat().filter((line) => !skeletons.some((words) => line.includes(words)))) {
  Deno.test(`docs/plugins/README.md: ${command.replace("deno task ", "")}`, () =>
    withFolder(async (folder) => {
      const [program, ...words] = command.split(/\s+/);
      assertEquals(program, "deno");
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...words, "--out", `${folder}/out`],
        cwd: ROOT,
        stdin: "null",
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assert(stdout.length > 0);
    }));
}
