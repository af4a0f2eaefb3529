import type { CatalogEntry } from "../../plugins/classifiers/catalog.ts";

/** What to do where a network blocks the hosts of an entry, in lines. */
export function adviceOf(entry: CatalogEntry): string {
  const { name, urls } = entry;
  const line = exportLine(entry);
  return [
    "Where these hosts are blocked, fetch the file elsewhere, from",
    ...urls.map((url) => `  ${url}`),
    "and import it, which verifies it:",
    `  deno task models pull ${name} --from FILE`,
    ...(line === undefined ? [] : [
      "or export the same network with PyTorch, and use the file by its path with --normalization imagenet:",
      `  ${line}`,
    ]),
  ].join("\n");
}

/** A line that exports the same network and weights from torchvision; undefined where it does not have them. */
function exportLine({ torchvision, side }: CatalogEntry): string | undefined {
  if (torchvision === undefined) return undefined;
  const program = [
    "import torch, torchvision as v",
    `m = v.models.get_model('${torchvision}', weights='IMAGENET1K_V1').eval()`,
    `torch.onnx.export(m, torch.zeros(1, 3, ${side}, ${side}), '${torchvision}.onnx', input_names=['x'], output_names=['logits'], ` +
    "dynamic_axes={'x': {0: 'n'}, 'logits': {0: 'n'}}, dynamo=False)",
  ];
  return `python -c "${program.join("; ")}"`;
}
