import { assertEquals, assertMatch } from "@std/assert";
import { withFolder, writeMesh, writeNetwork } from "./command_line.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("runs without --out go to folders of their own: one for each configuration, whichever part of it differs", () =>
  withFolder(async (folder) => {
    const [mesh, network] = [await writeMesh(folder), await writeNetwork(folder)].map((path) => path.slice(folder.length + 1));
    const cwd = new URL(`${folder}/`, ROOT);
    const common = ["map", "--mesh", mesh, "--classifier", network, "--class", "1", "--counts", "2,2", "--workers", "1"];
    const folders = () => Array.from(Deno.readDirSync(new URL("runs", cwd)), ({ name }) => name).sort();
    const map = async (...more: string[]) => {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "--quiet",
          "--no-prompt",
          `--config=${ROOT.pathname}deno.json`,
          "-P=run",
          `${ROOT.pathname}cli.ts`,
          ...common,
          ...more,
        ],
        cwd,
      }).output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      return folders();
    };
    const [first] = await map();
    assertMatch(first, /^map-tetrahedron-tiny-[0-9a-f]{8}$/);
    assertEquals(await map(), [first], "the same again is the same run");
    // The axes, mesh and network are the same: only what `run` says differs.
    assertEquals((await map("--set", "distance=3")).length, 2);
    assertEquals((await map("--seed", "8")).length, 3);
    assertEquals((await map("--step", "180,50")).length, 4);
  }));
