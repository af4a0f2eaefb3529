import { Studio, type StudioOptions } from "./studio.ts";

interface Entry {
  readonly studio: Promise<Studio>;
  users: number;
}

/** The studios of this thread by size and kind of their pictures: opening one compiles shaders. */
const studios = new Map<string, Entry>();

/** A studio that is lent. */
export interface Lease {
  readonly studio: Studio;
  /** Gives it back. The one that was used last stays open: the next renderer often wants the same size. */
  end(): void;
}

/** Lends the studio for pictures of a size and kind. @throws InputError where this machine cannot draw them. */
export async function leaseStudio(options: StudioOptions): Promise<Lease> {
  const key = `${options.width} x ${options.height} ${options.coloring} ${options.shading}`;
  let entry = studios.get(key);
  if (entry === undefined) {
    closeIdle();
    entry = { studio: Studio.open(options), users: 0 };
    studios.set(key, entry);
  }
  entry.users++;
  try {
    const studio = await entry.studio;
    return { studio, end: () => void entry.users-- };
  } catch (error) {
    studios.delete(key);
    throw error;
  }
}

function closeIdle(): void {
  for (const [key, { studio, users }] of studios) {
    if (users > 0) continue;
    studios.delete(key);
    studio.then((idle) => idle.dispose());
  }
}
