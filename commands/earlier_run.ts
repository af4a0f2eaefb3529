/** Names of what the reporters, the pictures of points, `report` and `gate` write beside a record. */
const WRITTEN =
  /^(map|maps|regions(_\d+)?|trace|traps|worst|srvr|srvr_classes|networks(_\d+)?|data_maps|data_map_.+|report|film|gate)\.(png|svg|csv|npz|html|gif|json|xml)$/;

/** Removes what an earlier run has left in its folder, since none of it need be of the record that is to come; that itself is written over. */
export async function removeEarlierRun(folder: string): Promise<void> {
  if (!await hasRecord(folder)) return;
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile && WRITTEN.test(name)) names.push(name);
  await Promise.all(names.map((name) => Deno.remove(`${folder}/${name}`)));
}

/** Whether a folder is that of a run: elsewhere, files of these names are somebody else's. */
async function hasRecord(folder: string): Promise<boolean> {
  try {
    using file = await Deno.open(`${folder}/record.json`);
    const start = new Uint8Array(START);
    await file.read(start);
    return /"command": "(map|grow|study|bias)"/.test(new TextDecoder().decode(start));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/** Bytes of a record, some of which can be large, that hold its second field. */
const START = 1024;
