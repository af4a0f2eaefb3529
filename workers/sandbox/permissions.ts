import { InputError } from "../../core/errors.ts";

/** A permission as manifests and grants write it: `net:example.org`, `read:data`, ... Running programs and native code cannot be granted. */
export const PERMISSION = /^(net|read|write|env|sys):[^\s,\p{Cc}]+$/u;

/** Permissions by name of plugin. */
export type Grants = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads `--grant fog=net:example.org,read:data`, one or several. @throws InputError where one is malformed. */
export function parseGrants(texts: readonly string[]): Grants {
  const grants = new Map<string, Set<string>>();
  for (const text of texts) {
    const [name, ...rest] = text.split("=");
    const permissions = rest.join("=").split(",");
    for (const permission of permissions) {
      if (/^(run|ffi)(:|$)/.test(permission)) {
        throw new InputError(`--grant cannot give "${permission}", which would end the sandbox: use --trust for a plugin that you trust`);
      }
      if (!PERMISSION.test(permission)) {
        throw new InputError(
          `--grant must be written NAME=net:HOST, read:PATH, write:PATH, env:NAME or sys:NAME: current value is "${text}"`,
        );
      }
    }
    grants.set(name, new Set([...grants.get(name) ?? [], ...permissions]));
  }
  return grants;
}

/**
 * The flags of Deno that give permissions. Folders and files that are given must not lead elsewhere: Deno follows symbolic links out of them.
 *
 * @param folder The plugin's own folder, an absolute path: paths are relative to it.
 * @throws InputError where a path is missing, or holds a link that leaves it.
 */
export async function permissionFlags(permissions: readonly string[], folder: string): Promise<string[]> {
  const flags: string[] = [];
  for (const permission of permissions) {
    const [, kind, value] = /^(\w+):(.*)$/s.exec(permission)!;
    flags.push(`--allow-${kind}=${kind === "read" || kind === "write" ? await ownPath(value, folder, permission) : value}`);
  }
  return flags;
}

async function ownPath(path: string, folder: string, permission: string): Promise<string> {
  const absolute = /^([/\\]|[A-Za-z]:)/.test(path) ? path : `${folder}/${path}`;
  const real = await Deno.realPath(absolute).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new InputError(`Permission "${permission}" must name an existing file or folder`);
    throw error;
  });
  if (absolute !== path && real !== folder && !isBelow(real, folder)) {
    throw new InputError(`Permission "${permission}" must stay in the plugin's folder: it is a link to "${real}"`);
  }
  // Deno reads a comma in a flag as the end of a path.
  if (real.includes(",")) throw new InputError(`Permission "${permission}" must be of a path without commas: it is "${real}"`);
  if ((await Deno.stat(real)).isDirectory) await refuseLinks(real, real, permission);
  return real;
}

/** Refuses symbolic links that lead out of a folder. */
async function refuseLinks(folder: string, root: string, permission: string): Promise<void> {
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await refuseLinks(path, root, permission);
    if (!isSymlink) continue;
    // A link to nothing could lead anywhere by the time that it is followed.
    const target = await Deno.realPath(path).catch(() => undefined);
    if (target === undefined || !isBelow(target, root)) {
      throw new InputError(`Permission "${permission}" must not lead elsewhere: "${path}" is a link to ${target ?? "nothing"}`);
    }
  }
}

/** Whether a real path lies below a real folder. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.replace(/[/\\]?$/, "/")) || path.startsWith(folder.replace(/[/\\]?$/, "\\"));
}
