// What an origin keeps in the browser, read from inside its page.

/**
 * The places of a page's origin that hold a text: `database/store` of IndexedDB, `localStorage` or `sessionStorage`.
 *
 * Runs in the page. A text is looked for in keys and values, in bytes and in what objects hold.
 */
export async function placesHolding(text) {
  const decoder = new globalThis.TextDecoder();
  const holds = (value) => {
    if (typeof value === "string") return value.includes(text);
    if (value instanceof ArrayBuffer) return decoder.decode(value).includes(text);
    if (ArrayBuffer.isView(value)) return decoder.decode(value).includes(text);
    if (value instanceof Map || value instanceof Set) return [...value].some(holds);
    if (typeof value === "object" && value !== null)
      return Object.entries(value).some(([key, inner]) => holds(key) || holds(inner));
    return false;
  };
  const settled = (request) =>
    new Promise((settle, fail) => {
      request.onsuccess = () => settle(request.result);
      request.onerror = () => fail(request.error);
    });

  const places = new Set();
  for (const { name } of await globalThis.indexedDB.databases()) {
    const database = await settled(globalThis.indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        settled(objects.getAllKeys()),
        settled(objects.getAll()),
      ]);
      if (keys.some(holds) || values.some(holds)) places.add(`${name}/${store}`);
    }
    database.close();
  }
  for (const name of ["localStorage", "sessionStorage"])
    if (Object.entries(globalThis[name]).some(holds)) places.add(name);
  return [...places];
}
