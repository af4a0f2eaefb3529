import { z } from "zod";
import type { Renderer, RendererPlugin } from "../../../core/renderer.ts";
import { parsed } from "../parsed.ts";
import { OVERHEAD, readValues, type Remote } from "./remote_plugin.ts";
import { toRows } from "./remote_parameter.ts";

const created = z.object({ differentiable: z.boolean() });

/** A kind of renderer in a sandbox: the mesh crosses once, then scenes and pictures. */
export function remoteRenderer(facts: Omit<RendererPlugin, "create">, remote: Remote): RendererPlugin {
  return {
    ...facts,
    async create(mesh, options): Promise<Renderer> {
      const id = remote.handle();
      const size = 3 * options.width * options.height;
      const { differentiable } = await remote.call({
        name: "createRenderer",
        arguments: [id, mesh, options],
        most: OVERHEAD,
        read: (result) => parsed(created, result),
      });
      return {
        async render(scenes, pictures) {
          const drawn = await remote.call({
            name: "render",
            arguments: [id, toRows(scenes), size],
            most: 4 * scenes.length * size + OVERHEAD,
            read: (result) => readValues(result, scenes.length * size, "pictures"),
          });
          pictures.set(drawn);
        },
        ...(!differentiable ? {} : {
          async differentiate(scene, tangents, picture, derivatives) {
            const drawn = await remote.call({
              name: "differentiatePicture",
              arguments: [id, toRows([scene]), toRows(tangents), size],
              most: 4 * (1 + tangents.length) * size + OVERHEAD,
              read(result) {
                const answer = result as Readonly<Record<string, unknown>>;
                return {
                  picture: readValues(answer.picture, size, "picture"),
                  derivatives: readValues(answer.derivatives, tangents.length * size, "derivatives"),
                };
              },
            });
            picture.set(drawn.picture);
            derivatives.set(drawn.derivatives);
          },
        }),
        // What it throws has been told to whoever waits for pictures.
        dispose: () =>
          void remote.call({ name: "disposeRenderer", arguments: [id], most: OVERHEAD, read: () => undefined }).catch(() => undefined),
      };
    },
  };
}
