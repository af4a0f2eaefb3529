/** Test data that is not part of the project: the paper's records and real networks. Tests that use it are skipped where it is absent. */
export const SHARED = new URL("../../shared/", import.meta.url);

/** Whether a file or folder of the shared test data is there. */
export function hasShared(path: string): boolean {
  try {
    Deno.statSync(new URL(path, SHARED));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Name and visibility of a test that needs shared data: it says so in its name where it is skipped. */
export function needsShared(name: string, path: string): { name: string; ignore: boolean } {
  const ignore = !hasShared(path);
  return { name: ignore ? `${name} (skipped: no ../shared/${path})` : name, ignore };
}
