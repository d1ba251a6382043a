/** What is kept to be shown or undone together; older ones are found like any other memory. */
const MAX_IDS = 200;

/** What assistants have remembered and the user has not looked at yet. */
export class AssistantWrites {
  readonly #onChange: (count: number) => void;
  #ids: string[] = [];

  /** `onChange` is told how many there are. */
  constructor(onChange: (count: number) => void) {
    this.#onChange = onChange;
  }

  /** Oldest first. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** An assistant has remembered these. */
  note(ids: readonly string[]): void {
    this.#ids = [...this.#ids, ...ids].slice(-MAX_IDS);
    this.#onChange(this.#ids.length);
  }

  /** Ends the notice, and gives what it was about. */
  take(): string[] {
    const ids = this.#ids;
    this.#ids = [];
    this.#onChange(0);
    return ids;
  }
}
