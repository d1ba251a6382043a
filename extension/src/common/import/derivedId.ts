/** The id of something imported: the same whenever and wherever it is told, so that again adds nothing. */
export async function derivedId(at: number, ...names: readonly string[]): Promise<string> {
  const told = new TextEncoder().encode(JSON.stringify(["import", ...names]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", told));
  const hex = [...hash.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, "0");
  // The version of ids that sort by time, and the variant that belongs to it.
  const variant = (8 + (Number.parseInt(hex.slice(3, 4), 16) & 3)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hex.slice(0, 3)}`,
    `${variant}${hex.slice(4, 7)}`,
    hex.slice(7, 19),
  ].join("-");
}
