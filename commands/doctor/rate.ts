/** Pictures a second, of what does so many at a time; measured for so many seconds after one run to warm up. */
export async function pictureRate(
  run: () => void | Promise<void>,
  { pictures, seconds, signal }: { readonly pictures: number; readonly seconds: number; readonly signal: AbortSignal },
): Promise<number> {
  await run();
  const started = performance.now();
  let runs = 0, elapsed = 0;
  while (elapsed < 1000 * seconds && !signal.aborted) {
    await run();
    runs++;
    elapsed = performance.now() - started;
  }
  return runs * pictures / (elapsed / 1000);
}
