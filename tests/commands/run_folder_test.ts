import { assertEquals, assertMatch } from "@std/assert";
import { withFolder, writeMesh, writeNetwork } from "./command_line.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("runs without --out go to folders of their own: one for each configuration, whichever part of it differs", () =>
  withFolder(async (folder) => {
    const [mesh, network] = [await writeMesh(folder), await writeNetwork(folder)].map((path) => path.slice(folder.length + 1));
    const cwd = new URL(`${folder}/`, ROOT);
    const program = ["run", "--quiet", "--no-prompt", `--config=${ROOT.pathname}deno.json`, "-P=run", `${ROOT.pathname}cli.ts`];
    const subject = ["--mesh", mesh, "--classifier", network, "--class", "1"];
    /** The folders that there are after one more map. */
    const foldersAfter = async (...options: string[]) => {
      const command = new Deno.Command(Deno.execPath(), { args: [...program, "map", ...subject, ...options], cwd });
      const { code, stderr } = await command.output();
      assertEquals(code, 0, new TextDecoder().decode(stderr));
      return Array.from(Deno.readDirSync(new URL("runs", cwd)), ({ name }) => name);
    };
    const first = await foldersAfter("--counts", "2,2");
    assertEquals(first.length, 1);
    assertMatch(first[0], /^map-tetrahedron-tiny-[0-9a-f]{8}$/);
    assertEquals(await foldersAfter("--counts", "2,2"), first, "the same again is the same run");
    assertEquals((await foldersAfter("--counts", "3,2")).length, 2);
    // Axes, mesh and network are the same: only what `run` says differs.
    assertEquals((await foldersAfter("--counts", "2,2", "--set", "distance=3")).length, 3);
    assertEquals((await foldersAfter("--counts", "2,2", "--seed", "8")).length, 4);
  }));
