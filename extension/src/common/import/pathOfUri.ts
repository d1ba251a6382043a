/** The path that a `file:` address names; nothing if it is none. */
export function pathOfUri(uri: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(uri).pathname);
    // On Windows a drive stands behind the first slash.
    return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
  } catch {
    return undefined;
  }
}
