/**
 * The same answer with what every answer says: it is of the type that it names, and nobody keeps it.
 * A page that was stored with it could otherwise be taken for a script, and a browser's or a proxy's
 * store would hold memories.
 */
export function forItsReaderOnly(response: Response): Response {
  const told = new Response(response.body, response);
  told.headers.set("X-Content-Type-Options", "nosniff");
  if (!told.headers.has("Cache-Control")) told.headers.set("Cache-Control", "no-store");
  return told;
}
