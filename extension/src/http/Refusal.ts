/** Statuses that a request can be refused with. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 429 | 503;

/** A request that is not carried out, because of what it asks. The message is shown to the client. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly status: RefusalStatus,
    message: string,
    /** After how many seconds it may be tried again, where that helps. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The refusal of a value of the wrong type or outside its range. */
export function badField(name: string, expected: string): Refusal {
  return new Refusal(400, `${name} must be ${expected}`);
}

/** Refuses by a client's names of fields what the module refused by its own. */
export function renaming(names: Readonly<Record<string, string>>): (error: unknown) => never {
  return (error) => {
    const isOfField = error instanceof Error && /^(InvalidInput|TooLarge)$/.test(error.name);
    const refusal = isOfField ? refusalOf(error) : undefined;
    if (refusal === undefined) throw error;
    const [, field = "", rest = ""] = /^([\w.]*)(.*)$/s.exec(refusal.message) ?? [];
    const message = `${Object.hasOwn(names, field) ? names[field] : field}${rest}`;
    throw new Refusal(refusal.status, message);
  };
}

/** What another part of the extension threw, as a refusal, or `undefined` if it is a fault. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case "InvalidInput":
      // Which of several records it was is no matter of the client's.
      return new Refusal(400, error.message.replace(/^entry \d+: /, ""));
    case "NotFound":
      return new Refusal(404, error.message);
    case "TooLarge":
      return new Refusal(413, error.message);
    case "NotRecordingError":
      return new Refusal(403, error.message);
    case "TooManyWritesError":
      return new Refusal(429, error.message, 60);
    case "Full":
    case "LockedError":
    case "NotSavedError":
      return new Refusal(503, error.message, 5);
    default:
      return undefined;
  }
}
