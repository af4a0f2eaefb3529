/** The data of a plugin as they stand, and the names of its functions. */
export function described(
  plugin: unknown,
): { readonly manifest: Readonly<Record<string, unknown>>; readonly functions: readonly string[] } {
  if (typeof plugin !== "object" || plugin === null) return { manifest: {}, functions: [] };
  const fields = Object.entries(plugin);
  return {
    manifest: Object.fromEntries(fields.filter(([, value]) => typeof value !== "function")),
    functions: fields.filter(([, value]) => typeof value === "function").map(([name]) => name),
  };
}
