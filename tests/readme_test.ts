import { assert, assertEquals } from "@std/assert";
import { withFolder, writeMesh, writeNetwork, writeText } from "./commands/command_line.ts";

const ROOT = new URL("../", import.meta.url);

/** Commands in the shell blocks of a page, a line each. */
async function commandsOf(page: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(page, ROOT));
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block.trim().split("\n"));
}

/** The page's tests are this very run. */
const TESTS = "npx -y deno@2.9.6 task test";

for (const command of (await commandsOf("README.md")).filter((line) => line !== TESTS)) {
  Deno.test(`README.md: ${command}`, () =>
    withFolder(async (folder) => {
      const files: Record<string, string> = {
        "cup.obj": await writeMesh(folder),
        "mobilenet.onnx": await writeNetwork(folder),
        "imagenet.txt": await writeText(`${folder}/labels.txt`, "bowl\ncup\nmug\nplate\nvase\n"),
      };
      const [program, ...words] = command.replace(/^npx -y deno@\S+/, "deno").split(/\s+/);
      assertEquals(program, "deno", "commands start with deno, or with npx, which fetches it");
      const out = command.includes(" render ") ? `${folder}/picture.png` : `${folder}/out`;
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...words.map((word) => files[word] ?? word), ...(command.endsWith(" plugins") ? [] : ["--out", out])],
        cwd: ROOT,
        stdout: "piped",
        stderr: "piped",
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      assert(stdout.length > 0 || command.includes("--sheet"), "it prints what it found");
    }));
}
