/// <reference lib="deno.worker" />
import { Orthotope } from "../../core/orthotope.ts";
import { type DataSet, Studio } from "./studio.ts";

/** What the worker is told: first the data set, then which pictures to draw. */
export type StudioMessage = { readonly set: DataSet } | { readonly first: number; readonly count: number };

/** What it answers. */
export interface StudioAnswer {
  readonly first: number;
  readonly pictures: Float32Array;
}

const worker = self as unknown as DedicatedWorkerGlobalScope;
let studio: Studio | undefined;

worker.onmessage = async ({ data }: MessageEvent<StudioMessage>) => {
  if ("set" in data) {
    // Boxes arrive as plain data: they get their methods back.
    const views = Object.entries(data.set.views).map(([name, boxes]) => [name, boxes.map(({ a, b }) => new Orthotope(a, b))]);
    studio = new Studio({ ...data.set, views: Object.fromEntries(views) });
    return;
  }
  const pictures = await studio!.draw(data.first, data.count);
  worker.postMessage({ first: data.first, pictures }, [pictures.buffer]);
};
