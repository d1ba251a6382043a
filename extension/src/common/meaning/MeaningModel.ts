/** A model that the user has chosen and that tells what texts mean. It works elsewhere than on this thread. */
export interface MeaningModel {
  /** Reads the model and gives how many numbers its vectors have. Rejects with what is wrong with it. */
  open(): Promise<number>;

  /** What a text means. Texts are taken one after the other. */
  embed(text: string, said: Said): Promise<Float32Array>;

  /** Ends its work; whoever waits is told. */
  close(): void;
}

/** What a text is; some models are told before each. */
export type Said = "question" | "memory";
