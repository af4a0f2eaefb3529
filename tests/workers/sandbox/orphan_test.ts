import { assert, assertMatch } from "@std/assert";
import { withFolder, writeText } from "../../commands/command_line.ts";
import { parameterSource } from "./plugin_folder.ts";

const ROOT = new URL("../../../", import.meta.url);

/** Whether a process is there. */
async function isAlive(pid: number): Promise<boolean> {
  const { kill } = (await import("node:process")).default;
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

Deno.test({
  name: "a plugin's process ends when the program is killed, even in an endless loop",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const plugin = await writeText(
        `${folder}/loop.ts`,
        parameterSource({ fields: "description: `process ${Deno.pid}`", apply: "{ for (;;); }" }),
      );
      const program = await writeText(
        `${folder}/program.ts`,
        `import { applyParameter, DEFAULT_SCENE, openPlugins } from "@orthotope/orthotope";
        const { plugins: [loop] } = await openPlugins([{ origin: "${plugin}", trusted: false }]);
        console.log(loop.description);
        if (loop.kind === "parameter") await applyParameter(loop, [DEFAULT_SCENE], Float64Array.of(0));`,
      );
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "-P=run", `--allow-run=${Deno.execPath()}`, program],
        cwd: ROOT,
        stdout: "piped",
        stderr: "null",
      }).spawn();
      let said = "";
      for await (const bytes of child.stdout) {
        said += new TextDecoder().decode(bytes);
        if (said.includes("\n")) break;
      }
      assertMatch(said, /^process \d+$/m);
      const pid = Number(said.match(/\d+/)![0]);
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert(await isAlive(pid), "it loops");
      child.kill("SIGKILL");
      await child.status;
      for (let i = 0; i < 200 && await isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 50));
      assert(!await isAlive(pid), "nobody is left behind");
    }),
});
